// What a recording looks like.

/** The highest of some samples, from 0 to 1. */
export function loudestOf(samples, from = 0, to = samples.length) {
  let loudest = 0;
  for (let at = from; at < to; at += 1) loudest = Math.max(loudest, Math.abs(samples[at]));
  return loudest;
}

/** From when to when something is heard, in seconds; all of it where nothing is louder than `silent`. */
export function spoken(buffer, silent) {
  const samples = buffer.getChannelData(0);
  const least = Math.max(silent, loudestOf(samples) / 10);
  const first = samples.findIndex((one) => Math.abs(one) >= least);
  const last = samples.findLastIndex((one) => Math.abs(one) >= least);
  return first < 0 ? [0, buffer.duration] : [first / buffer.sampleRate, last / buffer.sampleRate];
}

/** How loud it is from beginning to end; what is cut off, in seconds, is pale. */
export function draw(wave, buffer, begin, end) {
  const samples = buffer.getChannelData(0);
  const brush = wave.getContext("2d");
  wave.width = wave.clientWidth * devicePixelRatio;
  wave.height = wave.clientHeight * devicePixelRatio;
  brush.fillStyle = getComputedStyle(wave).color;
  const at = (column) => Math.round((column * samples.length) / wave.width);
  for (let column = 0; column < wave.width; column += 1) {
    const seconds = (column * buffer.duration) / wave.width;
    const tall = Math.max(0.02, loudestOf(samples, at(column), at(column + 1))) * wave.height;
    brush.globalAlpha = seconds < begin || seconds > end ? 0.25 : 1;
    brush.fillRect(column, (wave.height - tall) / 2, 1, tall);
  }
}
