// The one loop that installs, resumes, updates and repairs: take the indexes, fetch what is missing the cheapest way, check
// each hash before storing, read everything back, commit, sweep.

import { alone, Overtaken } from "./alone.js";
import { filesIn } from "./cut.js";
import { heirsOf, highest, takeIndexes, Unfit } from "./edition.js";
import { chunksOf, Gate, Refused } from "./net.js";
import { aloneOf, bytesOf, planOf } from "./plan.js";
import { isKept } from "./place.js";
import { openStore, removeStore, WrongBytes } from "./store.js";
import { unfolded } from "./unfold.js";

const AT_ONCE = 2; // requests under way at once
const GIVE_UP = 7; // failures in a row, about a minute and a half, after which the loop ends and waits for a network
const STUCK = 2; // times that a part breaks off before it brings a file, after which no part of about its size is asked for
const ABOUT = 0.8;
const IDLE_ROUNDS = 6; // rounds in a row in which no file came whole; a link that is cut in every file ends here
const LASTS = ["wrong", "foreign", "lower", "failed"]; // ends that a network alone does not mend
const WRONG = 3; // times that wrong bytes are answered by taking the indexes again

/** Why a run ended without everything kept. `state` names the sentence the person reads. */
export class Stopped extends Error {
  constructor(state, options) {
    super(state, options);
    this.state = state;
  }
}

/**
 * Keep these packs, and bring those that are kept up to date. `taken` are indexes that were just taken. `report` hears
 * `{done, total, left}` as files arrive, `left` in bytes.
 * Throws `Stopped` with the state "waiting", "wrong", "room", "foreign", "lower", "unable", "removed", "overtaken" or "failed".
 */
export async function keep(packs, report = () => {}, taken = null) {
  if (packs.length) await openStore(); // a person said yes; after *Remove* nothing that waits for its turn begins again
  return alone((holds) => new Run(holds, report, taken).keep(packs));
}

/** Give up what had begun and is not kept yet: somebody chose less. */
export function giveUpBegun() {
  return alone(async () => {
    if (!(await isKept())) return;
    const store = await openStore();
    await store.setPacks("next", {});
    await store.sweep();
  });
}

class Run {
  constructor(holds, report, taken) {
    this.isHeld = holds;
    this.taken = taken;
    this.report = report;
    this.gate = new Gate();
    this.wrong = 0;
    this.wasCut = false;
    this.works = false; // a file has come since the last failure
    this.broken = new Map(); // how often the stream of a URL brought no file
    this.most = Infinity; // bytes that are too many for this link
    this.isDone = new Set(); // packs that this run has committed
    this.first = new Set(); // hashes of what comes before all else
  }

  async keep(packs) {
    try {
      if (!(await isKept())) throw new Stopped("removed");
      this.store = await openStore();
      const active = await this.store.packs("active");
      const lowest = Math.min(...Object.values(this.taken ?? {}).map((index) => index.edition));
      if (lowest < highest(active)) this.taken = null; // taken before anything was compared
      const isSound = (pack) => pack.startsWith("audio.");
      // Whoever said yes to some kilobytes of text did not say so to megabytes of sound.
      const isMeant = (pack) => !isSound(pack) || !packs.length || packs.some(isSound);
      const kept = [...new Set([...Object.keys(active), ...heirsOf(active)])].filter(isMeant);
      const begun = Object.keys(await this.store.packs("next")).filter(isMeant);
      this.wanted = [...new Set([...kept, ...packs, ...begun])];
      this.optional = [...kept, ...begun].filter((pack) => pack !== "core" && !packs.includes(pack));
      // What is kept is renewed in one commit; a new pack comes after it, so that core opens before the rest has arrived.
      // Sound is big and comes last: it must hold up no number. A page never plays the sound of other words.
      const together = kept.filter((pack) => !isSound(pack));
      const apart = this.wanted.filter((pack) => !together.includes(pack));
      const groups = [together, ...apart.sort((one, other) => isSound(one) - isSound(other)).map((pack) => [pack])];
      for (const group of groups) if (group.length) await this.fill(group);
      await this.store.setEntry("checked", Date.now());
      await this.note();
      for (const trouble of ["tried", "full"]) await this.store.drop(trouble);
      return this.store.packs("active");
    } catch (error) {
      const stopped = stoppedBy(error);
      if (await isKept()) await this.leaveOff(stopped.state).catch(() => {}); // the store is as it was, whatever fails here
      throw stopped;
    }
  }

  /** Say on the *ready* page how many files this run refused; a run without any takes that back. */
  async note() {
    await this.store.setEntry("refused", this.wrong);
  }

  /** A run ended early. On a full phone what had begun is given up: it would fill the phone for good and never be whole. */
  async leaveOff(state) {
    if (this.wrong) await this.note();
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
      if (await this.fetchAll(indexes)) {
        const bad = await this.readBack(indexes);
        if (!bad.length) return this.commit(indexes);
        this.wrong += bad.length;
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
      this.taken = await this.again(() => takeIndexes(this.gate, this.wanted, active, this.optional));
      this.wanted = this.wanted.filter((pack) => !this.taken || pack in this.taken || !this.optional.includes(pack));
    }
    // The numbers in one's own language, against which its pages are folded: on a link that breaks, those of all others
    // take minutes. Who has the numbers already waits for nothing.
    const bases = Object.values(this.taken).flatMap(({ fold }) => fold || []);
    this.first = new Set("core" in (await this.store.packs("active")) ? [] : bases);
    const there = group.filter((pack) => pack in this.taken);
    const indexes = Object.fromEntries(there.map((pack) => [pack, this.taken[pack]]));
    await this.giveUp(group.filter((pack) => !there.includes(pack)));
    // All of them: the sweep must not take the bodies of a pack whose turn comes later, and a killed phone goes on with it.
    const later = Object.entries(this.taken).filter(([pack]) => !this.isDone.has(pack));
    await this.store.setPacks("next", { ...(await this.store.packs("next")), ...Object.fromEntries(later) });
    return indexes;
  }

  /** What had begun and the host has no more: else every later run would ask for it again. */
  async giveUp(packs) {
    const next = Object.entries(await this.store.packs("next"));
    if (packs.length) await this.store.setPacks("next", Object.fromEntries(next.filter(([pack]) => !packs.includes(pack))));
  }

  /** Fetch until nothing is missing: true. False when bytes were wrong: the host moved on, take the indexes again. */
  async fetchAll(indexes) {
    let idle = 0;
    let before = -1;
    for (;;) {
      const has = await this.store.hashes();
      idle = has.size > before ? 0 : idle + 1;
      before = has.size;
      if (idle >= IDLE_ROUNDS) throw new Stopped("waiting");
      const isNarrow = this.gate.isNarrow || idle > 1;
      const { wasCut, most, first } = this;
      const requests = planOf(indexes, has, { isNarrow, wasCut, most, first });
      this.tell(indexes, has, bytesOf(requests));
      if (!requests.length) return true;
      const queue = this.gate.isNarrow ? requests.slice(0, 1) : [...requests]; // one small one, to see whether it is over
      const worker = async () => {
        while (queue.length) await this.fetchOne(queue.shift(), indexes, has);
      };
      // On a link that was cut once, two streams at once would only lose twice as much with the next cut; and a part
      // that is folded needs what the one before it brings.
      const isOneByOne = this.wasCut || requests.some(({ known }) => known);
      const workers = Array.from({ length: isOneByOne ? 1 : AT_ONCE }, worker);
      const ended = await Promise.allSettled(workers);
      const failures = ended.map((end) => end.reason).filter(Boolean);
      if (!failures.length) continue;
      const isWrong = (error) =>
        error instanceof WrongBytes || error instanceof RangeError || (error instanceof Refused && !error.mayPass);
      if (failures.some(isWrong)) {
        this.wrong += failures.filter(isWrong).length;
        return false;
      }
      this.wasCut = true;
      this.works = false;
      this.giveUpOn(failures[0]);
    }
  }

  /** Whether this run may go on writing: another tab has not taken over, and nobody has removed the store meanwhile. */
  async holds() {
    if (!(await isKept())) throw new Stopped("removed");
    return this.isHeld();
  }

  async fetchOne({ url, files, known, cost }, indexes, has) {
    if (!(await this.holds())) throw new Stopped("overtaken");
    const chunks = chunksOf(this.gate, url);
    const before = has.size;
    try {
      await this.take({ chunks, files, known }, indexes, has);
    } catch (error) {
      // What broke off, or brought no byte just after another file came, was more than is left of this link.
      if (has.size === before && (error.hasBegun || this.works)) this.count(url, cost);
      throw error;
    }
  }

  /** A stream brought no file; twice, and this link carries less than it costs. */
  count(url, cost) {
    const times = (this.broken.get(url) ?? 0) + 1;
    this.broken.set(url, times);
    if (times >= STUCK) this.most = Math.min(this.most, ABOUT * cost);
  }

  async take({ chunks, files, known }, indexes, has) {
    if (!known) return this.saveAll(chunks, files, indexes, has);
    const before = await this.store.bytes(known);
    try {
      if (before) return await this.saveAll(unfolded(chunks, before), files, indexes, has);
    } catch (error) {
      if (!(error instanceof WrongBytes || error instanceof RangeError)) throw error;
      this.wrong += 1;
    }
    // What the part refers to is not there, or was changed on this phone: its files come by themselves.
    for (const file of files) if (!has.has(file[1])) await this.fetchOne(aloneOf(file), indexes, has);
  }

  async saveAll(chunks, files, indexes, has) {
    for await (const [[, hash, , type], bytes] of filesIn(chunks, files)) {
      if (has.has(hash)) continue;
      await this.store.save(hash, typeOf(indexes, hash, type), bytes);
      has.add(hash);
      this.works = true;
      this.tell(indexes, has);
    }
  }

  /** The hashes that cannot be read back as they were stored; they are dropped, so that they are fetched again. */
  async readBack(indexes) {
    const bad = [];
    for (const hash of hashesOf(indexes)) if (!(await this.store.isSound(hash))) bad.push(hash);
    for (const hash of bad) await this.store.drop(hash);
    return bad;
  }

  async commit(indexes) {
    if (!(await this.holds())) throw new Stopped("overtaken");
    const active = await this.store.packs("active");
    const isReplaced = ([pack, index]) => pack in indexes && indexes[pack].build !== index.build;
    const replaced = Object.fromEntries(Object.entries(active).filter(isReplaced));
    if (Object.keys(replaced).length) await this.store.setPacks("prev", replaced);
    const read = Date.now(); // all of it was just read back
    const whole = Object.entries(indexes).map(([pack, index]) => [pack, { ...index, read }]);
    await this.store.setPacks("active", { ...active, ...Object.fromEntries(whole) });
    for (const pack of Object.keys(indexes)) this.isDone.add(pack);
    const next = Object.entries(await this.store.packs("next"));
    await this.store.setPacks("next", Object.fromEntries(next.filter(([pack]) => !this.isDone.has(pack))));
    await this.store.sweep();
  }

  /** Try until the network answers. */
  async again(attempt) {
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (error instanceof Unfit || (error instanceof Refused && !error.mayPass)) throw error;
        this.giveUpOn(error);
      }
    }
  }

  giveUpOn(failure) {
    if (failure instanceof Stopped || (!isOfNetwork(failure) && !(failure instanceof Refused))) throw failure;
    if (this.gate.failures >= GIVE_UP) throw new Stopped("waiting");
  }

  tell(indexes, has, left = 0) {
    const hashes = [...hashesOf(indexes)];
    const done = hashes.filter((hash) => has.has(hash)).length;
    this.report({ done, total: hashes.length, left });
  }
}

/** The sentence that an error ends in. What nobody foresaw ends in "missing": reading online goes on. */
export function stoppedBy(error) {
  if (error instanceof Stopped) return error;
  if (error instanceof Overtaken) return new Stopped("overtaken");
  if (error instanceof Unfit) return new Stopped(error.reason);
  if (error instanceof Refused) return new Stopped("foreign");
  if (error.name === "QuotaExceededError") return new Stopped("room");
  if (error.name === "SecurityError") return new Stopped("unable");
  if (isOfNetwork(error)) return new Stopped("waiting");
  return new Stopped("failed", { cause: error });
}

const isOfNetwork = (error) => error instanceof TypeError || error.name === "AbortError";

const hashesOf = (indexes) =>
  new Set(Object.values(indexes).flatMap((index) => index.files.map(([, hash]) => hash)));

function typeOf(indexes, hash, type) {
  const owner = Object.values(indexes).find((index) => index.files.some(([, known, , at]) => known === hash && at === type));
  return owner.types[type];
}
