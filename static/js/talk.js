// The language screen: finds a language by its English name or a country, and takes a card along from a sign.

import { folded } from "./letters.js";

/** Start the list; without a script it is a list of links. */
export function start(element) {
  const box = element.querySelector("[data-part=find]");
  const items = [...element.querySelectorAll("[data-find]")];
  const words = items.map((item) => folded(`${item.dataset.find} ${item.querySelector("span").textContent}`));
  box.hidden = false;
  box.querySelector("input").addEventListener("input", ({ target }) => {
    const sought = folded(target.value).split(" ").filter(Boolean);
    items.forEach((item, at) => {
      item.hidden = !sought.every((word) => words[at].includes(word));
    });
  });
  const card = location.hash.slice(1);
  for (const link of element.querySelectorAll("[data-cards]")) {
    link.hash = `${element.dataset.officer}${/^[A-Z]+\d+[a-z]?$/.test(card) ? `.${card}` : ""}`;
  }
}
