// Runs before anything of the page is seen: whether *Leave* was touched in this tab after this page, so that Back shows the
// plain page. The tab's own list of pages says it, which goes with the tab; where a browser does not tell that list, the name
// of the tab does, until somebody opens the guide anew.

var wasLeft = () => {
  const list = self.navigation?.entries() ?? [];
  const here = self.navigation?.currentEntry?.index ?? list.length;
  return name === "units" || list.slice(here + 1).some((entry) => entry.getState() === "units");
};
// A browser that does not tell how a page was opened protects the plain page alone, or the guide could not be opened again.
var how = performance.getEntriesByType("navigation")[0]?.type ?? (location.hash === "#units" ? "reload" : "navigate");
if (how === "navigate") name = "";
var { dataset } = document.currentScript;
var showPlain = () => {
  document.documentElement.classList.add("left");
  document.getElementById("page")?.remove();
  document.title = dataset.title;
};
if (wasLeft()) showPlain();
// What a link that breaks did not bring is asked for again: to open the page anew brings all of it again, and may bring no more.
var again = (target, tries = 9) => {
  const { href, src } = target;
  if (!tries || !(href || src)) return;
  setTimeout(() => {
    if (src) return import(src).catch(() => again(target, tries - 1));
    const other = target.cloneNode();
    other.onerror = () => again(other, tries - 1);
    target.replaceWith(other);
  }, 5000);
};
addEventListener("error", ({ target }) => target.onerror || again(target), true);
// A page that the browser holds for Back is hidden while it is away, so that nothing of it is seen before this is asked. It may
// be held before any other script of it came, and none comes later: this cannot wait for leave.js.
addEventListener("pagehide", () => document.documentElement.classList.add("away"));
addEventListener("pageshow", () => {
  requestAnimationFrame(() => { // WebKit knows the list by then
    if (wasLeft()) showPlain();
    document.documentElement.classList.remove("away");
  });
});
