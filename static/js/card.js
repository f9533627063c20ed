// One card as the page shows it: its code, its fixed line, its answers as buttons.

/** Complete the card that `article` is; `answered` hears what is touched. Resolves when the code stands there. */
export async function prepare(article, tag, answered) {
  const half = article.querySelector(".card__officer");
  const text = article.querySelector(".card__text");
  const code = document.createElement("code");
  half.firstElementChild.append(" ", code);
  half.append(document.querySelector("template[data-part=fixed]").content.cloneNode(true));
  article.tabIndex = -1;
  text.id = `${article.id}-text`;
  article.setAttribute("aria-labelledby", text.id);
  if (article.dataset.answers !== "none") offerAnswers(article, half, answered);
  code.textContent = await codeOf(article.id, text, tag);
}

/** The card's own choices, and the answers that all cards share. */
function offerAnswers(article, half, answered) {
  const list = article.querySelector(".answers") ?? article.insertBefore(document.createElement("ul"), half);
  list.className = "answers";
  const own = new Set([...list.children].map((item) => item.dataset.answer));
  for (const item of list.children) item.dataset.own = "";
  for (const item of document.querySelector("template[data-part=answers]").content.cloneNode(true).querySelectorAll("li")) {
    const { answer } = item.dataset;
    const isOfYesNo = answer === "yes" || answer === "no";
    if (!own.has(answer) && !(own.size && isOfYesNo)) list.append(item);
  }
  for (const item of list.children) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...item.childNodes);
    item.append(button);
    button.addEventListener("click", () => answered(item.dataset.answer));
  }
}

/**
 * What a report cites, like `D2·es·4f2a`: the card, the language of the words shown, and the first four hex digits of their
 * SHA-256. Without https a browser computes none, and the code ends before it.
 */
async function codeOf(id, text, tag) {
  const name = `${id}·${text.lang || tag}`;
  if (!isSecureContext) return name;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text.textContent)));
  return `${name}·${[...digest.slice(0, 2)].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
