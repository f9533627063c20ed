// The cards between an officer and a worker: one at a time, answers in memory only, gone with the page. Which screen is
// seen follows from the state; nothing is stored, nothing is sent, and no answer stands in an address or in the history.

import { prepare } from "./card.js";
import { fetched } from "./files.js";
import { Hand } from "./hand.js";
import { silence, startCards, warnAgain } from "./sound.js";
import { clearWhenOutOfSight, listen, openBeside } from "./words.js";

const NOW = ["A6", "A8", "C1", "C5"];
const PATH = ["A6", "A8", "B1", "C1", "C5"];
const DETAILED = ["D", "E"];
const UNDER_18 = "C8";
const MINUTE = 60_000;
const SCREENS = [
  "unchecked", "better", "stopped", "wrong", "end", "cards", "cover", "hand-before", "hand-after", "answered",
];

/** Start the cards of one page. The fragment says in which language the officer reads, and perhaps a card: `#es.D2`. */
export function start(element) {
  const cards = new Cards(element);
  cards.begin();
  return cards;
}

class Cards {
  constructor(element) {
    this.element = element;
    this.part = (name) => element.querySelector(`[data-part="${name}"]`);
    this.cards = new Map([...element.querySelectorAll(".card")].map((card) => [card.id, card]));
    this.decks = new Map([["now", NOW], ["path", PATH]]);
    for (const deck of element.querySelectorAll(".deck")) {
      this.decks.set(deck.id, [...deck.querySelectorAll(".card")].map((card) => card.id));
    }
    this.young = element.querySelector("input[data-do=young]");
    this.hand = new Hand(this);
  }

  begin() {
    const [officer, card] = location.hash.slice(1).split(".");
    const isKnown = /^[\w-]+$/.test(officer) && this.element.querySelector(`.o-${officer}`);
    this.element.dataset.officer = isKnown ? officer : "en";
    this.element.classList.add("cards");
    this.element.closest(".chapter, main").querySelector("h1").classList.add("unseen");
    const codes = [...this.cards].map(([id, article]) => prepare(article, this.element.dataset.tag, (answer) => this.answer(id, answer)));
    Promise.all(codes).then(() => this.fit()); // the codes take their room
    this.explain();
    startCards([...this.cards.values()]);
    listen(this.element, {
      understood: () => this.go(() => (this.isUnderstood = true)),
      open: () => this.go(() => (this.isOpened = true)),
      back: () => this.step(-1),
      next: () => this.step(1),
      turn: () => this.turn(),
      cover: () => this.go(() => (this.isCovered = true)),
      uncover: () => this.go(() => (this.isCovered = false)),
      right: () => this.step(1),
      wrong: () => this.mistake(),
      hand: () => this.hand.begin(),
      answers: () => this.go(() => (this.isListed = true)),
      clear: () => this.forget(),
      ...this.hand.actions,
    });
    this.young.addEventListener("change", () => {
      this.isYoung = this.young.checked;
      this.show({ isStill: true });
    });
    for (const button of this.element.querySelectorAll("[data-deck]")) {
      button.addEventListener("click", () => this.open(button.dataset.deck));
    }
    this.forget();
    const deck = [...this.decks].find(([name, ids]) => name !== "now" && name !== "path" && ids.includes(card));
    if (card === "hand") this.hand.resume();
    else if (deck) this.open(deck[0], deck[1].indexOf(card));
    matchMedia("(orientation: landscape)").addEventListener("change", () => this.fit());
    addEventListener("leave", () => this.forget());
    addEventListener("pageshow", ({ persisted }) => persisted && this.comeBack()); // from the browser's own memory
    openBeside(() => this.told.size > 0);
    clearWhenOutOfSight(() => this.hasSomething(), Number(this.element.dataset.clearAfter) * MINUTE, () => this.forget());
  }

  /** What was out of sight shows what is to be written down, never a card with a touched answer. */
  comeBack() {
    if (this.told.size) this.go(() => (this.isListed = true));
  }

  hasSomething() {
    return this.told.size > 0 || this.isYoung || this.hand.isOn;
  }

  /** Nothing of the person before stays: not an answer, not a mark, not a step that was confirmed for her. */
  forget() {
    this.told = new Map(); // card -> answer; null where she gave none, refused or deleted it
    this.isUnderstood = !("draft" in this.element.dataset);
    this.isOpened = this.isYoung = this.isEnded = this.isCovered = false;
    this.hand.drop();
    warnAgain();
    this.unmark();
    for (const list of ["answered", "hand-list"]) this.part(list).querySelector("ul").replaceChildren();
    this.open("now");
  }

  unmark() {
    for (const button of this.element.querySelectorAll(".answers [aria-pressed]")) button.removeAttribute("aria-pressed");
  }

  /** Why a card is asked and what to mind: of the officers' side, in the officer's language or another that is kept. */
  async explain() {
    const { officer, officers } = this.element.dataset;
    const hashes = new Map(officers ? officers.split(" ").map((one) => one.split(":")) : []);
    let notes = {};
    let lang = officer;
    for (lang of new Set([...(hashes.has(officer) ? [officer] : []), ...hashes.keys()])) {
      notes = await fetched(`${lang}/o/cards.js`, hashes.get(lang) ?? "").then((module) => module.default, () => ({}));
      if (Object.keys(notes).length) break;
    }
    this.part("no-notes").hidden = Object.keys(notes).length > 0;
    for (const [code, [why, caution]] of Object.entries(notes)) {
      const note = document.createElement("p");
      note.className = "small";
      note.lang = lang;
      note.append(why);
      if (caution) note.append(" ", Object.assign(document.createElement("strong"), { textContent: caution }));
      this.cards.get(code)?.querySelector(".card__officer").firstElementChild.after(note);
    }
  }

  open(deck, at = 0) {
    this.deck = deck;
    this.at = at;
    this.wrong = new Set();
    this.isStopped = this.isAtEnd = this.isListed = false;
    this.show();
  }

  go(change) {
    change();
    this.show();
  }

  step(by) {
    const last = this.deck === "now" && !this.hand.isOn ? 0 : this.ids.length - 1;
    if (by > 0 && this.at >= last) {
      if (this.hand.isOn) return this.hand.end();
      if (this.deck === "practice") return this.open("path");
      return this.go(() => (this.isAtEnd = true));
    }
    if (!this.isAtEnd) this.at = Math.min(last, Math.max(0, this.at + by));
    this.isAtEnd = false;
    this.show();
  }

  get ids() {
    return this.decks.get(this.deck).filter((id) => this.cards.has(id));
  }

  deckOf(id) {
    return this.cards.get(id)?.closest(".deck");
  }

  /** The first of the screens that the state asks for. In the worker's hand there are only hers. */
  get screen() {
    if (this.hand.isOn) return this.hand.screen;
    if (this.isCovered) return "cover";
    if (this.isStopped) return "stopped";
    if (this.isListed) return "answered";
    if (this.wrong.size >= 2) return "wrong";
    const isDetailed = DETAILED.includes(this.deckOf(this.ids[this.at]).dataset.letter);
    if (isDetailed && (this.isYoung || this.isEnded)) return "stopped";
    if (!this.isUnderstood && this.ids.some((id) => "asksFirst" in this.deckOf(id).dataset)) return "unchecked";
    if (isDetailed && !this.isOpened) return "better";
    return this.isAtEnd ? "end" : "cards";
  }

  show({ isStill = false } = {}) {
    if (!isStill) silence();
    const { screen, hand } = this;
    const isOfficers = !hand.isOn && screen !== "cover";
    const isListed = isOfficers && this.isListed;
    for (const name of SCREENS) this.part(name).hidden = name !== screen && !(name === "answered" && isListed);
    if (isListed) this.list();
    this.part("young").hidden = !(isOfficers && this.isYoung);
    this.young.checked = this.isYoung;
    this.young.disabled = this.told.get(UNDER_18) === "yes";
    this.part("tools").hidden = !isOfficers;
    this.part("steps").hidden = screen !== "cards";
    this.part("practice").hidden = this.deck !== "practice" || screen !== "cards";
    this.part("hand-tools").hidden = !(hand.isOn && screen === "cards");
    for (const mark of this.element.querySelectorAll("p.draft")) mark.hidden = screen === "cover";
    const isFour = this.deck === "now" && !hand.isOn;
    const shown = isFour ? this.ids : [this.ids[this.at]];
    this.element.classList.toggle("cards--four", isFour);
    for (const [id, article] of this.cards) article.hidden = !shown.includes(id);
    for (const deck of this.element.querySelectorAll(".deck")) deck.hidden = !shown.some((id) => this.deckOf(id) === deck);
    this.fit();
    if (isStill) return;
    const focus = screen === "cards" ? this.cards.get(shown[0]) : this.part(screen);
    focus.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  /** Four cards on one screen, in the largest of the sizes in which they end above the bar at its foot. */
  fit() {
    const bar = document.querySelector(".bar"); // gone once the page was left
    if (!bar || !this.element.classList.contains("cards--four")) return;
    const last = this.cards.get(this.ids[this.ids.length - 1]);
    const foot = bar.getBoundingClientRect().top;
    for (const size of [0, 1, 2, 3, 4]) {
      this.element.dataset.fit = size;
      if (last.getBoundingClientRect().bottom + scrollY <= foot) return;
    }
  }

  /** What was touched is kept for the officer to write down; in *Hand over* nothing on the screen shows it. */
  answer(id, answer) {
    if (this.hand.isOn) return this.hand.answer(id, answer);
    this.told.set(id, this.hand.isRefused(answer) ? null : answer);
    for (const item of this.cards.get(id).querySelectorAll("[data-answer]")) {
      item.firstElementChild.setAttribute("aria-pressed", item.dataset.answer === answer);
    }
    this.heed(id, answer);
    if (answer === "not-understood") return this.mistake();
    this.show({ isStill: !this.isStopped });
  }

  /** A wrong answer on a practice card, or *I do not understand*; after the second one the cards stop. */
  mistake() {
    this.wrong.add(this.ids[this.at]);
    if (this.wrong.size < 2) this.step(1);
    else this.show();
  }

  /** What an answer that the officer may see asks for: to stop, and to know that somebody is under 18. */
  heed(id, answer) {
    if (id === UNDER_18 && answer === "yes") this.isYoung = true;
    if (!this.stops(id, answer)) return;
    this.isStopped = true;
    if (answer !== "stop") this.isEnded = true; // no detailed question until all is cleared
  }

  stops(id, answer) {
    return answer === "stop" || (this.cards.get(id).dataset.stops ?? "").split(" ").includes(answer);
  }

  /** The answers for the officer: code, question and answer in the officer's language. */
  list() {
    const rows = [...this.told].map(([id, answer]) => {
      const card = this.cards.get(id);
      const row = document.createElement("li");
      const word = answer
        ? card.querySelector(`[data-answer="${answer}"] .small`).cloneNode(true)
        : this.part("officer-not-answered").content.cloneNode(true);
      row.append(card.querySelector(".card__officer p").cloneNode(true), word);
      return row;
    });
    this.part("answered").querySelector("ul").replaceChildren(...rows);
  }

  turn() {
    const isTurned = this.element.classList.toggle("cards--turned");
    this.element.querySelector("[data-do=turn]").setAttribute("aria-pressed", isTurned);
  }
}
