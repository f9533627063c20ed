// Registering and taking away the worker script. Trusted Types refuse a plain text as its address, so one named policy makes
// the only address there is.

import { base } from "./place.js";

const address = new URL("sw.js", base).href;

export const canKeep = () => "serviceWorker" in navigator && "caches" in self && "locks" in navigator && isSecureContext;

let policy;

/** Register; never awaited at start-up, and never before a person asked for it. */
export async function register() {
  policy ??= self.trustedTypes?.createPolicy("fg", { createScriptURL: () => address }); // a second one is refused
  const url = policy ? policy.createScriptURL("") : address;
  return navigator.serviceWorker.register(url, { scope: base.pathname, updateViaCache: "none" });
}

/** Whether a worker script of ours answers here; that of a folder above is somebody else's. */
export async function isRegistered() {
  const registration = await navigator.serviceWorker.getRegistration(base.pathname);
  return registration?.scope === base.href;
}

export async function unregister() {
  const registration = await navigator.serviceWorker.getRegistration(base.pathname);
  if (registration?.scope === base.href) await registration.unregister();
}
