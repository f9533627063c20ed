// The *Keep on this phone* control: says what it takes and what it leaves before anything is stored.

import { takeIndexes } from "./edition.js";
import { Gate } from "./net.js";
import { isKept } from "./place.js";
import { linkManifest, offerPrompt } from "./prompt.js";
import { fill, kilobytes, listen, show } from "./words.js";
import { answers, canKeep, establish, registering, unregister } from "./worker.js";

/** What fetches is loaded when it is asked for, all of it in one round trip. */
const tools = () => import("./tools.js");

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
    const [{ bytesOf, planOf, roomFor, Stopped }, taken] = await Promise.all([loading, indexes]);
    this.taken = taken;
    if (!taken) throw new Stopped("waiting"); // the host is just being changed
    const has = (await store?.hashes()) ?? new Set();
    const sizeOf = (indexes) => bytesOf(planOf(indexes, has));
    const { core } = taken;
    this.wanted = this.packs;
    this.needs = roomFor(Object.values(taken));
    this.less = core && !active.core ? { bytes: sizeOf({ core }), room: roomFor([core]) } : null;
    show(this.element, "asking", { kb: kilobytes(sizeOf(taken)) });
    this.element.querySelector("[data-do=keep]").focus();
  }

  async keep() {
    this.isAgreed = true;
    const { keep, room, Stopped } = await tools();
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
    offerPrompt(this.element.querySelector("[data-part=prompt]"));
  }

  /** Say why it ended. On a full phone: what is needed, what is kept all the same, or a choice that fits (`isLess`). */
  async stop({ state }, isLess = false) {
    this.taken = null;
    if (state === "removed") return this.refuse();
    const hasNumbers = state === "room" && (await (await tools()).onlyNumbers());
    const fills = { needs: kilobytes(this.needs ?? 0), less: kilobytes(this.less?.bytes ?? 0) };
    show(this.element, hasNumbers ? "room numbers" : state, fills);
    if (state === "room" && !(await isKept())) unregister().catch(() => {}); // nothing of ours stays
    const offer = this.element.querySelector("[data-do=less]");
    if (offer) offer.hidden = !isLess;
  }
}
