// Recording a sentence. The microphone is on between two touches only, and nothing leaves the page before *Keep it*.

const FADING = 0.25; // seconds that are kept around what is heard
const PATIENCE = 2000; // milliseconds without a sound after which it is said that nothing is heard
const BITS = 96_000; // a second: more than what is kept of it
const DENIED = { NotAllowedError: "denied", SecurityError: "denied" };

const form = document.querySelector("#record");
const part = (id) => document.querySelector(`#${id}`);
const [go, listen, level, time, quiet, begin, end, wave] =
  ["go", "listen", "level", "time", "quiet", "begin", "end", "wave"].map(part);

let context = null; // made by the first touch: before it, browsers make none that sounds
let recorder = null; // while the microphone is on
let sound = null; // what was recorded: {blob, buffer}
let playing = null; // what is being heard
let isBusy = false;

if (form) start();

function start() {
  form.hidden = false;
  go.addEventListener("click", () => (recorder ? stop() : once(record)));
  listen.addEventListener("click", () => (playing ? playing.stop() : play()));
  for (const mark of [begin, end]) mark.addEventListener("input", () => move(mark));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (sound) once(keep);
  });
  document.addEventListener("visibilitychange", () => document.hidden && (stop(), playing?.stop()));
  addEventListener("resize", () => sound && draw());
  addEventListener("beforeunload", (event) => (sound || recorder) && event.preventDefault());
}

/** Touched twice is touched once. */
async function once(work) {
  if (isBusy) return;
  isBusy = true;
  await work().finally(() => (isBusy = false));
}

function state(name) {
  form.dataset.state = name;
  for (const one of form.querySelectorAll("[data-when]")) one.hidden = one.dataset.when !== name;
}

/** Why something cannot be done, all of it; nothing to tell takes the last away. */
function tell(reasons, problems = []) {
  for (const one of form.querySelectorAll("[data-refused]")) one.hidden = !reasons.includes(one.dataset.refused);
  part("problems").replaceChildren(...problems.map((problem) => element("li", problem)));
  part("terms").open ||= reasons.includes("alias") || reasons.includes("licence");
  part("refused").hidden = !reasons.length && !problems.length;
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

async function record() {
  playing?.stop();
  tell([]);
  if (!navigator.mediaDevices) return tell(["insecure"]);
  context ??= new AudioContext();
  purpose("play-and-record");
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: false } });
  } catch ({ name }) {
    return tell([DENIED[name] ?? "none"]);
  }
  try {
    await context.resume();
    take(stream);
  } catch {
    release(stream);
    tell(["no-sound"]); // a browser that has a microphone and cannot record
  }
}

function release(stream) {
  for (const track of stream.getTracks()) track.stop();
}

function take(stream) {
  const parts = [];
  recorder = new MediaRecorder(stream, { audioBitsPerSecond: BITS });
  sound = null;
  recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
  recorder.addEventListener("stop", () => {
    release(stream);
    recorder = null;
    once(() => open(new Blob(parts, { type: parts[0]?.type })));
  });
  recorder.start();
  state("recording");
  measure(stream);
}

function stop() {
  if (recorder?.state === "recording") recorder.stop();
}

/** Shows how loud it is while the microphone is on, and ends what grows too long. */
function measure(stream) {
  const source = context.createMediaStreamSource(stream);
  const analyser = new AnalyserNode(context);
  const samples = new Float32Array(analyser.fftSize);
  const started = performance.now();
  let heard = started;
  source.connect(analyser);
  const look = (now) => {
    if (recorder?.state !== "recording") return source.disconnect();
    analyser.getFloatTimeDomainData(samples);
    const loudest = loudestOf(samples);
    if (loudest >= Number(form.dataset.silent)) heard = now;
    quiet.hidden = now - heard < PATIENCE;
    level.value = 1 + Math.log10(loudest || Number.MIN_VALUE) / 2.5; // 50 decibels from end to end
    const seconds = Math.max(0, now - started) / 1000;
    time.textContent = `${seconds.toFixed(0)} s / ${form.dataset.longest} s`;
    if (seconds >= Number(form.dataset.longest)) stop();
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

function loudestOf(samples, from = 0, to = samples.length) {
  let loudest = 0;
  for (let at = from; at < to; at += 1) loudest = Math.max(loudest, Math.abs(samples[at]));
  return loudest;
}

/** What was recorded, with its marks around what is heard in it. */
async function open(blob) {
  try {
    sound = { blob, buffer: await context.decodeAudioData(await blob.arrayBuffer()) };
  } catch {
    state("ready");
    return tell(["no-sound"]);
  }
  const [first, last] = spoken(sound.buffer);
  const step = Number(begin.step);
  begin.max = end.max = (Math.ceil(sound.buffer.duration / step) * step).toFixed(2);
  begin.value = Math.max(0, first - FADING);
  end.value = last + FADING;
  state("done");
  move(begin);
  listen.focus();
}

/** From when to when something is heard, in seconds; all of it where nothing is. */
function spoken(buffer) {
  const samples = buffer.getChannelData(0);
  const least = Math.max(Number(form.dataset.silent), loudestOf(samples) / 10);
  const first = samples.findIndex((one) => Math.abs(one) >= least);
  const last = samples.findLastIndex((one) => Math.abs(one) >= least);
  return first < 0 ? [0, buffer.duration] : [first / buffer.sampleRate, last / buffer.sampleRate];
}

/** A mark was moved: it stays on its side of the other. */
function move(mark) {
  const least = Number(form.dataset.shortest);
  if (mark === begin) begin.value = Math.max(0, Math.min(begin.value, end.value - least));
  else end.value = Math.max(end.value, Number(begin.value) + least);
  for (const one of [begin, end]) {
    const told = `${Number(one.value).toFixed(2)} s`;
    one.setAttribute("aria-valuetext", told);
    form.querySelector(`[data-of=${one.id}]`).textContent = told;
  }
  draw();
}

/** How loud it is from beginning to end; what is cut off is pale. */
function draw() {
  const samples = sound.buffer.getChannelData(0);
  const brush = wave.getContext("2d");
  wave.width = wave.clientWidth * devicePixelRatio;
  wave.height = wave.clientHeight * devicePixelRatio;
  brush.fillStyle = getComputedStyle(wave).color;
  const at = (column) => Math.round((column * samples.length) / wave.width);
  for (let column = 0; column < wave.width; column += 1) {
    const seconds = (column * sound.buffer.duration) / wave.width;
    const tall = Math.max(0.02, loudestOf(samples, at(column), at(column + 1))) * wave.height;
    brush.globalAlpha = seconds < begin.value || seconds > end.value ? 0.25 : 1;
    brush.fillRect(column, (wave.height - tall) / 2, 1, tall);
  }
}

/** An iPhone's switch for silence is no switch for what somebody asks to hear. */
function purpose(kind) {
  if (navigator.audioSession) navigator.audioSession.type = kind;
}

function play() {
  purpose("playback");
  context.resume(); // a call may have stopped it
  const source = new AudioBufferSourceNode(context, { buffer: sound.buffer });
  source.connect(context.destination);
  source.addEventListener("ended", () => {
    playing = null;
    listen.removeAttribute("aria-pressed");
  });
  playing = source;
  listen.setAttribute("aria-pressed", "true");
  source.start(0, Number(begin.value), end.value - begin.value);
}

/** Sends it. Whatever speaks against it is told, and the recording stays here. */
async function keep() {
  playing?.stop();
  const body = new FormData(form);
  body.set("sound", sound.blob, "sound");
  form.setAttribute("aria-busy", "true");
  const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
  form.removeAttribute("aria-busy");
  const kind = answer?.headers.get("content-type") ?? "";
  if (kind.startsWith("text/plain")) return tell([], [await answer.text()]);
  if (!kind.startsWith("application/json")) return tell(["lost"]);
  const told = await answer.json();
  if (told.to) {
    sound = null; // so that leaving asks nothing
    return location.assign(told.to);
  }
  tell(told.refused, told.problems);
  if (told.over !== undefined) form.elements.over.value = told.over;
  if (told.seen !== undefined) again(told);
}

/** Other words stand there now: what was said is not what they say. */
function again({ seen, read, changes }) {
  const marks = { gone: "del", new: "ins", same: "span" };
  form.elements.seen.value = seen;
  form.elements.read.value = part("read").textContent = read;
  part("changes").replaceChildren(...changes.map(([kind, words]) => element(marks[kind], words)));
  sound = null;
  state("ready");
}
