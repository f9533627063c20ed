// *Listen*: a recorded person where there is one, else on cards the phone's own voice. Never by itself, one at a time; the
// first touch only says that others can hear. Leaving, covering and looking away make it silent at once, and leave nothing
// that the phone's own Play button could go on with.

import { say, speech, voiceFor } from "./voice.js";

const SETTLE = 700; // ms in which a second touch of the same finger is no answer to *others can hear*
const PATIENCE = 6000; // ms without a sound after which it is said that none comes

const player = new Audio();
let now = null; // what plays: {button, row, queue, timer}
let warnedAt = 0;

/** Give every recorded text of a page its button. Links and headings get none: a touch there means something else. */
export function start() {
  const texts = "[data-sound]:not(a, summary, summary *, h1, h2, h3, .card *)";
  for (const text of document.querySelectorAll(texts)) offer(text, () => [text], text.closest(".tongues") !== null);
}

/** Give every card a button: for its recording, with those of its answers, or for a voice of the phone that fits. */
export function startCards(cards) {
  const offerAll = () => {
    for (const card of cards) offerOn(card);
  };
  offerAll();
  speech?.addEventListener?.("voiceschanged", offerAll); // Chrome tells its voices late
}

/** Whoever holds the phone now has not read that others can hear. */
export function warnAgain() {
  warnedAt = 0;
}

function offerOn(card) {
  const text = card.querySelector(".card__text");
  const old = card.querySelector(".listen");
  const canBeRead = text.dataset.sound || voiceOf(text);
  if (!canBeRead) old?.remove();
  else if (!old) offer(text, () => [text, ...card.querySelectorAll("[data-own] span:not(.small), .answers [data-sound]")]);
}

const voiceOf = (text) => voiceFor(text.closest("[lang]").lang);

/** A row with the button, after or in the text. `said` gives what is read: the text and what belongs to it. */
function offer(text, said, isWarned = false) {
  const row = document.querySelector("template[data-part=listen]").content.cloneNode(true).firstElementChild;
  const button = row.querySelector("button");
  if (!text.id) text.id = `said-${document.querySelectorAll(".listen").length}`;
  button.setAttribute("aria-describedby", text.id);
  part(row, "phone-voice").hidden = "sound" in text.dataset;
  button.addEventListener("click", () => {
    if (!isWarned && !warned(row)) return;
    const isOn = now?.button === button;
    silence();
    if (isOn) return;
    now = { button, row, queue: said().filter((one) => one.getClientRects().length) };
    button.setAttribute("aria-pressed", "true");
    next();
  });
  const folded = text.querySelector(".aged__text"); // law that is out of date is heard where it is read: behind its warning
  const outer = text.closest("a") ?? (text.matches("p") && !folded ? text : null);
  if (outer) outer.after(row);
  else (folded ?? text).append(row);
}

const part = (row, name) => row.querySelector(`[data-part=${name}]`);

function warned(row) {
  const isFirst = warnedAt === 0;
  if (isFirst) {
    warnedAt = Date.now();
    part(row, "others-hear").hidden = false;
  }
  return !isFirst && Date.now() - warnedAt >= SETTLE;
}

function next() {
  clearTimeout(now.timer);
  const text = now.queue.shift();
  if (!text) return silence();
  if (!text.dataset.sound) return speak(text);
  player.src = text.dataset.sound;
  player.onended = next;
  player.onplaying = () => {
    clearTimeout(now.timer);
    part(now.row, "phone-voice").hidden = part(now.row, "not-played").hidden = true;
  };
  player.onerror = () => instead(text);
  player.onwaiting = () => wait(text);
  wait(text);
  player.play().catch(({ name }) => name !== "AbortError" && now && instead(text));
}

function wait(text) {
  clearTimeout(now.timer);
  now.timer = setTimeout(() => instead(text), PATIENCE);
}

/** The recording cannot be had: the phone's own voice where one fits, else it is said. */
function instead(text) {
  unload();
  if (voiceOf(text)) return speak(text);
  part(now.row, "not-played").hidden = false;
  silence();
}

function speak(text) {
  const voice = voiceOf(text);
  if (!voice) return next(); // a choice without a sound, on a card that has one
  part(now.row, "phone-voice").hidden = false;
  const mine = now;
  say(text.textContent, voice, () => now === mine && next());
}

/** Nothing is heard any more. */
export function silence() {
  clearTimeout(now?.timer);
  now?.button.removeAttribute("aria-pressed");
  now = null;
  unload();
  speech?.cancel();
}

/** Not paused but gone: what is only paused stays in the phone's media controls, with the title of the page. */
function unload() {
  player.onended = player.onplaying = player.onerror = player.onwaiting = null;
  if (!player.src) return;
  player.pause();
  player.removeAttribute("src");
  player.load();
}

for (const action of ["play", "pause", "stop", "seekto"]) {
  try {
    navigator.mediaSession?.setActionHandler(action, silence);
  } catch {
    continue; // a browser that does not know the action
  }
}
document.addEventListener("visibilitychange", () => document.hidden && silence());
addEventListener("pagehide", silence);
addEventListener("leave", silence);
addEventListener("hashchange", silence);
