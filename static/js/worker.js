// Registering and taking away the worker script.

import { trust } from "./files.js";
import { pause } from "./net.js";
import { base, isKept } from "./place.js";

const SILENT = 30_000; // ms for the host to send the worker script: browsers set no end to that
const PATIENCE = 10_000; // ms for a worker script to start and to say what it has
const SHORT = 3000; // ms for the browser to take the worker script away
const address = new URL("sw.js", base).href;

/** Whether this window can keep pages: not an old browser's, nor one that blocks what sites keep. */
export async function canKeep() {
  if (!("serviceWorker" in navigator && "caches" in self && "locks" in navigator && isSecureContext)) return false;
  try {
    await caches.has("");
    return true;
  } catch {
    return false;
  }
}

/** Register; never awaited at start-up, and never before a person asked for it. */
export async function register() {
  return navigator.serviceWorker.register(trust(address), { scope: base.pathname, updateViaCache: "none" });
}

/** Registers beside the loop, which it must not hold up; each time it is called, until it is done: a link may cut that too. */
export function registering() {
  let isUnderWay = false;
  return () => {
    if (isUnderWay) return;
    isUnderWay = true;
    register().catch(() => (isUnderWay = false));
  };
}

/** Our own registration; that of a folder above is somebody else's. */
async function registration() {
  const found = await navigator.serviceWorker?.getRegistration(base.pathname);
  return found?.scope === base.href ? found : undefined;
}

/** A browser that waits for a worker script from a silent network takes away none till that ends; a person does not wait. */
export const unregister = async () => Promise.race([(await registration())?.unregister(), pause(SHORT)]);

/**
 * Whether the worker script opens kept pages: it is asked, since what a broken proxy sent in its place may be a script too,
 * and be registered, and answer nothing.
 */
export async function answers() {
  const { active, installing } = (await registration()) ?? {};
  const worker = active ?? installing;
  if (!worker) return false;
  const { port1, port2 } = new MessageChannel();
  const said = new Promise((resume) => (port1.onmessage = ({ data }) => resume(data)));
  await Promise.race([activated(worker), pause(PATIENCE)]);
  worker.postMessage("ask", [port2]);
  return (await Promise.race([said, pause(PATIENCE)])) === true;
}

/**
 * Register, and see that what is registered opens kept pages; if not, the host's takes its place at once. False when it does
 * not, or when the browser refuses the script that came. Throws `TypeError` without a network.
 */
export async function establish() {
  try {
    if (!(await isKept())) return false; // removed meanwhile
    await Promise.race([register(), silence()]);
    if (!(await answers())) {
      const found = await registration();
      await Promise.race([found?.update(), silence()]);
      await begin(found?.installing ?? found?.waiting);
    }
    if (await isKept()) return await answers();
    await unregister();
    return false;
  } catch (error) {
    if (error.name === "SecurityError") return false; // a script of a wrong kind: no fault of this window
    throw error;
  }
}

const silence = () => pause(SILENT).then(() => Promise.reject(new TypeError("no worker script came")));

/** The newer worker script that waits for its turn, if there is one. */
export const waiting = async () => (await registration())?.waiting ?? null;

/** Let the newer worker script begin, since a person touched *Start the update now*. */
export const startNewer = async () => begin(await waiting());

async function begin(worker) {
  if (!worker) return;
  worker.postMessage("start");
  await Promise.race([activated(worker), pause(PATIENCE)]); // one that does not know the word waits until all is closed
}

function activated(worker) {
  return new Promise((resume) => {
    const look = () => ["activated", "redundant"].includes(worker.state) && resume();
    worker.addEventListener("statechange", look);
    look();
  });
}
