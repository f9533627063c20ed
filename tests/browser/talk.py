"""The cards between an officer and a worker, as tests touch them."""

from playwright.sync_api import Page

from .conftest import Running


def cards(page: Page, real: Running, tag: str = "ar", officer: str = "en") -> Page:
    """The cards of a language, past the step that says nobody checked them."""
    page.goto(f"{real.address}/{tag}/cards/#{officer}")
    page.locator("[data-do=understood]").click()
    return page


def show(page: Page, code: str) -> None:
    """Go to one card as an officer does: its deck, then next."""
    deck = page.evaluate("(code) => document.getElementById(code).closest('.deck').id", code)
    page.locator(f"[data-deck={deck}]").click()
    if page.locator("[data-part=better]").is_visible():
        page.locator("[data-do=open]").click()
    while not page.locator(f"#{code}").is_visible():
        page.locator("[data-part=tools] [data-do=next]").click()


def touch(page: Page, code: str, answer: str) -> None:
    page.locator(f"#{code} [data-answer={answer}] button").click()
