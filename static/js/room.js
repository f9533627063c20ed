// How much room a phone has, how much keeping needs, and what a full phone holds.

import { activePacks } from "./kept.js";

const ROOM = 3; // times its size that must be free: a renewal holds two copies, and a full phone fails in other apps

/** Bytes that should be free for what some indexes name. */
export const roomFor = (indexes) => ROOM * indexes.flatMap((index) => index.files).reduce((sum, file) => sum + file[2], 0);

/** Bytes that the browser still gives to this site. */
export async function room() {
  const { quota = Infinity, usage = 0 } = (await navigator.storage?.estimate?.().catch(() => ({}))) ?? {};
  return quota - usage;
}

/** Whether the numbers are kept, and no language's pages. */
export async function onlyNumbers() {
  const active = await activePacks();
  return "core" in active && !Object.keys(active).some((pack) => pack.startsWith("text."));
}
