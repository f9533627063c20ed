// *Hand over*: the officer's phone becomes the worker's. What will happen to the answers stands first; she may only read;
// before she gives it back she sees her answers and may delete any. Refused, deleted and not given look the same to the officer.

import { Awake } from "./awake.js";
import { warnAgain } from "./sound.js";

const REFUSED = new Set(["dont-say", "stop"]);
const SETTLE = 500; // ms in which a second touch of the same finger must not answer the card that has just come

export class Hand {
  constructor(cards) {
    this.cards = cards;
    this.screen = ""; // one of hers while the phone is in her hand: hand-before, cards, hand-after
    this.given = new Map();
    this.awake = new Awake(() => this.isOn);
    this.actions = {
      "hand-show": () => this.read(true),
      "hand-read": () => this.read(false),
      "hand-done": () => this.end(),
      "hand-give": () => this.ask(),
      "hand-back": () => this.giveBack(),
    };
    addEventListener("popstate", () => this.isOn && this.stay());
  }

  get isOn() {
    return this.screen !== "";
  }

  isRefused(answer) {
    return REFUSED.has(answer);
  }

  begin() {
    this.given = new Map();
    warnAgain();
    this.screen = "hand-before";
    this.cards.unmark();
    this.cards.element.classList.add("cards--hand");
    for (const link of this.cards.element.querySelectorAll(".card a[href]")) {
      link.dataset.href = link.getAttribute("href"); // a touch in her hand dials nothing
      link.removeAttribute("href");
    }
    if (this.cards.deck === "now") this.cards.deck = "path";
    this.cards.at = 0;
    this.stay();
    this.awake.hold();
    this.cards.show();
  }

  /** A reload in her hand: the officer had read what stands before drafts, and she begins again with the first cards. */
  resume() {
    this.cards.isUnderstood = true;
    this.cards.deck = "path";
    this.begin();
  }

  /** Back, and a reload, stay with the worker: the address says that the phone is handed over, and nothing else. */
  stay() {
    history.pushState(null, "", `#${this.cards.element.dataset.officer}.hand`);
  }

  read(isShown) {
    this.isShown = isShown;
    this.cards.element.classList.toggle("cards--read", !isShown);
    this.screen = "cards";
    this.cards.show();
  }

  /** Quiet: the next card comes, whatever was touched. */
  answer(id, answer) {
    this.given.set(id, answer);
    if (this.cards.stops(id, answer)) return this.end(true);
    this.cards.step(1);
    const buttons = this.cards.element.querySelectorAll(".answers button");
    for (const button of buttons) button.disabled = true;
    setTimeout(() => {
      for (const button of buttons) button.disabled = false;
    }, SETTLE);
  }

  end(isStopped = false) {
    const { cards } = this;
    this.screen = "hand-after";
    cards.part("hand-stopped").hidden = !isStopped;
    cards.part("hand-really").hidden = true;
    cards.part("hand-list").hidden = !this.isShown;
    cards.part("hand-answers").replaceChildren(...[...this.given].map(([id, answer]) => this.row(id, answer)));
    cards.show();
  }

  row(id, answer) {
    const row = this.cards.part("hand-answer").content.cloneNode(true).firstElementChild;
    row.querySelector("[data-of=card]").textContent = this.cards.cards.get(id).querySelector(".card__text").textContent;
    const said = row.querySelector("[data-of=answer]");
    const button = row.querySelector("button");
    const takeAway = () => {
      this.given.delete(id);
      said.textContent = this.cards.part("not-answered").content.textContent.trim();
      said.tabIndex = -1;
      said.focus();
      button.remove();
    };
    if (this.isRefused(answer)) takeAway(); // in words it could be read by whoever takes the phone back too early
    else said.textContent = this.wordOf(id, answer);
    button.addEventListener("click", takeAway);
    return row;
  }

  wordOf(id, answer) {
    return this.cards.cards.get(id).querySelector(`[data-answer="${answer}"] button > span`).textContent;
  }

  ask() {
    this.cards.part("hand-really").hidden = false;
    this.cards.part("hand-really").querySelector("button").focus();
  }

  /** The officer gets the list, the same for her who read, refused or deleted; never the card at which she stopped. */
  giveBack() {
    const { cards } = this;
    const told = this.isShown ? this.given : new Map();
    const asked = cards.ids.filter((id) => cards.cards.get(id).dataset.answers !== "none");
    this.drop();
    warnAgain();
    history.replaceState(null, "", `#${cards.element.dataset.officer}`);
    cards.at = 0;
    cards.isAtEnd = false;
    cards.isListed = true;
    for (const id of asked) {
      const answer = told.get(id);
      const isTold = answer && !this.isRefused(answer);
      cards.told.set(id, isTold ? answer : null);
      if (isTold) cards.heed(id, answer);
    }
    cards.show();
  }

  /** The phone is the officer's again, and nothing of hers is left here. */
  drop() {
    this.screen = "";
    this.given = new Map();
    this.awake.release();
    this.cards.element.classList.remove("cards--hand", "cards--read");
    for (const link of this.cards.element.querySelectorAll("a[data-href]")) link.setAttribute("href", link.dataset.href);
  }
}
