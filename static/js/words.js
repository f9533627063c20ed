// The page has the sentences, in its own language; the scripts only choose which one is seen and fill in numbers.

/** Show the parts of `element` for a state (or several, by spaces), hide the others, and fill `data-fill` places. */
export function show(element, state, fills = {}) {
  const states = state.split(" ");
  for (const part of element.querySelectorAll("[data-when]")) {
    part.hidden = !part.dataset.when.split(" ").some((name) => states.includes(name));
  }
  fill(element, fills);
  element.dataset.state = state;
  element.hidden = false;
}

export function fill(element, fills) {
  for (const place of element.querySelectorAll("[data-fill]")) {
    if (place.dataset.fill in fills) place.textContent = fills[place.dataset.fill];
  }
}

/** Call `actions[name]` when a button with `data-do="name"` is pressed. */
export function listen(element, actions) {
  for (const button of element.querySelectorAll("[data-do]")) {
    button.addEventListener("click", () => actions[button.dataset.do]?.());
  }
}

/** Bytes as whole kilobytes, at least 1. */
export const kilobytes = (bytes) => Math.max(1, Math.round(bytes / 1000));

/** Call `clear` when the page was out of sight for `limit` milliseconds and `has` says that there is something to clear. */
export function clearWhenOutOfSight(has, limit, clear) {
  let since = 0;
  let timer;
  const late = () => since && Date.now() - since >= limit && has();
  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (document.hidden) {
      since = Date.now();
      timer = setTimeout(() => late() && clear(), limit); // a phone asleep may not run it; then the way back does
    } else {
      if (late()) clear();
      since = 0;
    }
  });
}

/** While `has` says that something would be lost, a link away opens beside the page; leaving and calling stay as they are. */
export function openBeside(has) {
  const beside = ({ target }) => {
    const link = target.closest("a[href]");
    if (!link || !/^https?:$/.test(link.protocol)) return;
    if (!has()) return link.removeAttribute("target");
    if (link.href.split("#")[0] === location.href.split("#")[0]) return;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  };
  document.addEventListener("click", beside, true);
}
