// The edition file and the indexes: taking them, and refusing what is not ours or older than what is kept.

import { takeJson } from "./net.js";
import { base } from "./place.js";

/** The format of edition file and indexes. */
export const FORMAT = 2;

const LARGEST = 2 ** 31; // the highest edition
const STEP = 1000; // how far above its own a phone takes one: a false one, taken, would keep every later edition away
const HASH = /^[\w-]{22}$/;

/** What came is not an index of this guide, or is an older one than the phone has. */
export class Unfit extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason; // "foreign", "lower" or "higher"
  }
}

/** `{edition, build}` of what the host has now; `kept` are the indexes that the phone has. */
export const takeEdition = async (gate, kept) => ours(await takeJson(gate, "edition.json"), kept);

/**
 * The indexes of some packs, all of one build; `kept` are those the phone has. A pack in `optional` that the host does not
 * have is left out: a language that was taken from a site must not stop the numbers of the others from being renewed.
 */
export async function takeIndexes(gate, names, kept, optional = []) {
  const take = async (name) => {
    try {
      return [[name, whole(ours(await takeJson(gate, `${name}.json`), kept), name)]];
    } catch (error) {
      if (error.status === 404 && optional.includes(name)) return [];
      throw error;
    }
  };
  const ended = await Promise.allSettled(names.map(take));
  const failed = ended.find(({ status }) => status === "rejected");
  if (failed) throw failed.reason;
  const indexes = Object.fromEntries(ended.flatMap(({ value }) => value));
  const builds = new Set(Object.values(indexes).map((index) => index.build));
  return builds.size > 1 ? null : indexes; // the host changed between two of them: take them again
}

/** Every edition that a phone reads goes through here. */
function ours(value, kept) {
  const known = value && value.format === FORMAT && value.base === base.pathname && isEdition(value.edition);
  if (!known || !HASH.test(value.build)) throw new Unfit("foreign");
  const own = highest(kept);
  if (value.edition < own) throw new Unfit("lower");
  if (own && value.edition > own + STEP) throw new Unfit("higher");
  return value;
}

const isEdition = (edition) => Number.isInteger(edition) && edition >= 1 && edition <= LARGEST;

function whole(index, name) {
  if (!isWhole(index, name)) throw new Unfit("foreign");
  return index;
}

function isWhole(index, name) {
  try {
    return (
      index.pack === name &&
      index.files.every(([url, hash, size, type]) => isUrl(url) && HASH.test(hash) && size >= 0 && index.types[type]) &&
      index.parts.every(([hash]) => HASH.test(hash)) &&
      (index.whole === null || HASH.test(index.whole[0])) &&
      index.parts.reduce((sum, part) => sum + part[3], 0) === index.files.length
    );
  } catch (error) {
    if (error instanceof TypeError) return false; // a table that is no table, an address that is none
    throw error;
  }
}

const isUrl = (url) => typeof url === "string" && new URL(url, base).href.startsWith(base.href);

/**
 * The packs that hold now what one pack held in format 1, where a language's pages for officers lay among the others: whoever
 * kept those is not left without them.
 */
export function heirsOf(kept) {
  const heirs = Object.entries(kept).flatMap(([pack, { format, files }]) => {
    const tag = pack.replace("text.", "");
    return format === 1 && files.some(([url]) => url.startsWith(`${tag}/o/`)) ? ["cards", `officer.${tag}`] : [];
  });
  return [...new Set(heirs)];
}

/** The highest edition among kept indexes, 0 when nothing is kept. One that earlier code took out of range holds nothing up. */
export const highest = (packs) => Math.max(0, ...Object.values(packs).map(({ edition }) => (isEdition(edition) ? edition : 0)));
