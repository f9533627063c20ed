// Recording a sentence. The microphone is on between two touches only, and nothing leaves the page before *Keep it*.

import { openMicrophone, Refused } from "./microphone.js";
import { playPart, purpose } from "./playback.js";
import { element, state, tell } from "./told.js";
import { draw, spoken } from "./wave.js";

const FADING = 0.25; // seconds that are kept around what is heard
const PATIENCE = 2; // seconds without a sound after which it is said that nothing is heard

const form = document.querySelector("#record");
const part = (id) => document.querySelector(`#${id}`);
const [go, listen, level, time, quiet, begin, end, wave] =
  ["go", "listen", "level", "time", "quiet", "begin", "end", "wave"].map(part);

let context = null; // made by the first touch: before it, browsers make none that sounds
let microphone = null; // while it is on
let sound = null; // what was recorded: {blob, buffer}
let quietSince = 0; // seconds from the first touch after which nothing was heard
let playing = null; // what is being heard
let isBusy = false;

if (form) start();

function start() {
  form.hidden = false;
  go.addEventListener("click", () => (microphone ? microphone.stop() : once(record)));
  listen.addEventListener("click", () => (playing ? playing.stop() : play()));
  for (const mark of [begin, end]) mark.addEventListener("input", () => move(mark));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (sound) once(keep);
  });
  document.addEventListener("visibilitychange", () => document.hidden && (microphone?.stop(), playing?.stop()));
  addEventListener("resize", () => sound && show());
  addEventListener("beforeunload", (event) => (sound || microphone) && event.preventDefault());
}

/** Touched twice is touched once. */
async function once(work) {
  if (isBusy) return;
  isBusy = true;
  await work().finally(() => (isBusy = false));
}

async function record() {
  playing?.stop();
  tell([]);
  context ??= new AudioContext();
  purpose("play-and-record");
  try {
    microphone = await openMicrophone(context, { heard, ended });
  } catch (error) {
    if (error instanceof Refused) return tell([error.message]);
    throw error;
  }
  sound = null;
  quietSince = 0;
  state("recording");
}

/** Shows how loud it is while the microphone is on, and ends what grows too long. */
function heard(loudest, seconds) {
  if (loudest >= Number(form.dataset.silent)) quietSince = seconds;
  quiet.hidden = seconds - quietSince < PATIENCE;
  level.value = 1 + Math.log10(loudest || Number.MIN_VALUE) / 2.5; // 50 decibels from end to end
  time.textContent = `${seconds.toFixed(0)} s / ${form.dataset.longest} s`;
  if (seconds >= Number(form.dataset.longest)) microphone.stop();
}

function ended(blob) {
  microphone = null;
  once(() => open(blob));
}

/** What was recorded, with its marks around what is heard in it. */
async function open(blob) {
  try {
    sound = { blob, buffer: await context.decodeAudioData(await blob.arrayBuffer()) };
  } catch {
    state("ready");
    return tell(["no-sound"]);
  }
  const [first, last] = spoken(sound.buffer, Number(form.dataset.silent));
  const step = Number(begin.step);
  begin.max = end.max = (Math.ceil(sound.buffer.duration / step) * step).toFixed(2);
  begin.value = Math.max(0, first - FADING);
  end.value = last + FADING;
  state("done");
  move(begin);
  listen.focus();
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
  show();
}

function show() {
  draw(wave, sound.buffer, Number(begin.value), Number(end.value));
}

function play() {
  playing = playPart(context, sound.buffer, Number(begin.value), Number(end.value));
  listen.setAttribute("aria-pressed", "true");
  playing.addEventListener("ended", () => {
    playing = null;
    listen.removeAttribute("aria-pressed");
  });
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
