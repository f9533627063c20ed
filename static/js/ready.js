// The *ready?* page: what is kept, in which size, whether it can still be read; test it, bring it up to date, remove it.

import { keep, stoppedBy } from "./loop.js";
import { isKept } from "./place.js";
import { openStore, removeStore } from "./store.js";
import { fill, kilobytes, listen, show } from "./words.js";
import { canKeep, unregister } from "./worker.js";

/** Start the page. */
export async function start(element) {
  if (!isSecureContext) return show(element, "insecure");
  if (!canKeep()) return show(element, "unable");
  const act = (action) => () => action(element).catch((error) => stopped(element, error));
  listen(element, { test: act(test), update: act(update), remove: act(remove) });
  document.addEventListener("kept", act(look));
  await act(look)();
}

async function look(element) {
  if (!(await isKept())) return show(element, "none");
  const active = await (await openStore()).packs("active");
  list(element, active);
  show(element, Object.keys(active).length ? "listed" : "begun");
}

function list(element, active) {
  for (const row of element.querySelectorAll("[data-pack]")) {
    const index = active[row.dataset.pack];
    row.hidden = !index;
    if (!index) continue;
    const bytes = index.files.reduce((sum, file) => sum + file[2], 0);
    fill(row, { kb: kilobytes(bytes), files: index.files.length, edition: index.edition });
  }
}

/** Read every kept file again and hash it again. What is wrong is dropped, so that it can be fetched anew. */
async function test(element) {
  if (!(await isKept())) return look(element);
  const store = await openStore();
  const active = await store.packs("active");
  show(element, "testing");
  let good = 0;
  let bad = 0;
  for (const [, hash] of Object.values(active).flatMap((index) => index.files)) {
    if (await store.isSound(hash)) good += 1;
    else {
      bad += 1;
      await store.drop(hash);
    }
  }
  list(element, active);
  show(element, bad ? "unsound" : "sound", { good, bad });
}

async function update(element) {
  if (!(await isKept())) return look(element);
  const begun = Object.keys(await (await openStore()).packs("next"));
  show(element, "keeping", { done: 0, total: "…" });
  const active = await keep(begun, (report) => fill(element, report));
  list(element, active);
  show(element, Object.keys(active).length ? "current" : "begun");
}

/** Remove what is ours, by hand, with no network; then say what is still on the phone. */
async function remove(element) {
  await unregister();
  await removeStore();
  list(element, {});
  show(element, "removed");
}

function stopped(element, error) {
  show(element, stoppedBy(error).state, { needs: "?" });
}
