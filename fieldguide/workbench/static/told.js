// What the page of recording says: where it is, and why something cannot be done.

const form = document.querySelector("#record");
const part = (id) => document.querySelector(`#${id}`);

/** Which parts of the form are seen. */
export function state(name) {
  form.dataset.state = name;
  for (const one of form.querySelectorAll("[data-when]")) one.hidden = one.dataset.when !== name;
}

/** Why something cannot be done, all of it; nothing to tell takes the last away. */
export function tell(reasons, problems = []) {
  for (const one of form.querySelectorAll("[data-refused]")) one.hidden = !reasons.includes(one.dataset.refused);
  part("problems").replaceChildren(...problems.map((problem) => element("li", problem)));
  part("terms").open ||= reasons.includes("alias") || reasons.includes("licence");
  part("refused").hidden = !reasons.length && !problems.length;
}

/** An element with a text. */
export function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
