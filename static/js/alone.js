// One tab at a time fetches, for all packs. The lock passes at once when its tab dies; a tab that froze while it held the
// lock is overtaken when it was not heard for two and a half minutes.

import { storeName } from "./place.js";

const BEAT = 5_000;
const DEAD = 150_000; // browsers slow the timers of hidden tabs to one a minute: such a tab is not dead

/** Tells other tabs what happens here, and hears what happens there. */
export const channel = () => new BroadcastChannel(storeName);

/** Another tab took the lock while this one held it. */
export class Overtaken extends Error {}

/** Run `work(holds)` when no other tab does. `holds()` tells whether the lock is still ours: ask before a commit. */
export async function alone(work, { now = Date.now } = {}) {
  const line = channel();
  let heard = now();
  line.onmessage = () => {
    heard = now();
  };
  const control = new AbortController();
  const watch = setInterval(() => now() - heard > DEAD && control.abort(), BEAT);
  let isHeld = false;
  let isLost = false; // for good, also where a later run of this very tab has the lock
  const hold = () => {
    isHeld = true;
    clearInterval(watch);
    return holding(async (holds) => work(async () => !isLost && (await holds())), line);
  };
  try {
    return await navigator.locks.request(storeName, { signal: control.signal }, hold);
  } catch (error) {
    if (error.name === "AbortError" && isHeld) {
      isLost = true;
      throw new Overtaken();
    }
    if (error.name !== "AbortError" || !control.signal.aborted) throw error;
    return await navigator.locks.request(storeName, { steal: true }, hold);
  } finally {
    clearInterval(watch);
    line.close();
  }
}

async function holding(work, line) {
  const beat = setInterval(() => line.postMessage({ beat: true }), BEAT);
  const holder = await holderOf();
  try {
    return await work(async () => (await holderOf()) === holder);
  } finally {
    clearInterval(beat);
  }
}

async function holderOf() {
  const { held } = await navigator.locks.query();
  return held.find((lock) => lock.name === storeName)?.clientId;
}
