// Search in all pages of this side and language, on the phone. What is written into the box goes nowhere: not into an address,
// the history, a store or the network, and it is gone with the page.

import { excerptOf } from "./excerpt.js";
import { groupsOf, searchIn } from "./match.js";
import { pause } from "./net.js";
import { bytesOf, canLoad, indexesOf, keptPages, linkTo, loadedPages } from "./pages.js";
import { isKept } from "./place.js";
import { cardsOf, pageOf } from "./searchable.js";
import { kilobytes, listen, show } from "./words.js";

const AT_ONCE = 8; // pages read before the phone may answer a touch
const OTHER_SIDE = 0.6; // what an officer looks for stands on officers' pages first

/** Start the box of one page. */
export function start(element) {
  if (!canLoad()) return;
  const search = new Search(element);
  search.box.addEventListener("focus", () => search.prepare(), { once: true });
  search.box.addEventListener("input", () => search.run());
  listen(element, { load: () => search.load() });
  addEventListener("pagehide", () => search.forget());
  document.addEventListener("visibilitychange", () => document.hidden && search.forget()); // somebody else may wake the phone
  document.addEventListener("kept", () => search.find || search.prepare());
  addEventListener("leave", () => search.forget());
  addEventListener("hashchange", () => search.forget()); // a result of the same file was opened
}

class Search {
  constructor(element) {
    this.element = element;
    this.box = element.querySelector("input");
    this.list = element.querySelector("[data-part=results]");
    this.result = element.querySelector("template[data-part=result]");
    this.packs = element.dataset.packs.split(" ");
    this.groups = groupsOf(element.querySelector("template[data-part=like]")?.content.textContent ?? "");
    this.find = null;
    show(element, "ready");
  }

  /** From the store where the pages are kept; else say how much they are, and load nothing yet. */
  async prepare() {
    show(this.element, "loading");
    try {
      const kept = (await isKept()) ? await keptPages(this.packs, this.isOurs) : null;
      if (kept) return await this.take(kept);
      this.indexes = await indexesOf(this.packs.filter((pack) => pack !== "cards"));
      show(this.element, "size", { kb: kilobytes(bytesOf(this.indexes)) });
    } catch {
      show(this.element, "waiting");
    }
  }

  async load() {
    show(this.element, "loading");
    try {
      this.indexes ??= await indexesOf(this.packs.filter((pack) => pack !== "cards"));
      await this.take(await loadedPages(this.indexes, this.isOurs));
    } catch {
      this.indexes = null; // the host may have changed: the next try asks again
      show(this.element, "waiting");
    }
  }

  isOurs = (url) => url.startsWith(`${this.element.dataset.tag}/`) && !url.endsWith("404.html");

  /** Read the pages, a few at a time, so that the phone goes on answering touches. */
  async take(texts) {
    const { talk, side } = this.element.dataset;
    const pages = [];
    for (const [at, [url, html]] of texts.entries()) {
      if (at % AT_ONCE === 0) await pause(0);
      if (!url.endsWith("/cards/")) pages.push(pageOf(url, html, url.includes(side) ? 1 : OTHER_SIDE));
      else if (talk) pages.push(...cardsOf(talk, html));
    }
    this.find = searchIn(pages, this.groups);
    show(this.element, "ready");
    this.run();
  }

  run() {
    if (!this.find) return;
    const query = this.box.value;
    const found = this.find(query);
    this.list.replaceChildren(...found.map((one) => this.row(one)));
    show(this.element, !query.trim() ? "ready" : found.length ? "ready found" : "ready none", { count: found.length });
  }

  row({ page, unit, terms }) {
    const row = this.result.content.cloneNode(true).firstElementChild;
    const link = row.querySelector("a");
    link.href = linkTo(page.url, unit?.at);
    link.append(...this.marked([[page.title, false]]));
    const heading = row.querySelector("[data-of=heading]");
    heading.textContent = unit?.heading ?? "";
    heading.hidden = !unit?.heading;
    row.querySelector("[data-of=context]").append(...(unit ? this.marked(excerptOf(unit.text, terms)) : []));
    return row;
  }

  marked(pieces) {
    return pieces.map(([text, isFound]) => {
      if (!isFound) return text;
      const mark = document.createElement("mark");
      mark.textContent = text;
      return mark;
    });
  }

  forget() {
    this.box.value = "";
    this.list.replaceChildren();
    if (this.find) show(this.element, "ready");
  }
}
