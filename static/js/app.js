// The one script of every page. It does nothing until the page is read, and keeps nothing unless a person asked for it.

import { age, today } from "./age.js";
import "./files.js";
import "./leave.js";
import { start as startNight } from "./night.js";
import { isKept } from "./place.js";
import "./prompt.js";

const MODULES = {
  icon: () => import("./icon.js"),
  cards: () => import("./cards.js"),
  checklist: () => import("./checklist.js"),
  keep: () => import("./keep.js"),
  night: async () => ({ start: startNight }),
  search: () => import("./search.js"),
  ready: () => import("./ready.js"),
  talk: () => import("./talk.js"),
};

const TRIES = 9;
const AGAIN = 5000; // ms; a link that was cut is dead for some seconds

/** Load a script, again and again where the link breaks: the page stays as it is meanwhile, and can be read. */
const loaded = (load, left = TRIES) =>
  load().catch(async (error) => {
    if (!left) throw error;
    await new Promise((resume) => setTimeout(resume, AGAIN));
    return loaded(load, left - 1);
  });

for (const element of document.querySelectorAll("[data-module]")) {
  const load = MODULES[element.dataset.module];
  if (load) loaded(load).then((module) => module.start(element));
}

if (document.querySelector("[data-open]")) loaded(() => import("./open.js")).then((module) => module.start());

if (document.querySelector("[data-sound]")) loaded(() => import("./sound.js")).then((module) => module.start());

for (const menu of document.querySelectorAll("[data-place]")) {
  for (const link of menu.querySelectorAll("a:not([data-whole])")) link.href += menu.dataset.place;
}

age(document, today());

const idle = () => new Promise((resume) => (self.requestIdleCallback ?? setTimeout)(resume));
const complete = () =>
  new Promise((resume) => (document.readyState === "complete" ? resume() : addEventListener("load", resume)));

async function renew() {
  if (!(await isKept())) return;
  await complete();
  await idle();
  const { renewKept } = await import("./tools.js");
  await renewKept();
}

let running = renew();
addEventListener("online", () => (running = running.then(renew, renew))); // what had begun goes on; one run after the other
