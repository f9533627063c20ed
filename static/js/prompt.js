// The browser's own *install* prompt never comes by itself: on a worker's page it would show the guide to whoever looks on.

let held = null;

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  held = event;
  dispatchEvent(new Event("promptable"));
});

/** Whether the browser would put the guide among the apps. */
export const canPrompt = () => held !== null;

/** Ask, once; the browser then shows what it takes. */
export async function prompt() {
  await held?.prompt();
  held = null;
}
