// Finds pages by words, in the pages themselves: no index is kept, since a scan of all pages of a language takes
// milliseconds and an index would be as big as they are.

import { folded, RUNS, wordsOf } from "./letters.js";

const TITLE = 5;
const HEADING = 3;
const TEXT = 1;
const EXACT = 1;
const BEGINS = 0.85;
const STEM = 0.7;
const LIKE = 9; // a word that people type when they look for this page
const LEAST = 0.8; // what a title's word weighs at least, though every page has it in its text
const MOST = 10; // results
const LIKELY = 14; // pages whose sentences are looked at one by one
const KNOWN = 200; // words of which the weights are kept
const WORTH = 0.3; // of the best result's score: less is chance
const TELLING = 0.5; // the rarity from which a word says something about a page

/** What people type when they look for a page: `"es/w/pay/: a, b; …"` → `[{url, entries}]`, each entry a list of terms. */
export const groupsOf = (text) =>
  text
    .split(";")
    .map((group) => group.split(":"))
    .filter(([, words]) => words)
    .map(([url, words]) => ({ url: url.trim(), entries: words.split(/[,،、，፣]/).map(termsOf).filter((entry) => entry.length) }));

/** What is looked for: `[{word, stem, isRun}]`. */
export function termsOf(query) {
  const text = folded(query);
  const terms = [];
  for (const [run] of text.matchAll(RUNS)) for (const word of neighbours(run)) terms.push({ word, stem: word, isRun: true });
  for (const word of wordsOf(text.replace(RUNS, " "))) terms.push({ word, stem: stemOf(word), isRun: false });
  return terms.filter(({ word }, at) => terms.findIndex((other) => other.word === word) === at);
}

/** `neighbours("abcd")` is ab, bc, cd; Thai letters say less each, so there it is three. */
function neighbours(run) {
  const letters = [...run];
  const count = /\p{sc=Thai}/u.test(run) ? 3 : 2;
  if (letters.length <= count) return [run];
  return letters.slice(0, 1 - count).map((_, at) => letters.slice(at, at + count).join(""));
}

/** A word without the end that grammar changes. */
const stemOf = (word) => (word.length <= 4 ? word : word.slice(0, Math.max(4, Math.ceil(word.length * 0.7))));

/**
 * A search in `pages`: query → the pages that fit, best first, `[{page, unit, terms}]`, with the unit that shows it best. Words weigh
 * more the fewer pages have them; a title more than a heading, a heading more than text. `groups` are words that people type when
 * they look for one of the pages. What is known of a word is kept for the next key: while somebody types, only the last one is new.
 */
export function searchIn(pages, groups = []) {
  const known = new Map();
  const weigh = (term) => {
    if (known.size > KNOWN) known.clear();
    if (!known.has(term.word)) known.set(term.word, weighed(term, pages));
    return known.get(term.word);
  };
  return (query) => {
    const asked = termsOf(query);
    const isTooShort = asked.length === 1 && !asked[0].isRun && asked[0].word.length < 2; // one letter begins words of every page
    return asked.length && !isTooShort ? ranked(asked, asked.map(weigh), pages, groups) : [];
  };
}

/** How rare a term is, and what it adds to the score of each page that has it. */
function weighed(term, pages) {
  const found = pages.map((page) => [page, hits(term, page.all)]).filter(([, { count }]) => count);
  const rare = rarity(found.length, pages.length);
  const scores = new Map();
  for (const [page, { best, count }] of found) {
    const field = TITLE * hits(term, page.foldedTitle).best + HEADING * hits(term, page.headings).best;
    const text = (TEXT * best * (1 + Math.log(count))) / page.length;
    scores.set(page, Math.max(rare, LEAST) * field + rare * text);
  }
  return { term, rare, scores };
}

function ranked(asked, weights, pages, groups) {
  const scores = new Map();
  for (const { scores: added } of weights) for (const [page, score] of added) scores.set(page, (scores.get(page) ?? 0) + score);
  for (const [page, score] of scores) scores.set(page, score * page.weight);
  const liked = new Map();
  for (const { url, entries } of groups) {
    const page = pages.find((one) => one.url === url);
    const count = Math.min(2, entries.filter((entry) => isAsked(entry, asked)).length);
    if (page && count) liked.set(page, Math.max(liked.get(page) ?? 0, LIKE * count));
  }
  // A word of every page is not marked, unless there is no other.
  const telling = weights.filter(({ rare }) => rare >= TELLING);
  const shown = telling.length ? telling : weights;
  const terms = shown.map(({ term }) => term);
  const likely = [...scores.keys()].sort((one, other) => scores.get(other) - scores.get(one)).slice(0, LIKELY);
  const found = [...new Set([...liked.keys(), ...likely])].map((page) => {
    const best = bestUnit(page, shown);
    return { page, terms, unit: best.unit, like: liked.get(page) ?? 0, text: (scores.get(page) ?? 0) + best.score };
  });
  const most = Math.max(...found.map(({ text }) => text));
  return found
    .filter(({ like, text }) => like || text >= most * WORTH)
    .sort((one, other) => other.like + other.text - one.like - one.text)
    .slice(0, MOST);
}

/** Robertson and Sparck Jones's weight: near 0 for a word that stands on every page. */
const rarity = (found, all) => Math.log(1 + (all - found + 0.5) / (found + 0.5));

/** The unit in which most of the words stand together; long ones hold many words by chance. */
function bestUnit(page, weights) {
  let unit = page.units[0];
  let score = 0;
  for (const one of page.units) {
    const sum = weights.reduce((total, { term, rare }) => total + hits(term, one.folded).best * rare, 0);
    const here = sum && sum / (1 + one.folded.length / 400);
    if (here > score) [unit, score] = [one, here];
  }
  return { unit, score };
}

/** How often a term stands in a spaced text, and how well at best: 1 as it is, less as the beginning of a word. */
export function hits({ word, stem, isRun }, text) {
  const isLetter = !isRun && word.length === 1; // the first of a word that is just typed begins half of all words; the T of a visa is one
  const sought = isRun ? word : isLetter ? ` ${word} ` : ` ${stem}`;
  let best = 0;
  let count = 0;
  for (let at = text.indexOf(sought); at >= 0 && count < 9; at = text.indexOf(sought, at + sought.length)) {
    count += 1;
    if (best === EXACT) continue;
    if (isRun || text.startsWith(`${word} `, at + 1)) best = EXACT;
    else best = Math.max(best, text.startsWith(word, at + 1) ? BEGINS : STEM);
  }
  return { best, count };
}

/** Whether the words of an entry were asked for: all of them, or half of the neighbours of one that is written without spaces. */
const isAsked = (entry, asked) => {
  const count = entry.filter((term) => asked.some((one) => isSame(one, term))).length;
  return count >= (entry[0].isRun ? entry.length / 2 : entry.length);
};

function isSame(one, other) {
  if (other.isRun) return one.word.includes(other.word);
  return one.stem === other.stem || (other.stem.length > 4 && one.word.startsWith(other.stem));
}
