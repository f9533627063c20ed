"""What the checks find, in the workbench's own words and in its three languages."""

import pytest
from flask import Flask

from fieldguide.checks.finding import Finding, Rule
from fieldguide.interface import interface_units
from fieldguide.workbench.words import TEMPLATES, told, words_language

from .conftest import TITLE, Bench, by_class

CONTENT_ONLY = {Rule.LONG}
"""What no translation is asked."""

VALUES = {"found": "{a.b}", "ours": "", "theirs": "5 6", "term": "pay", "say": "الأجر", "why": "A salary."}


@pytest.fixture
def app(bench: Bench) -> Flask:
    return bench.client.application


def say(app: Flask, words: str, finding: Finding) -> str:
    with app.test_request_context("/"):
        words_language(words)
        return told(finding)


@pytest.mark.parametrize("rule", [rule for rule in Rule if rule not in CONTENT_ONLY])
def test_every_rule_has_words(app: Flask, rule: Rule):
    """In each of the three languages another sentence than that for makers of files, and none of them the same."""
    finding = Finding(rule, "the sentence of the command", **VALUES)
    found = {words: say(app, words, finding) for words in ("en", "es", "ht")}
    assert len({*found.values(), str(finding)}) == 4
    assert all("&" not in sentence for sentence in found.values())


def test_no_words_are_left_over():
    """Each sentence belongs to a rule."""
    ids = {unit.id.removeprefix("workbench.finding.") for unit in interface_units(TEMPLATES) if "finding" in unit.id}
    assert ids == {rule.value for rule in Rule if rule not in CONTENT_ONLY}


def test_what_has_no_words_is_said_as_the_command_says_it(app: Flask):
    """Nothing that was found is kept from anybody."""
    assert say(app, "es", Finding(Rule.LONG, "301 characters < 300")) == "301 characters < 300"


def test_what_is_named_does_not_turn_the_words_around_it(app: Flask):
    """Each part isolated, in brackets of its own; a dash stands for none."""
    finding = Finding(Rule.NUMBERS, "", ours="", theirs="5 6")
    assert "English: \u20685 6\u2069. Here: \u2068–\u2069." in say(app, "en", finding)


def test_a_page_and_its_script_say_the_same(bench: Bench):
    """In the language of whoever works here, with all that was typed kept as text."""
    text = "الأجر <b> https://x.org"
    stamp = {"seen": bench.seen(TITLE)}
    page = bench.post(f"/es/ar/{TITLE}/", do="check", text=text, **stamp)
    assert page.status_code == 422
    found = bench.post(f"/es/ar/{TITLE}/try", text=text).json["faults"]
    assert len(found) > 1
    assert by_class(page.text, "faults") == ["".join(found)]
    assert found[0].startswith("Los paréntesis angulares")
    assert "<b>" not in page.text
