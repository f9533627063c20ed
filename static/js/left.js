// Runs before anything of the page is seen: whether *Leave* was touched in this tab after this page, so that Back shows the
// plain page. The tab's own list of pages says it, which goes with the tab; where a browser does not tell that list, the name
// of the tab does, until somebody opens the guide anew.

var wasLeft = () => {
  const later = self.navigation?.entries().slice(navigation.currentEntry.index + 1) ?? [];
  return name === "units" || later.some((entry) => entry.getState() === "units");
};
if (performance.getEntriesByType("navigation")[0]?.type === "navigate") name = "";
if (wasLeft()) document.documentElement.classList.add("left");
