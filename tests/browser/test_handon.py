"""The hand-on file in real browsers, from a disk and with no network: every page, *Leave*, search, cards."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from fieldguide.deployment import Deployment
from fieldguide.handon import build_handon
from fieldguide.load import load_ingredients
from fieldguide.site import build_renderer
from fieldguide.snapshot import Site

from .conftest import PHONE, ready
from .engines import Engine

pytestmark = pytest.mark.browser

TAGS = ("en", "es", "ar")

SHOWN = """() => {
  const chapters = [...document.querySelectorAll(".chapter")].filter((chapter) => chapter.getClientRects().length);
  return chapters.map((chapter) => chapter.id).join();
}"""
HOMES = "() => [...document.querySelectorAll('.chapter')].map((chapter) => chapter.id)"


@pytest.fixture(scope="module")
def folder(real_site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of downloads with files of the real guide."""
    folder = tmp_path_factory.mktemp("Downloads")
    renderer = build_renderer(load_ingredients(Deployment()))
    for name, body in build_handon(TAGS, real_site, renderer).items():
        (folder / name).write_bytes(body)
    return folder


def opened(chromium: Browser, folder: Path, tag: str, said: list[str]) -> Page:
    """The file of a language on a phone with no network; what the browser complains about is in ``said``."""
    page = chromium.new_context(viewport=PHONE, offline=True).new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if not request.url.startswith("file:") else None)
    page.goto((folder / f"guide-{tag}.html").as_uri())
    return page


@pytest.mark.parametrize("name", ["chromium", "firefox"])
def test_without_a_script_every_page_is_reached_by_links(name: str, folder: Path, tmp_path: Path) -> None:
    """From the start each link opens its page alone, Back goes back, and *Leave* shows the plain page."""
    engine = ready(name, tmp_path / "profile", "no-script")
    try:
        assert engine.open((folder / "guide-ar.html").as_uri())
        homes: list[str] = engine.run(HOMES)
        assert len(homes) == 30
        assert engine.run(SHOWN) == ",".join(homes)  # before a touch all of them, for whoever can only scroll
        engine.click('.doors a[href="#w-pay"]')
        engine.wait(f"() => ({SHOWN})() === 'w-pay'")
        engine.back()
        engine.wait(f"() => ({SHOWN})() === {','.join(homes)!r}")
        seen = walk(engine)
        assert seen == set(homes)
        engine.click(".bar__leave")
        engine.wait("() => document.getElementById('units').getClientRects().length === 1")
        assert engine.run(SHOWN) == ""
    finally:
        engine.quit()


def walk(engine: Engine) -> set[str]:
    """Touch links until no page that they lead to is new, each time by way of the page that has the link."""
    links = """() => [...document.querySelectorAll('.chapter')].flatMap((chapter) => chapter.getClientRects().length
      ? [...chapter.querySelectorAll('a[href^="#"]')].map((link) => link.getAttribute('href')) : [])"""
    seen: set[str] = set()
    engine.click('.bar__home[href="#start"]')
    engine.wait(f"() => ({SHOWN})() === 'start'")
    ahead = [("start", link) for link in dict.fromkeys(engine.run(links))]
    seen.add("start")
    while ahead:
        _, link = ahead.pop()
        if link in {f"#{home}" for home in seen}:
            continue
        engine.click(f'.chapter a[href="{link}"]')
        shown: str = engine.wait(f"() => ({SHOWN})()")
        assert "," not in shown, link  # one page, alone
        seen.add(shown)
        engine.back()
    return seen


def test_search_finds_and_leaves_nothing_in_the_box(chromium: Browser, folder: Path) -> None:
    """With scripts: a result leads to its page and section, title and all; after Back the box is empty."""
    said: list[str] = []
    page = opened(chromium, folder, "es", said)
    expect(page).to_have_title("Inicio")
    page.locator("#start\\.search").fill("me quitaron el pasaporte")
    result = page.locator(".results a").first
    expect(result).to_have_attribute("href", "#w-papers")
    result.click()
    expect(page.locator("#w-papers h1")).to_be_in_viewport()
    expect(page.locator("#start")).to_be_hidden()
    expect(page).to_have_title(page.locator("#w-papers h1").inner_text())
    page.go_back()
    expect(page.locator("#start\\.search")).to_have_value("")
    assert page.locator(".results a").count() == 0
    page.locator("#start\\.search").fill("salario minimo")
    page.locator(".results a[href^='#w-pay.']").first.click()
    fragment = page.evaluate("location.hash.slice(1)")
    expect(page.locator(f"[id='{fragment}']")).to_be_in_viewport()
    assert said == []


def test_night_holds_from_page_to_page_of_a_file(chromium: Browser, folder: Path) -> None:
    """One touch, and every page of the file is black, after Back too; the cards have a button of their own."""
    said: list[str] = []
    page = opened(chromium, folder, "ar", said)
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    page.locator(".look button").click()
    assert page.evaluate(paper) == "rgb(0, 0, 0)"
    page.locator("a[href='#es']").click()
    page.locator("[data-do=understood]").click()
    expect(page.locator(".look")).to_be_hidden()
    expect(page.locator(".tools [data-module=night]")).to_have_attribute("aria-pressed", "true")
    page.reload()
    assert page.evaluate(paper) == "rgb(0, 0, 0)"
    page.go_back()
    expect(page.locator("#start h1")).to_be_visible()
    assert page.evaluate(paper) == "rgb(0, 0, 0)"
    assert said == []


def test_cards_are_shown_from_a_file(chromium: Browser, folder: Path) -> None:
    """Four cards, a deck; after Back the answers are a list; in her hand Back and a reload stay with her."""
    said: list[str] = []
    page = opened(chromium, folder, "ar", said)
    page.locator("a[href='#es']").click()
    page.locator("[data-do=understood]").click()
    for code in ("A6", "A8", "C1", "C5"):
        expect(page.locator(f"#{code}")).to_be_in_viewport()
    expect(page.locator("#C1 .card__officer .o-es").first).to_be_visible()
    expect(page.locator("#C1 .card__officer .o-en").first).to_be_hidden()
    expect(page.locator("#C1 code")).to_contain_text("C1·ar·")
    expect(page.locator(".bar__home")).to_be_hidden()  # its corner is the cover's
    page.locator("[data-deck=needs]").click()
    expect(page.locator("#C1 .card__text")).to_be_visible()
    page.locator("#C1 [data-answer=no] button").click()
    page.go_back()
    expect(page.locator("#start h1")).to_be_visible()
    page.locator("a[href='#en']").click()
    expect(page.locator("[data-part=answered]")).to_be_visible()
    page.locator("[data-do=clear]").click()
    page.locator("[data-do=understood]").click()
    page.locator("[data-do=hand]").click()
    page.go_back()
    expect(page.locator("[data-part=hand-before]")).to_be_visible()
    page.reload()
    expect(page.locator("[data-part=hand-before]")).to_be_visible()
    expect(page.locator("#start")).to_be_hidden()
    assert said == []


def test_leave_takes_the_text_away_and_back_brings_nothing(chromium: Browser, folder: Path) -> None:
    """As on the site: the plain page, its title, no way back; the file opens again when somebody opens it anew."""
    said: list[str] = []
    page = opened(chromium, folder, "en", said)
    page.locator('.doors a[href="#w-debt"], .doors a[href="#w-owed"]').first.click()
    page.locator(".bar__leave").click()
    expect(page).to_have_title("Units")
    expect(page.locator("#units")).to_be_visible()
    assert page.locator(".chapter").count() == 0
    page.go_back()
    expect(page.locator("#units")).to_be_visible()
    assert page.locator(".chapter").count() == 0
    page.reload()
    expect(page.locator("#units")).to_be_visible()
    page.goto("about:blank")
    page.goto((folder / "guide-en.html").as_uri())
    expect(page.locator("#start h1")).to_be_visible()
    assert said == []


def test_law_past_its_date_folds_on_every_page_of_the_file(chromium: Browser, folder: Path) -> None:
    """A file lies about for years: its law says that it is old, its numbers stay."""
    said: list[str] = []
    page = chromium.new_context(viewport=PHONE, offline=True).new_page()
    page.on("pageerror", lambda error: said.append(str(error)))
    page.clock.set_fixed_time("2029-06-01T12:00:00")
    page.goto((folder / "guide-en.html").as_uri())
    for home in ("start", "w-pay", "w-h2a"):
        page.goto(f"{(folder / 'guide-en.html').as_uri()}#{home}")
        folds = page.locator(f"#{home} details.aged")
        expect(folds.first).to_be_visible()
        assert "Out of date since" in folds.first.inner_text()
    page.goto(f"{(folder / 'guide-en.html').as_uri()}#start")
    expect(page.locator("#start .call .number").first).to_be_visible()
    assert said == []


def test_a_browser_that_cannot_tell_which_page_is_asked_for(chromium: Browser, folder: Path) -> None:
    """Firefox 102 and Chrome 90 know no ``:has()``: the script shows the page alone."""
    said: list[str] = []
    page = chromium.new_context(viewport=PHONE, offline=True).new_page()
    page.on("pageerror", lambda error: said.append(str(error)))
    page.add_init_script("CSS.supports = () => false; ")
    page.goto((folder / "guide-en.html").as_uri())
    page.evaluate(
        "for (const rule of document.styleSheets[0].cssRules) if (rule instanceof CSSSupportsRule) rule.deleteRule(0)"
    )
    page.locator('.doors a[href="#w-pay"]').last.click()
    expect(page.locator("#w-pay h1")).to_be_in_viewport()
    assert page.evaluate(SHOWN) == "w-pay"
    page.locator(".bar__home").click()
    expect(page.locator("#w-pay")).to_be_hidden()
    assert page.evaluate(SHOWN) == "start"
    assert said == []
