"""Each module of static/js by itself, in a real browser: what it promises the others."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Error, Page

from fieldguide.artifact import revision_of
from fieldguide.packs import iter_parts
from fieldguide.snapshot import Site

from ..faults.server import Faults, FaultServer
from .conftest import PHONE
from .modules import MODULE
from .store import until

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(site: Site) -> Iterator[FaultServer]:
    running = FaultServer(site)
    yield running
    running.stop()


@pytest.fixture
def page(chromium: Browser, server: FaultServer) -> Iterator[Page]:
    """A page of the guide on which no control of ours starts."""
    server.faults = Faults()
    with chromium.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.goto(server.url("en/w/money/"))
        yield page


def run(page: Page, module: str, code: str, argument: object = None) -> object:
    """Evaluate ``code`` with the module as ``m`` and the argument as ``a``."""
    return page.evaluate(
        f"async (a) => {{ const module = {MODULE}; const m = await module('{module}'); {code} }}",
        argument,
    )


def test_hash_is_the_revision_that_the_builder_writes(page: Page) -> None:
    """Page and builder name bytes alike."""
    for text in ("", "a", "ü" * 1000):
        assert run(page, "hash", "return m.hashOf(new TextEncoder().encode(a));", text) == revision_of(text.encode())


def test_place_knows_the_base(page: Page, server: FaultServer) -> None:
    """Every address is made from where the script itself lies."""
    assert run(page, "place", "return [m.base.href, m.storeName, m.under('x')];") == [
        server.url(""),
        "fg /",
        server.url("_/x"),
    ]


CUT = """
async function* chunks() { for (const size of a.chunks) yield new Uint8Array(size).fill(7); }
const cut = [];
try {
  for await (const [file, bytes] of m.filesIn(chunks(), a.sizes.map((size, i) => [`f${i}`, "", size]))) {
    cut.push([file[0], bytes.length]);
  }
} catch (error) { cut.push(error.message); }
return cut;
"""


@pytest.mark.parametrize(
    ("chunks", "sizes", "cut"),
    [
        ([10], [3, 7], [["f0", 3], ["f1", 7]]),
        ([1] * 10, [3, 7], [["f0", 3], ["f1", 7]]),
        ([4, 6], [3, 0, 7], [["f0", 3], ["f1", 0], ["f2", 7]]),
        ([], [0], [["f0", 0]]),
        ([9], [3, 7], [["f0", 3], "shorter than its index says"]),
        ([11], [3, 7], [["f0", 3], ["f1", 7], "longer than its index says"]),
        ([], [1], ["shorter than its index says"]),
    ],
)
def test_cut_gives_each_file_as_soon_as_it_is_whole(page: Page, chunks: list, sizes: list, cut: list) -> None:
    """However the stream is chopped, files come whole; too short and too long are errors."""
    assert run(page, "cut", CUT, {"chunks": chunks, "sizes": sizes}) == cut


UNFOLD = """
const bytes = (text) => new TextEncoder().encode(text);
async function* chunks() { for (const text of a.chunks) yield bytes(text); }
let whole = "";
try {
  for await (const piece of m.unfolded(chunks(), bytes(a.known))) whole += new TextDecoder().decode(piece);
} catch (error) { whole += `!${error.message}`; }
return whole;
"""


@pytest.mark.parametrize(
    ("chunks", "whole"),
    [
        (["plain"], "plain"),
        (["<\x012,3;>\x010,2;"], "<cde>fg"),
        ([*"<\x012,3;>\x010,2;"], "<cde>fg"),
        (["\x014,2;\x01-3,a;"], "efdefghijklm"),
        ([], ""),
        (["a\x010,1"], "a!ends inside a reference"),
        (["a\x01-1,2;"], "a!refers to what is not there"),
        (["a\x0119,2;"], "a!refers to what is not there"),
        (["a\x01x,y;"], "a!refers to what is not there"),
    ],
)
def test_unfold_puts_back_what_the_builder_folded(page: Page, chunks: list[str], whole: str) -> None:
    """However the stream is chopped; a reference to what is not there is an error, never other bytes."""
    assert run(page, "unfold", UNFOLD, {"chunks": chunks, "known": "abcdefghijklmnopqrstuvwxyz"}) == whole


def test_unfold_agrees_with_the_builder(page: Page, real_site: Site) -> None:
    """A real part of a real pack, in chunks of 1,000 bytes."""
    pack = next(pack for pack in real_site.packs if pack.name == "text.ar")
    assert pack.base
    first, second = list(iter_parts(pack))[:2]
    known = b"".join([pack.base.body, *(file.body for file in pack.files[: first.count])]).decode()
    text = second.body.decode()
    chunks = [text[at : at + 1000] for at in range(0, len(text), 1000)]
    expected = b"".join(file.body for file in pack.files[first.count : first.count + second.count]).decode()
    assert run(page, "unfold", UNFOLD, {"chunks": chunks, "known": known}) == expected


PLAN = "return m.planOf({ x: a.index }, new Set(a.has), a.link).map((request) => request.url);"
INDEX = {
    "files": [["a/", "A", 9000, 0], ["b/", "B", 9000, 0], ["c/", "C", 9000, 0], ["d/", "D", 500, 0]],
    "parts": [["P", 18000, 6000, 2], ["Q", 9500, 3000, 2]],
    "whole": ["W", 27500, 8000],
}


@pytest.mark.parametrize(
    ("has", "link", "urls"),
    [
        ([], {}, ["_/W.txt"]),
        ([], {"wasCut": True}, ["_/P.txt", "_/Q.txt"]),
        (["A"], {}, ["b/", "_/Q.txt"]),
        (["D"], {"wasCut": True}, ["_/P.txt", "c/"]),
        (["A", "B", "C", "D"], {}, []),
        (["A", "B", "C"], {}, ["d/"]),
        (["A", "C", "D"], {}, ["b/"]),
        (["A", "B"], {"isNarrow": True, "wasCut": True}, ["d/", "c/"]),
        (["B"], {"wasCut": True}, ["a/", "_/Q.txt"]),
    ],
)
def test_plan_takes_the_cheapest_way_by_bytes(page: Page, has: list, link: dict, urls: list) -> None:
    """The whole pack when nothing is there, a part for many missing files, the files alone for few."""
    assert run(page, "plan", PLAN, {"index": INDEX, "has": has, "link": link}) == urls


FIRST = """
const urls = (has, link) => m.planOf({ x: a }, new Set(has), { ...link, first: new Set("C") }).map(({ url }) => url);
const cut = { wasCut: true };
return [urls([], {}), urls([], cut), urls("C", {}), urls("C", cut), urls([], { ...cut, isNarrow: true })];
"""


def test_what_is_most_needed_comes_by_itself_before_all_else(page: Page) -> None:
    """Then the pack as if nothing of it were there, or the parts without it; once it came it is not asked for again."""
    assert run(page, "plan", FIRST, INDEX) == [
        ["c/", "_/W.txt"],
        ["c/", "_/P.txt", "d/"],
        ["_/W.txt"],
        ["_/P.txt", "d/"],
        ["c/", "d/", "a/", "b/"],
    ]


@pytest.mark.parametrize(("link", "count"), [({}, 3), ({"wasCut": True}, 1)])
def test_on_a_link_that_breaks_a_round_trip_counts(page: Page, link: dict, count: int) -> None:
    """Three files of six are fewer bytes by themselves; after a cut the part is asked for again, in one request."""
    files = [[f"{name}/", name, 4000, 0] for name in "ABCDEF"]
    index = {"files": files, "parts": [["P", 24000, 8000, 6]], "whole": None}
    assert len(run(page, "plan", PLAN, {"index": index, "has": ["A", "B", "C"], "link": link})) == count


def test_a_part_that_is_too_much_for_the_link_is_taken_apart(page: Page) -> None:
    """Its files come by themselves, a smaller part as before."""
    plan = "return m.planOf({ x: a }, new Set(), { wasCut: true, most: 7000 }).map(({ url }) => url);"
    assert run(page, "plan", plan, INDEX) == ["a/", "b/", "_/Q.txt"]


@pytest.mark.parametrize(
    ("fold", "known"),
    [(None, [None, None]), ("H", [["H"], ["H", "A", "B"]]), ("", [[], ["A", "B"]])],
)
def test_plan_names_what_a_part_was_folded_against(page: Page, fold: str | None, known: list) -> None:
    """The base and every file before the part; nothing in a pack that is not folded."""
    plan = "return m.planOf({ x: a }, new Set(), { wasCut: true }).map((request) => request.known);"
    assert run(page, "plan", plan, {**INDEX, "fold": fold}) == known


def test_gate_waits_longer_each_time_and_opens_on_a_byte(page: Page) -> None:
    """One to thirty seconds, with jitter; what fails side by side fails once; a byte that arrives sets it back."""
    code = """
    const waits = [];
    const gate = new m.Gate({ wait: (ms) => { waits.push(ms); return Promise.resolve(); }, random: () => 1 });
    for (let i = 0; i < 7; i += 1) {
      gate.fails();
      gate.fails();
      await gate.pass();
    }
    const narrow = gate.isNarrow;
    gate.works();
    gate.fails();
    return { waits, narrow, after: gate.isNarrow };
    """
    assert run(page, "net", code) == {
        "waits": [1000, 2000, 4000, 8000, 16000, 30000, 30000, 1000],
        "narrow": True,
        "after": False,
    }


def test_store_refuses_wrong_bytes_and_sweeps_what_nobody_names(page: Page) -> None:
    """Only checked bytes are written; the sweep spares active, next and prev."""
    code = """
    const store = await m.openStore();
    const bytes = (text) => new TextEncoder().encode(text);
    const { hashOf } = await module("hash");
    const names = [];
    for (const text of ["a", "n", "p", "orphan"]) {
      names.push(await hashOf(bytes(text)));
      await store.save(names.at(-1), "text/plain", bytes(text));
    }
    let refused = "";
    try { await store.save(names[0], "text/plain", bytes("b")); } catch (error) { refused = error.constructor.name; }
    const index = (hash) => ({ x: { files: [["u", hash, 1, 0]] } });
    await store.setPacks("active", index(names[0]));
    await store.setPacks("next", index(names[1]));
    await store.setPacks("prev", index(names[2]));
    await store.setEntry("checked", 5);
    await store.sweep();
    const kept = await store.hashes();
    const sound = await store.isSound(names[0]);
    const result = [refused, names.map((name) => kept.has(name)), await store.entry("checked"), sound];
    await m.removeStore();
    return [...result, await caches.has("fg /")];
    """
    assert run(page, "store", code) == ["WrongBytes", [True, True, True, False], 5, True, False]


FIT = """
try {
  const { Gate } = await module("net");
  const indexes = await m.takeIndexes(new Gate(), ["core"], a.kept);
  return indexes ? "taken" : "again";
} catch (error) { return error.reason ?? error.constructor.name; }
"""


@pytest.mark.parametrize(
    ("change", "kept", "result"),
    [
        ({}, 0, "taken"),
        ({}, 7, "taken"),
        ({}, 8, "lower"),
        ({"edition": 1007}, 7, "taken"),
        ({"edition": 1008}, 7, "higher"),
        ({"edition": 2**31}, 0, "taken"),
        ({"edition": 2**31}, 7, "higher"),
        ({"edition": 2**31}, 2**31, "taken"),
        ({}, 2**53, "taken"),  # what earlier code took
        ({"format": 3}, 0, "foreign"),
        ({"base": "/other/"}, 0, "foreign"),
        ({"pack": "text.en"}, 0, "foreign"),
        ({"build": "short"}, 0, "foreign"),
        ({"edition": "7"}, 0, "foreign"),
        ({"files": [["https://evil.example/", "A" * 22, 1, 0]]}, 0, "foreign"),
        ({"files": [["../x", "A" * 22, 1, 0]]}, 0, "foreign"),
        ({"parts": []}, 0, "foreign"),
        ({"files": None}, 0, "foreign"),
    ],
)
def test_indexes_that_are_not_ours_are_refused(page: Page, site: Site, change: dict, kept: int, result: str) -> None:
    """Another format, base, pack or shape is foreign; an older edition than the kept one is lower."""
    index = {**json.loads(site.artifacts["_/core.json"].body), **change}
    page.route("**/_/core.json", lambda route: route.fulfill(json=index))
    known = {"core": {"edition": kept}} if kept else {}
    assert run(page, "edition", FIT, {"kept": known}) == result


def test_two_tabs_take_turns_and_a_dead_one_lets_go(page: Page, server: FaultServer) -> None:
    """The lock passes at once when its tab closes."""
    other = page.context.new_page()
    other.goto(server.url("en/w/money/"))
    run(page, "alone", "m.alone(() => new Promise(() => {})); await new Promise((done) => setTimeout(done));")
    run(other, "alone", "self.turn = m.alone(async (holds) => holds()); return null;")
    page.close()
    assert other.evaluate("self.turn") is True


def test_a_frozen_holder_is_overtaken_and_may_not_commit(page: Page, server: FaultServer) -> None:
    """After two and a half minutes unheard another tab takes the lock, and the first one is told so."""
    other = page.context.new_page()
    other.goto(server.url("en/w/money/"))
    # a holder whose heart does not beat, as in a frozen tab
    page.evaluate(
        "navigator.locks.request('fg /', () => new Promise(() => {}))"
        ".catch((error) => { self.lost = error.name; }) && null"
    )
    other.clock.install()
    run(other, "alone", "self.turn = m.alone(async (holds) => holds()); return null;")
    other.clock.run_for(180_000)
    assert other.evaluate("self.turn") is True
    until(page, "self.lost === 'AbortError'")


RENEW = "return m.renewKept({ now: a.now, asks: a.asks });"


def test_once_a_day_and_when_the_clock_went_back(page: Page, server: FaultServer) -> None:
    """A kept guide asks for the edition file once a day, no more; a clock that was set back does not stop it."""
    page.goto(server.url("en/"))
    run(page, "loop", "await m.keep(['core', 'text.en']); return null;")
    checked = page.evaluate("caches.match('/_/checked').then((found) => found.json())")
    for ahead, asked in ((1000, []), (90_000_000, ["_/edition.json"]), (90_001_000, []), (-5, ["_/edition.json"])):
        server.asked.clear()
        assert run(page, "renew", RENEW, {"now": checked + ahead, "asks": False}) is False
        assert server.fetched() == asked, ahead


def test_unknown_errors_are_not_swallowed_by_the_net(page: Page) -> None:
    """A mistake of ours inside a request surfaces; only network failures are waited out."""
    with pytest.raises(Error, match="ours"):
        run(page, "stopped", "throw m.stoppedBy(new RangeError('ours')).cause;")
