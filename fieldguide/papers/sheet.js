
// A sheet filled in on a screen: saved as the table that a spreadsheet would give back, and read again from it.
// Nothing is kept or sent by itself.
"use strict";

const rows = [...document.querySelectorAll(".row")];
const columns = document.body.dataset.columns.split("|");
const part = (name, within = document) => within.querySelector(`[data-part=${name}]`);
let unsaved = false;

// As sheettable.py: what a spreadsheet would run gets an apostrophe before it.
const disarm = (text) => text.replace(/(^|[,;\t\r\n])([ \t\r\n\u00a0"]*)('*)(?=[=+\-@＝＋－＠])/g, "$1$2$3'");
const rearm = (cell) => cell.replace(/(^|[,;\t\r\n])([ \t\r\n\u00a0"]*)('*)'(?=[=+\-@＝＋－＠])/g, "$1$2$3");
const ticked = (row) => row.querySelector("input:checked");
const written = (row, name) => part(name, row).value.trim();

// A wording that was only copied for editing is no better one.
function better(row) {
  const text = written(row, "better");
  return text === part("translation", row).textContent.trim() ? "" : text;
}

function headRows() {
  const found = [...document.querySelectorAll("dl [data-head]")].map((field) => [
    field.closest("div").querySelector("dt").textContent,
    field.value === undefined ? field.textContent : field.value.trim(),
  ]);
  const role = document.querySelector("input[name=role]:checked");
  return [...found, [document.querySelector("legend[data-head=role]").textContent, role ? role.value : ""]];
}

function textRow(row) {
  const verdict = ticked(row);
  const text = (name) => part(name, row).textContent;
  return [
    text("number"),
    row.dataset.id,
    row.dataset.tier,
    row.dataset.check,
    text("english"),
    text("translation"),
    verdict ? verdict.value : "",
    better(row),
    written(row, "comment"),
  ];
}

function table() {
  const line = (cells) => `${cells.map((cell) => `"${disarm(cell).replace(/"/g, '""')}"`).join(",")}\r\n`;
  return [...headRows(), [""], columns, ...rows.map(textRow)].map(line).join("");
}

function save() {
  const link = document.createElement("a");
  const alias = document.getElementById("alias").value.replace(/[^\p{L}\p{N}]+/gu, "-");
  link.href = URL.createObjectURL(new Blob(["\ufeff", table()], { type: "text/csv;charset=utf-8" }));
  link.download = `${document.body.dataset.tag}-${alias || "sheet"}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  unsaved = false;
}

// The cells of a table as `table` writes it.
function parse(text) {
  const found = [[]];
  const cell = /"((?:[^"]|"")*)"(,|\r?\n|$)/y;
  for (let match = cell.exec(text); match; match = cell.exec(text)) {
    found[found.length - 1].push(rearm(match[1].replace(/""/g, '"')));
    if (match[2] !== ",") found.push([]);
    if (cell.lastIndex >= text.length) break;
  }
  return found;
}

function fill(row, cells) {
  const choice = [...row.querySelectorAll("input")].find((input) => input.value === cells[6]);
  for (const input of row.querySelectorAll("input")) input.checked = input === choice;
  part("better", row).value = cells[7];
  part("comment", row).value = cells[8];
  return Boolean(choice || cells[7] || cells[8]);
}

async function reopen(file) {
  const read = parse((await file.text()).replace(/^\ufeff/, ""));
  const start = read.findIndex((cells) => cells.join("|") === columns.join("|"));
  const head = new Map(read.slice(0, Math.max(start, 0)).map((cells) => [cells[0], cells[1]]));
  const ours = headRows();
  if (start < 0 || head.get(ours[0][0]) !== ours[0][1]) return document.body.dataset.notASheet;
  const known = new Map(rows.map((row) => [row.dataset.check, row]));
  const filled = read.slice(start + 1).filter((cells) => known.has(cells[3]) && fill(known.get(cells[3]), cells));
  document.getElementById("alias").value = head.get(ours[ours.length - 2][0]) || "";
  for (const input of document.querySelectorAll("input[name=role]")) {
    input.checked = input.value === head.get(ours[ours.length - 1][0]);
  }
  return `${filled.length} ${document.body.dataset.reopened}`;
}

function count() {
  part("done").textContent = rows.filter((row) => ticked(row) || better(row) || written(row, "comment")).length;
}

document.addEventListener("input", (event) => {
  const field = event.target;
  if (field.type === "file") return;
  const row = field.closest(".row");
  // whoever says wrong mends the text more easily than writing it anew
  if (row && field.dataset.verdict === "wrong" && !written(row, "better")) {
    part("better", row).value = part("translation", row).textContent;
  }
  unsaved = true;
  count();
});

document.querySelector("[data-do=save]").addEventListener("click", save);

document.querySelector("[data-do=reopen]").addEventListener("change", async (event) => {
  part("said").textContent = await reopen(event.target.files[0]);
  event.target.value = "";
  count();
});

addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});

for (const hidden of document.querySelectorAll("[data-part=script]")) hidden.hidden = false;
count();
