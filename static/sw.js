// Answers from what was kept, byte for byte what the server sent. Stores nothing itself: the loop in the pages does.
// BASE, HELP and HEADERS are put before this file when the guide is built.

const MEMO = 2000; // ms for which the indexes read are taken again
let memo;

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  // The loop's own fetch() has no destination: it must reach the server, or it would get the old body for ever.
  if (request.method !== "GET" || !request.destination || url.origin !== location.origin) return;
  if (!url.pathname.startsWith(BASE) || url.pathname.startsWith(`${BASE}_/`)) return;
  event.respondWith(answer(request, url.pathname.slice(BASE.length)));
});

async function answer(request, asked) {
  const { cache, files } = await kept().catch(() => ({ files: new Map() }));
  const path = asked.replace(/(^|\/)index\.html$/, "$1");
  if (!files.has(path) && files.has(`${path}/`)) return Response.redirect(`${BASE}${path}/`, 301);
  const found = await stored(cache, files.get(path), { range: request.headers.get("range") });
  if (found) return found;
  try {
    return await fetch(request);
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

async function stored(cache, file, { status = 200, range } = {}) {
  const body = file && (await cache.match(`${BASE}_/${file.hash}`));
  if (!body) return undefined;
  const headers = { ...HEADERS, "content-type": file.type };
  return range ? partOf(await body.blob(), range, headers) : new Response(body.body, { status, headers });
}

// Sound is asked for in ranges, and some phones play it only when they get them (RFC 9110, 14.2; several ranges: all).
function partOf(body, range, headers) {
  const size = body.size;
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  if (!(first || last) || (first && last && +first > +last)) return new Response(body, { headers });
  const from = first ? +first : Math.max(0, size - last);
  if (from >= size) {
    return new Response(null, { status: 416, headers: { ...headers, "content-range": `bytes */${size}` } });
  }
  const end = first && last ? Math.min(+last + 1, size) : size;
  headers["content-range"] = `bytes ${from}-${end - 1}/${size}`;
  headers["content-length"] = `${end - from}`;
  return new Response(body.slice(from, end, headers["content-type"]), { status: 206, headers });
}

function kept() {
  if (!memo || Date.now() - memo.at > MEMO) memo = { at: Date.now(), table: table() };
  return memo.table;
}

// Before a pack is first committed, its checked files are answered too: nothing older of it exists.
async function table() {
  const files = new Map();
  const name = `fg ${BASE}`;
  if (!(await caches.has(name))) return { files };
  const cache = await caches.open(name);
  const read = async (entry) => (await cache.match(`${BASE}_/${entry}`))?.json() ?? {};
  const indexes = { ...(await read("next")), ...(await read("active")) };
  for (const index of Object.values(indexes)) {
    for (const [url, hash, , type] of index.files) files.set(url, { hash, type: index.types[type] });
  }
  return { cache, files };
}
