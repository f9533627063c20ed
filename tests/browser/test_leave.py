"""*Leave* in three browsers: what was read is gone at once, with nothing kept, and Back brings none of it."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from playwright.sync_api import Error as PlaywrightError

from fieldguide.deployment import Deployment, Leave
from fieldguide.ingredients import Ingredients
from fieldguide.site import build_site
from fieldguide.snapshot import Site

from ..faults.server import Faults, FaultServer
from .conftest import ON_ALL, PHONE, Phone, Running, ready
from .engines import ENGINES, Engine, EngineError, Unsupported
from .scenes import keep, reload

pytestmark = pytest.mark.browser

on_all = pytest.mark.parametrize("engine", ENGINES, indirect=True)
on_one = pytest.mark.parametrize("engine", ON_ALL, indirect=True)
PAGE = "en/w/money/"
LONGEST = "Look at weather!"
CONVERTED = [("°F", "100", "°C", "37.78"), ("lb", "10", "kg", "4.54"), ("mi", "1,5", "km", "2.41")]

# What somebody who takes the phone can find: the texts on the screen and in the page, the title, the address.
SEEN = """() => ({
  classes: document.documentElement.className,
  text: document.body.innerText,
  hasPage: document.getElementById("page") !== null,
  title: document.title,
  place: location.pathname + location.hash,
  isPlain: document.querySelector(".plain").checkVisibility(),
})"""
LISTENS = "() => document.querySelector('.plain [data-factor]:not([hidden])') !== null"  # leave.js is at work
PLAIN = "() => document.querySelector('.plain')?.checkVisibility() && !document.getElementById('page')"


def check_left(engine: Engine) -> None:
    """Only the plain page is there."""
    try:
        engine.wait(PLAIN, seconds=10)
    except EngineError as error:
        raise EngineError(f"{error}\nThe page: {engine.run(SEEN)}") from error
    seen = engine.run(SEEN)
    assert (seen["hasPage"], seen["title"], seen["place"], seen["isPlain"]) == (False, "Units", "/en/#units", True)
    assert "°F" in seen["text"]
    assert "Sam" not in seen["text"]


@pytest.fixture
def outside(site: Site) -> Iterator[FaultServer]:
    """A site of somebody else, which a deployment opens after Leave."""
    other = replace(site.artifacts["404.html"], url="", body=b"<!doctype html><title>Weather</title><p>Sunny.")
    running = FaultServer(replace(site, artifacts={"": other}))
    yield running
    running.stop()


@pytest.fixture
def leading(ingredients: Ingredients, outside: FaultServer) -> Iterator[FaultServer]:
    """The tiny guide of a deployment that names an outside page."""
    running = FaultServer(build_site(replace(ingredients, deployment=Deployment(leave=Leave(page=outside.url(""))))))
    yield running
    running.stop()


@on_all
def test_on_a_first_visit_with_the_network_cut(engine: Engine, server: FaultServer) -> None:
    """Nothing is kept, the host is gone: what was read is gone too."""
    engine.open(server.url(PAGE))
    assert "Sam" in engine.run("() => document.body.innerText")
    server.stop()
    engine.click(".bar__leave")
    check_left(engine)


def test_a_link_that_was_touched_before_does_not_open_after_it(page: Page, server: FaultServer) -> None:
    """On a slow link the next page is still coming when somebody walks over; it comes, and is not shown."""
    coming: list[Route] = []

    def hold(route: Route) -> None:
        coming.append(route)

    page.route(server.url(PAGE), hold)
    page.goto(server.url("en/"))
    touches = """(url) => {
      setTimeout(() => document.querySelector(`a[href="${url}"]`).click(), 0);
      setTimeout(() => document.querySelector(".bar__leave").click(), 300);
    }"""
    page.evaluate(touches, PAGE.removeprefix("en/"))
    page.wait_for_timeout(600)  # both touches are over, and the page is still coming
    assert len(coming) == 1
    with suppress(PlaywrightError):  # the browser has given it up
        coming[0].continue_()
    page.wait_for_timeout(500)  # for what must not happen
    assert page.evaluate(SEEN)["place"] == "/en/#units"
    assert "Sam" not in page.evaluate(SEEN)["text"]


@on_one
def test_another_tab_of_the_guide_leaves_too(engine: Engine, server: FaultServer) -> None:
    """The guide opens tabs itself; closing the plain one would bring another to the front."""
    engine.open(server.url(PAGE))
    first = engine.tab
    second = engine.new_tab()
    engine.open(server.url("en/about/"))
    engine.click(".bar__leave")
    check_left(engine)
    engine.use_tab(first)
    check_left(engine)
    engine.use_tab(second)


@on_one
def test_back_to_an_anchor_of_the_same_page(engine: Engine, server: FaultServer) -> None:
    """Its address does not come back either."""
    engine.open(server.url("en/o/farm/"))
    engine.click(".contents a[href='#ask']")
    assert engine.run("() => location.hash") == "#ask"
    engine.click(".bar__leave")
    check_left(engine)
    engine.back()
    check_left(engine)


@pytest.mark.parametrize("name", ON_ALL)
def test_without_scripts_and_with_the_network_cut(server: FaultServer, tmp_path: Path, name: str) -> None:
    """The link alone hides the page and shows the plain one."""
    try:
        engine = ready(name, tmp_path, "no-script")
    except Unsupported as reason:
        pytest.skip(str(reason))
    try:
        engine.open(server.url(PAGE))
        server.stop()
        engine.click(".bar__leave")
        engine.wait("() => document.querySelector('.plain').checkVisibility()", seconds=10)
        text = engine.run("() => document.body.innerText")
        assert "°F" in text
        assert "Sam" not in text
    finally:
        engine.quit()


@on_all
def test_back_and_reload_bring_nothing(engine: Engine, server: FaultServer) -> None:
    """Each page that was opened before in this tab is the plain one; opened anew, the guide is there again."""
    for url in ("en/", "en/about/", PAGE):
        engine.open(server.url(url))
        engine.wait(LISTENS)
    engine.click(".bar__leave")
    check_left(engine)
    reload(engine)
    check_left(engine)
    for _ in range(2):
        engine.back()
        check_left(engine)
    engine.open(server.url(PAGE))
    assert "Sam" in engine.run("() => document.body.innerText")


@pytest.mark.parametrize("engine", ["chromium", "firefox"], indirect=True)  # WebKit gives the next page none either
def test_back_to_a_page_whose_scripts_did_not_come(engine: Engine, server: FaultServer) -> None:
    """On a link that breaks only the page and its first script may have come: nothing of it is seen again."""
    server.faults = Faults("hang-up", at=lambda url: url.endswith("leave.js"))
    engine.open(server.url("en/about/"))
    server.faults = Faults()
    engine.open(server.url(PAGE))
    engine.wait(LISTENS)
    engine.click(".bar__leave")
    check_left(engine)
    engine.back()
    engine.wait("() => document.querySelector('.plain').checkVisibility()", seconds=10)
    seen = engine.run(SEEN)
    assert (seen["hasPage"], seen["title"]) == (False, "Units")
    assert "about" not in seen["text"]


@on_all
def test_online_the_outside_page_takes_its_place(engine: Engine, leading: FaultServer, outside: FaultServer) -> None:
    """It opens where there is a network, learns nothing, and Back from it shows the plain page."""
    engine.open(leading.url("en/"))
    engine.open(leading.url(PAGE))
    engine.click(".bar__leave")
    engine.wait("() => document.title === 'Weather'")
    assert engine.run("() => document.referrer") == ""
    engine.back()
    check_left(engine)


@on_one
@pytest.mark.parametrize("trouble", ["gone", "portal", "silent"])
def test_without_a_network_the_plain_page_stays(
    engine: Engine, leading: FaultServer, outside: FaultServer, trouble: str
) -> None:
    """No host, a portal in its place, or none that answers within a second: no error page, no log-in page."""
    engine.open(leading.url(PAGE))
    if trouble == "gone":
        leading.stop()
    else:
        leading.faults = Faults(trouble, at=lambda _: True)
    engine.click(".bar__leave")
    check_left(engine)
    engine.run("() => new Promise((resume) => setTimeout(resume, 1500))")  # the second that it waits, and some
    check_left(engine)
    assert outside.asked == []


@on_all
def test_kept_and_offline(engine: Engine, server: FaultServer) -> None:
    """Pages from the store leave, and do not come back, like those of the host."""
    engine.open(server.url("en/"))
    assert keep(engine) == "kept"
    server.stop()
    engine.open(server.url("en/"))
    engine.open(server.url(PAGE))
    engine.click(".bar__leave")
    check_left(engine)
    engine.back()
    check_left(engine)


@on_one
@pytest.mark.parametrize("keys", [["Tab", "Tab", "Enter"], ["Shift", "Shift", "Shift"]])
def test_by_keyboard(engine: Engine, server: FaultServer, keys: list[str]) -> None:
    """The second link of every page, or three presses of Shift."""
    engine.open(server.url(PAGE))
    engine.run("() => { document.body.tabIndex = -1; document.body.focus(); }")
    engine.press(*keys)
    check_left(engine)


def test_installed_it_stays_on_a_plain_page_that_works(
    phone: Phone, leading: FaultServer, outside: FaultServer
) -> None:
    """An app that opened a web site would look odd; its plain page works out measures."""
    with phone.open(f"--app={leading.url(PAGE)}") as context:  # the window of an installed app
        page = context.pages[0]
        page.locator(".bar__leave").click()
        expect(page.locator(".plain")).to_be_visible()
        for left, given, right, worked in CONVERTED:
            page.get_by_label(left).fill(given)
            expect(page.get_by_label(right)).to_have_value(worked)
            page.get_by_label(right).fill("0")
            expect(page.get_by_label(left)).to_have_value("32" if left == "°F" else "0")
            page.get_by_label(right).fill("many")
            expect(page.get_by_label(left)).to_have_value("")
        page.wait_for_timeout(1500)  # the second in which a tab would open the outside page, and some
        assert outside.asked == []


def test_other_words_on_the_button(page: Page, ingredients: Ingredients) -> None:
    """A deployment names the button in each language, and the pages that speak of it use the name."""
    deployment = Deployment(leave=Leave(labels={"en": "Weather", "ar": "الطقس"}))
    server = FaultServer(build_site(replace(ingredients, deployment=deployment)))
    for tag, word in deployment.leave.labels.items():
        page.goto(server.url(f"{tag}/"))
        expect(page.locator(".bar__leave")).to_have_text(word)
    server.stop()


def test_it_is_gone_before_the_next_frame(page: Page, server: FaultServer) -> None:
    """When the touch has been handled, nothing of the page is there to be painted."""
    page.goto(server.url(PAGE))
    page.wait_for_load_state()
    left = """() => {
      document.querySelector(".bar__leave").click();
      return [document.getElementById("page"), document.title, location.pathname];
    }"""
    assert page.evaluate(left) == [None, "Units", "/en/"]


@pytest.mark.parametrize(
    ("url", "label"),
    [("en/", ""), ("ar/w/money/", ""), ("en/o/", ""), (PAGE, LONGEST), ("ar/", LONGEST), ("en/o/", LONGEST)],
)
@pytest.mark.parametrize("size", [(320, 568), (740, 360)])
def test_it_is_always_in_reach(
    page: Page, ingredients: Ingredients, url: str, size: tuple[int, int], label: str
) -> None:
    """48 px high and wide, at the foot, under nothing else, wherever the page is scrolled to; the longest label too."""
    labels = {"en": label, "ar": label} if label else {}
    server = FaultServer(build_site(replace(ingredients, deployment=Deployment(leave=Leave(labels=labels)))))
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(server.url(url))
    for share in (0, 0.5, 1):
        page.evaluate("(share) => scrollTo(0, share * document.body.scrollHeight)", share)
        box = page.locator(".bar__leave").bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 48
        assert 0 <= box["x"] <= box["x"] + box["width"] <= size[0]
        assert box["y"] + box["height"] <= size[1]
        assert box["y"] > size[1] - 80
        on_top = "([x, y]) => document.elementFromPoint(x, y).closest('.bar__leave') !== null"
        assert page.evaluate(on_top, [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2])
    server.stop()


def test_it_stands_at_the_top_while_a_phone_types(chromium: Browser, tiny: Running) -> None:
    """Some phones lay their keyboard over the foot of the page."""
    with chromium.new_context(viewport=PHONE, has_touch=True, is_mobile=True) as context:
        page = context.new_page()
        page.goto(f"{tiny.address}/en/")
        page.locator("#search").tap()
        assert box_of(page)["y"] < 80
        page.locator("#search").blur()
        assert box_of(page)["y"] > PHONE["height"] - 80
        page.locator("#search").tap()
        page.locator(".bar__leave").tap()
        expect(page.locator(".plain")).to_be_visible()


def box_of(page: Page) -> dict[str, float]:
    """Where the button is."""
    box = page.locator(".bar__leave").bounding_box()
    assert box is not None
    return dict(box)
