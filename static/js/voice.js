// Reads a card aloud with the phone's own voice, only where one of its voices lies on the phone and speaks the card's
// language: phones list voices that they do not have, and then read foreign words with an English mouth. Never by itself.

/** Give every card a button, once the phone has told its voices; none where no voice fits. */
export function start(cards, template) {
  const speech = self.speechSynthesis;
  if (!speech) return;
  const offer = () => {
    for (const card of cards) offerOn(card, template, speech);
  };
  offer();
  speech.addEventListener?.("voiceschanged", offer); // Chrome tells its voices late
}

function offerOn(card, template, speech) {
  const text = card.querySelector(".card__text");
  const voice = voiceFor(text.closest("[lang]").lang, speech.getVoices());
  const old = card.querySelector(".listen");
  if (!voice || old) return voice ? undefined : old?.remove();
  const row = template.content.cloneNode(true).firstElementChild;
  const warning = row.querySelector("[data-part=others-hear]");
  row.querySelector("button").addEventListener("click", () => {
    if (!wasWarned) {
      wasWarned = true;
      warning.hidden = false;
      return;
    }
    say(text.textContent, voice, speech);
  });
  text.after(row);
}

let wasWarned = false; // once while the page lives: others can hear

function say(text, voice, speech) {
  speech.cancel();
  const words = new SpeechSynthesisUtterance(text);
  words.voice = voice;
  words.lang = voice.lang;
  speech.speak(words);
}

/** A voice that lies on this phone and speaks the language; undefined when there is none. */
export function voiceFor(lang, voices) {
  const sought = parts(lang);
  return voices.find((voice) => voice.localService && fits(parts(voice.lang), sought));
}

const SCRIPTS = { CN: "Hans", SG: "Hans", TW: "Hant", HK: "Hant", MO: "Hant" };

function parts(tag) {
  const [language, ...rest] = tag.replaceAll("_", "-").split("-");
  const region = rest.find((part) => /^[A-Za-z]{2}$/.test(part))?.toUpperCase();
  const script = rest.find((part) => /^[A-Za-z]{4}$/.test(part)) ?? (language === "zh" ? SCRIPTS[region] : undefined);
  return { language: language.toLowerCase(), region, script };
}

/** Another country's voice will do; another language's, or the other Chinese, will not; Brazil is not Portugal. */
function fits(voice, sought) {
  if (voice.language !== sought.language) return false;
  if (sought.script && voice.script && voice.script !== sought.script) return false;
  if (sought.language === "zh") return voice.script === sought.script;
  return sought.language !== "pt" || voice.region === sought.region;
}
