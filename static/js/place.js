// Where this guide lives, and the names that carry its path: two guides on one host never touch each other's store.

export const base = new URL("../../", import.meta.url);

export const storeName = `fg ${base.pathname}`;

/** Whether a person asked for keeping, so that a store of ours is there. */
export const isKept = async () => "caches" in self && (await caches.has(storeName));

/** The address of something under `_/`: an index, a part, or the key of an entry of the store. */
export const under = (name) => new URL(`_/${name}`, base).href;
