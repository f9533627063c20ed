// The one script of a file that holds all pages of a language. Links lead from page to page without it; it adds the title of
// the page, the search, the cards, and what is past its date.

import { age, today } from "./age.js";
import { start as startCards } from "./cards.js";
import "./leave.js";
import { start as startNight } from "./night.js";
import { start as startOpen } from "./open.js";
import { start as startSearch } from "./search.js";

const chapters = [...document.querySelectorAll(".chapter")];
const deck = document.querySelector("[data-module=cards]");
const canTell = self.CSS?.supports("selector(:has(*))"); // the style sheet shows one page alone
let cards = null;

const HAND = /\.hand$/; // the phone is in her hand: hand.js says so in the address, which names the cards before it
const wanted = () => document.getElementById(location.hash.slice(1).replace(HAND, ""));

/** What belongs to the page that is shown now. */
function look() {
  const target = wanted();
  const chapter = target?.closest(".chapter");
  if (!chapter) return;
  document.title = chapter.querySelector("h1").textContent;
  document.getElementById("page").classList.toggle("page--cards", chapter.contains(deck));
  const isUntold = !canTell || HAND.test(location.hash);
  for (const other of chapters) other.classList.toggle("chapter--away", isUntold && other !== chapter);
  if (!canTell) target.scrollIntoView();
  if (chapter.contains(deck)) showCards(target.id);
}

/** The fragment says in which language the officer reads, as on the page of cards. */
function showCards(officer) {
  if (!cards) cards = startCards(deck);
  else cards.comeBack();
  if (deck.querySelector(`.o-${officer}`)) deck.dataset.officer = officer;
}

age(document, today());
if (document.getElementById("page")) {
  const box = document.querySelector("[data-module=search]");
  if (box) startSearch(box);
  if (document.querySelector("[data-open]")) startOpen();
  for (const button of document.querySelectorAll("[data-module=night]")) startNight(button);
  addEventListener("hashchange", look);
  if (!wanted()) location.replace("#start");
  look();
}
