// The pages of some packs as text: from the store where they are kept, else from the network into memory, never stored.

import { filesIn } from "./cut.js";
import { takeIndexes } from "./edition.js";
import { hashOf } from "./hash.js";
import { chunksOf, Gate } from "./net.js";
import { base } from "./place.js";
import { unfolded } from "./unfold.js";

/** Without https, what comes could not be checked. */
export const canLoad = () => isSecureContext;

/** The address of a page, and of a section of it. */
export const linkTo = (url, at) => new URL(url, base).href + (at ? `#${at}` : "");

/** The texts of kept pages, `[[url, html], …]`; null when one of the packs is not kept, or not whole. */
export async function keptPages(packs, isWanted) {
  const { openStore } = await import("./tools.js");
  const store = await openStore();
  const active = await store.packs("active");
  if (!packs.every((pack) => pack in active)) return null;
  const files = packs.flatMap((pack) => pagesIn(active[pack])).filter(([url]) => isWanted(url));
  const texts = await Promise.all(files.map(([, hash]) => store.text(hash)));
  return texts.every(Boolean) ? files.map(([url], at) => [url, texts[at]]) : null; // a file is missing: as if not kept
}

/** The indexes of packs, to tell how much they are before anything is loaded. Throws what `fetch` throws. */
export async function indexesOf(packs) {
  const indexes = await takeIndexes(new Gate(), packs, {});
  if (!indexes) throw new TypeError("the host is being changed");
  return indexes;
}

/** About how many bytes these packs are on the way. Of core only the page is loaded that the others are folded against. */
export const bytesOf = (indexes) =>
  besideCore(indexes).reduce((sum, index) => sum + streamsOf(index).reduce((bytes, row) => bytes + row[2], 0), 0);

/** The pages of packs from the network, each checked against its hash, in memory only. Throws what `fetch` throws. */
export async function loadedPages(indexes, isWanted) {
  const gate = new Gate();
  const bodies = new Map();
  const checked = async ([, hash], bytes) => {
    if ((await hashOf(bytes)) !== hash) throw new TypeError("not what the index says");
    return bytes;
  };
  for (const index of besideCore(indexes)) {
    for (const file of index.fold && !bodies.has(index.fold) ? baseOf(index, indexes) : []) {
      for await (const [, bytes] of filesIn(chunksOf(gate, file[0]), [file])) bodies.set(file[1], await checked(file, bytes));
    }
    let from = 0;
    for (const [hash, , , count = index.files.length] of streamsOf(index)) {
      const files = index.files.slice(from, from + count);
      const before = [...(index.fold ? [index.fold] : []), ...index.files.slice(0, from).map((file) => file[1])];
      const known = await new Blob(before.map((one) => bodies.get(one))).arrayBuffer();
      const chunks = chunksOf(gate, `_/${hash}.txt`);
      const plain = typeof index.fold === "string" ? unfolded(chunks, new Uint8Array(known)) : chunks;
      for await (const [file, bytes] of filesIn(plain, files)) {
        bodies.set(file[1], await checked(file, bytes));
      }
      from += count;
    }
  }
  const decoder = new TextDecoder();
  const wanted = Object.values(indexes).flatMap(pagesIn).filter(([url, hash]) => bodies.has(hash) && isWanted(url));
  return wanted.map(([url, hash]) => [url, decoder.decode(bodies.get(hash))]);
}

const besideCore = ({ core, ...others }) => Object.values(others);

/** One stream of a whole pack, or its parts where there is none. */
const streamsOf = (index) => (index.whole ? [index.whole] : index.parts);

const pagesIn = (index) => index.files.filter((file) => index.types[file[3]].startsWith("text/html"));

/** The page of core that a pack is folded against: it is fetched by itself, and core is not. */
const baseOf = (index, indexes) => indexes.core.files.filter(([, hash]) => hash === index.fold);
