// What to fetch, and how: for each part of a pack, the whole part or its missing files alone, whichever is fewer bytes.

const REQUEST = 1200; // bytes that a request costs beside its body: the headers of both ways
const TRIP = 3000; // bytes that its round trip is worth on a link that breaks: many small requests meet the next cut
const ALONE = 0.28; // to what part of its bytes a page is compressed by itself (measured: 0.19 to 0.33); sound is not

const isAudio = (pack) => pack.startsWith("audio.");

/**
 * The packs of a run, from those that were asked for, are kept, and had begun: all that are `wanted`; the `optional` ones, which
 * the host may have no more; and the `groups` that are committed one after the other. What is kept is renewed in one commit; a new
 * pack comes after it, so that core opens before the rest has arrived. Sound is big and comes last: it must hold up no number. A
 * page never plays the sound of other words.
 */
export function packsOf(asked, kept, begun) {
  // Whoever said yes to some kilobytes of text did not say so to megabytes of sound.
  const isMeant = (pack) => !isAudio(pack) || !asked.length || asked.some(isAudio);
  const wanted = [...new Set([...kept, ...asked, ...begun])].filter(isMeant);
  const optional = wanted.filter((pack) => pack !== "core" && !asked.includes(pack));
  const together = wanted.filter((pack) => kept.includes(pack) && !isAudio(pack));
  const apart = wanted.filter((pack) => !together.includes(pack)).sort((one, other) => isAudio(one) - isAudio(other));
  const groups = [together, ...apart.map((pack) => [pack])].filter((group) => group.length);
  return { wanted, optional, groups };
}

/** The parts of an index with their files: `[{hash, packed, files: [[url, hash, size, type], …], known}]`. */
export function partsOf(index) {
  let from = 0;
  return index.parts.map(([hash, , packed, count]) => {
    const files = index.files.slice(from, from + count);
    const known = knownTo(index, from);
    from += count;
    return { hash, packed, files, known };
  });
}

/** The hashes of the files that a part which begins at a file was folded against; null in a pack that is not folded. */
function knownTo(index, from) {
  if (typeof index.fold !== "string") return null;
  return [...(index.fold ? [index.fold] : []), ...index.files.slice(0, from).map(([, hash]) => hash)];
}

/**
 * The requests still to make: `{url, files, cost, known}`, the files in the order in which their bytes arrive. A pack of which
 * nothing is there comes as one stream, the fewest bytes of all, until the link was cut once: then in parts, and those that cost
 * `most` or more, file by file. Files whose hash is in `first` come by themselves, before all else.
 */
export function planOf(indexes, has, { isNarrow = false, wasCut = false, most = Infinity, first = new Set() } = {}) {
  const ahead = Object.values(indexes).flatMap(({ files }) => files.filter(([, hash]) => first.has(hash) && !has.has(hash)));
  const coming = new Set([...has, ...ahead.map(([, hash]) => hash)]);
  const requests = [];
  for (const index of Object.values(indexes)) {
    const isNew = !index.files.some(([, hash]) => has.has(hash) && !first.has(hash));
    if (index.whole && isNew && !wasCut) requests.push(wholeOf(index));
    else {
      for (const part of partsOf(index)) {
        const isTooMuch = isNarrow || streamOf(part).cost >= most;
        requests.push(...requestsFor(part, coming, isTooMuch, wasCut));
      }
    }
  }
  if (isNarrow) requests.sort((one, other) => one.cost - other.cost);
  return [...ahead.map((file) => aloneOf(file)), ...requests];
}

function requestsFor(part, has, isNarrow, wasCut) {
  const missing = part.files.filter(([, hash]) => !has.has(hash));
  const size = part.files.reduce((sum, file) => sum + file[2], 0);
  const alone = missing.map((file) => aloneOf(file, Math.max(ALONE, part.packed / size)));
  const apart = alone.reduce((sum, request) => sum + request.cost, 0);
  const trip = wasCut ? TRIP : 0;
  if (isNarrow || apart + trip * alone.length <= part.packed + REQUEST + trip) return alone;
  return [streamOf(part)];
}

const streamOf = ({ hash, packed, files, known }) => ({ url: `_/${hash}.txt`, files, cost: packed + REQUEST, known });

const wholeOf = (index) =>
  streamOf({ hash: index.whole[0], packed: index.whole[2], files: index.files, known: knownTo(index, 0) });

/** The request for one file by itself: what is always possible. */
export const aloneOf = (file, ratio = ALONE) => ({
  url: file[0],
  files: [file],
  cost: Math.round(file[2] * ratio) + REQUEST,
  known: null,
});

/** Compressed bytes, about, of all parts that hold a missing file. */
export const bytesOf = (requests) => requests.reduce((sum, request) => sum + request.cost, 0);
