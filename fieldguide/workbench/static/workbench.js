// What a page of the workbench does by itself while somebody types. Without it, *Look at it* does the same by a touch.

const PAUSE = 400; // milliseconds without a key

const work = document.querySelector("#work");
const proof = document.querySelector("#proof");

if (work) {
  start(work, work.querySelector("#text"));
  offer(work.querySelector("#text"));
}

if (proof) {
  proof.addEventListener("load", () => reveal(proof));
  reveal(proof); // it may have come before this script
}

function start(form, field) {
  let waiting = 0;
  let asked = 0;
  let sent = false;

  if (field.value !== field.defaultValue) look(); // somebody was faster than this script, or came back
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault(); // a sentence is one line; the browser says what the button says
    if (event.ctrlKey || event.metaKey) form.querySelector("[value=save]").click();
  });
  form.addEventListener("submit", () => (sent = true));
  addEventListener("pageshow", () => (sent = false));
  addEventListener("beforeunload", (event) => {
    if (!sent && field.value.trim() !== form.dataset.saved.trim()) event.preventDefault();
  });

  async function look() {
    const number = ++asked;
    const answer = await fetch(form.dataset.try, { method: "POST", body: new FormData(form) }).catch(() => null);
    if (!answer?.ok || number !== asked) return; // the program has stopped, or a later look is under way
    const found = await answer.json();
    for (const kind of ["faults", "doubts"]) tell(kind, found[kind]);
    show(proof, field.value);
  }
}

// What a keyboard for another script can hardly type is put where the cursor is.
function offer(field) {
  for (const part of document.querySelectorAll("[data-put]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    part.replaceWith(button);
    button.append(part);
    button.addEventListener("click", () => {
      field.setRangeText(part.textContent, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input"));
      field.focus();
    });
    document.querySelector("[data-part=put]").hidden = false;
  }
}

function tell(kind, sentences) {
  document.querySelector(`[data-part=${kind}]`).hidden = !sentences.length;
  document.querySelector(`#findings .${kind}`).replaceChildren(
    ...sentences.map((sentence) => {
      const item = document.createElement("li");
      item.textContent = sentence;
      return item;
    }),
  );
}

function show(frame, text) {
  if (!frame) return;
  const query = new URLSearchParams({ lit: frame.dataset.lit, text });
  frame.contentWindow.location.replace(`${frame.dataset.page}?${query}`); // no step for the browser's Back
}

// An address that ends in #lit would do the same, and pull the page around it along: buttons would leave the finger.
function reveal(frame) {
  const lit = frame.contentDocument?.querySelector("#lit");
  if (lit) frame.contentWindow.scrollBy(0, lit.getBoundingClientRect().top - frame.clientHeight / 3);
}
