// Where this guide lives, and the names that carry its path: two guides on one host never touch each other's store.

export const base = new URL("../../", import.meta.url);

export const storeName = `fg ${base.pathname}`;

/** Whether a person asked for keeping, so that a store of ours is there. Nothing is, where a browser blocks what sites keep. */
export async function isKept() {
  try {
    return await caches.has(storeName);
  } catch {
    return false;
  }
}

/** The address of something under `_/`: an index, a part, or the key of an entry of the store. */
export const under = (name) => new URL(`_/${name}`, base).href;
