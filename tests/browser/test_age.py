"""Past their date, law and immigration texts fold behind a warning, offline too; numbers stay and get theirs."""

import pytest
from playwright.sync_api import Page, expect

from ..faults.server import FaultServer
from .modules import MODULE
from .store import keep

pytestmark = pytest.mark.browser

AGE = f"async (day) => (await {MODULE}('age')).age(document, day)"


@pytest.mark.parametrize(
    ("day", "past"),
    [("2026-06-01", False), ("2027-01-01", False), ("2027-01-02", True), ("2026-01-01", True), ("1970-01-01", True)],
)
def test_law_folds_past_its_date_and_at_a_clock_before_its_sources(
    page: Page, server: FaultServer, day: str, past: bool
) -> None:
    """The fixture's law is to be looked at again by 1 Jan 2027; its sources end on 2 Jan 2026."""
    page.add_init_script(
        f"Date = class extends Date {{ constructor(...a) {{ super(...(a.length ? a : ['{day}T12:00:00'])); }} }}"
    )
    page.goto(server.url("en/o/farm/"))
    expect(page.locator("#what details.aged")).to_have_count(1 if past else 0)
    law = page.locator("#what [data-ages]").first
    report = page.get_by_text("Reports say so.")
    expect(report).to_be_visible()
    if past:
        expect(law.locator("summary")).to_have_text("Out of date since January 1, 2027. Call a free lawyer first.")
        expect(law.locator(".aged__text")).to_be_hidden()
        law.locator("summary").click()
    expect(law).to_contain_text("The law is")
    if past:
        expect(law.locator(".aged__text")).to_be_visible()


def test_a_number_never_folds(page: Page, server: FaultServer) -> None:
    """Past its date a number stays on the screen, can be dialed, and says *check before you rely on it*."""
    page.clock.set_fixed_time("2026-06-01T12:00:00")
    page.goto(server.url("en/o/"))
    warning = page.get_by_text("Check before you rely on it.")
    expect(warning).to_be_hidden()
    page.evaluate(AGE, "2027-06-01")
    expect(warning).to_be_visible()
    expect(page.locator(".call .number")).to_be_visible()
    page.goto(server.url("en/w/money/"))
    page.evaluate(
        """() => {
          const main = document.querySelector("main");
          main.dataset.from = "2026-01-01";
          main.dataset.until = "2027-01-01";
          const words = document.createElement("p");
          words.className = "outdated";
          words.textContent = "old";
          main.append(words);
        }"""
    )
    page.evaluate(AGE, "2027-06-01")
    expect(page.locator("#owed .aged__text")).to_be_hidden()
    expect(page.locator("#owed [data-ages] > .number")).to_be_visible()


def test_it_folds_offline_too(page: Page, server: FaultServer) -> None:
    """From the store, with the server gone, on a phone whose clock is years ahead."""
    page.goto(server.url("en/o/"))
    keep(page)
    server.stop()
    page.clock.set_fixed_time("2030-01-01T12:00:00")
    page.goto(server.url("en/o/farm/"))
    expect(page.locator("details.aged")).to_have_count(1)
