"""What may stand in a text: no fact typed by hand, no unknown placeholder, no HTML, one idea."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldguide.checks.text import LIMIT, iter_text_faults

KNOWN = frozenset({"fact.rate", "phone.line", "names.office"})
PAGES = frozenset({"worker/start", "officer/farm"})


def faults(text: str) -> list[str]:
    return list(iter_text_faults(text, KNOWN, PAGES))


@pytest.mark.parametrize(
    "text",
    [
        "Speak **apart**. Call {phone.line} or {names.office}.",
        "You get at least {fact.rate}, *always*.",
        "See [the farm page](officer/farm).",
        "Work of 12 hours on 7 days, 40 people in 2 rooms.",
        "Q'anjob'al & K'iche': \"good morning\"",
        "اتصل بالرقم {phone.line}.",
        "Room 101, door 3-4, 10 000 trees",
        "e.g. at night",
        "x" * LIMIT,
    ],
)
def test_good_text_has_no_fault(text: str):
    """Ordinary words, small numbers, known placeholders and links to pages pass."""
    assert faults(text) == []


PHONE = "a phone number is typed into the text"
URL = "a web address is typed into the text"
MAIL = "an e-mail address is typed into the text"
STATUTE = "a statute number is typed into the text"
YEAR = "a year is typed into the text"
MONEY = "an amount of money is typed into the text"


@pytest.mark.parametrize(
    ("text", "fault", "found", "remedy"),
    [
        ("Call 1-212-555-0142 now.", PHONE, "1-212-555-0142", "write {phone.<contact>}"),
        ("Call (212) 555-0142.", PHONE, "212) 555-0142", "write {phone.<contact>}"),
        ("Call 212.555.0142.", PHONE, "212.555.0142", "write {phone.<contact>}"),
        ("Call +1 212 555 0142.", PHONE, "1 212 555 0142", "write {phone.<contact>}"),
        ("Call 2125550142.", PHONE, "2125550142", "write {phone.<contact>}"),
        ("Call 212\u2011555\u20110142.", PHONE, "212\u2011555\u20110142", "write {phone.<contact>}"),
        ("Call 555-0142.", PHONE, "555-0142", "write {phone.<contact>}"),
        ("Call 911.", PHONE, "911", "write {phone.<contact>}"),
        ("اتصل ٢١٢-٥٥٥-٠١٤٢.", PHONE, "٢١٢-٥٥٥-٠١٤٢", "write {phone.<contact>}"),
        ("See https://code.example/act", URL, "https:", "write a fact"),
        ("See HTTP://CODE", URL, "HTTP:", "write a fact"),
        ("See www.example", URL, "www.", "write a fact"),
        ("See dol.gov/whd", URL, "dol.gov", "write a fact"),
        ("See [x](https://a)", URL, "https:", "write a fact"),
        ("Write to help@test", MAIL, "p@t", "write a fact"),
        ("Since 2024.", YEAR, "2024", "write {fact.<id>}"),
        ("The law of 1938 says", YEAR, "1938", "write {fact.<id>}"),
        ("22 U.S.C. 7102", STATUTE, "22 U.S.C", "write {fact.<id>}"),
        ("22 USC 7102", STATUTE, "22 USC", "write {fact.<id>}"),
        ("18 u.s.c. 1589", STATUTE, "18 u.s.c", "write {fact.<id>}"),
        ("8 CFR 214", STATUTE, "8 CFR", "write {fact.<id>}"),
        ("29 C.F.R. 500", STATUTE, "29 C.F.R", "write {fact.<id>}"),
        ("You get $7.25.", MONEY, "$7", "write {fact.<id>}"),
        ("You get $ 15.", MONEY, "$ 1", "write {fact.<id>}"),
    ],
)
def test_typed_fact_is_named_with_what_to_write(text: str, fault: str, found: str, remedy: str):
    """A fact typed by hand is one fault: what it is, the very characters, and what to write instead."""
    assert faults(text) == [f"{fault} ({found!r}); {remedy}"]


@pytest.mark.parametrize(
    ("text", "fault", "remedy"),
    [
        ("", "the text is empty", "write it"),
        (" \n ", "the text is empty", "write it"),
        ("x" * (LIMIT + 1), f"{LIMIT + 1} characters", f"at most {LIMIT}"),
        ("<b>now</b>", "HTML has no place in a text", "use **strong**"),
        ("a > b", "HTML has no place in a text", "use **strong**"),
        ("&#60;", "HTML has no place in a text", "use **strong**"),
        ("Call {phone.line", "a brace without its partner", "a placeholder is written {names.osha}"),
        ("Call phone.line}", "a brace without its partner", "a placeholder is written {names.osha}"),
        ("Call {{phone.line}}", "a brace without its partner", "a placeholder is written {names.osha}"),
        ("Call {phone.lien}.", "unknown placeholder {phone.lien}", ";"),
        ("Call {}.", "unknown placeholder {}", ";"),
        ("Call { phone.line }.", "unknown placeholder { phone.line }", ";"),
        ("See [it](worker/gone).", "links to a page that does not exist: worker/gone", ";"),
        ("See [it](farm).", "links to a page that does not exist: farm", ";"),
    ],
)
def test_fault_is_named_with_its_remedy(text: str, fault: str, remedy: str):
    """Each fault is one sentence: what is wrong, then, after a semicolon, what mends it."""
    (found,) = faults(text)
    assert found.startswith(fault)
    assert remedy in found
    assert ";" in found


def test_placeholder_is_not_mistaken_for_a_fact():
    """The name of a placeholder is no text: a year or an address in a name is no typed fact."""
    known = {"fact.act-2024", "names.dol.gov"}
    assert list(iter_text_faults("By {fact.act-2024} of {names.dol.gov}.", known, ())) == []


def test_all_faults_of_a_text_come_at_once():
    """A text with many faults shows each of them in one run."""
    found = faults("<b>{x} [y](z) 911 www.a b@c 22 USC 1 in 2024 for $5 {")
    assert len(found) == 10
    assert {fault.partition(" ")[0] for fault in found} == {"HTML", "unknown", "links", "a", "an"}


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.text(), st.from_regex(r"[2-9]\d{2}[-. ]\d{3}[-. ]\d{4}", fullmatch=True), st.text())
def test_phone_number_is_found_anywhere(before: str, number: str, after: str):
    """No text around a phone number hides it, except the braces of a placeholder."""
    text = (before + number + after).replace("{", "").replace("}", "")
    assert any(PHONE in fault for fault in faults(text))


@pytest.mark.parametrize(
    "text",
    [
        "Text 55501 now",
        "Call 212*555*0142",
        "Call 212/555/0142",
        "Call 212\u200b555\u200b0142",
        "Read \u202eback",
        "\ufeffx",
    ],
)
def test_numbers_in_disguise_and_invisible_characters_are_named(text: str) -> None:
    """A short code, odd separators, zero-width or direction-turning characters cannot smuggle a number in."""
    assert list(iter_text_faults(text, frozenset(), frozenset()))
