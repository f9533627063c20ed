// Cuts a stream into the files it is made of, as they arrive.

/** Yields `[file, bytes]` for each file of a part. Throws `RangeError` when the stream is longer or shorter than they. */
export async function* filesIn(chunks, files) {
  let held = new Uint8Array(0);
  let next = 0;
  for await (const chunk of chunks) {
    held = joined(held, chunk);
    while (next < files.length && held.length >= files[next][2]) {
      const size = files[next][2];
      yield [files[next], held.slice(0, size)];
      held = held.subarray(size);
      next += 1;
    }
    if (next === files.length && held.length) throw new RangeError("longer than its index says");
  }
  while (next < files.length && files[next][2] === 0) {
    yield [files[next], new Uint8Array(0)];
    next += 1;
  }
  if (next < files.length) throw new RangeError("shorter than its index says");
}

function joined(one, other) {
  if (!one.length) return other;
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
