"""What a phone holds after workers' pages were read: nothing of ours but the browser's own list of pages."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from fieldguide.snapshot import Site

from .conftest import ready, start
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
    """The real guide, uncompressed: a copy of an answer is found as it is."""
    running = start(real_site)
    yield f"{running.address}/"
    running.stop()


def sentences(site: Site, urls: list[str]) -> list[bytes]:
    """A long run of text of each page, in the two ways in which programs write it down."""
    found = []
    for url in urls:
        html = site.artifacts[url].body.decode("utf-8")
        texts = [part.split("<")[0].strip() for part in html.split(">")]
        plain = [text for text in texts if len(text) > 60 and "&" not in text]
        if plain:
            longest = max(plain, key=len)
            found += [longest.encode("utf-8"), longest.encode("utf-16-le")]
    return found


def find(sentences: list[bytes], profile: Path) -> list[Path]:
    """The files of a profile that hold one of these sentences."""
    found = []
    for path in profile.rglob("*"):
        with suppress(FileNotFoundError):  # a browser at work makes and takes away files
            body = path.read_bytes() if path.is_file() else b""
            if any(sentence in body for sentence in sentences):
                found.append(path)
    return found


@pytest.mark.parametrize("name", ENGINES)
def test_ten_pages_read_leave_nothing(real_site: Site, address: str, tmp_path: Path, name: str) -> None:
    """Ten pages in Spanish and the list of languages, then the browser is closed: its folder holds no sentence of them.

    Officers' pages, which browsers may keep, are read last: when the first of them is found, what a browser wanted to
    write of the pages before it is written too, and what is looked through is the right place.
    """
    profile = tmp_path / "profile"
    engine = ready(name, profile)
    urls = ["", *(f"es/{page}" for page in PAGES)]
    officers = [url for url in real_site.artifacts if url.startswith("es/o/") and url.endswith("/")]
    kept = sentences(real_site, officers)
    try:
        for url in urls:
            assert engine.open(address + url)
            assert engine.run(LEFT) == NOTHING, url
        for url in officers:  # browsers write behind: each further page gives them time
            engine.open(address + url)
            if find(kept, profile):
                break
    finally:
        engine.quit()
    assert find(kept, profile)
    assert find(sentences(real_site, urls), profile) == []
