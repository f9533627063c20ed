// The kill switch: put in the place of sw.js, it deletes what was kept and takes itself away.

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(caches.delete(`fg ${BASE}`).then(() => self.registration.unregister()));
});
