// What a person does to what is kept. Under the lock, since a renewal under way would else write over it, or bring it back.

import { alone } from "./alone.js";
import { isKept } from "./place.js";
import { openStore } from "./store.js";

const whileKept = (change) => alone(async (holds) => ((await isKept()) ? change(await openStore(), holds) : undefined));

/** What pages are opened from with no network: `{pack: index}`. */
export const activePacks = async () => ((await isKept()) ? (await openStore()).packs("active") : {});

/** Read every kept file again and hash it again, and drop what is wrong: `{good, bad}`; undefined where all was removed meanwhile. */
export const readAgain = () =>
  whileKept(async (store, holds) => {
    const active = await store.packs("active");
    const counts = { good: 0, bad: 0 };
    for (const [pack, index] of Object.entries(active)) {
      const bad = await store.dropUnsound(index.files.map(([, hash]) => hash));
      counts.bad += bad;
      counts.good += index.files.length - bad;
      if (!bad) active[pack] = { ...index, read: Date.now() };
    }
    if (!(await isKept()) || !(await holds())) return; // another tab may have renewed it
    await store.setPacks("active", active);
    await store.sweep();
    return counts;
  });

/** Take one pack out. */
export const takeOut = (pack) =>
  whileKept(async (store, holds) => {
    if (!(await holds())) return;
    for (const generation of ["active", "next", "prev"]) {
      const { [pack]: gone, ...rest } = await store.packs(generation);
      if (gone) await store.setPacks(generation, rest);
    }
    await store.sweep();
  });

/** Give up what had begun and is not kept yet: somebody chose less. */
export const giveUpBegun = () =>
  whileKept(async (store) => {
    await store.setPacks("next", {});
    await store.sweep();
  });
