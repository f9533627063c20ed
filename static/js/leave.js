// *Leave*: the plain page stands in every page already. What is read here is taken away before the next frame, the title and
// the address say nothing of it, and Back brings nothing of this tab again. The browser's history stays: no page can empty it.

import { base, under } from "./place.js";

const PLAIN = "#units"; // left.js knows it too
const APP = ["standalone", "minimal-ui", "fullscreen"].map((mode) => `(display-mode: ${mode})`).join();
const WAIT = 1000; // ms for the network to show that it is there
const TIMES = 3; // presses of Shift
const FAST = 2000; // ms for all of them

const plain = document.querySelector(".plain");
const wasLeft = self.wasLeft ?? (() => name.startsWith("units")); // a page that was kept before there was left.js
let others; // tells the other tabs of the guide; what somebody touched there would come to the front with them

/** Take away what is read, and open the outside page if the deployment has one, this is a tab, and there is a network. */
async function leave() {
  stop(); // a link that was touched just before would else open after it
  vanish();
  others?.postMessage("leave");
  const { outside } = plain.dataset;
  const isApp = navigator.standalone || matchMedia(APP).matches;
  if (outside && !isApp && (await answersSoon())) location.assign(outside); // not in its place: left.js looks for this entry
}

function vanish() {
  document.documentElement.classList.add("left");
  document.getElementById("page")?.remove();
  dispatchEvent(new Event("leave")); // what speaks, or remembers what was touched
  const title = plain.querySelector(".plain__title");
  document.title = title.textContent;
  const [folder] = location.pathname.slice(base.pathname.length).split("/");
  history.replaceState(null, "", `${base.pathname}${folder && `${folder}/`}${PLAIN}`);
  name = document.documentElement.classList.contains("night") ? "units night" : "units";
  self.navigation?.updateCurrentEntry({ state: name }); // left.js asks for both
  scrollTo(0, 0);
  title.focus();
}

/** The host's own small file, not a portal's page in its place: an outside page that does not open would say more. */
async function answersSoon() {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), WAIT);
  try {
    const answer = await fetch(under("edition.json"), { cache: "no-store", redirect: "error", signal: control.signal });
    return "edition" in (await answer.json());
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/** Three presses of Shift and of nothing else: a way out without looking. */
function onShift() {
  let presses = [];
  addEventListener("keydown", ({ key, repeat, timeStamp }) => {
    if (repeat) return;
    presses = key === "Shift" ? [...presses, timeStamp].slice(-TIMES) : [];
    if (presses.length === TIMES && timeStamp - presses[0] <= FAST) leave();
  });
}

/** Each side of a row is worked out from the other: left = right × factor + offset. */
function convert(row) {
  const { factor, offset = 0 } = row.dataset;
  const [left, right] = row.querySelectorAll("input");
  const fill = (field, value) => (field.value = Number.isFinite(value) ? String(Math.round(value * 100) / 100) : "");
  const read = ({ value }) => (value.trim() ? Number(value.replace(",", ".")) : NaN);
  left.addEventListener("input", () => fill(right, (read(left) - offset) / factor));
  right.addEventListener("input", () => fill(left, read(right) * factor + Number(offset)));
  row.hidden = false;
}

document.addEventListener("click", (event) => {
  if (!event.target.closest?.(`a[href="${PLAIN}"], .bar__leave`)) return;
  event.preventDefault();
  leave();
});
addEventListener("hashchange", () => location.hash === PLAIN && vanish());
addEventListener("popstate", () => document.documentElement.classList.contains("left") && vanish()); // an anchor of this page
// Some browsers hold no page for Back that listens. Left.js looks first whether the page that came back was left.
addEventListener("pagehide", () => others?.close());
addEventListener("pageshow", () => {
  others = self.BroadcastChannel && new BroadcastChannel(`units ${base.pathname}`);
  if (others) others.onmessage = vanish;
  requestAnimationFrame(() => wasLeft() && vanish());
});
// Some phones lay their keyboard over the foot of the page: while somebody types, the bar stands at the top.
const type = (to) => {
  if (to?.closest?.(".bar")) return; // a touch on the bar must not find it gone
  document.documentElement.classList.toggle("typing", to?.matches?.("input:not([type=checkbox])") ?? false);
};
addEventListener("focusin", ({ target }) => type(target));
addEventListener("focusout", ({ relatedTarget }) => type(relatedTarget));
for (const row of plain.querySelectorAll("[data-factor]")) convert(row);
onShift();
if ([PLAIN, "#leave"].includes(location.hash) || document.documentElement.classList.contains("left")) vanish();
