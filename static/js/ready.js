// *Ready for no signal?*: everything it says is read from the store when it is asked, never from a note that something was
// done. Test it, mend it, bring it up to date, keep more, remove a part or all.

import { menusOf } from "./browser.js";
import { takeEdition } from "./edition.js";
import { start as offer } from "./keep.js";
import { activePacks, readAgain, takeOut } from "./kept.js";
import { addRows, judge, list } from "./lights.js";
import { keep } from "./loop.js";
import { Gate } from "./net.js";
import { isKept, under } from "./place.js";
import { roomFor } from "./room.js";
import { stoppedBy } from "./stopped.js";
import { openStore, removeStore } from "./store.js";
import { fill, kilobytes, listen, show } from "./words.js";
import { canKeep, establish, startNewer, unregister } from "./worker.js";

const MENUS = ["chrome", "safari", "firefox", "samsung"]; // ids of the items that say where a history is

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
  for (const item of element.querySelectorAll("[data-more]")) {
    item.firstElementChild.addEventListener("click", () => keepMore(element, item.dataset.more));
  }
  addRows(element, act(removePart));
  document.addEventListener("kept", () => act(look)());
  await act(look)();
}

async function look(element, state = "listed") {
  const store = (await isKept()) ? await openStore() : null;
  const active = store ? await store.packs("active") : {};
  const has = store ? await store.hashes() : new Set();
  const isAny = Object.keys(active).length > 0;
  const unfit = state === "listed" && (await store?.entry("unfit")); // what renewing by itself met
  const hasBegun = Object.keys((await store?.packs("next")) ?? {}).length > 0;
  list(element, active);
  const wasRemoved = !store && element.dataset.state === "removed"; // what stays on the phone must be read
  await judge(element, active, has, store);
  // Last, and all at once: a button that moved while a person reached for it would be missed.
  show(element, isAny ? unfit || state : wasRemoved ? "removed" : hasBegun ? "begun" : store ? "left" : "none");
}

/** Read every kept file again and hash it again; throw away what is wrong or not ours; fetch anew what is missing. */
async function test(element) {
  if (!(await isKept())) return look(element);
  show(element, "testing");
  const { good, bad } = (await readAgain()) ?? {};
  if (good === undefined) return look(element); // removed meanwhile
  const isMended = bad > 0 && (await mended(element));
  await look(element, isMended ? await stateOf() : bad ? "unsound" : "sound");
  fill(element, { good, bad });
}

/** Whether what was thrown away could be fetched again: not without a network, and then it is said. */
async function mended(element) {
  try {
    await takeEdition(new Gate(), await activePacks()); // one look: without a network the loop would try for a minute and a half
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
  const active = await activePacks();
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

async function removePart(element, pack) {
  await takeOut(pack);
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
  const active = await activePacks();
  fill(element, { needs: kilobytes(roomFor(Object.values(active))) }); // about what a renewal of it needs
}
