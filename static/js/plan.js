// What to fetch, and how: for each part of a pack, the whole part or its missing files alone, whichever is fewer bytes.

const REQUEST = 1200; // bytes that a request costs beside its body: the headers of both ways
const ALONE = 1.9; // how much worse a page compresses by itself than among others (measured on 60 pages)

/** The parts of an index with their files: `[{hash, packed, files: [[url, hash, size, type], …]}]`. */
export function partsOf(index) {
  let from = 0;
  return index.parts.map(([hash, size, packed, count]) => {
    const files = index.files.slice(from, from + count);
    from += count;
    return { hash, size, packed, files };
  });
}

/**
 * The requests still to make: `{url, files, cost}`, the files in the order in which their bytes arrive. A pack of which
 * nothing is there comes as one stream, the fewest bytes of all, until the link was cut once: then in parts, and what a
 * cut left of a part alone, since the same part would be cut again.
 */
export function planOf(indexes, has, { isNarrow = false, wasCut = false } = {}) {
  const requests = [];
  for (const index of Object.values(indexes)) {
    const isNew = !index.files.some(([, hash]) => has.has(hash));
    if (index.whole && isNew && !wasCut) requests.push(streamOf(index.whole, index.files));
    else for (const part of partsOf(index)) requests.push(...requestsFor(part, has, isNarrow, wasCut));
  }
  return isNarrow ? requests.sort((one, other) => one.cost - other.cost) : requests;
}

function requestsFor(part, has, isNarrow, wasCut) {
  const missing = part.files.filter(([, hash]) => !has.has(hash));
  const alone = missing.map((file) => ({ url: file[0], files: [file], cost: costOf(file, part) }));
  const apart = alone.reduce((sum, request) => sum + request.cost, 0);
  const isRest = wasCut && missing.length < part.files.length;
  if (isNarrow || isRest || apart <= part.packed + REQUEST) return alone;
  return [streamOf([part.hash, part.size, part.packed], part.files)];
}

const streamOf = ([hash, , packed], files) => ({ url: `_/${hash}.txt`, files, cost: packed + REQUEST });

const costOf = (file, part) => Math.round(((file[2] * part.packed) / part.size) * ALONE) + REQUEST;

/** Compressed bytes, about, of all parts that hold a missing file. */
export const bytesOf = (requests) => requests.reduce((sum, request) => sum + request.cost, 0);
