"""The phone in the worker's hand, in a real browser: what the officer gets to see of it, and what nobody does."""

import json

import pytest
from playwright.sync_api import Page, expect

from .conftest import Running
from .store import STORED
from .talk import cards, touch

pytestmark = pytest.mark.browser


def hand(page: Page, how: str) -> None:
    page.locator("[data-deck=needs]").click()
    page.locator("[data-do=hand]").click()
    expect(page.locator("[data-part=hand-before]")).to_be_visible()
    expect(page.locator(".card:visible")).to_have_count(0)
    page.locator(f"[data-do=hand-{how}]").click()


def onward(page: Page) -> None:
    page.locator("[data-part=hand-tools] [data-do=next]").click()


def give_back(page: Page) -> str:
    """Two touches, then what the officer reads."""
    page.locator("[data-do=hand-give]").click()
    expect(page.locator("[data-part=answered]")).to_be_hidden()
    page.locator("[data-do=hand-back]").click()
    expect(page.locator("[data-part=answered]")).to_be_visible()
    return page.locator("[data-part=answered]").inner_text()


def line(told: str, code: str) -> str:
    """What stands behind a card's code."""
    after = told[told.index(f"{code}·") :].splitlines()
    return next(
        text
        for text in (part.split("\u00b7")[-1][4:].strip() if code in part else part.strip() for part in after)
        if text
    )


def test_shown_deleted_refused_and_not_given_answers(page: Page, real: Running) -> None:
    """The officer sees what she let stand; refused, deleted and not given read alike, and mean nothing."""
    cards(page, real)
    hand(page, "show")
    touch(page, "C1", "no")
    touch(page, "C2", "no")
    touch(page, "C3a", "dont-say")
    touch(page, "C3b", "yes")
    page.locator("[data-do=hand-done]").click()
    rows = page.locator("[data-part=hand-answers] li")
    expect(rows).to_have_count(4)
    rows.nth(1).locator("button").click()
    told = give_back(page)
    assert line(told, "C1") == "No"
    assert line(told, "C3b") == "Yes"
    assert line(told, "C2") == line(told, "C3a") == line(told, "C3c") == "Not answered"
    assert "Not answering means nothing." in told
    assert "don't want to say" not in told


def test_only_read_tells_nothing(page: Page, real: Running) -> None:
    """She reads every card, there is no answer to touch, and the officer gets none."""
    cards(page, real)
    hand(page, "read")
    expect(page.locator("#C1 .card__text")).to_be_visible()
    expect(page.locator("#C1 .answers")).to_be_hidden()
    onward(page)
    page.locator("[data-do=hand-done]").click()
    told = give_back(page)
    assert line(told, "C1") == line(told, "C2") == "Not answered"


def test_a_stop_stays_on_her_screen_until_she_lets_it_stand(page: Page, real: Running) -> None:
    """*Yes, I am hurt* ends the cards quietly; what to do now appears to the officer only if she leaves the answer."""
    for keeps in (True, False):
        cards(page, real)
        hand(page, "show")
        touch(page, "C1", "yes")
        expect(page.locator("[data-part=hand-stopped]")).to_be_visible()
        expect(page.locator("[data-part=stopped]")).to_be_hidden()
        if not keeps:
            page.locator("[data-part=hand-answers] button").click()
        give_back(page)
        expect(page.locator("[data-part=stopped]")).to_be_visible(visible=keeps)
        page.goto("about:blank")


def test_a_touched_answer_shows_no_colour_in_her_hand(page: Page, real: Running) -> None:
    """Somebody who looks over her shoulder sees the next card, and on going back no mark."""
    cards(page, real)
    hand(page, "show")
    touch(page, "C1", "no")
    page.locator("[data-part=hand-tools] [data-do=back]").click()
    expect(page.locator("#C1")).to_be_visible()
    assert page.locator("#C1 [aria-pressed=true]").count() == 0
    assert not page.locator("#C1 .card__officer").is_visible()


def test_back_and_reload_stay_in_her_hand(page: Page, real: Running) -> None:
    """The back button shows nothing of the officer's; a reload begins again with the disclosure, and no answer."""
    cards(page, real)
    hand(page, "show")
    touch(page, "C1", "no")
    page.go_back()
    page.wait_for_function("location.hash === '#en.hand'")
    expect(page.locator("[data-part=tools]")).to_be_hidden()
    expect(page.locator(".card__officer:visible")).to_have_count(0)
    page.reload()
    expect(page.locator("[data-part=hand-before]")).to_be_visible()
    page.locator("[data-do=hand-show]").click()
    page.locator("[data-do=hand-done]").click()
    expect(page.locator("[data-part=hand-answers] li")).to_have_count(0)


def test_no_answer_is_in_any_store_address_or_history(page: Page, real: Running) -> None:
    """Before, while and after: the phone keeps nothing of what was touched."""
    cards(page, real)
    before = json.loads(page.evaluate(STORED))
    hand(page, "show")
    touch(page, "C1", "no")
    page.locator("[data-do=hand-done]").click()
    during = json.loads(page.evaluate(STORED))
    give_back(page)
    after = json.loads(page.evaluate(STORED))
    address = f"{real.address}/ar/cards/#en"
    assert (before[4], during[4], after[4]) == (address, f"{address}.hand", address)
    assert (
        [*before[:4], *before[5:]]
        == [*during[:4], *during[5:]]
        == [*after[:4], *after[5:]]
        == [[], [], "", None, [], []]
    )
    page.locator("[data-do=clear]").click()
    expect(page.locator("[data-part=unchecked]")).to_be_visible()  # and nothing confirmed for her stays for the next
    assert page.locator(".answers button[aria-pressed=true]").count() == 0


def test_cover_covers_the_answers_too(page: Page, real: Running) -> None:
    """Cover is pressed because somebody comes: nothing but heat and water stays."""
    cards(page, real)
    hand(page, "show")
    touch(page, "C1", "no")
    page.locator("[data-do=hand-done]").click()
    give_back(page)
    page.locator("[data-do=cover]").click()
    expect(page.locator("[data-part=answered]")).to_be_hidden()
    expect(page.locator("p.draft:visible")).to_have_count(0)
    page.locator("[data-do=uncover]").click()
    expect(page.locator("[data-part=answered]")).to_be_visible()


def given_back(page: Page, real: Running, how: str) -> tuple[str, int]:
    """What the officer's screen says, and how many cards it shows, after one way of not answering."""
    cards(page, real)
    hand(page, "read" if how == "read" else "show")
    if how == "read":
        onward(page)
        page.locator("[data-do=hand-done]").click()
    elif how == "stop":
        onward(page)
        onward(page)
        touch(page, "C3a", "stop")
    else:
        touch(page, "C1", "yes")
        page.locator("[data-part=hand-answers] button").click()
    told = give_back(page)
    found = told, page.locator(".card:visible").count()
    page.goto("about:blank")
    return found


def test_the_officer_cannot_tell_how_she_did_not_answer(page: Page, real: Running) -> None:
    """Only read, stopped at the third card, or a *yes* deleted: the same words, and no card that gives it away."""
    read, stop, deleted = (given_back(page, real, how) for how in ("read", "stop", "delete"))
    assert read == stop == deleted
    assert read[1] == 0


@pytest.mark.parametrize("deck", ["daily", "needs"])
def test_no_officers_word_is_in_her_hand(page: Page, real: Running, deck: str) -> None:
    """Neither gates nor stop screens of the officer's side, also after a reload and with the box ticked."""
    cards(page, real)
    page.locator(f"[data-deck={deck}]").click()
    if deck == "daily":
        expect(page.locator("[data-do=hand]")).to_be_hidden()  # not before the officer opened these cards
        page.locator("[data-do=open]").click()
    page.locator("[data-do=hand]").click()
    page.reload()
    for step in ("hand-show", "next", "next", "hand-done"):
        page.locator(f"[data-do={step}]:visible").click()
        expect(page.locator(".o:visible")).to_have_count(0)


def test_what_to_do_now_is_what_the_officer_sees_first(page: Page, real: Running) -> None:
    """After an answer that stops and was left standing."""
    cards(page, real)
    hand(page, "show")
    touch(page, "C1", "yes")
    give_back(page)
    expect(page.locator("[data-part=stopped] h2")).to_be_in_viewport()


def test_under_18_told_in_her_hand_cannot_be_unticked(page: Page, real: Running) -> None:
    """The notice stands there, the box shows it, and no touch lifts it."""
    cards(page, real)
    page.locator("[data-deck=needs]").click()
    page.locator("[data-do=hand]").click()
    page.locator("[data-do=hand-show]").click()
    while not page.locator("#C8").is_visible():
        onward(page)
    touch(page, "C8", "yes")
    give_back(page)
    expect(page.locator("[data-part=young]")).to_be_visible()
    box = page.locator("input[data-do=young]")
    expect(box).to_be_checked()
    expect(box).to_be_disabled()


def test_a_double_touch_answers_one_card(page: Page, real: Running) -> None:
    """A trembling hand gives no answer to the next question."""
    cards(page, real)
    hand(page, "show")
    page.locator("#C1 [data-answer=no] button").dblclick()
    expect(page.locator("#C2")).to_be_visible()
    page.locator("[data-do=hand-done]").click()
    expect(page.locator("[data-part=hand-answers] li")).to_have_count(1)


def test_leave_in_her_hand_leaves(page: Page, real: Running) -> None:
    """The plain page stands there, the address says so, and her answers are gone."""
    cards(page, real)
    hand(page, "show")
    touch(page, "C1", "no")
    page.locator(".bar__leave").click()
    expect(page.locator("#units")).to_be_visible()
    assert page.url.endswith("#units")
    assert page.locator(".answers button[aria-pressed=true]").count() == 0
    page.reload()
    expect(page.locator("#units")).to_be_visible()


def test_no_number_dials_from_her_hand(page: Page, real: Running) -> None:
    """A touch on the number shows nothing of hers to anyone and calls nobody."""
    cards(page, real)
    page.locator("[data-deck=close]").click()
    page.locator("[data-do=hand]").click()
    assert page.locator(".card a[href]").count() == 0
