// The one script of every page. It does nothing until the page is read, and keeps nothing unless a person asked for it.

import { age, today } from "./age.js";
import { isKept } from "./place.js";

const MODULES = {
  cards: () => import("./cards.js"),
  checklist: () => import("./checklist.js"),
  keep: () => import("./keep.js"),
  ready: () => import("./ready.js"),
  talk: () => import("./talk.js"),
};

for (const element of document.querySelectorAll("[data-module]")) {
  MODULES[element.dataset.module]?.().then((module) => module.start(element));
}

if (document.querySelector("[data-sound]")) import("./sound.js").then((module) => module.start());

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

renew();
