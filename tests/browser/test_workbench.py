"""People at the workbench in a real browser: they correct, check, are refused, and the built guide shows it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Dialog, Page, Route, expect

from fieldguide.catalog import Catalog, Entry, catalog_path, load_catalog, serialise_catalog
from fieldguide.site import build_site

from ..benches import served
from ..conftest import ROOT, fixture_ingredients
from .conftest import PHONE
from .store import PAUSE
from .test_accessibility import RULES

pytestmark = pytest.mark.browser

SPANISH = """
[[languages]]
tag = "es"
endonym = "Español"
english_name = "Spanish"
script = "Latn"
format_locale = "es_US"
audiences = ["officer", "worker"]
status = "help"
"""

VITAL = (
    'text = "For questions."\n  confidence = "practice"',
    'text = "For questions."\n  tier = "vital"\n  note = "Who answers."\n  confidence = "practice"',
)
START, LINE, SUMMARY = "worker.start.title", "worker.start.call.line", "worker.pay.summary"
LAW = Entry(
    "officer.farm.what.law",
    "The law is {fact.act}, *since* {fact.since}.",
    "La ley es {fact.act}, *desde* {fact.since}.",
    comments=("source: human ana",),
)


@dataclass(frozen=True)
class Words:
    """What is typed in a language: a good text, one of two words, and the same with one fault."""

    start: str
    line: str
    fault: str
    dir: str


WORDS = {
    "es": Words("Comienzo", "Para preguntas.", "Para preguntas <b>.", "ltr"),
    "ar": Words("من هنا", "للأسئلة.", "للأسئلة <b>.", "rtl"),
}


@pytest.fixture
def root(guide_copy: Path) -> Path:
    """The tiny guide with Spanish drafts beside the Arabic ones."""
    languages = guide_copy / "content/languages.toml"
    languages.write_text(languages.read_text(encoding="utf-8") + SPANISH, encoding="utf-8")
    folder = guide_copy / "translations"
    arabic, real = (
        load_catalog(catalog_path(folder, "ar"), "ar"),
        load_catalog(catalog_path(ROOT / "translations", "es"), "es"),
    )
    entries = {key: entry for key, entry in real.entries.items() if key in arabic.entries and key.startswith("ui.")}
    texts = {
        START: ("Start", "Inicio"),
        LINE: ("For questions.", "Para dudas."),
        SUMMARY: ("What they must give.", "Lo que le deben."),
    }
    entries.update(
        (key, Entry(key, english, text, comments=("source: machine 2026-01-03",)))
        for key, (english, text) in texts.items()
    )
    entries[LAW.id] = LAW
    path = catalog_path(folder, "es")
    path.parent.mkdir()
    path.write_text(serialise_catalog(Catalog("es", entries)), encoding="utf-8")
    return guide_copy


@pytest.fixture
def address(root: Path) -> Iterator[str]:
    """A workbench over it, served."""
    with served(root / "content", root / "translations") as found:
        yield found


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """A phone on which nothing breaks the policy and no script fails."""
    wrong: list[str] = []
    page.on(
        "console", lambda told: wrong.append(told.text) if re.search("Security Policy|Trusted", told.text) else None
    )
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    assert wrong == []


def open_sentence(page: Page, address: str, tag: str, unit_id: str, who: str = "by=ana&role=native-speaker") -> None:
    page.goto(f"{address}/en/{tag}/{unit_id}/?{who}")


def alt(page: Page, letter: str) -> None:
    """Alt and a letter, as a desktop sends it; the driver's own press lacks the text that access keys need."""
    session = page.context.new_cdp_session(page)
    key = {"key": letter, "code": f"Key{letter.upper()}", "windowsVirtualKeyCode": ord(letter.upper()), "modifiers": 1}
    session.send("Input.dispatchKeyEvent", {**key, "type": "keyDown", "text": letter, "unmodifiedText": letter})
    session.send("Input.dispatchKeyEvent", {**key, "type": "keyUp"})
    session.detach()


def built(root: Path, url: str) -> str:
    """A page of the guide as a build of now has it."""
    return build_site(fixture_ingredients(root=root)).artifacts[url].body.decode("utf-8")


SEEN = """() => {
  const frame = document.querySelector("#proof");
  const lit = frame.contentDocument?.querySelector("#lit")?.getBoundingClientRect();
  return frame.contentWindow.scrollY > 0 && lit.top >= 0 && lit.bottom <= frame.clientHeight;
}"""


def test_the_page_beside_shows_the_sentence_and_moves_nothing_else(page: Page, address: str):
    """It comes late, and again while somebody types: what they read and the button they reach for stay in place."""
    page.set_viewport_size({"width": 360, "height": 480})
    open_sentence(page, address, "es", LINE)
    page.wait_for_function(SEEN)
    assert page.evaluate("scrollY") == 0
    page.locator("#text").fill("Para preguntas.")
    before = page.evaluate("scrollY")
    expect(page.frame_locator("#proof").locator(".lit")).to_have_text("Para preguntas.")
    page.wait_for_function(SEEN)
    assert page.evaluate("scrollY") == before


@pytest.mark.parametrize("tag", ["es", "ar"])
def test_correcting_and_checking_makes_a_page_checked(page: Page, address: str, root: Path, tag: str):
    """From the door to the last sentence of a page by touch; then the built page has the new words and no mark."""
    words = WORDS[tag]
    mark = 'class="draft"'
    assert mark in built(root, f"{tag}/")
    page.goto(address)
    page.get_by_label("The language you check").select_option(tag)
    page.get_by_label("A name for you").fill("ana")
    page.get_by_label("Grew up with this language").check()
    page.get_by_role("button", name="Begin").click()
    page.get_by_text("Find, or choose a page", exact=True).click()
    page.get_by_label("Where").select_option("worker/start")
    page.get_by_label("Show").last.select_option("unchecked")
    page.get_by_role("button", name="Show them").click()
    expect(page.get_by_role("status").filter(has_text="sentences")).to_have_text("2 sentences")
    page.get_by_role("link", name="Start", exact=True).click()
    field = page.locator("#text")
    expect(field).to_have_css("direction", words.dir)
    field.fill(words.start)
    frame = page.frame_locator("#proof")
    expect(frame.locator("h1 .lit")).to_have_text(words.start, timeout=30_000)
    expect(frame.locator("html")).to_have_attribute("dir", words.dir)
    page.get_by_role("button", name="I checked this").click()
    expect(page.locator(".told")).to_contain_text("Checked: Start")
    expect(page.locator(".text[lang=en]")).to_have_text("For questions.")
    expect(page.get_by_role("link", name="List (1)")).to_be_visible()
    page.get_by_role("button", name="I checked this").click()
    expect(page.get_by_text("Nothing is left here.")).to_be_visible()
    after = built(root, f"{tag}/")
    assert words.start in after
    assert mark not in after


@pytest.mark.parametrize("tag", ["es", "ar"])
def test_rights_take_two_people(page: Page, address: str, root: Path, tag: str):
    """After one person the built page has its mark still; after another in another role it has none."""
    content = root / "content/worker/start.toml"
    text = content.read_text(encoding="utf-8")
    assert VITAL[0] in text
    content.write_text(text.replace(*VITAL), encoding="utf-8")
    people = (("by=ana&role=native-speaker", True), ("by=ben&role=court-interpreter", False))
    open_sentence(page, address, tag, START)
    page.get_by_role("button", name="I checked this").click()
    expect(page.locator(".told")).to_contain_text("Checked: Start")
    for who, is_marked in people:
        open_sentence(page, address, tag, LINE, who)
        expect(page.get_by_text("Rights or safety", exact=True)).to_be_visible()
        page.get_by_role("button", name="I checked this").click()
        expect(page.locator(".told")).to_contain_text("Checked: For questions.")
        assert ('class="draft"' in built(root, f"{tag}/")) is is_marked


@pytest.mark.parametrize("tag", ["es", "ar"])
def test_a_complaint_takes_a_mark_away(page: Page, address: str, root: Path, tag: str):
    """What is checked and then said to need work has its mark again in the built page, and leads the list."""
    for unit_id in (START, LINE):
        open_sentence(page, address, tag, unit_id)
        page.get_by_role("button", name="I checked this").click()
        expect(page.locator(".told")).to_contain_text("Checked:")
    assert 'class="draft"' not in built(root, f"{tag}/")
    open_sentence(page, address, tag, LINE, "by=ben&role=lawyer")
    page.locator("summary", has_text="Needs work").click()
    expect(page.get_by_text("It then counts as not checked")).to_be_visible()
    page.get_by_label("What is not right?").fill("Too formal.")
    page.get_by_role("button", name="It needs work").click()
    expect(page.locator(".told")).to_contain_text("Marked as needing work: For questions.")
    assert 'class="draft"' in built(root, f"{tag}/")
    page.goto(f"{address}/en/{tag}/?by=ana&role=native-speaker&need=mending")
    page.get_by_role("link", name="For questions.").click()
    expect(page.locator(".refused")).to_contain_text("ben, 2026-05-31: Too formal.")


def test_a_part_is_put_into_the_field(page: Page, address: str):
    """A touch writes what a keyboard of Arabic letters hardly can, where the cursor is; the checks follow."""
    open_sentence(page, address, "ar", "worker.pay.owed.rate")
    field = page.locator("#text")
    field.fill("تحصل على ")
    expect(page.locator(".faults li")).to_have_count(1, timeout=30_000)
    page.get_by_role("button", name="{fact.rate}").click()
    expect(field).to_have_value("تحصل على {fact.rate}")
    field.press_sequentially(" ")
    page.get_by_role("button", name="{phone.line}").click()
    expect(field).to_be_focused()
    expect(field).to_have_value("تحصل على {fact.rate} {phone.line}")
    expect(page.locator(".faults li")).to_have_count(0, timeout=30_000)


def test_finding_choosing_and_progress(page: Page, address: str):
    """Words, a page, what a sentence needs: each narrows the list, and how far a page is follows a check."""
    page.goto(f"{address}/en/es/?by=ana&role=native-speaker")
    page.get_by_text("Find, or choose a page", exact=True).click()
    page.get_by_label("Find words").fill("para DUDAS")
    page.get_by_role("button", name="Show them").click()
    expect(page.locator(".rows > li")).to_have_count(1)
    page.get_by_role("link", name="For questions.", exact=True).click()
    page.get_by_role("button", name="I checked this").click()
    page.get_by_text("How far each page is").click()
    start = page.locator(".progress li").filter(has_text="Start (for workers)")
    expect(start).to_contain_text(re.compile(r"\b1 of \d+ checked"))
    start.get_by_role("link").click()
    expect(page.get_by_label("Where")).to_have_value("worker/start")
    expect(page.locator(".rows")).not_to_contain_text("Pay")


def test_a_file_changed_by_hand_meanwhile(page: Page, address: str, root: Path):
    """Another program writes the same sentence while somebody types: shown with the difference, and both words stay."""
    open_sentence(page, address, "es", START)
    page.locator("#text").fill("Principio")
    path = catalog_path(root / "translations", "es")
    path.write_text(path.read_text(encoding="utf-8").replace("Inicio", "Arranque"), encoding="utf-8")
    page.get_by_role("button", name="I checked this").click()
    expect(page.get_by_role("alert").locator("del")).to_have_text("Arranque")
    expect(page.locator("#text")).to_have_value("Principio")
    assert "Arranque" in path.read_text(encoding="utf-8")
    page.get_by_role("button", name="I checked this").click()
    expect(page.locator(".told")).to_contain_text("Checked: Start")
    assert "Principio" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("tag", ["es", "ar"])
def test_a_changed_sentence(page: Page, address: str, tag: str):
    """What was taken out of the English and what came in is marked, and not by colour alone."""
    open_sentence(page, address, tag, SUMMARY)
    expect(page.locator("del").first).to_have_text(re.compile("^they must give( you)?\\.$"))
    expect(page.locator("ins").first).to_have_text("you are owed.")
    expect(page.locator("ins").first).to_have_css("text-decoration-line", "underline")
    expect(page.locator("del").first).to_have_css("text-decoration-line", "line-through")


def test_an_own_vital_sentence_is_not_checked(page: Page, address: str, root: Path):
    """She is told why before she tries, and refused when she does; what she typed stays in the field."""
    open_sentence(page, address, "es", LAW.id)
    expect(page.get_by_text("You wrote this. It is about rights or safety")).to_be_visible()
    before = catalog_path(root / "translations", "es").read_bytes()
    page.locator("#text").fill(f"{LAW.text} ¡Ya!")
    page.get_by_role("button", name="I checked this").click()
    expect(page.get_by_role("alert")).to_contain_text("You wrote this.")
    expect(page.locator("#text")).to_have_value(f"{LAW.text} ¡Ya!")
    assert catalog_path(root / "translations", "es").read_bytes() == before


@pytest.mark.parametrize("tag", ["es", "ar"])
def test_a_fault_is_seen_while_typing_and_cannot_be_checked(page: Page, address: str, tag: str):
    """The gates answer in the reader's language as it is typed; with the fault nothing is saved, mended it is taken."""
    words = WORDS[tag]
    page.goto(f"{address}/es/{tag}/{LINE}/?by=ana&role=native-speaker")
    page.locator("#text").fill(words.fault)
    expect(page.locator(".faults li")).to_have_text(re.compile("^Los paréntesis angulares"), timeout=30_000)
    page.on("dialog", lambda dialog: dialog.accept())
    open_sentence(page, address, tag, LINE)
    expect(page.locator(".faults li")).to_have_count(0)
    page.locator("#text").fill(words.fault)
    expect(page.locator(".faults li")).to_have_text(re.compile("^Pointed brackets"), timeout=30_000)
    expect(page.locator("[data-part=faults]")).to_be_visible()
    page.get_by_role("button", name="I checked this").click()
    expect(page.get_by_role("alert")).to_contain_text("It cannot be saved with this in it")
    expect(page.locator("#text")).to_have_value(words.fault)
    page.locator("#text").fill(words.line)
    expect(page.locator(".faults li")).to_have_count(0, timeout=30_000)
    page.get_by_role("button", name="I checked this").click()
    expect(page.locator(".told")).to_contain_text("Checked: For questions.")


def test_what_was_typed_before_the_script_had_come_is_looked_at(page: Page, address: str):
    """On a slow machine somebody is faster: the fault is told all the same, without another key."""
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/workbench.js", hold)
    page.goto(f"{address}/en/es/{LINE}/?by=ana&role=native-speaker", wait_until="commit")
    page.locator("#text").fill(WORDS["es"].fault)
    while not waiting:
        page.wait_for_timeout(PAUSE)
    waiting[0].continue_()
    expect(page.locator(".faults li")).to_have_text(re.compile("^Pointed brackets"), timeout=30_000)


def test_two_people_at_one_sentence(page: Page, chromium: Browser, address: str):
    """The second one's words are not lost, and they see what the first has saved."""
    open_sentence(page, address, "es", START)
    with chromium.new_context(viewport=PHONE) as other:
        second = other.new_page()
        open_sentence(second, address, "es", START, "by=ben&role=lawyer")
        second.locator("#text").fill("Primero")
        second.get_by_role("button", name="Save, not checked").click()
        expect(second.locator(".told")).to_contain_text("Saved")
    page.locator("#text").fill("Segundo")
    page.get_by_role("button", name="Save, not checked").click()
    expect(page.get_by_role("alert").locator("del")).to_have_text("Primero")
    expect(page.locator("#text")).to_have_value("Segundo")


def test_leaving_with_unsaved_words_asks(page: Page, address: str):
    """A slip of the finger on *Next* loses nothing; without a change nobody is asked."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    open_sentence(page, address, "es", START)
    page.locator("#text").fill("Principio")
    page.get_by_role("link", name="List").click(no_wait_after=True)
    expect(page.locator("#text")).to_have_value("Principio")
    page.wait_for_function("() => true")
    assert asked == ["beforeunload"]
    page.locator("#text").fill("Inicio")
    page.get_by_role("link", name="List").click()
    page.wait_for_url("**/en/es/?*")
    assert asked == ["beforeunload"]


def test_the_whole_queue_by_keys(page: Page, address: str, root: Path):
    """First sentence, into the field, save, check, undo, needs work, to the end of the list: no pointer is needed."""
    page.goto(f"{address}/en/es/?by=ana&role=native-speaker&in=worker/start&need=unchecked")
    alt(page, "n")
    expect(page.locator(".text[lang=en]")).to_have_text("Start")
    alt(page, "t")
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Principio")
    alt(page, "s")
    expect(page.locator(".told")).to_contain_text("Saved, not checked yet: Start")
    expect(page.locator(".text[lang=en]")).to_have_text("For questions.")
    alt(page, "c")
    expect(page.locator(".told")).to_contain_text("Checked: For questions.")
    alt(page, "u")
    expect(page.locator(".told")).to_contain_text("It is as it was before: For questions.")
    alt(page, "b")
    expect(page.locator(".text[lang=en]")).to_have_text("Start")
    alt(page, "c")
    expect(page.locator(".told")).to_contain_text("Checked: Start")
    expect(page.locator(".text[lang=en]")).to_have_text("For questions.")
    alt(page, "w")
    page.keyboard.press("Tab")
    page.keyboard.type("Muy formal.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing is left here.")).to_be_visible()
    alt(page, "f")
    expect(page.locator("#q")).to_be_hidden()
    entries = load_catalog(catalog_path(root / "translations", "es"), "es").entries
    assert entries[START].text == "Principio"
    assert entries[START].comment("reviewed")
    assert entries[LINE].comment("needs-work").endswith("Muy formal.")


def test_without_script(chromium: Browser, address: str):
    """Everything is there: what the gates say and the page come with a touch of *Look at it*."""
    with chromium.new_context(viewport=PHONE, java_script_enabled=False) as context:
        page = context.new_page()
        open_sentence(page, address, "ar", LINE)
        page.locator("#text").fill(WORDS["ar"].fault)
        page.get_by_role("button", name="Look at it").click()
        expect(page.locator(".faults li")).to_have_count(1)
        expect(page.frame_locator("#proof").locator(".lit")).to_have_text("للأسئلة <b>.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everyone_can_use_it(chromium: Browser, address: str, scheme: str):
    """No violation of WCAG 2.2 AA, nothing wider than a phone of 320 pixels, and targets that a thumb meets."""
    who = "by=ana&role=native-speaker"
    paths = [
        "es/?again=1",
        f"ht/ar/?{who}",
        f"en/ar/{START}/?{who}",
        f"en/es/{SUMMARY}/?{who}",
        f"en/ar/{START}/blind?{who}",
    ]
    with chromium.new_context(viewport={"width": 320, "height": 640}, color_scheme=scheme) as context:
        page = context.new_page()
        for path in paths:
            page.goto(f"{address}/{path}")
            page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
            results = Axe().run(page, options={**RULES, "iframes": False})
            assert results.violations_count == 0, f"{path}\n{results.generate_report()}"
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
            for button in page.locator("main button, header a").all():
                box = button.bounding_box()
                assert box is None or box["height"] >= 48, path
