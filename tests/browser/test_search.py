"""Search in a real browser: what people type leads to the page they need, and leaves nothing behind."""

import pytest
from playwright.sync_api import Page, expect

from fieldguide.snapshot import Site

from ..faults.server import FaultServer
from .conftest import Phone
from .modules import MODULE
from .store import keep, store_of

pytestmark = pytest.mark.browser

WORKER = {
    "en": [
        ("they took my passport", "w/papers/"),
        ("boss keeps my documents", "w/papers/"),
        ("not paid", "w/pay/"),
        ("boss did not pay my wages", "w/pay/"),
        ("minimum wage", "w/pay/"),
        ("tips", "w/tips/"),
        ("i owe the recruiter", "w/owed/"),
        ("can i leave my job", "w/change/"),
        ("they say they will call immigration", "w/words/"),
        ("too hot at work", "w/danger/"),
        ("i am hurt", "w/care/"),
        ("dirty room", "w/bed/"),
        ("is someone watching my phone", "w/phone/"),
        ("free lawyer", "w/lawyers/"),
        ("interpreter", "w/languages/"),
        ("hotline number", "w/numbers/"),
        ("h-2a", "w/h2a/"),
        ("T visa", "w/two-visas/"),
        ("i am deaf", "w/deaf/"),
        ("16 years old", "w/young/"),
        ("day labor", "w/building/"),
    ],
    "es": [
        ("me quitaron el pasaporte", "w/papers/"),
        ("no me pagan", "w/pay/"),
        ("propinas", "w/tips/"),
        ("debo dinero al reclutador", "w/owed/"),
        ("quiero dejar el trabajo", "w/change/"),
        ("me amenazan con la migra", "w/words/"),
        ("mucho calor", "w/danger/"),
        ("estoy herido", "w/care/"),
        ("cuarto sucio", "w/bed/"),
        ("me vigilan el telefono", "w/phone/"),
        ("abogado gratis", "w/lawyers/"),
        ("interprete", "w/languages/"),
    ],
    "ar": [
        ("أخذوا جواز سفري", "w/papers/"),
        ("لم يدفعوا أجري", "w/pay/"),
        ("البقشيش", "w/tips/"),
        ("دين للوسيط", "w/owed/"),
        ("أريد أن أترك العمل", "w/change/"),
        ("يهددونني بالشرطة", "w/words/"),
        ("محامي مجاني", "w/lawyers/"),
        ("مترجم", "w/languages/"),
        ("انا مريض", "w/care/"),
        ("غرفة للنوم", "w/bed/"),
    ],
    "zh-Hans": [
        ("护照被拿走", "w/papers/"),
        ("没发工资", "w/pay/"),
        ("小费", "w/tips/"),
        ("欠中介钱", "w/owed/"),
        ("换工作", "w/change/"),
        ("威胁报警", "w/words/"),
        ("免费律师", "w/lawyers/"),
        ("翻译", "w/languages/"),
        ("受伤", "w/care/"),
        ("太热", "w/danger/"),
    ],
    "hi": [
        ("पासपोर्ट ले लिया", "w/papers/"),
        ("तनख्वाह नहीं मिली", "w/pay/"),
        ("कर्ज", "w/owed/"),
        ("नौकरी छोड़ना", "w/change/"),
        ("धमकी", "w/words/"),
        ("मुफ्त वकील", "w/lawyers/"),
        ("दुभाषिया", "w/languages/"),
        ("चोट लगी", "w/care/"),
        ("गर्मी", "w/danger/"),
        ("कमरा", "w/bed/"),
    ],
    "th": [
        ("เบอร์โทร", "w/numbers/"),
        ("สายด่วน", "w/numbers/"),
    ],
}
OFFICER = [
    ("passport photo", "o/may/"),
    ("traffic stop how long", "o/may/"),
    ("forced labor law", "o/law/"),
    ("child under 18 found", "o/minors/"),
    ("bed tonight", "o/tonight/"),
    ("she says no", "o/when-no/"),
    ("crop workers harvest", "o/agriculture/"),
    ("NIBRS", "o/counting/"),
    ("continued presence", "o/immigration-tools/"),
    ("day labor corner", "o/construction/"),
]
"""What was typed, and the end of the address that must be among the first three."""

TRACES = """async () => JSON.stringify([
  Object.entries(localStorage), Object.entries(sessionStorage), document.cookie, history.length, history.state,
  location.href, await caches.keys(), (await indexedDB.databases()).map((one) => one.name),
])"""


@pytest.fixture(scope="module")
def hosted(real_site: Site) -> Site:
    return real_site


def ready_to_search(page: Page, server: FaultServer, url: str) -> None:
    """Open a start page and load what is searched, as a person does who has kept nothing."""
    page.goto(server.url(url))
    page.locator("#search").click()
    page.locator(".search [data-when=size] [data-do=load]").click()
    expect(page.locator(".search")).to_have_attribute("data-state", "ready")


def first_three(page: Page, query: str) -> list[str]:
    page.locator("#search").fill(query)
    return page.locator(".results a").evaluate_all(
        "(links) => links.slice(0, 3).map((link) => link.href.split('#')[0])"
    )


def missed(page: Page, queries: list[tuple[str, str]]) -> list[tuple[str, str, list[str]]]:
    """The queries whose page is not among the first three, with what stood there instead."""
    found = [(query, wanted, first_three(page, query)) for query, wanted in queries]
    return [(query, wanted, urls) for query, wanted, urls in found if not any(url.endswith(wanted) for url in urls)]


@pytest.mark.parametrize("tag", list(WORKER))
def test_what_workers_type_finds_the_page(page: Page, server: FaultServer, tag: str) -> None:
    """In their words, with or without accents: the page is among the first three."""
    ready_to_search(page, server, f"{tag}/")
    assert missed(page, [(query, f"{tag}/{wanted}") for query, wanted in WORKER[tag]]) == []


def test_what_officers_type_finds_the_page(page: Page, server: FaultServer) -> None:
    """On their own side first, though workers' pages are searched too."""
    ready_to_search(page, server, "en/o/")
    assert missed(page, [(query, f"en/{wanted}") for query, wanted in OFFICER]) == []


def test_the_first_letter_of_a_word_is_no_word_yet(page: Page, server: FaultServer) -> None:
    """While the second word is begun, what was found stays; a letter that is a word by itself counts as one."""
    ready_to_search(page, server, "en/")
    for query in ("pay", "room", "lawyer"):
        assert first_three(page, f"{query} s") == first_three(page, query)
    assert first_three(page, "t visa")[0].endswith("w/two-visas/")


def test_kept_pages_are_searched_with_no_network(phone: Phone, real_site: Site) -> None:
    """Nothing is asked for and nothing loaded; a result opens at its section."""
    server = FaultServer(real_site)
    with phone.open() as context:
        page = context.new_page()
        page.goto(server.url("es/"))
        keep(page)
        server.stop()
        page.goto(server.url("es/"))
        page.locator("#search").fill("me quitaron el pasaporte")
        result = page.locator(".results a").first
        expect(result).to_be_visible()
        expect(page.locator(".results mark").first).to_contain_text("pasaporte")
        expect(page.locator(".search [data-when=size]")).to_be_hidden()
        result.click()
        expect(page.locator("h1")).to_have_text("Papeles")


def test_an_officer_finds_a_card(phone: Phone, real_site: Site) -> None:
    """What to ask, too: it leads to the list of languages with the card taken along."""
    server = FaultServer(real_site)
    with phone.open() as context:
        page = context.new_page()
        page.goto(server.url("en/o/"))
        keep(page)
        page.locator("#search").fill("does someone keep your papers")
        expect(page.locator(".results a[href*='/o/talk/#D2']")).to_be_visible()
    server.stop()


def test_searching_leaves_no_trace(page: Page, server: FaultServer) -> None:
    """Storage, address and history are as before; nothing that was typed is sent; going away empties the box."""
    page.goto(server.url("en/"))
    before = page.evaluate(TRACES)
    page.locator("#search").click()
    page.locator(".search [data-when=size] [data-do=load]").click()
    expect(page.locator(".search")).to_have_attribute("data-state", "ready")
    server.asked.clear()
    page.locator("#search").fill("they took my passport")
    page.locator("#search").press("Enter")
    expect(page.locator(".results a").first).to_be_visible()
    assert page.evaluate(TRACES) == before
    assert store_of(page) is None
    assert [one.path for one in server.asked] == []
    page.locator(".results a").first.click()
    page.go_back()
    expect(page.locator("#search")).to_have_value("")
    expect(page.locator(".results a")).to_have_count(0)


def test_leave_empties_the_box(page: Page, server: FaultServer) -> None:
    """Whoever takes the phone after Leave finds no words in it."""
    ready_to_search(page, server, "en/")
    first_three(page, "they took my passport")
    page.locator(".bar__leave").click()
    expect(page.locator(".plain")).to_be_visible()
    assert page.locator("#search, .results a").count() == 0


def test_the_size_is_told_before_anything_is_loaded(page: Page, server: FaultServer) -> None:
    """A touch of the box asks for the indexes only; the pages come after a yes."""
    page.goto(server.url("en/"))
    server.asked.clear()
    page.locator("#search").click()
    expect(page.locator(".search [data-when=size]")).to_be_visible()
    assert {one.path for one in server.asked if one.path.startswith("_/")} == {"_/core.json", "_/text.en.json"}


def test_without_network_and_pages_it_is_said(page: Page, real_site: Site) -> None:
    """No dead box: a sentence, and *Try again*."""
    own = FaultServer(real_site)
    page.goto(own.url("en/"))
    expect(page.locator("#search")).to_be_visible()
    own.stop()
    page.locator("#search").click()
    expect(page.locator(".search [data-when=waiting]")).to_be_visible()


def test_wrong_bytes_are_not_searched(page: Page, real_site: Site) -> None:
    """What comes is checked against the index before a word of it is shown."""
    own = FaultServer(real_site)
    own.faults.kind = "flip"
    page.goto(own.url("en/"))
    page.locator("#search").click()
    page.locator(".search [data-when=size] [data-do=load]").click()
    expect(page.locator(".search [data-when=waiting]")).to_be_visible()
    own.stop()


def test_hostile_words_stay_words(page: Page, server: FaultServer) -> None:
    """Markup and patterns in the box are text like any other."""
    ready_to_search(page, server, "en/")
    for query in ("<img src=x onerror=alert(1)>", "((((", "\\", "*", "%00", "a" * 5000, "“passport”", "\u202epassport"):
        first_three(page, query)
        assert page.locator(".results img").count() == 0
    assert first_three(page, "PASSPORT")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("¿Cuánto?", "cuanto"),
        ("أإآا", "اااا"),
        ("مدرسة", "مدرسه"),
        ("ＡＢＣ１２３", "abc123"),
        ("٣٤٥", "345"),
        ("Đường", "duong"),
        ("Łódź", "lodz"),
        ("फ़ोन", "फोन"),
    ],
)
def test_letters_are_compared_as_people_type_them(page: Page, server: FaultServer, one: str, other: str) -> None:
    """Accents, case, vowel marks, width, and letters that are written in two ways."""
    page.goto(server.url("en/"))
    folded = f"""async (texts) => {{
      const {{ folded, wordsOf }} = await {MODULE}("letters");
      return texts.map((text) => wordsOf(folded(text)).join(" "));
    }}"""
    first, second = page.evaluate(folded, [one, other])
    assert first == second


def test_without_spaces_only_the_letters_asked_for_are_marked(page: Page, server: FaultServer) -> None:
    """A whole Chinese sentence is one run of letters; what is marked is what was sought."""
    ready_to_search(page, server, "zh-Hans/")
    first_three(page, "护照")
    marks = page.locator(".results mark").all_inner_texts()
    assert marks
    assert set(marks) == {"护照"}


def test_a_spoilt_page_is_not_searched(page: Page, server: FaultServer) -> None:
    """Another program wrote into the store: its words are found nowhere; whole pages come, if the person wants."""
    page.goto(server.url("es/"))
    keep(page)
    key = f"/_/{server.site.artifacts['es/w/pay/'].revision}"
    spoilt = "<html lang=es><main><h1>Pago</h1><p>zanahoria</p></main></html>"
    page.evaluate("async ([key, text]) => (await caches.open('fg /')).put(key, new Response(text))", [key, spoilt])
    page.goto(server.url("es/"))
    page.locator("#search").fill("zanahoria")
    page.locator(".search [data-do=load]").first.click()
    expect(page.locator(".search [data-when=none]")).to_be_visible()
    page.locator("#search").fill("pago")
    expect(page.locator(".results a").filter(has_text="Pago").first).to_be_visible()
