// *Night*: amber on black, with larger words. It holds in this tab until it is closed, and nothing is stored: left.js knows how.

const isNight = () => document.documentElement.classList.contains("night");

/** Start a button of the page. */
export function start(button) {
  button.addEventListener("click", () => {
    self.setNight(!isNight());
    self.markNight();
  });
  addEventListener("hashchange", () => isNight() && self.markNight()); // an anchor of the page is a page of the list
  self.setNight(isNight());
  button.hidden = false;
}
