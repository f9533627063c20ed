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

/** The requests still to make: `{url, files}`, the files in the order in which their bytes arrive. */
export function planOf(indexes, has, isNarrow = false) {
  const requests = [];
  for (const index of Object.values(indexes)) {
    for (const part of partsOf(index)) {
      const missing = part.files.filter(([, hash]) => !has.has(hash));
      if (!missing.length) continue;
      const alone = missing.map((file) => ({ url: file[0], files: [file], cost: costOf(file, part) }));
      const apart = alone.reduce((sum, request) => sum + request.cost, 0);
      if (isNarrow || apart <= part.packed + REQUEST) requests.push(...alone);
      else requests.push({ url: `_/${part.hash}.txt`, files: part.files, cost: part.packed + REQUEST });
    }
  }
  return isNarrow ? requests.sort((one, other) => one.cost - other.cost) : requests;
}

const costOf = (file, part) => Math.round(((file[2] * part.packed) / part.size) * ALONE) + REQUEST;

/** Compressed bytes, about, of all parts that hold a missing file. */
export const bytesOf = (requests) => requests.reduce((sum, request) => sum + request.cost, 0);
