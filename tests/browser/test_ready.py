"""*Ready for no signal?*: it says what the store holds, what is wrong is mended, and parts come and go one by one."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from fieldguide.snapshot import Site

from ..faults.server import Faults, FaultServer
from .conftest import PHONE, Phone
from .modules import MODULE
from .store import keep, store_of, until

pytestmark = pytest.mark.browser

# What a browser, a full phone or another program does to single entries.
DROP = """async (hash) => (await caches.open("fg /")).delete(`/_/${hash}`)"""
SPOIL = """async (hash) => {
  const answer = new Response("spoiled", { headers: { "content-type": "text/html" } });
  await (await caches.open("fg /")).put(`/_/${hash}`, answer);
}"""


@pytest.fixture
def hosted(real_site: Site) -> Site:
    return real_site


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with chromium.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.clock.set_system_time("2026-11-27T10:00:00")
        yield page


def look(page: Page, server: FaultServer, tag: str = "es") -> None:
    page.goto(server.url(f"{tag}/ready/"))
    expect(page.locator("section[data-module=ready]")).to_be_visible()


def light(page: Page) -> str | None:
    return page.locator("[data-light]:visible").get_attribute("data-light")


def why(page: Page) -> list[str]:
    return page.locator("[data-why]:visible").evaluate_all("(items) => items.map((item) => item.dataset.why)")


def files_of(page: Page, pack: str) -> list[str]:
    state = store_of(page)
    assert state is not None
    return [row[1] for row in state["active"][pack]["files"]]


SEEN = """() => {
  const place = (element) => element.querySelector("[data-do=test]").getBoundingClientRect().top;
  new MutationObserver((_, observer) => {
    const element = document.querySelector("section[data-module=ready][data-state]:not([hidden])");
    if (!element) return;
    observer.disconnect();
    window.firstSeen = place(element);
    window.seenNow = () => place(element);
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-state"] });
}"""


def test_what_it_says_is_there_at_once(page: Page, server: FaultServer) -> None:
    """No button moves from under the thumb: it is seen when all above it is."""
    page.goto(server.url("en/"))
    keep(page)
    page.add_init_script(f"({SEEN})()")
    look(page, server, "en")
    expect(page.locator("[data-light]:visible")).to_be_visible()
    assert page.evaluate("() => window.firstSeen") == page.evaluate("() => window.seenNow()")


def test_nothing_kept_is_red(page: Page, server: FaultServer) -> None:
    """And says so in words and by shape, not by colour alone."""
    look(page, server)
    assert light(page) == "red"
    expect(page.locator("[data-when~=none]")).to_be_visible()
    expect(page.locator("[data-light]:visible use")).to_have_attribute(
        "href", "../../static/icons/pictograms.svg#answer-no"
    )


def test_all_kept_is_green_with_size_edition_and_day(page: Page, server: FaultServer) -> None:
    """Each part by its name, and when it was last read again; how old the numbers are; what the browser promises."""
    page.goto(server.url("es/"))
    keep(page)
    look(page, server)
    assert (light(page), why(page)) == ("green", [])
    row = page.locator("tr[data-pack='text.es']")
    expect(row).to_contain_text("Español")
    expect(row).to_contain_text("2026-11-27")
    expect(page.locator("tr[data-pack='text.fr']")).to_be_hidden()
    expect(page.locator("[data-part=numbers]")).to_contain_text("458")
    promises = page.locator("[data-part=lasting]:visible, [data-part=not-lasting]:visible")
    expect(promises).to_have_count(1)
    expect(page.locator("[data-part=used]")).to_be_visible()


def test_numbers_alone_are_not_ready(page: Page, server: FaultServer) -> None:
    """Core without a language: not green, whatever was begun."""
    page.goto(server.url("es/"))
    page.evaluate(f"async () => (await {MODULE}('loop')).keep(['core'])")
    look(page, server)
    assert light(page) == "red"


@pytest.mark.parametrize(
    ("reason", "date", "shown"),
    [("missing", "2026-11-27", "red"), ("old", "2026-12-29", "amber"), ("numbers", "2027-01-15", "amber")],
)
def test_what_is_not_right_is_said(page: Page, server: FaultServer, reason: str, date: str, shown: str) -> None:
    """A file that the browser threw away, a month without a look, numbers past their date: from store and clock."""
    page.goto(server.url("es/"))
    keep(page)
    if reason == "missing":
        page.evaluate(DROP, files_of(page, "text.es")[3])
    page.clock.set_system_time(f"{date}T10:00:00")
    look(page, server)
    assert light(page) == shown
    assert reason in why(page)


def quiet(page: Page, server: FaultServer, day: str) -> bool:
    """Whether on that day the page says for how long nothing was heard."""
    page.clock.set_system_time(f"{day}T10:00:00")
    look(page, server)
    return "quiet" in why(page)


def test_a_guide_that_is_held_back_is_noticed(page: Page, server: FaultServer) -> None:
    """Whoever answers *nothing new* for ever: 120 days after the last release the page says for how long, in words."""
    page.goto(server.url("es/"))
    keep(page)
    assert not quiet(page, server, "2027-03-27")
    assert quiet(page, server, "2027-03-28")
    expect(page.locator("[data-why=quiet]")).to_contain_text("121")
    assert light(page) == "amber"
    server.stop()
    page.goto(server.url("es/w/pay/"))  # what is kept is never refused for its age
    expect(page.locator("h1")).to_be_visible()


def test_a_clock_before_the_release_says_nothing(page: Page, server: FaultServer) -> None:
    """A phone whose battery was empty may believe that it is 2020: nothing is counted by it."""
    page.goto(server.url("es/"))
    keep(page)
    assert not quiet(page, server, "2020-01-01")
    assert quiet(page, server, "2028-01-01")


def test_a_guide_without_a_day_says_nothing(page: Page, server: FaultServer, real_site: Site) -> None:
    """As earlier code kept it: nobody knows how old it is."""
    bodies = {url: one for url, one in real_site.artifacts.items() if url.startswith("_/") and url.endswith(".json")}
    bare = {url: replace(one, body=one.body.replace(b'"released":"2026-11-27",', b"")) for url, one in bodies.items()}
    assert bare["_/core.json"] != bodies["_/core.json"]
    server.site = replace(real_site, artifacts={**real_site.artifacts, **bare})
    page.goto(server.url("es/"))
    keep(page)
    assert not quiet(page, server, "2028-01-01")


def test_test_now_mends_what_is_spoiled_missing_and_foreign(page: Page, server: FaultServer, real_site: Site) -> None:
    """Read again, hashed again; wrong ones thrown away and fetched anew, what nobody named swept."""
    page.goto(server.url("es/"))
    keep(page)
    spoiled, missing = files_of(page, "text.es")[2], files_of(page, "core")[5]
    foreign = "A" * 22
    page.evaluate(SPOIL, spoiled)
    page.evaluate(SPOIL, foreign)
    page.evaluate(DROP, missing)
    look(page, server)
    page.locator("[data-do=test]").click()
    expect(page.locator("section[data-module=ready]")).to_have_attribute("data-state", "current")
    assert light(page) == "green"
    state = store_of(page)
    assert state is not None
    assert state["wrong"] == []
    assert {spoiled, missing} <= set(state["bodies"])
    assert foreign not in state["bodies"]


def test_what_was_refused_is_counted(page: Page, server: FaultServer) -> None:
    """Files that came back wrong are told, with what stayed; a look without any takes that back."""
    server.faults = Faults("flip", times=1)
    page.goto(server.url("es/"))
    keep(page)
    look(page, server, "en")
    refused = page.locator("[data-part=refused]")
    expect(refused).to_contain_text("Files that came back wrong and were not kept: 1.")
    assert light(page) == "green"
    page.locator("[data-do=update]").click()
    expect(page.locator("section[data-module=ready]")).to_have_attribute("data-state", "current")
    expect(refused).to_be_hidden()


def test_newer_code_waits_for_a_touch(page: Page, server: FaultServer) -> None:
    """A newer worker script is there: the old one answers until a person touches *Start the update now*."""
    page.goto(server.url("es/"))
    keep(page)
    worker = server.site.artifacts["sw.js"]
    newer = replace(worker, body=worker.body + b"// newer\n")
    server.site = replace(server.site, artifacts={**server.site.artifacts, "sw.js": newer})
    page.goto(server.url("es/w/pay/"))
    page.evaluate("() => navigator.serviceWorker.getRegistration().then((found) => found.update()).then(() => null)")
    until(page, "() => navigator.serviceWorker.getRegistration().then((found) => Boolean(found.waiting))")
    look(page, server, "en")
    expect(page.locator("[data-part=program]")).to_be_visible()
    page.locator("[data-do=start]").click()
    expect(page.locator("[data-part=program]")).to_be_hidden()
    assert light(page) == "green"
    assert page.evaluate("() => navigator.serviceWorker.getRegistration().then((found) => found.waiting)") is None


def test_without_a_network_what_is_wrong_is_taken_away_and_said(phone: Phone, real_site: Site) -> None:
    """Never shown, never called right: the sentence says how many, and what brings them back."""
    server = FaultServer(real_site)
    with phone.open() as context:
        page = context.new_page()
        page.goto(server.url("es/"))
        keep(page)
        page.evaluate(SPOIL, files_of(page, "text.es")[2])
        server.stop()
        look(page, server)
        page.locator("[data-do=test]").click()
        expect(page.locator("section[data-module=ready]")).to_have_attribute("data-state", "unsound")
        expect(page.locator("[data-when=unsound]")).to_contain_text("1")
        assert light(page) == "red"
        state = store_of(page)
        assert state is not None
        assert state["wrong"] == []


def test_another_language_is_kept_from_here(page: Page, server: FaultServer) -> None:
    """Its size first, then its pages, and its row; no other language with it."""
    page.goto(server.url("es/"))
    keep(page)
    look(page, server)
    page.locator("[data-part=more] summary").click()
    page.locator("[data-more='text.fr'] button").click()
    control = page.locator(".keep--more")
    expect(control.locator("h2")).to_contain_text("Français")
    control.locator("[data-when=offer] [data-do=ask]").click()
    expect(control.locator("[data-when=asking]")).to_contain_text("KB")
    control.locator("[data-do=keep]").click()
    expect(page.locator("tr[data-pack='text.fr']")).to_be_visible()
    state = store_of(page)
    assert state is not None
    assert sorted(state["active"]) == ["core", "text.es", "text.fr"]


def test_one_language_is_removed_and_the_others_stay(page: Page, server: FaultServer) -> None:
    """Its pages are gone from the phone; the rest is whole. Numbers in all languages have no such button."""
    page.goto(server.url("es/"))
    keep(page)
    page.goto(server.url("fr/"))
    keep(page)
    gone = set(files_of(page, "text.es"))
    look(page, server, "fr")
    expect(page.locator("tr[data-pack=core] button")).to_have_count(0)
    page.locator("tr[data-pack='text.es'] button").click()
    expect(page.locator("tr[data-pack='text.es']")).to_be_hidden()
    state = store_of(page)
    assert state is not None
    assert sorted(state["active"]) == ["core", "text.fr"]
    assert not gone & set(state["bodies"])
    assert light(page) == "green"


def test_removing_takes_back_every_kept_on_the_page(page: Page, server: FaultServer) -> None:
    """No control goes on saying *kept* about what was just removed."""
    page.goto(server.url("es/"))
    keep(page)
    look(page, server)
    page.locator("[data-part=more] summary").click()
    page.locator("[data-more='text.fr'] button").click()
    control = page.locator(".keep--more")
    control.locator("[data-when=offer] [data-do=ask]").click()
    control.locator("[data-do=keep]").click()
    expect(control).to_have_attribute("data-state", "kept")
    page.locator("section[data-module=ready] [data-when~=listed] [data-do=ask]").click()
    page.locator("section[data-module=ready] [data-do=remove]").click()
    expect(page.locator("[data-when=removed]")).to_be_visible()
    expect(control).to_have_attribute("data-state", "offer")
    assert light(page) == "red"
    assert store_of(page) is None


def test_a_language_that_is_not_kept_shows_its_own_numbers(phone: Phone, real_site: Site) -> None:
    """No signal, another language: not an error in the first one, but the numbers in hers, and what that page is."""
    server = FaultServer(real_site)
    with phone.open() as context:
        page = context.new_page()
        page.goto(server.url("es/"))
        keep(page)
        server.stop()
        for asked in ("ar/w/pay/", "ar/", "ar/cards/", "ar/nowhere/"):
            page.goto(server.url(asked))
            assert page.url == server.url("ar/w/numbers/#not-kept")
            expect(page.locator("#not-kept")).to_be_visible()
            expect(page.locator("html")).to_have_attribute("lang", "ar")
        page.goto(server.url("es/w/nowhere/"))
        expect(page.locator("html")).to_have_attribute("lang", "es-419")
        expect(page.locator("h1")).to_have_text("No está aquí")


def test_the_page_of_numbers_says_nothing_of_it_otherwise(page: Page, server: FaultServer) -> None:
    """Online, and where the language is kept, the sentence is not there."""
    page.goto(server.url("ar/w/numbers/"))
    expect(page.locator("#not-kept")).to_be_hidden()


def test_the_picker_leads_to_the_same_page(page: Page, server: FaultServer) -> None:
    """On a page about pay each language leads to pay, and a spoken one to its text; without a script, to its start."""
    page.goto(server.url("es/w/pay/"))
    page.locator("details.languages summary").click()
    page.locator("details.languages a").filter(has_text="हिन्दी").click()
    expect(page).to_have_url(server.url("hi/w/pay/"))


def test_what_waited_for_its_turn_does_not_begin_again_after_remove(page: Page, server: FaultServer) -> None:
    """A renewal runs, another waits behind it, the person removes all: nothing comes back, not even an empty store."""
    page.goto(server.url("es/"))
    keep(page)
    server.hold.clear()
    ended = page.evaluate_handle(
        """async () => {
          const module = MODULE;
          const { keep } = await module("loop");
          const { removeStore } = await module("store");
          const state = (run) => run.then(() => "kept", (error) => error.state);
          const first = state(keep(["core", "text.fr"]));
          const second = state(keep([]));
          await removeStore();
          return { both: Promise.all([first, second]) };
        }""".replace("MODULE", MODULE)
    )
    server.hold.set()
    assert page.evaluate("async ({ both }) => await both", ended) == ["removed", "removed"]
    assert store_of(page) is None


@pytest.mark.parametrize("lost", ["ar/w/numbers/", "ar/404.html"])
def test_what_has_not_come_leads_to_no_circle(phone: Phone, real_site: Site, lost: str) -> None:
    """The link was cut in the middle of a keeping: what is there is shown, the rest is said, nothing turns for ever."""
    server = FaultServer(real_site)
    with phone.open() as context:
        page = context.new_page()
        page.goto(server.url("ar/" if lost == "ar/404.html" else "es/"))
        keep(page)
        page.evaluate(DROP, real_site.artifacts[lost].revision)
        server.stop()
        answer = page.goto(server.url("ar/w/nowhere/"))
        assert answer is not None
        if lost == "ar/404.html":
            assert page.url == server.url("ar/w/numbers/#not-kept")
        else:
            assert (answer.status, answer.body()) == (404, real_site.artifacts["404.html"].body)


def test_a_test_that_waited_does_not_undo_remove(page: Page, server: FaultServer) -> None:
    """*Test now* waits behind a renewal, the person removes all: the test writes nothing anew."""
    page.goto(server.url("es/"))
    keep(page)
    look(page, server)
    server.hold.clear()
    page.evaluate(f"() => {{ {MODULE}('loop').then(({{ keep }}) => keep(['text.fr'])); }}")
    until(page, "() => navigator.locks.query().then(({ held }) => held.length > 0)")
    page.locator("[data-do=test]").click()
    until(page, "() => navigator.locks.query().then(({ pending }) => pending.length > 0)")
    page.locator("section[data-module=ready] [data-when~=listed] [data-do=ask]").click()
    page.locator("section[data-module=ready] [data-do=remove]").click()
    expect(page.locator("[data-when=removed]")).to_be_visible()
    server.hold.set()
    until(page, "() => navigator.locks.query().then(({ held, pending }) => held.length + pending.length === 0)")
    assert store_of(page) is None
    expect(page.locator("[data-when=removed]")).to_be_visible()
