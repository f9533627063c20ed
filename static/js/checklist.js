// Ticks beside the signs of an officers' page, and what they touch. All of it lives in this page: nothing is stored, nothing
// is sent, and it is gone when the page closes. It names indicators and means; it never counts and never judges.

import { clearWhenOutOfSight, listen, openBeside, show } from "./words.js";

const MINUTE = 60_000;

/** Start the list of an officers' page; `element` is the summary under its signs. */
export function start(element) {
  const boxes = [...document.querySelectorAll(".tick input")];
  for (const box of boxes) {
    box.checked = false; // some browsers fill boxes in again after a reload: to them it is a form
    box.addEventListener("change", () => touch(element, boxes));
    box.closest(".tick").hidden = false;
  }
  const clear = () => {
    for (const box of boxes) box.checked = false;
    touch(element, boxes);
    show(element, "cleared");
    element.querySelector('[data-when="cleared"]').focus();
  };
  listen(element, {
    print: () => print(),
    copy: () => take(element, () => navigator.clipboard.writeText(asText(element, boxes)), "copied"),
    share: () => take(element, () => navigator.share({ text: asText(element, boxes) }), "ticked"),
    clear: () => {
      show(element, "ticked warning");
      element.querySelector('[data-do="really"]').focus();
    },
    really: clear,
  });
  element.querySelector('[data-do="share"]').hidden = !navigator.share;
  const isTicked = () => boxes.some((box) => box.checked);
  openBeside(isTicked);
  clearWhenOutOfSight(isTicked, Number(element.dataset.clearAfter) * MINUTE, clear);
}

function touch(element, boxes) {
  const ticked = boxes.filter((box) => box.checked);
  const indicators = new Set(ticked.map((box) => box.dataset.ilo));
  const means = new Set(ticked.flatMap((box) => box.dataset.means.split(" ").filter(Boolean)));
  for (const code of element.querySelectorAll("[data-ilo]")) code.hidden = !indicators.has(code.dataset.ilo);
  for (const code of element.querySelectorAll("[data-means]")) code.hidden = !means.has(code.dataset.means);
  element.querySelector('[data-means=""]').hidden = means.size > 0;
  const asks = new Map(ticked.map(questionOf).filter(Boolean).map((ask) => [ask.textContent, ask]));
  element.querySelector("[data-asks]").replaceChildren(...[...asks.values()].map(asItem));
  show(element, "ticked");
  element.hidden = !ticked.length;
}

const questionOf = (box) => box.closest("li").querySelector("[data-ask]");

function asItem(ask) {
  const item = document.createElement("li");
  item.append(...[...ask.childNodes].map((node) => node.cloneNode(true)));
  for (const name of ["lang", "dir"]) if (ask.hasAttribute(name)) item.setAttribute(name, ask.getAttribute(name));
  return item;
}

/** What was ticked, as plain text with its codes: no name, no place, no time. */
function asText(element, boxes) {
  const signs = boxes.filter((box) => box.checked).map((box) => {
    const { ilo, htcds } = box.dataset;
    const codes = [wordsOf(element, `[data-ilo="${ilo}"]`), htcds && `HTCDS ${htcds}`].filter(Boolean);
    return `- ${textOf(document.getElementById(box.getAttribute("aria-describedby")))} (${codes.join("; ")})`;
  });
  const means = [...element.querySelectorAll("[data-means]:not([hidden])")].map((code) => `- ${textOf(code)}`);
  const lines = [...element.querySelectorAll("[data-export]"), ...document.querySelectorAll(".draft p")].map(textOf);
  return [textOf(document.querySelector("h1")), ...signs, lines[0], ...means, ...lines.slice(1)].join("\n");
}

const wordsOf = (element, selector) => textOf(element.querySelector(selector));
const textOf = (node) => node.textContent.replace(/\s+/g, " ").trim();

async function take(element, action, state) {
  try {
    await action();
  } catch (error) {
    if (error.name !== "AbortError") show(element, "ticked refused"); // a person may close the list of apps
    return;
  }
  show(element, `ticked ${state}`);
}
