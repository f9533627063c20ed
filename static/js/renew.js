// Once a day a kept guide asks whether there is a newer one, and goes on with what a killed tab had begun.

import { FORMAT, takeEdition, Unfit } from "./edition.js";
import { keep } from "./loop.js";
import { Gate } from "./net.js";
import { isKept } from "./place.js";
import { openStore } from "./store.js";
import { answers, establish } from "./worker.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Bring what is kept up to date, when it is time; true when something new was kept. Whatever fails is tried another day. */
export async function renewKept({ now = Date.now(), asks = navigator.connection?.saveData } = {}) {
  try {
    if (!(await isKept())) return false; // removed since this page was opened
    const store = await openStore();
    const active = await store.packs("active");
    if (Object.keys(active).length) repair();
    if (!(await isTime(store, active, { now, asks }))) return false;
    await keep([]);
    return true;
  } catch {
    return false;
  }
}

/** Beside the rest, which it must not hold up: without a worker script nothing opens offline. */
async function repair() {
  if (!(await answers())) await establish().catch(() => {});
}

async function isTime(store, active, { now, asks }) {
  const begun = Object.keys(await store.packs("next")).length > 0;
  if (begun) return isPast(await store.entry("tried"), asks ? DAY : HOUR, now);
  const isOld = active.core?.format < FORMAT; // what its own scripts could not renew
  if (!isOld && !isPast(await store.entry("checked"), DAY, now)) return false;
  return (await isNewer(store, active, now)) && !asks; // the ready page offers it, with its size
}

/** Whether a moment is longer ago than `span`; a clock that was set back must not stop updates for years. */
const isPast = (moment = 0, span, now) => now - moment > span || now < moment;

async function isNewer(store, active, now) {
  const { core } = active;
  const { edition, build } = await takeEdition(new Gate(), active).catch((error) => refused(store, error, now));
  await store.drop("unfit");
  const isOther = core && core.build !== build && (await store.entry("full")) !== build;
  if (isOther || !(await isWhole(store, active))) return true;
  await store.setEntry("checked", now);
  return false;
}

/** The host answers, with an edition that is not taken: it is asked again tomorrow, and the *ready* page says why till then. */
async function refused(store, error, now) {
  if (error instanceof Unfit && error.reason !== "foreign") {
    await store.setEntry("unfit", error.reason);
    await store.setEntry("checked", now);
  }
  throw error;
}

/** False when a browser threw away single files to make room. */
async function isWhole(store, active) {
  const has = await store.hashes();
  return Object.values(active).every((index) => index.files.every(([, hash]) => has.has(hash)));
}
