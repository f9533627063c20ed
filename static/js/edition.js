// The edition file and the indexes: taking them, and refusing what is not ours or older than what is kept.

import { takeJson } from "./net.js";
import { base } from "./place.js";

const FORMAT = 2;
const HASH = /^[\w-]{22}$/;

/** What came is not an index of this guide, or is an older one than the phone has. */
export class Unfit extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason; // "foreign" or "lower"
  }
}

/** `{edition, build}` of what the host has now. */
export const takeEdition = async (gate) => ours(await takeJson(gate, "edition.json"));

/**
 * The indexes of some packs, all of one build; `kept` are those the phone has. A pack in `optional` that the host does not
 * have is left out: a language that was taken from a site must not stop the numbers of the others from being renewed.
 */
export async function takeIndexes(gate, names, kept, optional = []) {
  const take = async (name) => {
    try {
      return [[name, fit(ours(await takeJson(gate, `${name}.json`)), name, kept)]];
    } catch (error) {
      if (error.status === 404 && optional.includes(name)) return [];
      throw error;
    }
  };
  const indexes = Object.fromEntries((await Promise.all(names.map(take))).flat());
  const builds = new Set(Object.values(indexes).map((index) => index.build));
  return builds.size > 1 ? null : indexes; // the host changed between two of them: take them again
}

function ours(value) {
  const known = value && value.format === FORMAT && value.base === base.pathname && Number.isInteger(value.edition);
  if (!known || !HASH.test(value.build)) throw new Unfit("foreign");
  return value;
}

function fit(index, name, kept) {
  const whole =
    index.pack === name &&
    Array.isArray(index.files) &&
    Array.isArray(index.parts) &&
    index.files.every(([url, hash, size, type]) => isUrl(url) && HASH.test(hash) && size >= 0 && index.types[type]) &&
    index.parts.every(([hash]) => HASH.test(hash)) &&
    (index.whole === null || HASH.test(index.whole[0])) &&
    index.parts.reduce((sum, part) => sum + part[3], 0) === index.files.length;
  if (!whole) throw new Unfit("foreign");
  if (highest(kept) > index.edition) throw new Unfit("lower");
  return index;
}

const isUrl = (url) => typeof url === "string" && new URL(url, base).href.startsWith(base.href);

/** The highest edition among kept indexes, 0 when nothing is kept. */
export const highest = (packs) => Math.max(0, ...Object.values(packs).map((index) => index.edition));
