// What stands around the words that were found: the piece of a text that a result shows.

import { RUNS } from "./letters.js";
import { hits } from "./match.js";
import { spaced } from "./searchable.js";

/** A text cut into pieces, `[text, isFound]`, for its context: about `around` letters on each side of the first word found. */
export function excerptOf(text, terms, around = 60) {
  const runs = terms.filter(({ isRun }) => isRun).map(({ word }) => word); // letters only: nothing in them means anything to a pattern
  const pieces = text
    .split(/([\p{L}\p{M}\p{N}]+)/u)
    .flatMap((piece) => (runs.length && piece.match(RUNS) ? piece.split(new RegExp(`(${runs.join("|")})`)) : [piece]))
    .map((piece) => [piece, isOf(piece, terms)]);
  const first = pieces.findIndex(([, isFound]) => isFound);
  let length = 0;
  let from = Math.max(0, first);
  while (from > 0 && length < around) length += pieces[(from -= 1)][0].length;
  let to = Math.max(0, first);
  for (length = 0; to < pieces.length && length < 2 * around; to += 1) length += pieces[to][0].length;
  const shown = pieces.slice(from, to).filter(([piece]) => piece);
  return [...(from > 0 ? [["… ", false]] : []), ...shown, ...(to < pieces.length ? [[" …", false]] : [])];
}

const isOf = (piece, terms) => {
  const word = spaced(piece);
  return word.trim() !== "" && terms.some((term) => hits(term, word).count > 0);
};
