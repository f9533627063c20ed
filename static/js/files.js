// Loads the files of scripts that a page wants later. An import could carry no hash, and browsers refuse to run what has none;
// so a script element brings each, by the hash that is known of it, and an import then only gives what it exports.
// FILES (the hash of each file, and which must run before it) and `all` (every module by its name, also found as self.fg
// in a developer's console) are put before this file when the guide is built.

import { base } from "./place.js";

// The one policy that may name a script; left.js made it where it had to ask for this file again.
const trusted = self.trusted ?? self.trustedTypes?.createPolicy("fg", { createScriptURL: String });

/** An address as what may name a script. */
export const trust = (address) => trusted?.createScriptURL(address) ?? address;

const loads = {};
const again = {};

/** The module with which a file begins; a load that failed can be asked for again. */
export function load(name) {
  loads[name] ??= begin(name).catch((error) => {
    delete loads[name];
    throw error;
  });
  return loads[name];
}

async function begin(name) {
  const [integrity, ...before] = FILES[name];
  const [file] = await Promise.all([fetched(`static/js/lazy/${name}.js`, integrity), ...before.map(load)]);
  file.default(all);
  return all[`${name}_js`];
}

/**
 * What a script exports, if it has these bytes. Throws `TypeError` where it has others, and without a network; the next
 * call asks at another address, since browsers go on with what they have of one.
 */
export async function fetched(path, integrity) {
  const src = new URL(`${path}?${integrity.slice(7, 29)}${again[path] ?? ""}`, base).href;
  const script = document.createElement("script");
  try {
    await new Promise((onload, onerror) => {
      Object.assign(script, { type: "module", integrity, onload, onerror, src: trust(src) });
      document.head.append(script);
    });
    return await import(src);
  } catch {
    again[path] = `${again[path] ?? ""}&`;
    throw new TypeError(`${path} did not come`);
  } finally {
    script.remove();
  }
}
