// Puts the way of the browser in hand first. Which browser it is, the browser says itself; nobody is told.

const BROWSERS = [
  ["inside", /FBAN|FBAV|FB_IAB|Instagram|WhatsApp|Line\/|MicroMessenger|; wv\)/],
  ["samsung", /SamsungBrowser/],
  ["iphone", /iPhone|iPad|iPod/],
  ["firefox", /Android.*Firefox/],
  ["chrome", /Android/],
];

/** The id of the section about a browser; what is no phone is a computer. */
export const browserOf = (agent) => BROWSERS.find(([, pattern]) => pattern.test(agent))?.[0] ?? "computer";

export function start(main) {
  const isTablet = navigator.maxTouchPoints > 1 && /Macintosh/.test(navigator.userAgent); // an iPad says it is a Mac
  const section = document.getElementById(isTablet ? "iphone" : browserOf(navigator.userAgent));
  const here = main.querySelector("[data-part=here]");
  here.hidden = false;
  section.prepend(here);
  main.querySelector("#about").after(section);
}
