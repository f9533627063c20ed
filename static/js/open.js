// *Open now?* by the phone's own clock, which says that it is so. Where the clock or the browser cannot tell: the hours alone.

import { isPast, today } from "./age.js";

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const DAY = 24 * 60;
const MINUTE = 60_000;

/** Say it beside all opening hours of the page, and again as time goes on. */
export function start() {
  const say = () => document.querySelectorAll("[data-open]").forEach((place) => tell(place, new Date()));
  say();
  setInterval(say, MINUTE);
}

function tell(place, now) {
  const minute = isPast(place.dataset, today(now)) ? undefined : minuteOfWeek(place.dataset.zone, now);
  place.hidden = minute === undefined;
  if (place.hidden) return;
  const isNow = isOpen(place.dataset.open, minute);
  for (const words of place.children) words.hidden = (words.dataset.is === "open") !== isNow;
}

/** Whether one of the spans "540-1020 1980-2460", in minutes after Monday 0:00, holds a minute of the week. */
export function isOpen(spans, minute) {
  const holds = ([opens, closes]) => [minute, minute + 7 * DAY].some((moment) => opens <= moment && moment < closes);
  return spans.split(" ").some((span) => holds(span.split("-").map(Number)));
}

/** The minute of the week in a time zone; undefined where the browser does not know the zone, or no zones at all. */
export function minuteOfWeek(zone, now) {
  try {
    const options = { timeZone: zone, weekday: "short", hour: "2-digit", minute: "2-digit", hour12: false };
    const parts = new Intl.DateTimeFormat("en-US", options).formatToParts(now);
    const of = (type) => parts.find((part) => part.type === type).value;
    const minute = DAYS.indexOf(of("weekday")) * DAY + (Number(of("hour")) % 24) * 60 + Number(of("minute"));
    return minute >= 0 ? minute : undefined; // NaN, and a weekday in other words, are no answer
  } catch {
    return undefined;
  }
}
