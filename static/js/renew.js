// Once a day a kept guide asks whether there is a newer one, and goes on with what a killed tab had begun.

import { takeEdition, Unfit } from "./edition.js";
import { keep, Stopped } from "./loop.js";
import { Gate } from "./net.js";
import { isKept } from "./place.js";
import { openStore } from "./store.js";
import { isRegistered, register } from "./worker.js";

const DAY = 86_400_000;

/** Bring what is kept up to date, when it is time; true when something new was kept. */
export async function renewKept({ now = Date.now(), asks = navigator.connection?.saveData } = {}) {
  if (!(await isKept())) return false; // removed since this page was opened
  const store = await openStore();
  const active = await store.packs("active");
  if (Object.keys(active).length && !(await isRegistered())) await register().catch(() => {}); // else it never opens offline
  const begun = Object.keys(await store.packs("next"));
  if (!begun.length && !(await isDue(store, now))) return false;
  try {
    if (!begun.length && !(await isNewer(store, active, now))) return false;
    if (asks && !begun.length) return false; // the ready page offers it, with its size
    await keep([]);
    return true;
  } catch (error) {
    if (error instanceof Stopped || error instanceof Unfit || error instanceof TypeError) return false;
    throw error;
  }
}

async function isDue(store, now) {
  const checked = (await store.entry("checked")) ?? 0;
  return now - checked > DAY || now < checked; // a clock that was set back must not stop updates for years
}

async function isNewer(store, active, now) {
  const { edition, build } = await takeEdition(new Gate());
  const isOther = Object.values(active).some((index) => index.build !== build && index.edition <= edition);
  if (!isOther && (await isWhole(store, active))) {
    await store.setEntry("checked", now);
    return false;
  }
  return true;
}

/** False when a browser threw away single files to make room. */
async function isWhole(store, active) {
  const has = await store.hashes();
  return Object.values(active).every((index) => index.files.every(([, hash]) => has.has(hash)));
}
