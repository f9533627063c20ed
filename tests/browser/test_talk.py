"""An officer and a worker with a phone between them, in a real browser: cards, stops, and codes that reports cite."""

import hashlib
import re
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from fieldguide.archive import build_archived
from fieldguide.deployment import Deployment
from fieldguide.load import load_ingredients
from fieldguide.site import build_site
from fieldguide.snapshot import Site

from ..faults.server import FaultServer
from .conftest import PHONE, Phone, Running
from .store import keep
from .talk import cards, show, touch

pytestmark = pytest.mark.browser

FOUR = ["A6", "A8", "C1", "C5"]
SIZES = [(360, 640), (740, 360), (360, 740), (320, 640)]
BOXES = "(selectors) => selectors.map((one) => document.querySelector(one).getBoundingClientRect().toJSON())"
FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def test_three_taps_to_four_cards_with_no_network(phone: Phone, real_site: Site) -> None:
    """On a farm road: icon, Talk, language, *I understand*; four cards in her language, each of them on the screen."""
    server = FaultServer(real_site)
    with phone.open() as context:
        page = context.new_page()
        page.goto(server.url("en/o/"))
        keep(page)
        server.stop()
        page.goto(server.url("en/o/"))
        page.get_by_role("link", name="Talk").first.click()
        page.locator(".tongues--talk a").filter(has_text="العربية").click()
        page.locator("[data-do=understood]").click()
        for code in FOUR:
            expect(page.locator(f"#{code}")).to_be_visible()
        expect(page.locator("#A8 .card__text")).to_be_in_viewport()
        expect(page.locator("#C1 .answers")).to_be_in_viewport()
        # and on to a question and the list of numbers, still with no network
        show(page, "C1")
        touch(page, "C1", "yes")
        expect(page.locator("[data-part=stopped]")).to_be_visible()
        with context.expect_page() as opened:
            page.locator("[data-part=tools] a").filter(has_text="call").first.click()
        expect(opened.value.locator(".call .number").first).to_be_visible()


@pytest.mark.parametrize("officer", ["en", pytest.param("es", marks=pytest.mark.full)])
def test_four_cards_are_on_one_screen(page: Page, real: Running, real_site: Site, officer: str) -> None:
    """In every language, on a small phone and either way it is held: nobody scrolls in ten seconds. *Cover* and *Leave*
    stand in the bar: however long their words are, neither hides the other."""
    for language in real_site.registry:
        if language.status == "spoken":
            continue
        page.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})
        page.goto("about:blank")
        page.goto(f"{real.address}/{language.tag}/cards/#{officer}")
        if language.tag != "en":
            page.locator("[data-do=understood]").click()
        page.locator(".cards--four").wait_for()
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate(FRAMES)
            place = (language.tag, width, height)
            foot, cover, leave, *cards = page.evaluate(
                BOXES, [".bar", "[data-do=cover]", ".bar__leave", *(f"#{code}" for code in FOUR)]
            )
            assert max(leave["x"] - cover["x"] - cover["width"], cover["x"] - leave["x"] - leave["width"]) >= 8, place
            if width == 320:
                continue  # too narrow for four, not for the bar
            assert all(box["height"] > 0 and box["y"] + box["height"] <= foot["y"] for box in cards), place


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("A7", "yes"),
        ("C1", "yes"),
        ("C2", "yes"),
        ("C8", "yes"),
        pytest.param("D10", "yes", marks=pytest.mark.full),
        pytest.param("D8", "hurt", marks=pytest.mark.full),
        pytest.param("D8", "family-hurt", marks=pytest.mark.full),
        ("A8", "stop"),
    ],
)
def test_each_stop_ends_the_questions(page: Page, real: Running, code: str, answer: str) -> None:
    """What to do now stands there instead of the next card."""
    cards(page, real)
    show(page, code)
    touch(page, code, answer)
    expect(page.locator("[data-part=stopped]")).to_be_visible()
    expect(page.locator("[data-part=cards]")).to_be_hidden()
    expect(page.locator("[data-part=young]")).to_be_visible(visible=code == "C8")


@pytest.mark.parametrize(("code", "answer"), [("A8", "yes"), ("C1", "no"), ("D8", "can-leave"), ("D2", "yes")])
def test_no_other_answer_stops(page: Page, real: Running, code: str, answer: str) -> None:
    """A worrying answer that is no emergency goes on to the next question when the officer wants."""
    cards(page, real)
    show(page, code)
    touch(page, code, answer)
    expect(page.locator(f"#{code}")).to_be_visible()


@pytest.mark.parametrize("how", ["answer", "box"])
def test_nobody_under_18_gets_detailed_questions(page: Page, real: Running, how: str) -> None:
    """After *yes* to C8, or when the officer marks it: no D and no E card, but child protection."""
    cards(page, real)
    if how == "answer":
        show(page, "C8")
        touch(page, "C8", "yes")
    else:
        page.locator("input[data-do=young]").check()
    for deck in ("daily", "farm", "building", "kitchen", "home"):
        page.locator(f"[data-deck={deck}]").click()
        expect(page.locator("[data-part=young]")).to_be_visible()
        expect(page.locator("[data-part=cards]")).to_be_hidden()
    page.locator("[data-deck=needs]").click()
    expect(page.locator("#C1")).to_be_visible()


@pytest.mark.parametrize("how", ["touched", "told"])
def test_two_wrong_practice_answers_stop(page: Page, real: Running, how: str) -> None:
    """*I do not understand* counts as one. Then the cards are in the wrong language for this person."""
    cards(page, real)
    page.locator("[data-deck=practice]").click()
    first = page.locator("#P1").get_by_role("button").filter(has_text="I do not understand")
    first.click() if how == "touched" else page.locator("[data-do=wrong]").click()
    expect(page.locator("[data-part=wrong]")).to_be_hidden()
    expect(page.locator("#P2")).to_be_visible()
    page.locator("[data-do=wrong]").click()
    expect(page.locator("[data-part=wrong]")).to_be_visible()


def test_with_answers_a_link_away_opens_beside(page: Page, real: Running) -> None:
    """The list of numbers must not cost the officer what was touched and is not written down yet."""
    cards(page, real)
    touch(page, "C1", "no")
    with page.context.expect_page() as opened:
        page.locator("[data-part=tools] a").filter(has_text="call").first.click()
    assert "/en/o/call" in opened.value.url
    assert page.url.endswith("/ar/cards/#en")


def test_detailed_questions_open_behind_their_sentence(page: Page, real: Running) -> None:
    """*Better with an interpreter and an advocate* stands first, once."""
    cards(page, real)
    page.locator("[data-deck=daily]").click()
    expect(page.locator("[data-part=better]")).to_be_visible()
    expect(page.locator("#D1a")).to_be_hidden()
    page.locator("[data-do=open]").click()
    expect(page.locator("#D1a")).to_be_visible()
    page.locator("[data-deck=farm]").click()
    expect(page.locator("#EF1")).to_be_visible()


def test_unchecked_cards_ask_first_and_english_does_not(page: Page, real: Running) -> None:
    """Once a language and opening, before the first card of a group that matters."""
    page.goto(f"{real.address}/ht/cards/#en")
    expect(page.locator("[data-part=unchecked]")).to_be_visible()
    expect(page.locator("#A6")).to_be_hidden()
    page.locator("[data-deck=access]").click()  # *I am Deaf* waits for nothing
    expect(page.locator("#H1")).to_be_visible()
    page.goto(f"{real.address}/en/cards/#es")
    expect(page.locator("#A6")).to_be_visible()


def test_first_cards_end_at_the_interpreter_sheet(page: Page, real: Running) -> None:
    """A6, A8, B1, C1, C5, then *get an interpreter* and what to say on the phone."""
    cards(page, real, "ht")
    page.locator("[data-deck=path]").click()
    for code in ("A6", "A8", "B1", "C1", "C5"):
        expect(page.locator(f"#{code}")).to_be_visible()
        page.locator("[data-part=tools] [data-do=next]").click()
    page.locator("[data-part=end] a").first.click()
    expect(page.locator("#sheet h2")).to_be_in_viewport()


def test_cover_shows_a_dull_page_at_once(page: Page, real: Running) -> None:
    """Heat and water, in the worker's language; nothing of the cards is on the screen; one touch brings them back."""
    cards(page, real, "es")
    page.locator("[data-do=cover]").click()
    expect(page.locator("[data-part=cover]")).to_contain_text("Calor")
    expect(page.locator(".card:visible")).to_have_count(0)
    expect(page.locator("[data-part=tools]")).to_be_hidden()
    page.locator("[data-do=uncover]").click()
    expect(page.locator("#A6")).to_be_visible()


def test_officer_reads_english_or_spanish_in_its_own_direction(page: Page, real: Running) -> None:
    """Beside Arabic cards the officer's half is left to right, in the language that the address names."""
    for officer, words in (("en", "Are you hurt or sick?"), ("es", "¿")):
        cards(page, real, "ar", officer)
        show(page, "C1")
        half = page.locator("#C1 .card__officer")
        expect(half).to_contain_text(words, use_inner_text=True)
        assert half.evaluate("(half) => getComputedStyle(half).direction") == "ltr"
        assert page.locator("#C1 .card__text").evaluate("(text) => getComputedStyle(text).direction") == "rtl"
        page.goto("about:blank")
    cards(page, real)
    show(page, "C1")
    assert "¿" not in page.locator("#C1 .card__officer").inner_text()
    page.locator("[data-do=turn]").click()
    assert page.locator("#C1 .card__officer").evaluate("(half) => getComputedStyle(half).transform") != "none"


def test_by_keyboard(page: Page, real: Running) -> None:
    """Every step has a key: understood, a deck, an answer, the next card."""
    page.goto(f"{real.address}/ht/cards/#en")
    expect(page.locator("[data-part=unchecked]")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("[data-deck=needs]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#C1")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#C1 [data-answer=no] button")).to_have_attribute("aria-pressed", "true")


def test_language_screen_finds_by_name_and_country(page: Page, real: Running) -> None:
    """By English name or by country, accents or not; the words are in no address."""
    page.goto(f"{real.address}/en/o/talk/")
    box = page.locator("[data-part=find] input")
    for sought, found in (("haiti", "Kreyòl ayisyen"), ("punj", "ਪੰਜਾਬੀ"), ("Guatemala", "Q'anjob'al")):
        box.fill(sought)
        expect(page.locator(".tongues--talk li:visible").filter(has_text=found)).to_have_count(1)
        expect(page.locator(".tongues--talk li:visible").filter(has_text="Українська")).to_have_count(0)
    assert page.url == f"{real.address}/en/o/talk/"
    box.fill("")
    assert page.locator(".tongues--talk li:visible").count() == 27


def test_from_a_sign_to_its_card(page: Page, real: Running) -> None:
    """A sign about papers leads over the language screen to the card that asks about papers."""
    page.goto(f"{real.address}/en/o/agriculture/")
    sign = page.locator(".signs li").filter(has=page.locator("[data-ilo=retention-of-identity-documents]")).first
    sign.locator("summary").click()
    sign.get_by_role("link", name="Card D2").click()
    page.wait_for_load_state()  # a touch before the script has run leads to the first cards
    page.locator(".tongues--talk a").filter(has_text="Tiếng Việt").click()
    page.locator("[data-do=understood]").click()
    page.locator("[data-do=open]").click()
    expect(page.locator("#D2")).to_be_visible()


def test_cards_read_without_script(chromium: Browser, real: Running) -> None:
    """Scripts off: every card is a sentence to point at, with what the officer reads beside it."""
    with chromium.new_context(java_script_enabled=False, viewport=PHONE) as context:
        page = context.new_page()
        page.goto(f"{real.address}/vi/cards/")
        expect(page.locator("#A7 .card__text")).to_be_visible()
        expect(page.locator("#A7 .card__officer")).to_contain_text("Are you in danger right now?")
        expect(page.locator("[data-part=tools]")).to_be_hidden()
        for answer in ("yes", "no", "dont-know", "dont-say", "stop"):
            expect(page.locator(f"noscript [data-answer={answer}]")).to_be_visible()


@pytest.mark.parametrize("tag", ["es", "ar", "zh-Hans", "en"])
def test_a_code_ends_in_the_hash_of_the_exact_words(page: Page, real: Running, tag: str) -> None:
    """A report cites card, language and words; who reads it can tell whether the words were others."""
    page.goto(f"{real.address}/{tag}/cards/#en")
    for code in ("A6", "C1", "D2"):
        words = page.locator(f"#{code} .card__text").text_content() or ""
        digest = hashlib.sha256(words.encode("utf-8")).hexdigest()
        expect(page.locator(f"#{code} code")).to_have_text(f"{code}·{tag}·{digest[:4]}")


def test_the_code_names_the_language_of_the_words(chromium: Browser) -> None:
    """Where an agency hides drafts the words are English, and the code says so."""
    server = FaultServer(build_site(load_ingredients(Deployment(drafts="hide", languages=("en", "ar")))))
    with chromium.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.goto(server.url("ar/cards/#en"))
        expect(page.locator("#A6 code")).to_contain_text("A6·en-US·")
    server.stop()


def test_what_to_mind_stands_on_the_card_or_is_said_to_be_missing(page: Page, real: Running) -> None:
    """Reasons come with the officers' pack. Without it the page says so, and what must not be promised stands there."""
    page.route(lambda url: "/o/cards.js" in url, lambda route: route.abort())
    cards(page, real)
    expect(page.locator("[data-part=no-notes]")).to_be_visible()
    show(page, "A6")
    expect(page.locator("#A6 .card__officer")).to_contain_text("Use only if it is true.")


def test_clear_leaves_nothing_of_the_worker_before(page: Page, real: Running) -> None:
    """No pressed answer, no ticked box, no list: the next worker is a new one, and so is what was confirmed."""
    cards(page, real)
    touch(page, "A8", "no")
    page.locator("input[data-do=young]").check()
    page.locator("[data-part=tools] [data-do=answers]").click()
    expect(page.locator("[data-part=answered] li")).to_have_count(1)
    page.locator("[data-do=clear]").click()
    expect(page.locator("[data-part=unchecked]")).to_be_visible()
    assert page.locator(".answers button[aria-pressed=true]").count() == 0
    assert not page.locator("input[data-do=young]").is_checked()
    assert page.locator("[data-part=answered] li, [data-part=hand-answers] li").count() == 0


def test_after_a_stop_no_detailed_question_opens(page: Page, real: Running) -> None:
    """Somebody is hurt: the questions are over until all is cleared."""
    cards(page, real)
    show(page, "C1")
    touch(page, "C1", "yes")
    page.locator("[data-deck=daily]").click()
    expect(page.locator("[data-part=stopped]")).to_be_visible()


def test_marking_under_18_says_at_once_what_it_means(page: Page, real: Running) -> None:
    """On any card, and the card stays where it is."""
    cards(page, real)
    show(page, "C1")
    page.locator("input[data-do=young]").check()
    expect(page.locator("[data-part=young]")).to_be_visible()
    expect(page.locator("#C1")).to_be_visible()


def test_not_for_consent_stands_on_every_card(page: Page, real: Running) -> None:
    """On the officer's half, with the mark that no speaker checked it."""
    cards(page, real)
    for code in ("C1", "D2", "W1"):
        show(page, code)
        half = page.locator(f"#{code} .card__officer")
        expect(half).to_contain_text("Not for consent to search, rights warnings or a statement.", use_inner_text=True)
        expect(half).to_contain_text("Not checked by a speaker.", use_inner_text=True)


def test_the_archive_holds_what_a_card_shows(phone: Phone, real_site: Site, real: Running) -> None:
    """The code that a phone works out from the words on its screen finds the same words in the archive."""
    archived = build_archived(real_site, 1, "Field Guide", "", date(2026, 11, 27))
    with phone.open() as context:
        page = cards(context.new_page(), real, "es")
        expect(page.locator("#A6 code")).to_have_text(re.compile(r"^A6·es·[0-9a-f]{4}$"))
        shown = page.locator(".card").evaluate_all(
            "all => all.map((one) => ['code', '.card__text'].map((part) => one.querySelector(part).textContent))"
        )
    assert len(shown) > 50
    assert sorted(map(tuple, shown)) == sorted((card.cited, card.text) for card in archived.cards if card.tag == "es")
