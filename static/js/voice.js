// The phone's own voices, only those that lie on the phone and speak the language asked for: phones list voices that they
// do not have, and then read foreign words with an English mouth.

export const speech = self.speechSynthesis;

/** Read words aloud in a voice, and nothing else that was being read; then `done`. */
export function say(text, voice, done) {
  speech.cancel();
  const words = new SpeechSynthesisUtterance(text);
  words.voice = voice;
  words.lang = voice.lang;
  words.onend = words.onerror = done;
  speech.speak(words);
}

/** A voice that lies on this phone and speaks the language; undefined when there is none. */
export function voiceFor(lang, voices = speech?.getVoices() ?? []) {
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
