// Puts back together what fieldguide/fold.py folded: bytes as they are, and between them references to bytes that this
// phone has. What comes out is checked by its hash like everything else.

const MARK = 1;
const STOP = ";".charCodeAt(0);

/** The bytes of `chunks` with every reference replaced by what it stands for in `known`. Throws `RangeError`. */
export async function* unfolded(chunks, known) {
  const decoder = new TextDecoder();
  let reference = null; // the text of a reference that has begun: "<step>,<length>" in hexadecimal
  let end = 0;
  for await (const chunk of chunks) {
    let at = 0;
    while (at < chunk.length) {
      const isInside = reference !== null;
      const found = chunk.indexOf(isInside ? STOP : MARK, at);
      const piece = chunk.subarray(at, found < 0 ? chunk.length : found);
      at = found < 0 ? chunk.length : found + 1;
      if (!isInside) {
        if (piece.length) yield piece;
        if (found >= 0) reference = "";
        continue;
      }
      reference += decoder.decode(piece);
      if (found < 0) continue;
      const [step, length] = reference.split(",").map((number) => parseInt(number, 16));
      const start = end + step;
      end = start + length;
      if (!(start >= 0 && length > 0 && end <= known.length)) throw new RangeError("refers to what is not there");
      yield known.subarray(start, end);
      reference = null;
    }
  }
  if (reference !== null) throw new RangeError("ends inside a reference");
}
