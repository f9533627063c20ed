// The *Keep on this phone* control: says what it takes and what it leaves before anything is stored.

import { takeIndexes } from "./edition.js";
import { Gate } from "./net.js";
import { isKept } from "./place.js";
import { canPrompt, prompt } from "./prompt.js";
import { fill, kilobytes, listen, show } from "./words.js";
import { answers, canKeep, establish, register, unregister } from "./worker.js";

export const ROOM = 3; // times its size that must be free: a renewal holds two copies, and a full phone fails in other apps

const NAMES = ["loop", "fetcher", "stopped", "store", "plan", "alone", "cut", "unfold", "hash"];

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
  if (!(await canKeep())) return show(element, "unable");
  listen(element, {
    ask: () => control.guard(() => control.ask()),
    no: () => control.refuse(),
    keep: () => control.guard(() => control.keep()),
    less: () => control.guard(() => control.keepLess()),
  });
  addEventListener("online", () => control.goOn());
  addEventListener("removed", () => control.refuse());
  await control.guard(() => control.look());
}

class Control {
  constructor(element, packs) {
    this.element = element;
    this.packs = packs;
    this.wanted = packs; // or less of them, on a full phone
    this.isAgreed = false; // nothing goes on by itself unless the person said yes and did not take it back
  }

  /** Whatever fails ends in a sentence and reading online, never in a dead control. */
  async guard(action) {
    try {
      await action();
    } catch (error) {
      const { stoppedBy } = await tools().catch(() => ({}));
      await this.stop(stoppedBy ? stoppedBy(error) : { state: "waiting" });
    }
  }

  async look() {
    if (!(await isKept())) return show(this.element, "offer");
    const { openStore } = await tools();
    const store = await openStore();
    const active = await store.packs("active");
    const has = await store.hashes();
    const isWhole = (pack) => active[pack]?.files.every(([, hash]) => has.has(hash));
    if (this.packs.every(isWhole) && (await answers())) return this.done();
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
    const loading = tools();
    const store = (await isKept()) ? await (await loading).openStore() : null;
    const active = (await store?.packs("active")) ?? {};
    const renewed = Object.keys(active).filter((pack) => !pack.startsWith("audio.")); // comes too, so its size is told
    const names = [...new Set([...renewed, ...this.packs])];
    const optional = renewed.filter((pack) => pack !== "core" && !this.packs.includes(pack));
    const indexes = takeIndexes(new Gate(), names, active, optional); // in the round trip of the scripts that read them
    const [{ bytesOf, planOf, Stopped }, taken] = await Promise.all([loading, indexes]);
    this.taken = taken;
    if (!this.taken) throw new Stopped("waiting"); // the host is just being changed
    const has = (await store?.hashes()) ?? new Set();
    const sizeOf = (indexes) => bytesOf(planOf(indexes, has));
    const { core } = this.taken;
    this.wanted = this.packs;
    this.needs = roomFor(Object.values(this.taken));
    this.less = core && !active.core ? { bytes: sizeOf({ core }), room: roomFor([core]) } : null;
    const bytes = sizeOf(this.taken);
    show(this.element, "asking", { kb: kilobytes(bytes) });
    this.element.querySelector("[data-do=keep]").focus();
  }

  async keep() {
    this.isAgreed = true;
    const { keep, Stopped } = await tools();
    const isAll = this.wanted === this.packs;
    if ((await room()) < (isAll ? this.needs : this.less.room)) {
      await this.stop({ state: "room" }, isAll && (await room()) >= (this.less?.room ?? Infinity));
      return;
    }
    show(this.element, "keeping", { done: 0, total: "…", left: "…" });
    const serve = registering();
    serve();
    const report = ({ done, total, left }) => {
      serve();
      fill(this.element, { done, total, ...(left ? { left: kilobytes(left) } : {}) });
    };
    await keep(this.wanted, report, this.taken);
    if (!(await establish())) throw new Stopped("failed"); // nothing would open offline: that is no *kept*
    if (!this.element.isConnected) return; // somebody left: no question may come up over the plain page
    navigator.storage?.persist?.(); // so that a full phone clears others first; asked once, with the yes
    this.done();
  }

  /** What fits on a full phone: the numbers, in all languages. */
  async keepLess() {
    const { giveUpBegun } = await tools();
    await giveUpBegun();
    this.wanted = ["core"];
    await this.keep();
  }

  done() {
    if (this.wanted !== this.packs) return show(this.element, "numbers"); // never *kept*: the other pages are not
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

  /** Say why it ended. On a full phone: what is needed, what is kept all the same, or a choice that fits (`isLess`). */
  async stop({ state }, isLess = false) {
    this.taken = null;
    if (state === "removed") return this.refuse();
    const hasNumbers = state === "room" && (await onlyNumbers());
    const fills = { needs: kilobytes(this.needs ?? 0), less: kilobytes(this.less?.bytes ?? 0) };
    show(this.element, hasNumbers ? "room numbers" : state, fills);
    if (state === "room" && !(await isKept())) unregister().catch(() => {}); // nothing of ours stays
    const offer = this.element.querySelector("[data-do=less]");
    if (offer) offer.hidden = !isLess;
  }
}

/** Registers beside the loop, which it must not hold up; each time it is called, until it is done: a link may cut that too. */
function registering() {
  let isUnderWay = false;
  return () => {
    if (isUnderWay) return;
    isUnderWay = true;
    register().catch(() => (isUnderWay = false));
  };
}

/** Bytes that should be free for what some indexes name. */
export const roomFor = (indexes) => ROOM * indexes.flatMap((index) => index.files).reduce((sum, file) => sum + file[2], 0);

/** Bytes that the browser still gives to this site. */
async function room() {
  const { quota = Infinity, usage = 0 } = (await navigator.storage?.estimate?.().catch(() => ({}))) ?? {};
  return quota - usage;
}

/** Whether the numbers are kept, and no language's pages. */
async function onlyNumbers() {
  const { openStore } = await tools();
  const active = (await isKept()) ? await (await openStore()).packs("active") : {};
  return "core" in active && !Object.keys(active).some((pack) => pack.startsWith("text."));
}

/** Only after keeping may a worker's page offer to be installed. */
export function linkManifest(href) {
  if (!href || document.querySelector("link[rel=manifest]")) return;
  const link = document.createElement("link");
  link.rel = "manifest";
  link.href = href;
  document.head.append(link);
}
