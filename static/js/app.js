// The one script of every page. It does nothing until the page is read, and keeps nothing unless a person asked for it.

import { age, today } from "./age.js";
import "./leave.js";
import { isKept } from "./place.js";
import "./prompt.js";

const MODULES = {
  icon: () => import("./icon.js"),
  cards: () => import("./cards.js"),
  checklist: () => import("./checklist.js"),
  keep: () => import("./keep.js"),
  search: () => import("./search.js"),
  ready: () => import("./ready.js"),
  talk: () => import("./talk.js"),
};

for (const element of document.querySelectorAll("[data-module]")) {
  MODULES[element.dataset.module]?.().then((module) => module.start(element));
}

if (document.querySelector("[data-open]")) import("./open.js").then((module) => module.start());

if (document.querySelector("[data-sound]")) import("./sound.js").then((module) => module.start());

for (const menu of document.querySelectorAll("[data-place]")) {
  for (const link of menu.querySelectorAll("a:not([data-whole])")) link.href += menu.dataset.place;
}

age(document, today());

const idle = () => new Promise((resume) => (self.requestIdleCallback ?? setTimeout)(resume));
const loaded = () =>
  new Promise((resume) => (document.readyState === "complete" ? resume() : addEventListener("load", resume)));

async function renew() {
  if (!(await isKept())) return;
  await loaded();
  await idle();
  const { renewKept } = await import("./renew.js");
  await renewKept();
}

let running = renew();
addEventListener("online", () => (running = running.then(renew, renew))); // what had begun goes on; one run after the other
