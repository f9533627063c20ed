// *Hand over*: the officer's phone becomes the worker's. What will happen to the answers stands first; she may only read;
// before she gives it back she sees her answers and may delete any. Refused, deleted and not given look the same to the officer.

const REFUSED = new Set(["dont-say", "stop"]);

export class Hand {
  constructor(cards) {
    this.cards = cards;
    this.isOn = false;
    this.actions = {
      "hand-show": () => this.read(true),
      "hand-read": () => this.read(false),
      "hand-done": () => this.end(),
      "hand-give": () => this.ask(),
      "hand-back": () => this.giveBack(),
    };
    addEventListener("popstate", () => this.isOn && this.stay());
  }

  part(name) {
    return this.cards.part(name);
  }

  /** All screens of the worker's turn away; the one that is due is shown by its own step. */
  hide() {
    for (const name of ["hand-before", "hand-after", "answered"]) this.part(name).hidden = true;
    this.part("hand-tools").hidden = !this.isOn;
  }

  begin() {
    this.isOn = true;
    this.isShown = false;
    this.given = new Map();
    this.cards.element.classList.add("cards--hand");
    this.stay();
    this.keepAwake();
    this.only("hand-before");
  }

  /** Back, and a reload, stay with the worker: the address says that the phone is handed over, and nothing else. */
  stay() {
    const officer = this.cards.element.dataset.officer;
    history.pushState(null, "", `#${officer}.hand`);
  }

  only(name) {
    for (const other of ["unchecked", "better", "stopped", "wrong", "end", "cards", "cover", "tools"]) this.part(other).hidden = true;
    this.hide();
    this.part("hand-tools").hidden = true;
    this.part(name).hidden = false;
    this.part(name).focus();
    scrollTo(0, 0);
  }

  read(isShown) {
    this.isShown = isShown;
    this.cards.element.classList.toggle("cards--read", !isShown);
    if (this.cards.deck === "now") this.cards.open("path");
    else this.cards.open(this.cards.deck, 0);
  }

  /** Quiet: the next card comes, whatever was touched. */
  answer(id, answer) {
    this.given.set(id, answer);
    if (this.cards.stops(id, answer)) return this.end(true);
    this.cards.step(1);
  }

  end(isStopped = false) {
    this.only("hand-after");
    this.part("hand-stopped").hidden = !isStopped;
    this.part("hand-really").hidden = true;
    const list = this.part("hand-answers");
    list.replaceChildren(...[...this.given].filter(() => this.isShown).map(([id, answer]) => this.row(id, answer)));
  }

  row(id, answer) {
    const row = this.part("hand-answer").content.cloneNode(true).firstElementChild;
    row.querySelector("[data-of=card]").textContent = this.cards.cards.get(id).querySelector(".card__text").textContent;
    const said = row.querySelector("[data-of=answer]");
    said.textContent = this.wordOf(id, answer);
    row.querySelector("button").addEventListener("click", ({ target }) => {
      this.given.delete(id);
      said.textContent = this.part("not-answered").content.textContent.trim();
      target.remove();
    });
    return row;
  }

  wordOf(id, answer) {
    return this.cards.cards.get(id).querySelector(`[data-answer="${answer}"] button > span`).textContent;
  }

  ask() {
    this.part("hand-really").hidden = false;
    this.part("hand-really").querySelector("button").focus();
  }

  giveBack() {
    const { cards } = this;
    const asked = cards.ids.filter((id) => cards.cards.get(id).dataset.answers !== "none");
    const told = this.isShown ? this.given : new Map();
    this.isOn = false;
    this.given = new Map();
    this.lock?.release();
    cards.element.classList.remove("cards--hand", "cards--read");
    history.replaceState(null, "", `#${cards.element.dataset.officer}`);
    for (const [id, answer] of told) if (!REFUSED.has(answer)) cards.answers.set(id, answer);
    const isStopped = [...told].some(([id, answer]) => !REFUSED.has(answer) && cards.stops(id, answer));
    if (told.get("C8") === "yes") cards.isYoung = true;
    cards.isStopped = isStopped;
    cards.show();
    this.part("answered").hidden = false;
    this.part("answered").querySelector("ul").replaceChildren(...asked.map((id) => this.told(id, told.get(id))));
    this.part("answered").focus();
  }

  /** A line for the officer: code, question and answer in the officer's language. */
  told(id, answer) {
    const card = this.cards.cards.get(id);
    const line = document.createElement("li");
    const isTold = answer && !REFUSED.has(answer);
    const word = isTold
      ? card.querySelector(`[data-answer="${answer}"] .small`).cloneNode(true)
      : this.part("officer-not-answered").content.cloneNode(true);
    line.append(card.querySelector(".card__officer p").cloneNode(true), word);
    return line;
  }

  async keepAwake() {
    try {
      this.lock = await navigator.wakeLock?.request("screen");
    } catch {
      this.lock = null; // a low battery refuses it; the phone may then sleep
    }
  }
}
