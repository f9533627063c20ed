// Answers from what was kept, byte for byte what the server sent. Stores nothing itself: the loop in the pages does.
// BASE, HELP, FORMAT, LARGEST and HEADERS are put before this file when the guide is built.

const MEMO = 2000; // ms for which the indexes read are taken again
const SOON = 3000; // ms to wait for a script of the host where a kept one would do
const IDLE = 6000; // ms without a byte, after which a network is as if it were not there
let memo;

// A newer one of these waits until every page is closed, or until a person touches *Start it now*.
self.addEventListener("message", (event) => {
  if (event.data === "start") self.skipWaiting();
  if (event.data === "kept") memo = undefined; // the next page that is opened is a new one
  if (event.data === "ask") event.waitUntil(opens("").then((isThere) => event.ports[0].postMessage(isThere)));
});

/** Whether a page would be answered from the store. */
async function opens(path) {
  const { cache, files } = await kept(path);
  return Boolean(await stored(cache, files.get(path)));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  // The loop's own fetch() has no destination: it must reach the server, or it would get the old body for ever.
  if (request.method !== "GET" || !request.destination || url.origin !== location.origin) return;
  if (!url.pathname.startsWith(BASE) || url.pathname.startsWith(`${BASE}_/`)) return;
  event.respondWith(answer(request, url.pathname.slice(BASE.length)));
});

async function answer(request, asked) {
  const path = asked.replace(/(^|\/)index\.html$/, "$1");
  const { cache, files, isOld } = await kept(path).catch(() => ({ files: new Map() }));
  if (!files.has(path) && files.has(`${path}/`)) return Response.redirect(`${BASE}${path}/`, 301);
  const newer = isOld && request.destination === "script" && (await newerScript(request));
  if (newer) return newer;
  const found = await stored(cache, named(request) ?? files.get(path), { range: request.headers.get("range") });
  if (found) return found;
  try {
    return await online(request);
  } catch (error) {
    if (request.mode !== "navigate") throw error;
    const [tag] = path.split("/");
    const lost = await stored(cache, files.get(`${tag}/404.html`), { status: 404 });
    if (lost) return lost;
    // A language that is not kept has its numbers in core, and says there what it is.
    const help = `${tag}/${HELP}`;
    if (path !== help && (await stored(cache, files.get(help)))) return Response.redirect(`${BASE}${help}#not-kept`, 302);
    const page = await stored(cache, files.get("404.html"), { status: 404 });
    if (page) return page;
    throw error;
  }
}

/**
 * The very script or style that a page names by its hash: not always the newest, since a page may be older than that. From the
 * address, since browsers do not tell the `integrity` of what they ask for ahead.
 */
function named({ url, destination }) {
  const type = { script: "text/javascript; charset=utf-8", style: "text/css; charset=utf-8" }[destination];
  const [, hash] = /\?([\w+/]{22})&*$/.exec(url) ?? [];
  return type && hash && { hash: hash.replaceAll("+", "-").replaceAll("/", "_"), type };
}

/**
 * What the host sends, given up after `IDLE` without a byte: a network that is connected and says nothing would hold a blank
 * page for minutes, and a newer worker script, or the kill switch, begins only when no answer is under way. All but sound is read
 * to its end first, so that half a page never looks whole.
 */
async function online(request) {
  const control = new AbortController();
  request.signal.addEventListener("abort", () => control.abort()); // the person went elsewhere
  const soon = (step) => {
    const timer = setTimeout(() => control.abort(), IDLE);
    return step.finally(() => clearTimeout(timer));
  };
  const answer = await soon(fetch(request, { mode: "same-origin", signal: control.signal })); // any other mode loses the range
  if (!answer.body) return answer;
  const reader = answer.body.getReader();
  const pull = async (stream) => {
    const { done, value } = await soon(reader.read());
    if (done) stream.close();
    else stream.enqueue(value);
  };
  const body = new ReadableStream({ pull, cancel: () => control.abort() });
  return new Response(request.destination === "audio" ? body : await new Response(body).blob(), answer);
}

/**
 * The scripts of an earlier format cannot read the indexes of today, others took a false edition and then no more: those of the
 * host go before them, if they come soon.
 */
async function newerScript(request) {
  const late = new Promise((resume) => setTimeout(resume, SOON));
  const found = await Promise.race([online(request).catch(() => undefined), late]);
  return found?.ok && /javascript/.test(found.headers.get("content-type")) ? found : undefined;
}

/** A stored body, hashed again: what a phone's memory or another program has changed is as if it were not there. */
async function stored(cache, file, { status = 200, range } = {}) {
  const body = file && (await bodyOf(cache, file.hash).catch(() => undefined));
  if (!body || (await hashOf(body)) !== file.hash) return undefined;
  const headers = { ...HEADERS, "content-type": file.type };
  // The pages of an earlier release name no hashes: none of their scripts would run.
  const isOld = /html/.test(file.type) && !new TextDecoder().decode(body).includes(" integrity=");
  if (isOld) delete headers["Integrity-Policy"];
  return range ? partOf(body, range, headers) : new Response(body, { status, headers });
}

const bodyOf = async (cache, hash) => (await cache.match(`${BASE}_/${hash}`))?.arrayBuffer();

async function hashOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return btoa(String.fromCharCode(...digest)).replaceAll("+", "-").replaceAll("/", "_").slice(0, 22);
}

// Sound is asked for in ranges, and some phones play it only when they get them (RFC 9110, 14.2; several ranges: all).
function partOf(body, range, headers) {
  const size = body.byteLength;
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  if (!(first || last) || (first && last && +first > +last)) return new Response(body, { headers });
  const from = first ? +first : Math.max(0, size - last);
  if (from >= size) {
    return new Response(null, { status: 416, headers: { ...headers, "content-range": `bytes */${size}` } });
  }
  const end = first && last ? Math.min(+last + 1, size) : size;
  headers["content-range"] = `bytes ${from}-${end - 1}/${size}`;
  headers["content-length"] = `${end - from}`;
  return new Response(body.slice(from, end), { status: 206, headers });
}

/** What is kept; read again at once where a path is missing, since it may just have come. */
async function kept(path) {
  const last = memo && Date.now() - memo.at <= MEMO ? await memo.table : undefined;
  if (last?.files.has(path)) return last;
  const next = { at: Date.now(), table: table() };
  memo = next;
  return next.table;
}

// Before a pack is first committed, its checked files are answered too: nothing older of it exists.
async function table() {
  const files = new Map();
  const name = `fg ${BASE}`;
  if (!(await caches.has(name))) {
    self.registration.unregister(); // all was removed, and the browser could not take this script away then
    return { files };
  }
  const cache = await caches.open(name);
  const read = async (entry) => (await (await cache.match(`${BASE}_/${entry}`))?.json().catch(() => undefined)) ?? {};
  const active = await read("active");
  const begun = Object.entries(await read("next")).filter(([pack]) => !(pack in active));
  // What is active comes last: a page that another pack will hold is answered as it was until that one is whole.
  for (const index of [...begun.map(([, index]) => index), ...Object.values(active)]) {
    for (const [url, hash, , type] of index.files) files.set(url, { hash, type: index.types[type] });
  }
  return { cache, files, isOld: active.core?.format < FORMAT || active.core?.edition > LARGEST };
}
