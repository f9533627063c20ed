// Letters as people type them: without accents, case, vowel marks, in one of several ways to write the same letter.

const MARKS = /[\u0300-\u036f\u064b-\u065f\u0670\u0640\u0591-\u05c7\u093c\u09bc\u0a3c]/g; // of Latin, Arabic, Hebrew, nukta
const SAME = {
  đ: "d", ð: "d", ł: "l", ø: "o", œ: "oe", æ: "ae", ß: "ss", ı: "i",
  ى: "ي", ی: "ي", ک: "ك", ة: "ه", ہ: "ه", ۃ: "ه",
  "\u0901": "\u0902", "\u0981": "\u0982", "\u0a01": "\u0a02",
};
const SAME_LETTERS = new RegExp(`[${Object.keys(SAME).join("")}]`, "g");
const DIGITS = [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xe50]; // where the digits of a script begin

/** A text without what people leave out when they type: both sides of a comparison go through this. */
export function folded(text) {
  return text
    .normalize("NFKD")
    .replace(MARKS, "")
    .normalize("NFC")
    .toLowerCase()
    .replace(SAME_LETTERS, (letter) => SAME[letter])
    .replace(/[^\x00-\x7f\P{Nd}]/gu, digit);
}

function digit(letter) {
  const code = letter.codePointAt(0);
  const zero = DIGITS.find((first) => code >= first && code < first + 10);
  return zero ? String(code - zero) : letter;
}

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const ARTICLE = /^[وف]?(?:ال|لل|بال|كال)(?=.{3})/; // Arabic writes *and*, *the*, *for the* into the word

/** Scripts whose words run together, and Korean, whose words take endings: they are compared by neighbours. */
export const RUNS = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}]+/gu;

/** The words of a folded text. */
export const wordsOf = (text) => (text.match(WORD) ?? []).map((word) => word.replace(ARTICLE, ""));
