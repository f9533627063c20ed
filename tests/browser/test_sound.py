"""Recorded voices in a real browser: played from the store with no signal, by ranges, and silent when they must be."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from fieldguide.deployment import Deployment
from fieldguide.load import load_ingredients
from fieldguide.recordings import NAME
from fieldguide.site import build_site
from fieldguide.snapshot import Site

from ..conftest import fixture_ingredients
from ..faults.server import FaultServer
from ..sound import TONE, recorded, sound_url
from .conftest import PHONE, Phone
from .modules import MODULE
from .store import keep, store_of
from .test_voice import FAKE

pytestmark = pytest.mark.browser

LINE = "worker.start.call.line"
SETTLE = 750  # ms; sound.js waits 700
C1, C4, HEAD = "cards.needs.hurt-or-sick", "cards.needs.where-pain", "cards.needs.where-pain.head"
KEEP_SOUND = f"async () => {{ await (await {MODULE}('loop')).keep(['core', 'audio.ar']); }}"
# Notes every state that the player passes through, before the page's scripts make one.
WATCH = """
window.heard = [];
const Real = window.Audio;
window.Audio = class extends Real {
  constructor() {
    super();
    window.player = this;
    for (const name of ["playing", "ended", "pause", "error"]) {
      this.addEventListener(name, () => heard.push(`${name} ${decodeURI(this.src.split("/").pop() ?? "")}`));
    }
  }
};
"""


SPOKEN = recorded(load_ingredients(Deployment()), "es", [C1, C4, HEAD, NAME])
"""The real guide, in which somebody recorded three Spanish texts of cards, and the name of the language."""


def file(unit_id: str) -> str:
    return sound_url(SPOKEN, "es", unit_id).rpartition("/")[2]


@pytest.fixture(scope="module")
def spoken() -> Site:
    return build_site(SPOKEN)


@pytest.fixture
def hosted(spoken: Site) -> Site:
    return spoken


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with chromium.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.add_init_script(WATCH)
        yield page


def needs(page: Page, server: FaultServer) -> None:
    page.goto(server.url("es/cards/#en"))
    page.locator("[data-do=understood]").click()
    page.locator("[data-deck=needs]").click()
    expect(page.locator("#C1")).to_be_visible()


def keep_sound(page: Page, url: str) -> None:
    """Keep the Spanish recordings, on the page *ready* of a language."""
    page.goto(url)
    sound = page.locator("section.keep[data-packs='core text.es audio.es']")
    sound.locator("[data-when=offer] [data-do=ask]").click()
    sound.locator("[data-do=keep]").click()
    expect(sound).to_have_attribute("data-state", "kept")


def listen(page: Page, code: str) -> None:
    """Touch *Listen*, read that others can hear, touch again."""
    button = page.locator(f"#{code} .listen button")
    button.click()
    page.wait_for_timeout(SETTLE)  # a second touch of the same finger is no answer to *others can hear*
    if not page.evaluate("player.src"):
        button.click()


def until_heard(page: Page, *events: str) -> None:
    page.wait_for_function("(events) => events.every((one) => heard.includes(one))", arg=list(events))


def test_a_kept_voice_plays_with_the_network_cut(phone: Phone, server: FaultServer) -> None:
    """The size is told before; then the sound is on the phone, and plays with the server gone, after a restart."""
    with phone.open() as context:
        page = context.new_page()
        page.goto(server.url("en/o/"))
        keep(page)
        page.goto(server.url("en/ready/"))
        sound = page.locator("section.keep[data-packs='core text.es audio.es']")
        sound.locator("[data-when=offer] [data-do=ask]").click()
        expect(sound).to_have_attribute("data-state", "asking")
        told = re.search(r"About (\d+) KB", sound.locator("[data-when=asking]").inner_text())
        assert told is not None
        assert (
            4 * len(TONE) / 1000 + 15 < int(told[1]) < 4 * len(TONE) / 1000 + 40
        )  # and the pages that it is read from
        sound.locator("[data-do=keep]").click()
        expect(sound).to_have_attribute("data-state", "kept")
        expect(page.locator("[data-pack='audio.es']")).to_contain_text("25")
        state = store_of(page)
        assert state is not None
        assert state["wrong"] == []
    server.stop()
    with phone.open() as context:
        page = context.new_page()
        page.add_init_script(WATCH)
        needs(page, server)
        listen(page, "C1")
        until_heard(page, f"playing {file(C1)}", f"ended {file(C1)}")


def test_ranges_are_answered_from_the_store(phone: Phone, server: FaultServer) -> None:
    """206 with the bytes asked for, 416 beyond the end; a range that means nothing gets the whole (RFC 9110, 14)."""
    with phone.open() as context:
        page = context.new_page()
        page.goto(server.url("es/"))
        keep(page)
        keep_sound(page, server.url("es/ready/"))
        server.stop()
        worker = context.service_workers[0]
        size = len(TONE)
        for asked, status, first, last in (
            ("bytes=0-", 206, 0, size),
            ("bytes=0-1", 206, 0, 2),
            ("bytes=6000-9999", 206, 6000, size),
            ("bytes=-100", 206, size - 100, size),
            ("bytes=9999-", 416, 0, 0),
            ("bytes=-0", 416, 0, 0),
            ("bytes=5-2", 200, 0, size),
            ("bytes=0-1,5-6", 200, 0, size),
            ("lines=1-2", 200, 0, size),
        ):
            answer = worker.evaluate(
                """async ([path, range]) => {
                  memo = undefined; // what it knew of the store before the sound was kept
                  const request = new Request(path, { headers: { range } });
                  const answer = await self.answer(request, path);
                  const bytes = [...new Uint8Array(await answer.arrayBuffer())];
                  const policy = answer.headers.get("content-security-policy");
                  return [answer.status, answer.headers.get("content-range"), bytes, Boolean(policy)];
                }""",
                [sound_url(SPOKEN, "es", C1), asked],
            )
            told = f"bytes {first}-{last - 1}/{size}" if status == 206 else f"bytes */{size}" if status == 416 else None
            assert answer == [status, told, list(TONE[first:last]), True], asked


def test_nothing_plays_before_the_second_touch(page: Page, server: FaultServer) -> None:
    """The first touch says that others can hear; a third one stops what plays."""
    needs(page, server)
    button = page.locator("#C1 .listen button")
    button.click()
    expect(page.locator("#C1 [data-part=others-hear]")).to_be_visible()
    button.click()
    assert page.evaluate("heard") == []
    page.wait_for_timeout(SETTLE)
    button.click()
    until_heard(page, f"playing {file(C1)}")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).not_to_have_attribute("aria-pressed", "true")
    assert page.evaluate("player.paused")


def test_a_card_is_read_with_its_choices(page: Page, server: FaultServer) -> None:
    """The question, then each answer that somebody recorded, in their order."""
    needs(page, server)
    while not page.locator("#C4").is_visible():
        page.locator("[data-part=tools] [data-do=next]").click()
    listen(page, "C4")
    until_heard(page, f"ended {file(C4)}", f"playing {file(HEAD)}", f"ended {file(HEAD)}")


@pytest.mark.parametrize("way", ["cover", "next", "leave", "hand"])
def test_silent_at_once(page: Page, server: FaultServer, way: str) -> None:
    """Covered, another card, left, handed over: nothing goes on speaking."""
    needs(page, server)
    listen(page, "C1")
    until_heard(page, f"playing {file(C1)}")
    if way == "leave":
        page.locator(".bar__leave").click()
    else:
        page.locator(f"[data-part=tools] [data-do={way}]").click()
    assert page.evaluate("player.paused")
    assert not page.evaluate(
        "player.currentSrc && player.readyState"
    )  # else the phone's own Play button goes on with it


def test_her_first_touch_warns_after_the_phone_was_handed_over(page: Page, server: FaultServer) -> None:
    """The officer has read that others can hear; she has not."""
    needs(page, server)
    listen(page, "C1")
    until_heard(page, f"playing {file(C1)}")
    page.locator("[data-part=tools] [data-do=hand]").click()
    page.locator("[data-do=hand-show]").click()
    page.evaluate("heard.length = 0")
    page.locator("#C1 .listen button").click()
    assert page.evaluate("heard") == []


def test_a_reader_who_answers_nothing_hears_no_answers(page: Page, server: FaultServer) -> None:
    """*Only read*: the choices are not on the screen, so they are not read aloud."""
    needs(page, server)
    page.locator("[data-part=tools] [data-do=hand]").click()
    page.locator("[data-do=hand-read]").click()
    while not page.locator("#C4").is_visible():
        page.locator("[data-part=hand-tools] [data-do=next]").click()
    listen(page, "C4")
    until_heard(page, f"ended {file(C4)}")
    assert not any(file(HEAD) in event for event in page.evaluate("heard"))


@pytest.mark.parametrize("kept", ["page", "sound"])
def test_a_page_never_plays_the_sound_of_other_words(phone: Phone, kept: str) -> None:
    """Words and recording change; a phone that kept only one of the two plays nothing that is not on the screen."""
    line = "worker.pay.owed.rate"
    before = recorded(fixture_ingredients(), "ar", [line])
    catalog = before.catalogs["ar"]
    entry = replace(catalog.entries[line], text=catalog.entries[line].text.replace("اتصل", "كلم"))
    catalogs = {**before.catalogs, "ar": replace(catalog, entries={**catalog.entries, line: entry})}
    after = recorded(replace(before, catalogs=catalogs), "ar", [line])
    assert sound_url(before, "ar", line) != sound_url(after, "ar", line)
    server = FaultServer(build_site(before))
    with phone.open() as context:
        page = context.new_page()
        page.add_init_script(WATCH)
        page.goto(server.url("ar/" if kept == "page" else "ar/ready/"))
        if kept == "page":
            keep(page)
        else:
            page.evaluate(KEEP_SOUND)
        server.site = build_site(after)
        page.goto(server.url("ar/w/money/"))
        page.locator(".listen button").click()
        page.wait_for_timeout(SETTLE)
        page.locator(".listen button").click()
        said = page.locator(".listen").locator("xpath=preceding-sibling::p[1]").inner_text()
        heard = after if "كلم" in said else before
        if heard is after:
            until_heard(page, f"playing {sound_url(after, 'ar', line).rpartition('/')[2]}")
        else:
            expect(page.locator("[data-part=not-played]")).to_be_visible()
    server.stop()


def test_law_out_of_date_is_heard_behind_its_warning(page: Page) -> None:
    """The button folds with the text, so nobody hears old law without the sentence before it."""
    ingredients = recorded(fixture_ingredients(), "ar", ["worker.pay.owed.rate"])
    pages = ingredients.guide.pages
    pay = replace(pages["worker/pay"], review_by=date(2027, 1, 1))
    guide = replace(ingredients.guide, pages={**pages, "worker/pay": pay})
    server = FaultServer(build_site(replace(ingredients, guide=guide)))
    page.clock.set_fixed_time("2031-01-01")
    page.goto(server.url("ar/w/money/"))
    expect(page.locator(".aged .listen button")).to_have_count(1)
    expect(page.locator(".aged .listen button")).to_be_hidden()
    expect(page.locator(".listen button")).to_have_count(1)
    server.stop()


def test_the_phone_voice_steps_in_where_the_recording_cannot_come(page: Page, server: FaultServer) -> None:
    """Sound not kept, no network: a voice of the phone that speaks Spanish reads, and is called what it is."""
    page.add_init_script(FAKE % "[{ lang: 'es-MX', localService: true }]")
    needs(page, server)
    server.stop()
    listen(page, "C1")
    page.wait_for_function("() => said.length")
    expect(page.locator("#C1 .listen")).to_contain_text("Voz del teléfono")


def test_else_it_is_said_that_the_sound_is_not_here(page: Page, server: FaultServer) -> None:
    """No recording, no network, no voice: a sentence in her language, and the card to read."""
    page.add_init_script(FAKE % "[]")
    needs(page, server)
    server.stop()
    listen(page, "C1")
    expect(page.locator("#C1 [data-part=not-played]")).to_be_visible()


def test_the_name_of_a_language_can_be_heard(page: Page, server: FaultServer) -> None:
    """For a worker who may not read: beside the name, not in the link, which leads to the cards."""
    page.goto(server.url("en/o/talk/"))
    row = page.locator("li[data-find^='Spanish']")
    expect(row).to_contain_text("Recorded voice")
    expect(row.locator(".listen button")).to_have_count(1)
    assert row.locator("a .listen").count() == 0
    expect(page.locator(".tongues .listen")).to_have_count(1)
    row.locator(".listen button").click()  # the officer has read that others can hear: it plays at once
    until_heard(page, f"playing {file(NAME)}")


def test_a_recorded_text_of_a_page_can_be_heard(page: Page) -> None:
    """Workers' pages too: the button stands after the text that was recorded."""
    ingredients = recorded(fixture_ingredients(), "ar", [LINE])
    server = FaultServer(build_site(ingredients))
    page.goto(server.url("ar/"))
    button = page.locator(".listen button")
    expect(button).to_have_count(1)
    button.click()
    page.wait_for_timeout(SETTLE)
    button.click()
    until_heard(page, f"playing {sound_url(ingredients, 'ar', LINE).rpartition('/')[2]}")
    server.stop()


def test_a_yes_to_text_is_no_yes_to_sound(page: Page, server: FaultServer) -> None:
    """Another language is kept where sound is: what is missing of the sound comes with the next renewal."""
    page.goto(server.url("es/"))
    keep(page)
    run = f"async (packs) => {{ await (await {MODULE}('loop')).keep(packs); }}"
    page.evaluate(run, ["audio.es"])
    state = store_of(page)
    assert state is not None
    lost = state["active"]["audio.es"]["files"][0][1]
    page.evaluate("async (hash) => (await caches.open('fg /')).delete(`/_/${hash}`)", lost)
    page.evaluate(run, ["text.fr"])
    now = store_of(page)
    assert now is not None
    assert lost not in now["bodies"]
    assert "text.fr" in now["active"]
    page.evaluate(run, [])
    now = store_of(page)
    assert now is not None
    assert lost in now["bodies"]
