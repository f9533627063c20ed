"""Whatever is typed, the page beside the sentence answers: with the sentence in its place, or with what is wrong."""

import pytest

from .conftest import HERE, LAW, LINE, RATE, TITLE, Bench

TEXTS = (
    *("{x}", "{", "}", "{}", "{x", "x}", "{{ 7 * 7 }}", "{x.y}", "{0}", "{x!r}", "{x:>9999999}", "%(x)s", "%s", "%"),
    *("{fact.none}", "{phone.none}", "{sms.none}", "{names.none}", "{language}", "{minutes}", "{code}"),
    *("{fact.since}", "{fact.act}", "{names.line}", "{phone.line}", "{fact.act} {fact.act} {fact.since}"),
    *("*", "**", "*x", "[x](y)", "[x](", "[x](worker/none)", "[x](worker/pay)", "[](worker/pay)", "[[x](y)](z)"),
    *("<b>", "</main><script>", "&lt;", "\0", "\u202e", "\ufffd", "أ" * 5000, "\n\n", " "),
)
UNITS = {
    LAW: "ar/o/farm/",
    LINE: "ar/",
    RATE: "ar/w/money/",
    TITLE: "ar/w/money/",
    "ui.leave": "ar/w/money/",
    "ui.vital.draft-machine": "ar/w/money/",
    "names.line": "ar/",
    "no.such.unit": "ar/about/",
}
"""Sentences with and without placeholders and links, words of the program, a name, none; with a page that has it."""


@pytest.mark.parametrize("unit_id", UNITS)
def test_every_text_is_answered(bench: Bench, unit_id: str) -> None:
    """With the page, or with lines that name the file, what is wrong and the sentence."""
    for text in TEXTS:
        asked = {"lit": unit_id, "text": text}
        answer = bench.client.get(f"/guide/{UNITS[unit_id]}", base_url=HERE, query_string=asked)
        assert answer.status_code in (200, 422), text
        if answer.status_code == 422:
            assert answer.mimetype == "text/plain"
            for line in answer.text.splitlines():
                assert line.startswith("translations/ar/messages.po: "), line
                assert line.endswith(f" of the English; take it out [{unit_id}]"), line


def test_all_that_is_wrong_is_told_at_once(bench: Bench) -> None:
    """Each placeholder and link that the English does not have, once; what it has is no fault, also when half is
    missing."""
    asked = {"lit": LAW, "text": "{x} {x} {fact.act} {y} [z](worker/none)"}
    answer = bench.client.get("/guide/ar/o/farm/", base_url=HERE, query_string=asked)
    assert [line.split(": ", 1)[1].split(" is ")[0] for line in answer.text.splitlines()] == [
        "{x}",
        "{y}",
        "(worker/none)",
    ]
    asked["text"] = "{fact.act} {"
    assert bench.client.get("/guide/ar/o/farm/", base_url=HERE, query_string=asked).status_code == 200
