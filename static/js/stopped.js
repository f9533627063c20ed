// Why keeping ended without everything kept, in the names of the sentences that a page has for it.

import { Overtaken } from "./alone.js";
import { Unfit } from "./edition.js";
import { Refused } from "./net.js";

/** Why a run ended without everything kept. `state` names the sentence the person reads. */
export class Stopped extends Error {
  constructor(state, options) {
    super(state, options);
    this.state = state;
  }
}

/** The sentence that an error ends in. What nobody foresaw ends in "failed": reading online goes on. */
export function stoppedBy(error) {
  if (error instanceof Stopped) return error;
  if (error instanceof Overtaken) return new Stopped("overtaken");
  if (error instanceof Unfit) return new Stopped(error.reason);
  if (error instanceof Refused) return new Stopped("foreign");
  if (error.name === "QuotaExceededError") return new Stopped("room");
  if (error.name === "SecurityError") return new Stopped("unable");
  if (isOfNetwork(error)) return new Stopped("waiting");
  return new Stopped("failed", { cause: error });
}

/** Whether no host was reached, or the link broke. */
export const isOfNetwork = (error) => error instanceof TypeError || error.name === "AbortError";
