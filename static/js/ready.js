// *Ready for no signal?*: everything it says is read from the store when it is asked, never from a note that something was
// done. Test it, mend it, bring it up to date, keep more, remove a part or all.

import { today } from "./age.js";
import { alone } from "./alone.js";
import { menusOf } from "./browser.js";
import { takeEdition } from "./edition.js";
import { start as offer, ROOM, roomFor } from "./keep.js";
import { keep, stoppedBy } from "./loop.js";
import { Gate } from "./net.js";
import { isKept, under } from "./place.js";
import { openStore, removeStore } from "./store.js";
import { fill, kilobytes, listen, show } from "./words.js";
import { answers, canKeep, establish, startNewer, unregister, waiting } from "./worker.js";

const DAY = 86_400_000;
const MENUS = ["chrome", "safari", "firefox", "samsung"]; // ids of the items that say where a history is
const OLD = 30; // days without a look for newer pages

/** Start the page. */
export async function start(element) {
  if (!isSecureContext) return show(element, "insecure");
  const act = (action) => (...details) => action(element, ...details).catch((error) => stopped(element, error));
  const ask = async () => {
    show(element, "removing");
    element.querySelector("[data-when=removing]").focus();
  };
  const actions = { test, update, ask, no: leaveIt, remove, start: startProgram };
  listen(element, Object.fromEntries(Object.entries(actions).map(([name, action]) => [name, act(action)])));
  showThisBrowser();
  if (!(await canKeep())) return show(element, "unable");
  const rows = element.querySelector("tbody");
  for (const item of element.querySelectorAll("[data-more]")) {
    item.firstElementChild.addEventListener("click", () => keepMore(element, item.dataset.more));
    rows.append(rowOf(rows.firstElementChild, item));
  }
  for (const row of element.querySelectorAll("tbody tr:not([data-pack=core])")) {
    row.firstElementChild.id = `kept-${row.dataset.pack}`;
    row.firstElementChild.append(element.nextElementSibling.content.cloneNode(true));
    row.querySelector("button").setAttribute("aria-describedby", row.firstElementChild.id);
    row.querySelector("button").addEventListener("click", () => act(removePart)(row.dataset.pack));
  }
  document.addEventListener("kept", () => act(look)());
  await act(look)();
}

/** The row of a language, made from its name on the list of languages. */
function rowOf(core, item) {
  const row = core.cloneNode(true);
  row.dataset.pack = item.dataset.more;
  row.firstElementChild.replaceChildren(...item.firstElementChild.cloneNode(true).childNodes);
  return row;
}

async function look(element, state = "listed") {
  const store = (await isKept()) ? await openStore() : null;
  const active = store ? await store.packs("active") : {};
  const has = store ? await store.hashes() : new Set();
  const isAny = Object.keys(active).length > 0;
  const hasBegun = Object.keys((await store?.packs("next")) ?? {}).length > 0;
  list(element, active);
  const wasRemoved = !store && element.dataset.state === "removed"; // what stays on the phone must be read
  await judge(element, active, has, store);
  // Last, and all at once: a button that moved while a person reached for it would be missed.
  show(element, isAny ? state : wasRemoved ? "removed" : hasBegun ? "begun" : store ? "left" : "none");
}

function list(element, active) {
  for (const row of element.querySelectorAll("tr[data-pack]")) {
    const index = active[row.dataset.pack];
    row.hidden = !index;
    if (!index) continue;
    const bytes = index.files.reduce((sum, file) => sum + file[2], 0);
    fill(row, { kb: kilobytes(bytes), read: index.read ? today(new Date(index.read)) : "" });
  }
  for (const item of element.querySelectorAll("[data-more]")) item.hidden = item.dataset.more in active;
}

/** Green, amber or red, and why. */
async function judge(element, active, has, store) {
  // A page that was opened before an update has not yet every part that this script knows.
  const hide = (name, isHidden) => {
    for (const part of element.querySelectorAll(`[data-part="${name}"]`)) part.hidden = isHidden;
  };
  const files = Object.values(active).flatMap((index) => index.files);
  const bytes = files.reduce((sum, file) => sum + file[2], 0);
  const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => ({}))) ?? {};
  const reads = Object.values(active).map((index) => index.read ?? 0);
  const checked = (await store?.entry("checked")) ?? Math.min(...reads);
  const days = Math.max(0, Math.floor((Date.now() - checked) / DAY));
  const { seen, until } = element.dataset;
  // Ready is a language's pages, all of core, and a worker script that answers; numbers alone are not.
  const isWhole = (pack) => active[pack].files.every(([, hash]) => has.has(hash));
  const texts = Object.keys(active).filter((pack) => pack.startsWith("text."));
  const isStored = "core" in active && isWhole("core") && texts.some(isWhole);
  const isThere = isStored && (await answers());
  // What is spoilt is as if it were not there; the worker script, which hashes, finds it first.
  const missing = files.filter(([, hash]) => !has.has(hash)).length + (isStored && !isThere ? 1 : 0);
  const why = {
    missing: missing > 0,
    begun: Object.keys((await store?.packs("next")) ?? {}).length > 0,
    old: days > OLD,
    numbers: today() > until || today() < seen,
    room: (quota !== undefined && quota - usage < ROOM * bytes) || Boolean(await store?.entry("full")),
  };
  const light = isThere ? (Object.values(why).some(Boolean) ? "amber" : "green") : "red";
  for (const one of element.querySelectorAll("[data-light]")) one.hidden = one.dataset.light !== light;
  for (const item of element.querySelectorAll("[data-why]")) item.hidden = !files.length || !why[item.dataset.why];
  const age = Math.max(0, Math.floor((Date.now() - Date.parse(seen)) / DAY));
  fill(element, { missing, days, age, used: megabytes(bytes) });
  const isLasting = await navigator.storage?.persisted?.();
  hide("numbers", false);
  hide("lasting", !(isThere && isLasting === true));
  hide("not-lasting", !(isThere && isLasting === false));
  hide("used", !isThere);
  hide("program", !(await waiting()));
  const refused = (await store?.entry("refused")) ?? 0;
  hide("refused", !refused);
  fill(element, { refused });
}

const megabytes = (bytes) => (bytes < 10_000_000 ? (bytes / 1_000_000).toFixed(1) : Math.round(bytes / 1_000_000));

/** Read every kept file again and hash it again; throw away what is wrong or not ours; fetch anew what is missing. */
async function test(element) {
  if (!(await isKept())) return look(element);
  show(element, "testing");
  const { good, bad } = (await alone(readAgain)) ?? {};
  if (good === undefined) return look(element); // removed meanwhile
  const isMended = bad > 0 && (await mended(element));
  await look(element, isMended ? await stateOf() : bad ? "unsound" : "sound");
  fill(element, { good, bad });
}

/** Under the lock: what a renewal commits meanwhile would else be written over. */
async function readAgain(holds) {
  if (!(await isKept())) return;
  const store = await openStore();
  const active = await store.packs("active");
  const counts = { good: 0, bad: 0 };
  for (const [pack, index] of Object.entries(active)) {
    let isGood = true;
    for (const [, hash] of index.files) {
      const isSound = await store.isSound(hash);
      counts[isSound ? "good" : "bad"] += 1;
      isGood &&= isSound;
      if (!isSound) await store.drop(hash);
    }
    if (isGood) active[pack] = { ...index, read: Date.now() };
  }
  if (!(await isKept()) || !(await holds())) return; // another tab may have renewed it
  await store.setPacks("active", active);
  await store.sweep();
  return counts;
}

/** Whether what was thrown away could be fetched again: not without a network, and then it is said. */
async function mended(element) {
  try {
    await takeEdition(new Gate()); // one look: without a network the loop would try for a minute and a half
    await bringUp(element);
    return true;
  } catch {
    return false;
  }
}

/** The newer worker script begins now, since a person said so. */
async function startProgram(element) {
  await startNewer();
  await look(element);
}

const bringUp = (element) => keep([], (report) => fill(element, report));

async function update(element) {
  if (!(await isKept())) return look(element);
  show(element, "keeping", { done: 0, total: "…" });
  await bringUp(element);
  await look(element, (await establish()) ? await stateOf() : "failed");
}

/** *Newest* only if every part is of one build: a language that was taken from the site stays as it was. */
async function stateOf() {
  const active = (await isKept()) ? await (await openStore()).packs("active") : {};
  return new Set(Object.values(active).map((index) => index.build)).size === 1 ? "current" : "listed";
}

/** The control that keeps, for one more language; it says first how much it is and what it leaves. */
function keepMore(element, pack) {
  element.parentElement.querySelector(".keep--more")?.remove();
  const control = element.parentElement.querySelector("template[data-part=another]").content.cloneNode(true).firstElementChild;
  control.dataset.packs = `core ${pack}`;
  control.classList.add("keep--more");
  const name = element.querySelector(`[data-more="${pack}"] button`).cloneNode(true);
  control.querySelector("h2").append(" · ", ...name.childNodes);
  element.after(control);
  offer(control).then(() => control.querySelector("button:not([hidden])")?.focus());
}

/** Under the lock: a renewal under way would else bring the part back. */
async function removePart(element, pack) {
  if (!(await isKept())) return look(element);
  await alone(async (holds) => {
    if (!(await isKept()) || !(await holds())) return;
    const store = await openStore();
    for (const generation of ["active", "next", "prev"]) {
      const { [pack]: gone, ...rest } = await store.packs(generation);
      if (gone) await store.setPacks(generation, rest);
    }
    await store.sweep();
  });
  await look(element);
  element.querySelector("[data-light]:not([hidden])").focus();
}

/** How to take a page off the history: of the browser that this is; of all, where it is another. */
function showThisBrowser() {
  const here = menusOf(navigator.userAgent);
  for (const item of document.querySelectorAll("#one [data-item]")) {
    item.hidden = here !== undefined && MENUS.includes(item.dataset.item) && item.dataset.item !== here;
  }
}

/** Remove what is ours, by hand, with no network; then say what is still on the phone. */
async function remove(element) {
  await removeStore(); // first what can be read
  await unregister();
  dispatchEvent(new Event("removed")); // whatever keeps or says *kept* on this page
  await look(element);
  show(element, "removed");
  element.querySelector("[data-when=removed]").focus();
  if ("clears" in element.dataset) fetch(under("clear.txt"), { cache: "no-store" }).catch(() => {}); // and all of its origin
}

/** The question is taken back: the eye and the keyboard are where they were. */
async function leaveIt(element) {
  await look(element);
  element.querySelector("[data-do=ask]").focus();
}

async function stopped(element, error) {
  const { state } = stoppedBy(error);
  await look(element, state).catch(() => show(element, state));
  const active = (await isKept()) ? await (await openStore()).packs("active") : {};
  fill(element, { needs: kilobytes(roomFor(Object.values(active))) }); // about what a renewal of it needs
}
