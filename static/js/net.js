// Requests on links that break: one gate for all of them, an idle timer for each.

import { base, under } from "./place.js";

const IDLE = 15_000; // ms without a byte; a slow link may take minutes, a dead one never ends
const LONGEST = 30_000; // ms between two tries
const LATER = [408, 425, 429]; // too slow, too early, too many: to be asked again (RFC 9110, 8470, 6585)
const NARROW = 3; // failures in a row after which requests go one at a time and small

/** The host answered, but not with the file: it is not there, or something else stands in its place. */
export class Refused extends Error {
  constructor(status) {
    super(`status ${status}`);
    this.status = status;
  }

  /** A host in trouble may answer again. 511 is a Wi-Fi that asks for a log-in, which waiting does not mend (RFC 6585). */
  get mayPass() {
    return (this.status >= 500 && this.status !== 511) || LATER.includes(this.status);
  }
}

/** After a failure all requests wait, longer each time, with jitter so that phones do not come back all at once. */
export class Gate {
  constructor({ wait = pause, random = Math.random } = {}) {
    this.failures = 0;
    this.wait = wait;
    this.random = random;
    this.opening = Promise.resolve();
    this.isWaiting = false;
  }

  get isNarrow() {
    return this.failures >= NARROW;
  }

  pass() {
    return this.opening;
  }

  /** A host answers, or a byte arrived. */
  works() {
    this.failures = 0;
  }

  /** A request ended before a byte, or was cut. What fails side by side has failed once. */
  fails() {
    if (this.isWaiting) return;
    const longest = Math.min(LONGEST, 1000 * 2 ** this.failures);
    this.failures += 1;
    this.isWaiting = true;
    this.opening = this.wait(longest * (0.5 + this.random() / 2)).then(() => {
      this.isWaiting = false;
    });
  }
}

export const pause = (ms) => new Promise((resume) => setTimeout(resume, ms));

/** Whether this host compresses what it sends; learned from the first index, and from what then happens. */
export const host = { compresses: true };

// Never from the browser's own cache; a redirect, perhaps to the log-in page of a Wi-Fi, is not followed but refused.
const PLAIN = { cache: "no-store", redirect: "manual" };

function accepted(answer) {
  if (!answer.ok || !answer.body) throw new Refused(answer.type === "opaqueredirect" ? 302 : answer.status);
  return answer;
}

/** The file a URL has in the folder, where a compressed copy lies beside it. */
const fileOf = (url) => (url === "" || url.endsWith("/") ? `${url}index.html` : url);

/** The address of a file of the guide; where the host does not compress, that of its compressed copy. */
export const addressOf = (url, packed) => new URL(packed ? `${fileOf(url)}.gz` : url, base).href;

/** The chunks of one answer, as they arrive. Throws `Refused`, or what `fetch` throws. */
export async function* chunksOf(gate, url) {
  const packed = !host.compresses && "DecompressionStream" in self;
  try {
    yield* arriving(gate, addressOf(url, packed), packed);
  } catch (error) {
    if (!packed || error.status !== 404) throw error;
    host.compresses = true; // no copies there either: take the plain files
    yield* arriving(gate, addressOf(url, false), false);
  }
}

async function* arriving(gate, address, packed) {
  await gate.pass();
  const control = new AbortController();
  let timer = setTimeout(() => control.abort(), IDLE);
  let reader;
  try {
    const answer = accepted(await fetch(address, { ...PLAIN, signal: control.signal }));
    const unpack = packed && !answer.headers.has("content-encoding");
    const stream = unpack ? answer.body.pipeThrough(new DecompressionStream("gzip")) : answer.body;
    reader = stream.getReader();
    gate.works();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(timer);
      timer = setTimeout(() => control.abort(), IDLE);
      gate.works();
      yield value;
    }
  } catch (error) {
    if (!(error instanceof Refused) || error.mayPass) gate.fails();
    if (reader) error.hasBegun = true;
    throw error;
  } finally {
    clearTimeout(timer);
    await reader?.cancel(); // the rest of an answer that nobody reads on
  }
}

/** One small JSON file under `_/`. Null when what came is no JSON: a captive portal, a truncated file. */
export async function takeJson(gate, name) {
  await gate.pass();
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), IDLE * 2);
  try {
    const answer = accepted(await fetch(under(name), { ...PLAIN, signal: control.signal }));
    const text = await answer.text();
    gate.works();
    host.compresses = answer.headers.has("content-encoding") || text.length < 300;
    return parsed(text);
  } catch (error) {
    if (!(error instanceof Refused) || error.mayPass) gate.fails();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
