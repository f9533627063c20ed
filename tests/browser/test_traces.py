"""What a phone holds after workers' pages were read: nothing of ours but the browser's own list of pages."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.serving import make_server

from fieldguide.site import Site
from fieldguide.web import application

from .conftest import ready
from .engines import ENGINES

pytestmark = pytest.mark.browser

PAGES = [
    "w/pay/",
    "w/papers/",
    "w/owed/",
    "w/bed/",
    "w/farm/",
    "w/house/",
    "w/numbers/",
    "w/phone/",
    "keeps/",
    "cards/",
]

# Everything in which a site can leave something with a browser.
LEFT = """async () => {
  const filesOf = async (folder) => {
    const names = [];
    if (folder) for await (const name of folder.keys()) names.push(name);
    return names;
  };
  return {
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  caches: await caches.keys(),
  databases: (await indexedDB.databases()).map(({ name }) => name),
  local: Object.keys(localStorage),
  session: Object.keys(sessionStorage),
  cookies: document.cookie,
  files: await filesOf(await navigator.storage?.getDirectory?.()),
  foreign: performance.getEntriesByType("resource").map(({ name }) => name).filter((one) => !one.startsWith(origin)),
  asked: typeof Notification === "undefined" ? "default" : Notification.permission,
  };
}"""
NOTHING = {
    "workers": 0,
    "caches": [],
    "databases": [],
    "local": [],
    "session": [],
    "cookies": "",
    "files": [],
    "foreign": [],
}


@pytest.fixture
def address(real_site: Site) -> Iterator[str]:
    """The real guide as it is served, but uncompressed: a copy of an answer is found as it is."""
    app = application(real_site)

    def uncompressed(environ: dict[str, Any], start_response: Any) -> Any:
        environ.pop("HTTP_ACCEPT_ENCODING", None)
        return app(environ, start_response)

    server = make_server("127.0.0.1", 0, uncompressed, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def sentences(site: Site, urls: list[str]) -> list[bytes]:
    """A long run of text of each page, in the two ways in which programs write it down."""
    found = []
    for url in urls:
        html = site.artifacts[url].body.decode("utf-8")
        texts = [part.split("<")[0].strip() for part in html.split(">")]
        plain = [text for text in texts if len(text) > 60 and "&" not in text]
        longest = max(plain, key=len)
        found += [longest.encode("utf-8"), longest.encode("utf-16-le")]
    return found


@pytest.mark.parametrize("name", ENGINES)
def test_ten_pages_read_leave_nothing(real_site: Site, address: str, tmp_path: Path, name: str) -> None:
    """Ten pages in Spanish, one after the other, then the browser is closed: its folder holds no sentence of them."""
    engine = ready(name, tmp_path / "profile")
    urls = [f"es/{page}" for page in PAGES]
    try:
        for url in urls:
            assert engine.open(address + url)
            left = engine.run(LEFT)
            assert left.pop("asked") in ("default", "denied"), url
            assert left == NOTHING, url
    finally:
        engine.quit()
    wanted = sentences(real_site, urls)
    files = [path for path in (tmp_path / "profile").rglob("*") if path.is_file()]
    assert len(files) > 5
    history = [path for path in files if b"/es/w/pay/" in path.read_bytes()]
    assert (
        history or name == "webkit"
    )  # what is looked through is the place where a browser writes (WebKitGTK lists nothing)
    for path in files:
        body = path.read_bytes()
        assert [sentence for sentence in wanted if sentence in body] == [], path
