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
if (wasLeft()) {
  document.documentElement.classList.add("left");
  document.title = document.currentScript.dataset.title;
}
