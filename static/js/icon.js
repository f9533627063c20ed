// Puts the way of the browser in hand first.

import { browserOf, isOther } from "./browser.js";
import { isKept } from "./place.js";
import { linkManifest } from "./prompt.js";

/** The way of the browser in hand first; where something is kept, an icon leads to the start and not to this page. */
export async function start(main) {
  const agent = navigator.userAgent;
  const isTablet = navigator.maxTouchPoints > 1 && /Macintosh/.test(agent); // an iPad says it is a Mac
  const section = document.getElementById(isTablet ? "iphone" : browserOf(agent));
  const here = main.querySelector("[data-part=here]");
  here.hidden = isOther(agent);
  section.prepend(here);
  main.querySelector("#about").after(section);
  if (await isKept()) linkManifest(main.dataset.manifest);
}
