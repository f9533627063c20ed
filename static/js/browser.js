// Which browser this is, as it says itself; nobody is told. What is only built like one of these has other menus.

const BROWSERS = [
  ["inside", /FBAN|FBAV|FB_IAB|Instagram|WhatsApp|Line\/|MicroMessenger|GSA\/|; wv\)/],
  ["samsung", /SamsungBrowser/],
  ["iphone", /iPhone|iPad|iPod/],
  ["firefox", /Android.*Firefox/],
  ["chrome", /Android/],
];
const OTHERS = /Edg|OPR\/|YaBrowser|UCBrowser|MiuiBrowser|DuckDuckGo|Ddg|HuaweiBrowser|Vivaldi/;
const ON_IPHONE = /CriOS|FxiOS/;

/** The kind of browser on a phone; what is no phone is a computer. */
export const browserOf = (agent) => BROWSERS.find(([, pattern]) => pattern.test(agent))?.[0] ?? "computer";

/** Whether a phone's browser is near one of these kinds, but not it. */
export const isOther = (agent) => browserOf(agent) !== "computer" && (OTHERS.test(agent) || ON_IPHONE.test(agent));

/** Whose menus lead to the history: "chrome", "safari", "firefox" or "samsung"; undefined where nobody knows. */
export function menusOf(agent) {
  const kind = browserOf(agent);
  if (kind === "inside" || OTHERS.test(agent)) return undefined;
  if (/CriOS/.test(agent)) return "chrome";
  if (/FxiOS/.test(agent)) return "firefox";
  if (kind === "iphone") return "safari";
  if (kind !== "computer") return kind;
  return /Firefox/.test(agent) ? "firefox" : /Chrome/.test(agent) ? "chrome" : undefined;
}
