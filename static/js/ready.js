// *Ready for no signal?*: everything it says is read from the store when it is asked, never from a note that something was
// done. Test it, mend it, bring it up to date, keep more, remove a part or all.

import { today } from "./age.js";
import { takeEdition } from "./edition.js";
import { start as offer } from "./keep.js";
import { keep, stoppedBy } from "./loop.js";
import { Gate } from "./net.js";
import { isKept } from "./place.js";
import { openStore, removeStore } from "./store.js";
import { fill, kilobytes, listen, show } from "./words.js";
import { canKeep, unregister } from "./worker.js";

const DAY = 86_400_000;
const OLD = 30; // days without a look for newer pages
const ROOM = 3; // times what is kept that should be free, as keeping itself asks

/** Start the page. */
export async function start(element) {
  if (!isSecureContext) return show(element, "insecure");
  if (!canKeep()) return show(element, "unable");
  const act = (action) => (...details) => action(element, ...details).catch((error) => stopped(element, error));
  listen(element, { test: act(test), update: act(update), remove: act(remove) });
  const rows = element.querySelector("tbody");
  for (const item of element.querySelectorAll("[data-more]")) {
    item.firstElementChild.addEventListener("click", () => keepMore(element, item.dataset.more));
    rows.append(rowOf(rows.firstElementChild, item));
  }
  for (const row of element.querySelectorAll("tbody tr:not([data-pack=core])")) {
    row.firstElementChild.append(element.nextElementSibling.content.cloneNode(true));
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
  list(element, active);
  await judge(element, active, has, store);
  show(element, isAny ? state : store ? "begun" : "none");
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
  const part = (name) => element.querySelector(`[data-part="${name}"]`);
  const files = Object.values(active).flatMap((index) => index.files);
  const bytes = files.reduce((sum, file) => sum + file[2], 0);
  const missing = files.filter(([, hash]) => !has.has(hash)).length;
  const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
  const days = Math.floor((Date.now() - ((await store?.entry("checked")) ?? 0)) / DAY);
  const { seen, until } = element.dataset;
  const why = {
    missing: missing > 0,
    old: days > OLD || days < 0,
    numbers: today() > until || today() < seen,
    room: quota !== undefined && quota - usage < ROOM * bytes,
  };
  // Ready is a language's pages and what they need; numbers alone are not.
  const isThere = "core" in active && Object.keys(active).some((pack) => pack.startsWith("text.")) && missing < files.length;
  const light = isThere ? (Object.values(why).some(Boolean) ? "amber" : "green") : "red";
  for (const one of element.querySelectorAll("[data-light]")) one.hidden = one.dataset.light !== light;
  for (const item of element.querySelectorAll("[data-why]")) item.hidden = light !== "amber" || !why[item.dataset.why];
  const age = Math.max(0, Math.floor((Date.now() - Date.parse(seen)) / DAY));
  const free = quota === undefined ? 0 : Math.max(0, quota - usage);
  fill(element, { missing, days, age, used: megabytes(bytes), free: megabytes(free) });
  const isLasting = await navigator.storage?.persisted?.();
  part("numbers").hidden = false;
  part("lasting").hidden = !(isThere && isLasting === true);
  part("not-lasting").hidden = !(isThere && isLasting === false);
  part("room").hidden = !isThere || quota === undefined;
}

const megabytes = (bytes) => (bytes < 10_000_000 ? (bytes / 1_000_000).toFixed(1) : Math.round(bytes / 1_000_000));

/** Read every kept file again and hash it again; throw away what is wrong or not ours; fetch anew what is missing. */
async function test(element) {
  if (!(await isKept())) return look(element);
  const store = await openStore();
  const active = await store.packs("active");
  show(element, "testing");
  let good = 0;
  const bad = new Set();
  for (const [pack, index] of Object.entries(active)) {
    for (const [, hash] of index.files) {
      if (await store.isSound(hash)) good += 1;
      else {
        bad.add(pack);
        await store.drop(hash);
      }
    }
  }
  const read = Date.now();
  const marked = Object.entries(active).map(([pack, index]) => [pack, bad.has(pack) ? index : { ...index, read }]);
  await store.setPacks("active", Object.fromEntries(marked));
  await store.sweep();
  const isMended = bad.size > 0 && (await mended(element));
  await look(element, isMended ? "current" : bad.size ? "unsound" : "sound");
  const all = Object.values(active).flatMap((index) => index.files).length;
  fill(element, { good, bad: all - good });
}

/** Whether what was thrown away could be fetched again: not without a network, and then it is said. */
async function mended(element) {
  try {
    await takeEdition(new Gate()); // one look: without a network the loop would try for a minute and a half
    await keep([], (report) => fill(element, report));
    return true;
  } catch {
    return false;
  }
}

async function update(element) {
  if (!(await isKept())) return look(element);
  show(element, "keeping", { done: 0, total: "…" });
  await keep([], (report) => fill(element, report));
  await look(element, "current");
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
  const store = await openStore();
  for (const generation of ["active", "next", "prev"]) {
    const { [pack]: gone, ...rest } = await store.packs(generation);
    if (gone) await store.setPacks(generation, rest);
  }
  await store.sweep();
  await look(element);
}

/** Remove what is ours, by hand, with no network; then say what is still on the phone. */
async function remove(element) {
  await unregister();
  await removeStore();
  dispatchEvent(new Event("removed")); // whatever keeps or says *kept* on this page
  await look(element);
  show(element, "removed");
}

function stopped(element, error) {
  show(element, stoppedBy(error).state, { needs: "?" });
}
