// Being put among a phone's apps is never offered by itself: it would show the guide to whoever looks on. Only once something
// is kept, and the browser's own *install* prompt only to officers.

let held = null;

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  held = event;
  dispatchEvent(new Event("promptable"));
});

/** Show the row whose button asks, as soon as this browser would put the guide among the apps. */
export function offerPrompt(row) {
  if (!row) return; // a worker's page
  row.hidden = held === null;
  row.querySelector("button").onclick = () => prompt().then(() => (row.hidden = true));
  addEventListener("promptable", () => (row.hidden = false), { once: true });
}

/** Ask, once; the browser then shows what it takes. */
async function prompt() {
  await held?.prompt();
  held = null;
}

/** Only after keeping may a worker's page offer to be installed. */
export function linkManifest(href) {
  if (!href || document.querySelector("link[rel=manifest]")) return;
  const link = document.createElement("link");
  link.rel = "manifest";
  link.href = href;
  document.head.append(link);
}
