"""Every task by keys alone: each stop of the focus is seen, and none lies under the bar at the foot."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import PHONE, Running

pytestmark = [pytest.mark.browser, pytest.mark.a11y, pytest.mark.timeout(600)]

FAR = 600  # presses of Tab after which nothing is found on any page

# What has the focus: whether it is the one, and what a person who sees would miss.
STOP = """(selector) => {
  const one = document.activeElement;
  if (one === null || one === document.body) return { isThere: false, wrong: "" };
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  const bar = document.querySelector(".bar")?.getBoundingClientRect();
  const isInBar = one.closest(".bar, .cover, .skip") !== null;
  const isSeen = style.outlineStyle !== "none" && box.width > 0 && box.bottom > 0 && box.top < innerHeight;
  const isFree = !bar || isInBar || box.height > bar.top - 20 || box.bottom <= bar.top + 1;
  const name = `${one.tagName} "${one.innerText?.slice(0, 40)}"`;
  const wrong = !isSeen ? `${name} is not seen` : !isFree ? `${name} is under the bar` : "";
  return { isThere: one.matches(selector), wrong };
}"""


@dataclass
class Keys:
    """A person who has a keyboard and nothing else."""

    page: Page
    address: str

    def open(self, url: str) -> None:
        """Begin at the top of a page, once its scripts have begun."""
        self.page.goto(self.address + url)
        self.page.locator("[data-module=night]:not([hidden])").wait_for(state="attached")

    def to(self, selector: str, key: str = "Tab") -> None:
        """Tab to the first control that matches; every stop on the way must be seen."""
        for _ in range(FAR):
            self.page.keyboard.press(key)
            stop = self.page.evaluate(STOP, selector)
            assert stop["wrong"] == "", self.page.url
            if stop["isThere"]:
                return
        raise AssertionError(f"{selector} is not reached on {self.page.url}")

    def touch(self, selector: str, key: str = "Enter") -> None:
        """Tab to a control and press it."""
        self.to(selector)
        self.page.keyboard.press(key)


@pytest.fixture
def keys(chromium: Browser, real: Running) -> Iterator[Keys]:
    with chromium.new_context(viewport=PHONE) as context:
        yield Keys(context.new_page(), real.address)


def test_choose_a_language_read_and_call(keys: Keys) -> None:
    """From the list of languages to a page about pay, by way of another language, and to a number."""
    keys.open("/")
    keys.touch(".tongues a[href='es/']")
    keys.page.wait_for_url("**/es/")
    keys.touch(".languages summary")
    keys.touch(".languages a[href='../en/']")
    keys.page.wait_for_url("**/en/")
    keys.to("a[href^='tel:']")
    keys.touch(".doors a[href*='numbers']")
    keys.page.wait_for_url("**/w/numbers/")
    keys.to(".call a[href^='tel:']")


def test_skip_to_the_text_and_leave(keys: Keys) -> None:
    """The first two stops of every page; both are seen while they have the focus."""
    keys.open("/en/w/farm/")
    keys.touch(".skip[href='#main']")
    keys.to("#main a, #main summary, #main button")
    keys.open("/en/w/farm/")
    keys.touch(".skip[href='#units']")
    expect(keys.page.locator("#units")).to_be_visible()
    expect(keys.page.locator("#page")).to_have_count(0)
    keys.to("#units input")


def test_keep_test_and_remove(keys: Keys) -> None:
    """Asked first, kept, read again, removed: the focus goes where the next question is."""
    keys.open("/en/")
    keys.touch("[data-do=ask]")
    expect(keys.page.locator("[data-do=keep]")).to_be_focused()
    keys.page.keyboard.press("Enter")
    keys.page.locator("section.keep[data-state=kept]").wait_for(timeout=120_000)
    keys.touch("[data-when='kept numbers'] a")
    keys.page.wait_for_url("**/ready/")
    keys.touch("[data-do=test]")
    keys.page.locator("section.keep[data-state=sound]").wait_for()
    keys.touch("[data-do=ask]")
    expect(keys.page.locator("[data-when=removing]")).to_be_focused()
    keys.touch("[data-do=remove]")
    expect(keys.page.locator("[data-when=removed]")).to_be_focused()


def test_search(keys: Keys) -> None:
    """Write, load, and open what is found."""
    keys.open("/en/")
    keys.to("#search")
    keys.page.keyboard.type("passport")
    keys.touch("[data-when=size] button")
    keys.page.locator(".results a").first.wait_for()
    keys.to(".results a")
    keys.page.keyboard.press("Enter")
    keys.page.wait_for_url("**/w/**")


def test_talk_and_hand_over(keys: Keys) -> None:
    """A language, cards, an answer; then the phone goes to the worker and comes back."""
    keys.open("/en/o/")
    keys.touch(".bar__call")
    keys.page.wait_for_url("**/talk/")
    keys.touch(".tongues--talk a[href*='/ar/']")
    expect(keys.page.locator("[data-part=unchecked]")).to_be_focused()
    keys.touch("[data-do=understood]")
    keys.touch("#A8 [data-answer=no] button")
    expect(keys.page.locator("#A8 [data-answer=no] button")).to_have_attribute("aria-pressed", "true")
    keys.touch("[data-deck=path]")
    keys.touch("[data-part=tools] [data-do=next]")
    keys.touch("[data-part=tools] [data-do=hand]")
    expect(keys.page.locator("[data-part=hand-before]")).to_be_focused()
    keys.touch("[data-do=hand-show]")
    keys.touch("[data-part=hand-tools] [data-do=next]")
    keys.touch("[data-answer=dont-know] button")
    keys.touch("[data-do=hand-done]")
    keys.touch("[data-part=hand-answers] button")
    keys.touch("[data-do=hand-give]")
    expect(keys.page.locator("[data-do=hand-back]")).to_be_focused()
    keys.page.keyboard.press("Enter")
    expect(keys.page.locator("[data-part=answered]")).to_be_focused()
    keys.touch("[data-do=clear]")
    keys.touch("[data-do=understood]")
    expect(keys.page.locator("#A6")).to_be_focused()
    keys.touch("[data-do=cover]")
    keys.touch("[data-do=uncover]")


def test_tick_signs_and_clear_them(keys: Keys) -> None:
    """A sign is opened and ticked; the list under the signs is reached, and cleared."""
    keys.open("/en/o/agriculture/")
    keys.touch(".tick input", "Space")
    keys.touch(".signs summary")
    expect(keys.page.locator(".signs details[open]")).to_have_count(1)
    keys.touch("#touched [data-do=clear]")
    expect(keys.page.locator("#touched [data-do=really]")).to_be_focused()
    keys.page.keyboard.press("Enter")
    expect(keys.page.locator("#touched [data-when=cleared]")).to_be_focused()


def test_night(keys: Keys) -> None:
    """The button that changes the look is a stop like any other."""
    keys.open("/ar/")
    keys.touch("[data-module=night]", "Space")
    expect(keys.page.locator("html.night")).to_have_count(1)
