// Past their date, law and immigration texts fold behind a warning, also offline; numbers never fold, they get a warning.

/**
 * Fold and warn on a page, or on the pages of a file that holds many, as of `today` ("2026-11-24"). A clock before a page's
 * sources is wrong, and counts as past.
 */
export function age(page, today) {
  for (const main of page.querySelectorAll("main[data-until], .chapter[data-until]")) {
    if (!isPast(main.dataset, today)) continue;
    const words = main.querySelector(".outdated:not([data-until])");
    for (const item of main.querySelectorAll("[data-ages]")) fold(item, words);
  }
  for (const warning of page.querySelectorAll(".outdated[data-until]")) {
    warning.hidden = !isPast(warning.dataset, today);
  }
}

export const isPast = ({ from, until }, today) => today > until || today < from;

/** The phone's own day, in its own time zone. */
export function today(now = new Date()) {
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

function fold(item, words) {
  const page = item.ownerDocument;
  const details = page.createElement("details");
  const summary = page.createElement("summary");
  summary.append(...[...words.childNodes].map((node) => node.cloneNode(true)));
  details.className = "aged";
  const numbers = [...item.querySelectorAll(".number")].map((number) => number.cloneNode(true));
  const text = page.createElement("div");
  text.className = "aged__text";
  text.append(...item.childNodes);
  details.append(summary, text);
  item.append(details, ...numbers);
}
