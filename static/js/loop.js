// The one loop that installs, resumes, updates and repairs: take the indexes, fetch what is missing the cheapest way, check
// each hash before storing, read everything back, commit, sweep.

import { alone } from "./alone.js";
import { heirsOf, highest, takeIndexes } from "./edition.js";
import { Fetcher, hashesOf } from "./fetcher.js";
import { Gate } from "./net.js";
import { isKept } from "./place.js";
import { packsOf } from "./plan.js";
import { Stopped, stoppedBy } from "./stopped.js";
import { openStore, removeStore } from "./store.js";

const LASTS = ["wrong", "foreign", "lower", "higher", "failed"]; // ends that a network alone does not mend
const WRONG = 3; // times that wrong bytes are answered by taking the indexes again

/**
 * Keep these packs, and bring those that are kept up to date. `taken` are indexes that were just taken. `report` hears
 * `{done, total, left}` as files arrive, `left` in bytes.
 * Throws `Stopped` with the state "waiting", "wrong", "room", "foreign", "lower", "higher", "unable", "removed", "overtaken" or "failed".
 */
export async function keep(packs, report = () => {}, taken = null) {
  if (packs.length) await openStore(); // a person said yes; after *Remove* nothing that waits for its turn begins again
  return alone((holds) => new Run(holds, report, taken).keep(packs));
}

class Run {
  constructor(holds, report, taken) {
    this.isHeld = holds;
    this.taken = taken;
    this.report = report;
    this.gate = new Gate();
    this.isDone = new Set(); // packs that this run has committed
  }

  async keep(packs) {
    try {
      if (!(await isKept())) throw new Stopped("removed");
      this.store = await openStore();
      const { gate, store, report } = this;
      this.fetcher = new Fetcher({ gate, store, holds: () => this.holds(), report });
      const active = await this.store.packs("active");
      const lowest = Math.min(...Object.values(this.taken ?? {}).map((index) => index.edition));
      if (lowest < highest(active)) this.taken = null; // taken before anything was compared
      const kept = [...Object.keys(active), ...heirsOf(active)];
      const { wanted, optional, groups } = packsOf(packs, kept, Object.keys(await this.store.packs("next")));
      Object.assign(this, { wanted, optional });
      for (const group of groups) await this.fill(group);
      await this.store.setEntry("checked", Date.now());
      await this.note();
      for (const trouble of ["tried", "full", "unfit"]) await this.store.drop(trouble);
      return this.store.packs("active");
    } catch (error) {
      const stopped = stoppedBy(error);
      if (await isKept()) await this.leaveOff(stopped.state).catch(() => {}); // the store is as it was, whatever fails here
      throw stopped;
    }
  }

  /** Say on the *ready* page how many files this run refused; a run without any takes that back. */
  async note() {
    await this.store.setEntry("refused", this.fetcher.wrong);
  }

  /** A run ended early. On a full phone what had begun is given up: it would fill the phone for good and never be whole. */
  async leaveOff(state) {
    if (this.fetcher?.wrong) await this.note();
    if (LASTS.includes(state)) await this.store.setEntry("tried", Date.now());
    if (state !== "room" || !(await this.isHeld())) return;
    await this.store.setPacks("next", {});
    await this.store.sweep();
    if (!Object.keys(await this.store.packs("active")).length) return removeStore();
    const [index] = Object.values(this.taken ?? {});
    if (index) await this.store.setEntry("full", index.build); // not fetched again every day to be thrown away
  }

  /** Make one group of packs whole and commit it. */
  async fill(group) {
    for (let turn = 0; turn <= WRONG; turn += 1) {
      const indexes = await this.indexes(group);
      if (await this.fetcher.fetchAll(indexes, await this.first())) {
        const bad = await this.store.dropUnsound(hashesOf(indexes));
        if (!bad) return this.commit(indexes);
        this.fetcher.wrong += bad;
      }
      this.taken = null;
    }
    throw new Stopped("wrong");
  }

  /** The indexes of a group. All that are wanted are taken at once: each one costs a round trip. */
  async indexes(group) {
    const isTaken = () => this.taken && this.wanted.every((pack) => pack in this.taken);
    for (let tries = 0; !isTaken(); tries += 1) {
      if (tries > WRONG) throw new Stopped("wrong"); // a host that serves two builds at once
      if (tries) await this.gate.wait(1000 * 2 ** tries);
      const active = await this.store.packs("active");
      this.taken = await this.fetcher.again(() => takeIndexes(this.gate, this.wanted, active, this.optional));
      this.wanted = this.wanted.filter((pack) => !this.taken || pack in this.taken || !this.optional.includes(pack));
    }
    const there = group.filter((pack) => pack in this.taken);
    const indexes = Object.fromEntries(there.map((pack) => [pack, this.taken[pack]]));
    await this.giveUp(group.filter((pack) => !there.includes(pack)));
    // All of them: the sweep must not take the bodies of a pack whose turn comes later, and a killed phone goes on with it.
    const later = Object.entries(this.taken).filter(([pack]) => !this.isDone.has(pack));
    await this.store.setPacks("next", { ...(await this.store.packs("next")), ...Object.fromEntries(later) });
    return indexes;
  }

  /**
   * The hashes of what comes before all else: the numbers in one's own language, against which its pages are folded. On a link
   * that breaks, those of all others take minutes. Who has the numbers already waits for nothing.
   */
  async first() {
    const hasCore = "core" in (await this.store.packs("active"));
    return new Set(hasCore ? [] : Object.values(this.taken).flatMap(({ fold }) => fold || []));
  }

  /** What had begun and the host has no more: else every later run would ask for it again. */
  async giveUp(packs) {
    const next = Object.entries(await this.store.packs("next"));
    if (packs.length) await this.store.setPacks("next", Object.fromEntries(next.filter(([pack]) => !packs.includes(pack))));
  }

  /** Whether this run may go on writing: another tab has not taken over, and nobody has removed the store meanwhile. */
  async holds() {
    if (!(await isKept())) throw new Stopped("removed");
    return this.isHeld();
  }

  /** Earlier cores: kept pages of their builds name their scripts and styles, also when the host has no newer such pages. */
  async named(...generations) {
    const builds = new Set(generations.flatMap(Object.values).map(({ build }) => build));
    const cores = Object.values(await this.store.packs("prev")).filter(({ pack, build }) => pack === "core" && builds.has(build));
    return Object.fromEntries(cores.map((core) => [`core ${core.build}`, core]));
  }

  async commit(indexes) {
    if (!(await this.holds())) throw new Stopped("overtaken");
    const active = await this.store.packs("active");
    const isReplaced = ([pack, index]) => pack in indexes && indexes[pack].build !== index.build;
    const replaced = Object.fromEntries(Object.entries(active).filter(isReplaced));
    const named = await this.named({ ...active, ...indexes }, replaced);
    if (Object.keys(replaced).length) await this.store.setPacks("prev", { ...named, ...replaced });
    const read = Date.now(); // all of it was just read back
    const whole = Object.entries(indexes).map(([pack, index]) => [pack, { ...index, read }]);
    await this.store.setPacks("active", { ...active, ...Object.fromEntries(whole) });
    for (const pack of Object.keys(indexes)) this.isDone.add(pack);
    const next = Object.entries(await this.store.packs("next"));
    await this.store.setPacks("next", Object.fromEntries(next.filter(([pack]) => !this.isDone.has(pack))));
    await this.store.sweep();
  }
}
