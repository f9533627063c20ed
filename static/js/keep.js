// The *Keep on this phone* control: says what it takes and what it leaves before anything is stored.

import { isKept } from "./place.js";
import { canPrompt, prompt } from "./prompt.js";
import { fill, kilobytes, listen, show } from "./words.js";
import { canKeep, isRegistered, register } from "./worker.js";

const ROOM = 3; // times its size that must be free: a renewal holds two copies, and a full phone fails in other apps

const NAMES = ["loop", "store", "net", "edition", "plan", "alone", "cut", "unfold", "hash"];

/** What fetches is loaded when it is asked for, all of it in one round trip. */
async function tools() {
  const loaded = await Promise.all(NAMES.map((name) => import(`./${name}.js`)));
  return Object.assign({}, ...loaded);
}

/** Start the control of one page. */
export async function start(element) {
  const packs = element.dataset.packs.split(" ");
  const control = new Control(element, packs);
  if (!isSecureContext) return show(element, "insecure");
  if (!canKeep()) return show(element, "unable");
  listen(element, {
    ask: () => control.guard(() => control.ask()),
    no: () => control.refuse(),
    keep: () => control.guard(() => control.keep()),
  });
  addEventListener("online", () => control.goOn());
  addEventListener("removed", () => control.refuse());
  await control.guard(() => control.look());
}

class Control {
  constructor(element, packs) {
    this.element = element;
    this.packs = packs;
    this.isAgreed = false; // nothing goes on by itself unless the person said yes and did not take it back
  }

  /** Whatever fails ends in a sentence and reading online, never in a dead control. */
  async guard(action) {
    try {
      await action();
    } catch (error) {
      const { stoppedBy } = await tools().catch(() => ({}));
      this.stop(stoppedBy ? stoppedBy(error) : { state: "waiting" });
    }
  }

  async look() {
    if (!(await isKept())) return show(this.element, "offer");
    const { openStore } = await tools();
    const store = await openStore();
    const active = await store.packs("active");
    const has = await store.hashes();
    const isWhole = (pack) => active[pack]?.files.every(([, hash]) => has.has(hash));
    if (this.packs.every(isWhole) && (await isRegistered())) return this.done();
    show(this.element, "offer");
  }

  refuse() {
    this.isAgreed = false;
    show(this.element, "offer");
  }

  /** A network came back. Goes on only with what was agreed to, and not after the kept pages were removed meanwhile. */
  async goOn() {
    if (!this.isAgreed || this.element.dataset.state !== "waiting") return;
    if (await isKept()) await this.guard(() => this.keep());
    else this.refuse();
  }

  /** The size is asked for now: a page that carried it would change whenever another page does. */
  async ask() {
    this.isAgreed = false;
    show(this.element, "looking");
    const { bytesOf, Gate, openStore, planOf, Stopped, takeIndexes } = await tools();
    this.taken = await takeIndexes(new Gate(), this.packs, {});
    if (!this.taken) throw new Stopped("waiting"); // the host is just being changed
    const indexes = this.taken;
    const has = (await isKept()) ? await (await openStore()).hashes() : new Set();
    const bytes = bytesOf(planOf(indexes, has));
    const files = Object.values(indexes).flatMap((index) => index.files);
    this.needed = files.reduce((sum, file) => sum + file[2], 0);
    show(this.element, "asking", { kb: kilobytes(bytes) });
    this.element.querySelector("[data-do=keep]").focus();
  }

  async keep() {
    this.isAgreed = true;
    const { keep, Stopped } = await tools();
    const { quota = Infinity, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
    if (quota - usage < this.needed * ROOM) throw new Stopped("room");
    show(this.element, "keeping", { done: 0, total: "…", left: "…" });
    const registered = register().then(() => true, () => false); // beside the loop, which it must not hold up
    const report = ({ done, total, left }) => {
      fill(this.element, { done, total, ...(left ? { left: kilobytes(left) } : {}) });
    };
    await keep(this.packs, report, this.taken);
    if (!(await registered)) await register(); // without it nothing opens offline: a failure here is no *kept*
    navigator.storage?.persist?.(); // so that a full phone clears others first; asked once, with the yes
    this.done();
  }

  done() {
    show(this.element, "kept");
    linkManifest(this.element.dataset.manifest);
    this.element.dispatchEvent(new Event("kept", { bubbles: true }));
    this.offerIcon();
  }

  /** The browser's own prompt, only for officers and only now that there is something to open. */
  offerIcon() {
    const row = this.element.querySelector("[data-part=prompt]");
    if (!row) return;
    row.hidden = !canPrompt();
    row.querySelector("button").onclick = () => prompt().then(() => (row.hidden = true));
    addEventListener("promptable", () => (row.hidden = false), { once: true });
  }

  stop({ state }) {
    this.taken = null;
    if (state === "removed") return this.refuse();
    show(this.element, state, { needs: kilobytes((this.needed ?? 0) * ROOM) });
  }
}

/** Only after keeping may a worker's page offer to be installed. */
export function linkManifest(href) {
  if (!href || document.querySelector("link[rel=manifest]")) return;
  const link = document.createElement("link");
  link.rel = "manifest";
  link.href = href;
  document.head.append(link);
}
