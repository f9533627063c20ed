"""*Open now?* is worked out from the phone's clock in the contact's zone; where it cannot be, hours stand alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from fieldguide.site import build_site

from ..conftest import FIXTURE
from ..faults.server import FaultServer
from ..nearby import changed, near_ingredients, shelter
from .conftest import PHONE
from .modules import MODULE
from .store import keep

pytestmark = pytest.mark.browser

NIGHT = [{"byday": "FR-SU", "opens_at": "18:00", "closes_at": "08:00"}]
OPEN = "By this phone's clock, it is open now. On a holiday it can be closed."
CLOSED = "By this phone's clock, it is closed now."


@pytest.fixture(scope="module")
def near(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FaultServer]:
    """A lawyer in office hours and a shelter at night, both in New York."""
    import shutil

    root: Path = tmp_path_factory.mktemp("near") / "guide"
    shutil.copytree(FIXTURE, root)
    night = shelter(hours=None, schedules=NIGHT, timezone="America/New_York")
    server = FaultServer(build_site(near_ingredients(root, changed(), night)))
    yield server
    server.stop()


def card(page: Page, name: str) -> str:
    """What is said of a contact; its hours are always there."""
    item = page.locator("#near li", has=page.get_by_role("heading", name=name))
    expect(item.locator(".hours")).to_be_visible()
    return item.inner_text()


@pytest.mark.parametrize(
    ("now", "lawyer", "bed"),
    [
        ("2026-12-01T14:00:00Z", OPEN, CLOSED),  # Tuesday, 9:00 in New York
        ("2026-12-01T13:59:59Z", CLOSED, CLOSED),
        ("2026-12-01T21:59:59Z", OPEN, CLOSED),
        ("2026-12-01T22:00:00Z", CLOSED, CLOSED),
        ("2027-06-01T13:00:00Z", OPEN, CLOSED),  # summer time
        ("2027-06-01T21:00:00Z", CLOSED, CLOSED),
        ("2026-12-05T15:00:00Z", CLOSED, CLOSED),  # Saturday, 10:00
        ("2026-12-06T04:30:00Z", CLOSED, OPEN),  # Saturday, 23:30
        ("2026-12-07T12:59:00Z", CLOSED, OPEN),  # Monday, 7:59: the night of Sunday, over the end of the week
        ("2026-12-07T13:00:00Z", CLOSED, CLOSED),
    ],
)
def test_open_now_by_the_phones_clock(chromium: Browser, near: FaultServer, now: str, lawyer: str, bed: str) -> None:
    """On a phone whose own zone is another, in winter and in summer, over midnight and over the end of the week."""
    with chromium.new_context(viewport=PHONE, timezone_id="America/Los_Angeles") as context:
        page = context.new_page()
        page.clock.set_fixed_time(now)
        page.goto(near.url("en/w/numbers/"))
        page.wait_for_selector("#near [data-open]:not([hidden])")
        for name, says in (("A lawyer", lawyer), ("A bed for the night", bed)):
            said = card(page, name)
            assert says in said
            assert ({OPEN, CLOSED} - {says}).pop() not in said


@pytest.mark.parametrize("now", ["2026-09-30T14:30:00Z", "1970-01-02T14:30:00Z", "2027-10-04T14:30:00Z"])
def test_a_clock_that_is_wrong_says_nothing(page: Page, near: FaultServer, now: str) -> None:
    """Before the day on which the number was seen, and past its day to look again: hours alone, and the warning."""
    page.clock.set_fixed_time(now)
    page.goto(near.url("en/w/numbers/"))
    expect(page.locator("#near").get_by_text("Check before you rely on it.").first).to_be_visible()
    for name in ("A lawyer", "A bed for the night"):
        assert "this phone's clock" not in card(page, name)
    expect(page.locator("#near .call .number").first).to_be_visible()


@pytest.mark.parametrize(
    "broken",
    [
        "Intl.DateTimeFormat = class { constructor() { throw new RangeError('no such time zone'); } };",
        "Intl.DateTimeFormat.prototype.formatToParts = undefined;",
        "delete globalThis.Intl;",
        "Intl.DateTimeFormat.prototype.formatToParts = () => [['hour', 'x'], ['minute', '1'], ['weekday', 'Tue']]"
        ".map(([type, value]) => ({ type, value }));",
    ],
)
def test_a_browser_without_time_zones_says_nothing(page: Page, near: FaultServer, broken: str) -> None:
    """An old one has no zones, or not this one; the page works all the same."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.clock.set_fixed_time("2026-12-01T14:30:00Z")
    page.add_init_script(broken)
    page.goto(near.url("en/w/numbers/"))
    page.wait_for_function(f"async () => (await {MODULE}('open')).isOpen('0-10', 5)")
    assert "this phone's clock" not in card(page, "A lawyer")
    assert errors == []


def test_midnight_is_hour_0_or_24(page: Page, near: FaultServer) -> None:
    """Browsers differ: Friday, 24:10 is ten past midnight on Friday, when the shelter of Friday night is closed."""
    page.clock.set_fixed_time("2026-12-04T05:10:00Z")
    page.add_init_script(
        "Intl.DateTimeFormat.prototype.formatToParts = () => [['hour', '24'], ['minute', '10'], ['weekday', 'Fri']]"
        ".map(([type, value]) => ({ type, value }));"
    )
    page.goto(near.url("en/w/numbers/"))
    page.wait_for_selector("#near [data-open]:not([hidden])")
    assert CLOSED in card(page, "A bed for the night")


def test_without_scripts_the_hours_stand_alone(chromium: Browser, near: FaultServer) -> None:
    """Nothing is claimed that nobody worked out."""
    with chromium.new_context(viewport=PHONE, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(near.url("en/w/numbers/"))
        said = card(page, "A lawyer")
        assert "Monday – Friday 09:00–17:00" in said
        assert "this phone's clock" not in said


def test_it_changes_while_the_page_is_open(page: Page, near: FaultServer) -> None:
    """Whoever reads on past closing time is told."""
    page.clock.install(time="2026-12-01T21:58:30Z")
    page.goto(near.url("en/w/numbers/"))
    lawyer = page.locator("#near li", has=page.get_by_role("heading", name="A lawyer"))
    expect(lawyer.get_by_text(OPEN)).to_be_visible()
    page.clock.run_for(3 * 60_000)
    expect(lawyer.get_by_text(OPEN)).to_be_hidden()
    expect(lawyer.get_by_text(CLOSED)).to_be_visible()


def test_it_is_said_offline_too(page: Page, near: FaultServer) -> None:
    """From the store, with the network cut."""
    page.goto(near.url("en/"))
    keep(page)
    page.clock.set_fixed_time("2026-12-01T14:30:00Z")
    page.context.set_offline(True)
    page.goto(near.url("en/w/numbers/"))
    page.wait_for_selector("#near [data-open]:not([hidden])")
    assert OPEN in card(page, "A lawyer")
