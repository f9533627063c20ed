// The content-addressed store: one cache that maps hash -> body and media type, and three entries of indexes.
//   active  what the worker script answers from; writing it is the commit
//   next    what is being fetched; protects its bodies from the sweep
//   prev    the generation before, for tabs that are still open, and the cores whose scripts and styles kept pages still name
// Notes beside them: when the host was last asked (`checked`), how many files then came back wrong (`refused`), when a run
// ended in what waiting does not mend (`tried`), the build for which there was no room (`full`), and why the edition of the host
// was not taken (`unfit`).
// Only bytes whose hash was checked are ever written.

import { hashOf } from "./hash.js";
import { storeName, under } from "./place.js";

const GENERATIONS = ["active", "next", "prev"];
const NOTES = ["checked", "refused", "tried", "full", "unfit"];
const PREFIX = under("");

/** Bytes that are not what the index says: the host moved on, or something on the way changed them. */
export class WrongBytes extends Error {}

export const openStore = async () => new Store(await caches.open(storeName));

/** Delete everything of ours, by hand: `Clear-Site-Data` needs a network and leaves registrations behind. */
export async function removeStore() {
  await caches.delete(storeName);
}

export class Store {
  constructor(cache) {
    this.cache = cache;
  }

  /** A generation, `{pack: index}`; empty where there is none. */
  async packs(generation) {
    return (await this.entry(generation)) ?? {};
  }

  /** Write a generation; an empty one is dropped. */
  async setPacks(generation, packs) {
    if (Object.keys(packs).length) await this.setEntry(generation, packs);
    else await this.cache.delete(under(generation));
    if (generation === "active") navigator.serviceWorker?.controller?.postMessage("kept");
  }

  /** What an entry holds; undefined where it is not there, or was spoilt. */
  async entry(name) {
    const found = await this.cache.match(under(name));
    return found?.json().catch(() => undefined);
  }

  async setEntry(name, value) {
    const headers = { "content-type": "application/json" };
    await this.cache.put(under(name), new Response(JSON.stringify(value), { headers }));
  }

  /** The hashes of all stored bodies. */
  async hashes() {
    const keys = await this.cache.keys();
    return new Set(keys.map((request) => request.url.slice(PREFIX.length)));
  }

  /** Check, then store. A body that is not what its hash says is never written. */
  async save(hash, type, bytes) {
    if ((await hashOf(bytes)) !== hash) throw new WrongBytes(hash);
    await this.cache.put(under(hash), new Response(bytes, { headers: { "content-type": type } }));
  }

  /** Read a stored body again and hash it again. */
  async isSound(hash) {
    const found = await this.cache.match(under(hash));
    return Boolean(found) && (await hashOf(await found.arrayBuffer())) === hash;
  }

  /** Drop those bodies that cannot be read back as they were stored, so that they are fetched again. How many that were. */
  async dropUnsound(hashes) {
    let count = 0;
    for (const hash of hashes) {
      if (await this.isSound(hash)) continue;
      await this.drop(hash);
      count += 1;
    }
    return count;
  }

  /** A stored body as text; "" when it is not there, or is not what its hash says. */
  async text(hash) {
    const bytes = await (await this.cache.match(under(hash)))?.arrayBuffer();
    return bytes && (await hashOf(bytes)) === hash ? new TextDecoder().decode(bytes) : "";
  }

  /** Stored bodies one after the other; null when one of them is not there. */
  async bytes(hashes) {
    const found = await Promise.all(hashes.map((hash) => this.cache.match(under(hash))));
    if (!found.every(Boolean)) return null;
    const bodies = await Promise.all(found.map((answer) => answer.blob()));
    return new Uint8Array(await new Blob(bodies).arrayBuffer());
  }

  async drop(hash) {
    await this.cache.delete(under(hash));
  }

  /** Delete every body that no generation names. */
  async sweep() {
    const named = new Set([...GENERATIONS, ...NOTES]);
    for (const generation of GENERATIONS) {
      for (const index of Object.values(await this.packs(generation))) {
        for (const [, hash] of index.files) named.add(hash);
      }
    }
    for (const hash of await this.hashes()) if (!named.has(hash)) await this.drop(hash);
  }
}
