// Fetches what the indexes of some packs name and the phone does not have: checks each hash before it is stored, asks again
// where a link breaks, and learns how much that link carries.

import { filesIn } from "./cut.js";
import { Unfit } from "./edition.js";
import { chunksOf, Refused } from "./net.js";
import { aloneOf, bytesOf, planOf } from "./plan.js";
import { isOfNetwork, Stopped } from "./stopped.js";
import { WrongBytes } from "./store.js";
import { unfolded } from "./unfold.js";

const AT_ONCE = 2; // requests under way at once
const GIVE_UP = 7; // failures in a row, about a minute and a half, after which it ends and waits for a network
const STUCK = 2; // times that a part breaks off before it brings a file, after which no part of about its size is asked for
const ABOUT = 0.8;
const IDLE_ROUNDS = 6; // rounds in a row in which no file came whole; a link that is cut in every file ends here

/** What one run of the loop fetches with. `holds` asks whether it may go on writing, `report` hears `{done, total, left}`. */
export class Fetcher {
  constructor({ gate, store, holds, report }) {
    this.gate = gate;
    this.store = store;
    this.holds = holds;
    this.report = report;
    this.wrong = 0; // files refused
    this.wasCut = false;
    this.works = false; // a file has come since the last failure
    this.broken = new Map(); // how often the stream of a URL brought no file
    this.most = Infinity; // bytes that are too many for this link
  }

  /**
   * Fetch until nothing is missing: true; what is in `first`, a set of hashes, before all else. False when bytes were wrong: the
   * host moved on, take the indexes again.
   */
  async fetchAll(indexes, first) {
    let idle = 0;
    let before = -1;
    for (;;) {
      const has = await this.store.hashes();
      idle = has.size > before ? 0 : idle + 1;
      before = has.size;
      if (idle >= IDLE_ROUNDS) throw new Stopped("waiting");
      const isNarrow = this.gate.isNarrow || idle > 1;
      const { wasCut, most } = this;
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

/** The hashes of all files that some indexes name. */
export const hashesOf = (indexes) =>
  new Set(Object.values(indexes).flatMap((index) => index.files.map(([, hash]) => hash)));

function typeOf(indexes, hash, type) {
  const owner = Object.values(indexes).find((index) => index.files.some(([, known, , at]) => known === hash && at === type));
  return owner.types[type];
}
