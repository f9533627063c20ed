// *Listen*: a recorded person where there is one, else on cards the phone's own voice. Never by itself, one at a time; the
// first touch only says that others can hear. Leaving, covering and looking away make it silent at once.

import { say, speech, voiceFor } from "./voice.js";

const player = new Audio();
const playing = { queue: [], button: null };
let wasWarned = false; // once while the page lives

/** Give every recorded text of a page its button. Links and headings get none: a touch there means something else. */
export function start() {
  for (const text of document.querySelectorAll("[data-sound]:not(a, summary, h1, h2, h3, .card *)")) offer(text, text);
}

/** Give every card a button: for its recording, with those of its choices, or for a voice of the phone that fits. */
export function startCards(cards) {
  const offerAll = () => {
    for (const card of cards) offerOn(card);
  };
  offerAll();
  speech?.addEventListener?.("voiceschanged", offerAll); // Chrome tells its voices late
}

function offerOn(card) {
  const text = card.querySelector(".card__text");
  const old = card.querySelector(".listen");
  if (text.dataset.sound) return old ?? offer(text, card);
  const voice = voiceFor(text.closest("[lang]").lang);
  if (!voice || old) return voice ? undefined : old?.remove();
  offer(text, card);
}

/** A row with the button, after or in the text. `within` holds what is played: the text and what belongs to it. */
function offer(text, within) {
  const row = document.querySelector("template[data-part=listen]").content.cloneNode(true).firstElementChild;
  const part = (name) => row.querySelector(`[data-part=${name}]`);
  const button = row.querySelector("button");
  const isRecorded = "sound" in text.dataset;
  part("phone-voice").hidden = isRecorded;
  button.addEventListener("click", () => {
    if (!wasWarned) {
      wasWarned = true;
      part("others-hear").hidden = false;
      return;
    }
    const isOn = playing.button === button;
    silence();
    if (isOn) return;
    if (isRecorded) play(button, soundsOf(within), () => instead(text, part));
    else say(text.textContent, voiceFor(text.closest("[lang]").lang));
  });
  const link = text.closest("a");
  if (link || text.matches("p")) (link ?? text).after(row);
  else text.append(row);
}

const soundsOf = (within) =>
  [within, ...within.querySelectorAll("[data-sound]")].map(({ dataset }) => dataset.sound).filter(Boolean);

function play(button, queue, failed) {
  Object.assign(playing, { button, queue });
  button.setAttribute("aria-pressed", "true");
  const next = () => {
    const url = playing.queue.shift();
    if (!url) return silence();
    player.src = url;
    player.play().catch(({ name }) => name !== "AbortError" && failed());
  };
  player.onended = next;
  next();
}

/** The recording is not on this phone and cannot be fetched: the phone's own voice where one fits, else it is said. */
function instead(text, part) {
  silence();
  const voice = voiceFor(text.closest("[lang]").lang);
  part("phone-voice").hidden = !voice;
  part("not-kept").hidden = Boolean(voice);
  if (voice) say(text.textContent, voice);
}

/** Nothing is heard any more. */
export function silence() {
  player.onended = null;
  player.pause();
  player.removeAttribute("src");
  playing.button?.removeAttribute("aria-pressed");
  playing.button = null;
  speech?.cancel();
}

document.addEventListener("visibilitychange", () => document.hidden && silence());
addEventListener("pagehide", silence);
addEventListener("hashchange", silence); // Leave is an address of the page
