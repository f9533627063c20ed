// *Night*: amber on black, with larger words. It holds in this tab until it is closed, and nothing is stored: left.js knows how.

/** Start the button of one page. */
export function start(button) {
  const isNight = () => document.documentElement.classList.contains("night");
  const show = () => button.setAttribute("aria-pressed", isNight());
  button.addEventListener("click", () => {
    self.setNight(!isNight());
    self.markNight();
    show();
  });
  addEventListener("hashchange", () => isNight() && self.markNight()); // an anchor of the page is a page of the list
  addEventListener("pageshow", show); // after that of left.js
  show();
  button.hidden = false;
}
