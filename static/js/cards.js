// The cards between an officer and a worker: one at a time, answers in memory only, gone with the page. Which screen is
// seen is the whole state; nothing is stored, nothing is sent, and no answer stands in an address or in the history.

import { Hand } from "./hand.js";
import { base } from "./place.js";
import { start as startVoice } from "./voice.js";
import { clearWhenOutOfSight, listen } from "./words.js";

const NOW = ["A6", "A8", "C1", "C5"];
const PATH = ["A6", "A8", "B1", "C1", "C5"];
const DETAILED = ["D", "E"];
const UNDER_18 = "C8";
const MINUTE = 60_000;

/** Start the cards of one page. The fragment says in which language the officer reads, and perhaps a card: `#es.D2`. */
export function start(element) {
  new Cards(element).begin();
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
    this.hand = new Hand(this);
    this.forget();
  }

  /** Nothing of the person before stays: not an answer, not a step that was confirmed for her. */
  forget() {
    this.answers = new Map();
    this.isUnderstood = !("draft" in this.element.dataset);
    this.isOpened = false;
    this.isYoung = false;
    this.isStopped = false;
    this.wrong = 0;
    this.open("now");
  }

  begin() {
    const [officer, card] = location.hash.slice(1).split(".");
    const isKnown = /^[\w-]+$/.test(officer) && this.element.querySelector(`.o-${officer}`);
    this.element.dataset.officer = isKnown ? officer : "en";
    this.element.classList.add("cards");
    document.querySelector("h1").classList.add("unseen");
    [...this.cards].forEach(([id, article], at) => this.prepare(id, article, at));
    this.explain();
    startVoice([...this.cards.values()], document.querySelector("template[data-part=listen]"));
    listen(this.element, {
      understood: () => this.go(() => (this.isUnderstood = true)),
      open: () => this.go(() => (this.isOpened = true)),
      back: () => this.step(-1),
      next: () => this.step(1),
      turn: () => this.turn(),
      cover: () => this.cover(true),
      uncover: () => this.cover(false),
      right: () => this.step(1),
      wrong: () => this.go(() => (this.wrong += 1)),
      young: () => {},
      hand: () => this.hand.begin(),
      clear: () => this.forget(),
      ...this.hand.actions,
    });
    this.young = this.element.querySelector("input[data-do=young]");
    this.young.checked = false;
    this.young.addEventListener("change", () => this.go(() => (this.isYoung = this.young.checked)));
    for (const button of this.element.querySelectorAll("[data-deck]")) {
      button.addEventListener("click", () => this.open(button.dataset.deck));
    }
    const deck = [...this.decks].find(([name, ids]) => name !== "now" && name !== "path" && ids.includes(card));
    if (card === "hand") this.hand.begin();
    else if (deck) this.open(deck[0], deck[1].indexOf(card));
    else this.open("now");
    const hasSomething = () => this.answers.size > 0 || this.isYoung;
    clearWhenOutOfSight(hasSomething, Number(this.element.dataset.clearAfter) * MINUTE, () => this.forget());
  }

  /** Every card gets the answers it shares with others, as buttons. */
  prepare(id, article, at) {
    article.tabIndex = -1;
    const code = document.createElement("code");
    const { tag, hashes } = this.element.dataset;
    code.textContent = `${id}·${tag}·${hashes.slice(at * 4, at * 4 + 4)}`;
    article.querySelector(".card__officer p").append(" ", code);
    if (article.dataset.answers === "none") return;
    const list = article.querySelector(".answers") ?? article.insertBefore(document.createElement("ul"), article.lastElementChild);
    list.className = "answers";
    const own = new Set([...list.children].map((item) => item.dataset.answer));
    const shared = this.part("answers") ?? document.querySelector("template[data-part=answers]");
    for (const item of shared.content.cloneNode(true).querySelectorAll("li")) {
      const { answer } = item.dataset;
      const isOfYesNo = answer === "yes" || answer === "no";
      if (!own.has(answer) && !(own.size && isOfYesNo)) list.append(item);
    }
    for (const item of list.children) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...item.childNodes);
      item.append(button);
      button.addEventListener("click", () => this.answer(id, item.dataset.answer));
    }
  }

  /** Why a card is asked and what to mind: of the officers' side, in the officer's language. */
  async explain() {
    const { officer } = this.element.dataset;
    const notes = await import(new URL(`${officer}/o/cards.js`, base).href).catch(() => ({ default: {} }));
    for (const [code, [why, caution]] of Object.entries(notes.default)) {
      const half = this.cards.get(code)?.querySelector(".card__officer");
      const note = document.createElement("p");
      note.className = "small";
      note.lang = officer;
      note.append(why);
      if (caution) note.append(" ", Object.assign(document.createElement("strong"), { textContent: caution }));
      half?.append(note);
    }
  }

  open(deck, at = 0) {
    this.deck = deck;
    this.at = at;
    this.isStopped = false;
    this.isAtEnd = false;
    this.wrong = 0;
    this.show();
  }

  go(change) {
    change();
    this.show();
  }

  step(by) {
    const last = this.ids.length - 1;
    if (by > 0 && this.at === last) return this.hand.isOn ? this.hand.end() : this.go(() => (this.isAtEnd = true));
    if (!this.isAtEnd) this.at = Math.min(last, Math.max(0, this.at + by));
    this.isAtEnd = false;
    this.show();
  }

  get ids() {
    return this.decks.get(this.deck).filter((id) => this.cards.has(id));
  }

  get letter() {
    return this.deckOf(this.ids[this.at])?.dataset.letter;
  }

  deckOf(id) {
    return this.cards.get(id)?.closest(".deck");
  }

  /** The first of the screens that the state asks for. */
  get screen() {
    if (this.isStopped) return "stopped";
    if (this.wrong >= 2) return "wrong";
    if (this.isYoung && DETAILED.includes(this.letter)) return "stopped";
    if (!this.isUnderstood && this.ids.some((id) => "asksFirst" in this.deckOf(id).dataset)) return "unchecked";
    if (!this.isOpened && DETAILED.includes(this.letter)) return "better";
    return this.isAtEnd ? "end" : "cards";
  }

  show() {
    if (!this.hand) return;
    const { screen } = this;
    for (const name of ["unchecked", "better", "stopped", "wrong", "end", "cards", "cover"]) this.part(name).hidden = name !== screen;
    this.part("young").hidden = !this.isYoung;
    this.part("tools").hidden = this.hand.isOn;
    this.part("practice").hidden = this.deck !== "practice";
    this.hand.hide();
    const isFour = this.deck === "now" && !this.hand.isOn;
    const shown = isFour ? this.ids : [this.ids[this.at]];
    this.element.classList.toggle("cards--four", isFour);
    for (const [id, article] of this.cards) article.hidden = !shown.includes(id);
    for (const deck of this.element.querySelectorAll(".deck")) deck.hidden = !shown.some((id) => this.deckOf(id) === deck);
    const focus = screen === "cards" ? this.cards.get(shown[0]) : this.part(screen);
    focus?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  /** What was touched is kept for the officer to read; in *Hand over* nothing on the screen shows it. */
  answer(id, answer) {
    if (this.hand.isOn) return this.hand.answer(id, answer);
    this.answers.set(id, answer);
    for (const item of this.cards.get(id).querySelectorAll("[data-answer]")) {
      item.firstElementChild.setAttribute("aria-pressed", item.dataset.answer === answer);
    }
    if (id === UNDER_18 && answer === "yes") this.isYoung = this.young.checked = true;
    if (this.stops(id, answer)) this.go(() => (this.isStopped = true));
  }

  stops(id, answer) {
    return answer === "stop" || (this.cards.get(id).dataset.stops ?? "").split(" ").includes(answer);
  }

  turn() {
    const isTurned = this.element.classList.toggle("cards--turned");
    this.element.querySelector("[data-do=turn]").setAttribute("aria-pressed", isTurned);
  }

  /** One touch and a real, dull page stands there, in the worker's language. */
  cover(isCovered) {
    if (!isCovered) return this.show();
    for (const name of ["unchecked", "better", "stopped", "wrong", "end", "cards", "tools"]) this.part(name).hidden = true;
    this.part("cover").hidden = false;
    this.part("cover").focus();
  }
}
