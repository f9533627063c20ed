// What the *ready* page shows: what is kept, a light, and why it is not green.

import { today } from "./age.js";
import { room, roomFor } from "./room.js";
import { fill, kilobytes } from "./words.js";
import { answers, waiting } from "./worker.js";

const DAY = 86_400_000;
const OLD = 30; // days without a look for newer pages
const QUIET = 120; // days without a newer edition: a copy that is held back answers *nothing new* for ever

/** A row for each language, by its name on the list of languages, with the button that takes it out. */
export function addRows(element, takeOut) {
  const rows = element.querySelector("tbody");
  for (const item of element.querySelectorAll("[data-more]")) {
    const row = rows.firstElementChild.cloneNode(true);
    row.dataset.pack = item.dataset.more;
    row.firstElementChild.replaceChildren(...item.firstElementChild.cloneNode(true).childNodes);
    rows.append(row);
  }
  for (const row of rows.querySelectorAll("tr:not([data-pack=core])")) {
    const [name] = row.children;
    name.id = `kept-${row.dataset.pack}`;
    name.append(element.nextElementSibling.content.cloneNode(true));
    row.querySelector("button").setAttribute("aria-describedby", name.id);
    row.querySelector("button").addEventListener("click", () => takeOut(row.dataset.pack));
  }
}

/** The rows of what is kept, with the day on which all of it was last read back. */
export function list(element, active) {
  for (const row of element.querySelectorAll("tr[data-pack]")) {
    const index = active[row.dataset.pack];
    row.hidden = !index;
    if (!index) continue;
    fill(row, { kb: kilobytes(bytesOf(index.files)), read: index.read ? today(new Date(index.read)) : "" });
  }
  for (const item of element.querySelectorAll("[data-more]")) item.hidden = item.dataset.more in active;
}

/** Green, amber or red, and why. */
export async function judge(element, active, has, store) {
  const { isThere, missing, why, days, quiet } = await found(element.dataset, active, has, store);
  const files = Object.values(active).flatMap((index) => index.files);
  const light = isThere ? (Object.values(why).some(Boolean) ? "amber" : "green") : "red";
  for (const one of element.querySelectorAll("[data-light]")) one.hidden = one.dataset.light !== light;
  for (const item of element.querySelectorAll("[data-why]")) item.hidden = !files.length || !why[item.dataset.why];
  const age = Math.max(0, Math.floor((Date.now() - Date.parse(element.dataset.seen)) / DAY));
  const refused = (await store?.entry("refused")) ?? 0;
  fill(element, { missing, days, quiet, age, used: megabytes(bytesOf(files)), refused });
  const isLasting = await navigator.storage?.persisted?.();
  // A page that was opened before an update has not yet every part that this script knows.
  const hide = (name, isHidden) => {
    for (const part of element.querySelectorAll(`[data-part="${name}"]`)) part.hidden = isHidden;
  };
  hide("numbers", false);
  hide("lasting", !(isThere && isLasting === true));
  hide("not-lasting", !(isThere && isLasting === false));
  hide("used", !isThere);
  hide("program", !(await waiting()));
  hide("refused", !refused);
}

/** Whether a language opens with no network, how many files are missing, days since the last look, and what is to be mended. */
async function found({ seen, until }, active, has, store) {
  const files = Object.values(active).flatMap((index) => index.files);
  const reads = Object.values(active).map((index) => index.read ?? 0);
  const checked = (await store?.entry("checked")) ?? Math.min(...reads);
  const days = Math.max(0, Math.floor((Date.now() - checked) / DAY));
  // Ready is a language's pages, all of core, and a worker script that answers; numbers alone are not.
  const isWhole = (pack) => active[pack].files.every(([, hash]) => has.has(hash));
  const texts = Object.keys(active).filter((pack) => pack.startsWith("text."));
  const isStored = "core" in active && isWhole("core") && texts.some(isWhole);
  const isThere = isStored && (await answers());
  // What is spoilt is as if it were not there; the worker script, which hashes, finds it first.
  const missing = files.filter(([, hash]) => !has.has(hash)).length + (isStored && !isThere ? 1 : 0);
  // An index of earlier code has no day, and a clock before it is wrong: then nothing is said.
  const quiet = Math.floor((Date.now() - Date.parse(active.core?.released)) / DAY);
  const why = {
    missing: missing > 0,
    begun: Object.keys((await store?.packs("next")) ?? {}).length > 0,
    old: days > OLD,
    quiet: quiet > QUIET,
    numbers: today() > until || today() < seen,
    room: (await room()) < roomFor(Object.values(active)) || Boolean(await store?.entry("full")),
  };
  return { isThere, missing, why, days, quiet };
}

const bytesOf = (files) => files.reduce((sum, file) => sum + file[2], 0);

const megabytes = (bytes) => (bytes < 10_000_000 ? (bytes / 1_000_000).toFixed(1) : Math.round(bytes / 1_000_000));
