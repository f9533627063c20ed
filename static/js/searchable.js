// A page of this guide as it is searched: its title, and its text in units that are shown one by one.

import { folded, wordsOf } from "./letters.js";

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', "#34": '"', "#39": "'" };
const CUT = [
  /<details class="languages"[\s\S]*?<\/details>/g,
  /<aside class="draft"[\s\S]*?<\/aside>/g,
  /<section class="(?:keep|search)"[\s\S]*?<\/section>/g,
  /<(nav|template|svg|noscript)\b[\s\S]*?<\/\1>/g,
  /<span class="tag">[\s\S]*?<\/span>|<a class="ref"[\s\S]*?<\/a>/g,
];
const BLOCK = /<\/(?:p|li|dd|dt|td|th|h[1-6]|summary|figcaption|blockquote|label)>/;

/** The text of a piece of a page of this guide, which is never made into elements: only the five escapes occur. */
export const plain = (html) =>
  html
    .replace(/<[^>]*>/g, "")
    .replace(/&(amp|lt|gt|quot|#34|#39);/g, (_, name) => ENTITIES[name])
    .replace(/\s+/g, " ")
    .trim();

/**
 * A page as it is searched: `{url, title, units: [{at, heading, text, folded}], all}`. `at` is the fragment of the section.
 * A page of less `weight` comes later. Marks, menus and templates are left out; so are the languages it can be read in.
 */
export function pageOf(url, html, weight = 1) {
  const main = CUT.reduce((text, part) => text.replace(part, ""), /<main[^>]*>([\s\S]*?)<\/main>/.exec(html)?.[1] ?? "");
  const title = plain(/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(main)?.[1] ?? "");
  const [lead, ...sections] = main.split(/<section class="block[^"]*" id="/);
  const units = unitsOf(lead.replace(/<h1[\s\S]*?<\/h1>/, ""), "", "");
  for (const section of sections.filter((section) => !section.includes('class="sources"'))) {
    const at = section.slice(0, section.indexOf('"'));
    const heading = plain(/<h2[^>]*>([\s\S]*?)<\/h2>/.exec(section)?.[1] ?? "");
    units.push(...unitsOf(section.slice(section.indexOf(">") + 1).replace(/<h2[\s\S]*?<\/h2>/, ""), at, heading));
  }
  const isTranslated = !/<h1 lang=/.test(main); // a page that is still in English stands after those in the reader's language
  return searchable({ url, title, units, weight: isTranslated ? weight : weight / 2 });
}

/** The cards of a language as pages of one sentence; each leads to `url`, where a language is chosen for it. */
export function cardsOf(url, html) {
  return [...html.matchAll(/<article class="card" id="([^"]+)"[\s\S]*?<p class="card__text"[^>]*>([\s\S]*?)<\/p>/g)].map(
    ([, code, text]) => searchable({ url, title: plain(text), units: [{ at: code, heading: "", text: code }], weight: 1 }),
  );
}

const unitsOf = (html, at, heading) =>
  html
    .split(BLOCK)
    .map(plain)
    .filter(Boolean)
    .map((text) => ({ at, heading, text }));

function searchable(page) {
  for (const unit of page.units) unit.folded = spaced(unit.text);
  page.foldedTitle = spaced(page.title);
  const lead = page.units.find(({ at }) => !at)?.text ?? "";
  page.headings = spaced([lead, ...new Set(page.units.map(({ heading }) => heading))].join(" "));
  page.all = `${page.foldedTitle}${page.headings}${page.units.map((unit) => unit.folded).join("")}`;
  page.length = 0.6 + page.all.length / 20_000; // a long page has every word some time
  return page;
}

/** A folded text with one space around every word, so that *begins with* is a plain search. */
export const spaced = (text) => ` ${wordsOf(folded(text)).join(" ")} `;
