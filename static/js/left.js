// Runs before anything of the page is seen: whether *Leave* was touched in this tab after this page, so that Back shows the
// plain page, and whether *Night* was chosen, so that nothing bright is painted first. The tab's own list of pages says both,
// which goes with the tab; where a browser does not tell that list, or late, the name of the tab does.

var LEFT = /^units/;
var wasLeft = () => {
  const list = self.navigation?.entries() ?? [];
  const here = self.navigation?.currentEntry?.index ?? list.length;
  return LEFT.test(name) || list.slice(here + 1).some((entry) => LEFT.test(entry.getState()));
};
// What the tab showed last knows: a page that comes back from the browser's memory may have an old name.
var wasNight = () => /night$/.test(self.navigation?.activation?.from?.getState() ?? name);

/** Amber on black, or what the system asks for. The page that is still empty, the phone's own bars and the buttons follow. */
var setNight = (isNight) => {
  document.documentElement.classList.toggle("night", isNight);
  for (const button of document.querySelectorAll("[data-module=night]")) button.setAttribute("aria-pressed", isNight);
  document.querySelector("meta[name=color-scheme]").content = isNight ? "dark" : "light dark";
  document.querySelector("meta[name=theme-color]")?.remove();
  if (isNight) document.head.append(Object.assign(document.createElement("meta"), { name: "theme-color", content: "#000" }));
};
/** Pages that are seen after this one in this tab will look like it. */
var markNight = () => {
  if (wasLeft()) return;
  name = document.documentElement.classList.contains("night") ? "night" : "";
  if (!self.navigation?.currentEntry || navigation.currentEntry.getState() === name) return;
  history.replaceState(history.state, ""); // as if new: pages that know this entry would not hear of its mark
  navigation.updateCurrentEntry({ state: name });
};

// A browser that does not tell how a page was opened protects the plain page alone, or the guide could not be opened again.
var how = performance.getEntriesByType("navigation")[0]?.type ?? (location.hash === "#units" ? "reload" : "navigate");
if (how === "navigate") name = name.replace(/^units ?/, "");
var { dataset } = document.currentScript;
var showPlain = () => {
  document.documentElement.classList.add("left");
  document.getElementById("page")?.remove();
  document.title = dataset.title;
};
if (wasLeft()) showPlain();
if (wasNight()) {
  setNight(true);
  markNight();
}
// What a link that breaks did not bring is asked for again: to open the page anew brings all of it again, and may bring no more.
// It must be what the page names still; at another address, since a browser goes on with what it has of one.
var trusted;
var again = (target, tries = 9) => {
  if (!tries) return;
  setTimeout(() => {
    const { src, type, integrity } = target;
    const other = src ? document.createElement("script") : target.cloneNode(); // a copy of a script never runs
    const address = `${src}&`;
    if (src) trusted ??= self.trustedTypes?.createPolicy("fg", { createScriptURL: String });
    if (src) Object.assign(other, { type, integrity, src: trusted?.createScriptURL(address) ?? address });
    else if (integrity) other.href += "&";
    other.onerror = () => again(other, tries - 1);
    target.replaceWith(other);
  }, 5000);
};
addEventListener("error", ({ target }) => {
  if (target.matches?.("script, link, use") && !target.onerror) again(target);
}, true);
// A page that the browser holds for Back is hidden while it is away, so that nothing of it is seen before this is asked. It may
// be held before any other script of it came, and none comes later: this cannot wait for leave.js.
addEventListener("pagehide", () => document.documentElement.classList.add("away"));
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) {
    setNight(wasNight());
    markNight();
  }
  requestAnimationFrame(() => { // WebKit knows the list by then
    if (wasLeft()) showPlain();
    document.documentElement.classList.remove("away");
  });
});
