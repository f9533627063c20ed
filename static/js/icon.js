// Puts the way of the browser in hand first. Which browser it is, the browser says itself; nobody is told.

import { linkManifest } from "./keep.js";
import { isKept } from "./place.js";

const BROWSERS = [
  ["inside", /FBAN|FBAV|FB_IAB|Instagram|WhatsApp|Line\/|MicroMessenger|; wv\)/],
  ["samsung", /SamsungBrowser/],
  ["iphone", /iPhone|iPad|iPod/],
  ["firefox", /Android.*Firefox/],
  ["chrome", /Android/],
];

/** The id of the section about a browser; what is no phone is a computer. */
export const browserOf = (agent) => BROWSERS.find(([, pattern]) => pattern.test(agent))?.[0] ?? "computer";

const OTHERS = /EdgA|OPR\/|UCBrowser|MiuiBrowser|DuckDuckGo|HuaweiBrowser|CriOS|FxiOS|EdgiOS/; // near one of these, but not it

/** The way of the browser in hand first; where something is kept, an icon leads to the start and not to this page. */
export async function start(main) {
  const agent = navigator.userAgent;
  const isTablet = navigator.maxTouchPoints > 1 && /Macintosh/.test(agent); // an iPad says it is a Mac
  const section = document.getElementById(isTablet ? "iphone" : browserOf(agent));
  const here = main.querySelector("[data-part=here]");
  here.hidden = OTHERS.test(agent);
  section.prepend(here);
  main.querySelector("#about").after(section);
  if (await isKept()) linkManifest(main.dataset.manifest);
}
