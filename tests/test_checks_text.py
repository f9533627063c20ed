"""What may stand in a text: no fact typed by hand, no unknown placeholder, no HTML, one idea."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldguide.checks.finding import Finding, Rule
from fieldguide.checks.text import LIMIT, fold, iter_entered_faults, iter_own_faults, iter_text_faults

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


WRITE = {PHONE: "write {phone.<contact>}", URL: "write a fact", MAIL: "write a fact"}


def typed(fault: str, found: str) -> tuple[Rule, str, dict[str, str]]:
    return Rule.TYPED, f"{fault} ({found!r}); {WRITE.get(fault, 'write {fact.<id>}')}", {"found": found}


def hidden(code: str) -> tuple[Rule, str, dict[str, str]]:
    return Rule.HIDDEN, f"the invisible character {code} has no place in a text; remove it", {"found": code}


def told(faults: Iterable[Finding]) -> list[tuple[Rule, str, dict[str, str]]]:
    return [(fault.rule, str(fault), dict(fault.values)) for fault in faults]


BRACE = (Rule.BRACE, "a brace without its partner; a placeholder is written {names.osha}", {})
LINK = (Rule.LINK, "a malformed link; it is written [words](worker/help)", {})
LONG = (Rule.LONG, "301 characters; at most 300: one idea a unit", {})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (" \n", [(Rule.EMPTY, "the text is empty; write it", {})]),
        ("x" * 301, [LONG]),
        ("{" * 301, [LONG]),
        ("a\u200bb\u202e", [hidden("U+200B"), hidden("U+202E")]),
        ("a\u0007", [hidden("U+0007")]),
        ("e\u0301", [(Rule.COMPOSED, "not in Unicode's usual form (NFC); `translations fmt` mends it", {})]),
        ("＜b", [(Rule.HTML, "HTML has no place in a text; use **strong**, *em* or [text](page)", {})]),
        (
            "{nope} {fact.rate} {nay}",
            [
                (
                    Rule.PLACEHOLDER,
                    f"unknown placeholder {name}; add it to facts.toml or mend its spelling",
                    {"found": name},
                )
                for name in ("{nope}", "{nay}")
            ],
        ),
        (
            "[a](worker/gone) [b](worker/start)",
            [
                (
                    Rule.PAGE,
                    "links to a page that does not exist: worker/gone; write an id such as worker/help",
                    {"found": "worker/gone"},
                )
            ],
        ),
        ("{x", [BRACE]),
        ("x}", [BRACE]),
        ("[a](b", [LINK]),
        ("[a](https://x", [typed(URL, "https:")]),
        ("[a](b 911", [typed(PHONE, "911"), LINK]),
    ],
)
def test_a_fault_has_its_rule_and_what_it_names(text: str, found: list[tuple[Rule, str, dict[str, str]]]):
    """The sentence for those who work on the files; the rule and the values for the workbench, in other languages."""
    assert told(iter_text_faults(text, KNOWN, PAGES)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("911 212-555-0142", [typed(PHONE, "911 212-555-0142")]),
        ("1234567", [typed(PHONE, "1234567")]),
        ("Doors 123456", [typed(PHONE, "123456")]),
        ("1-23-45", [typed(PHONE, "1-23-45")]),
        ("1-2-34", []),
        ("9.1.1", [typed(PHONE, "9.1.1")]),
        ("9 1 12", []),
        ("1-800-x", [typed(PHONE, "1-800-")]),
        ("21-800-x", []),
        ("No 1,2,3,4,5,6,7!", [typed(PHONE, "1,2,3,4,5,6,7")]),
        ("1_2_3_4_5_6_7", [typed(PHONE, "1_2_3_4_5_6_7")]),
        ("1,2,3,4,5,6", []),
        ("1 ; 2 ; 3 ; 4 ; 5 ; 6 ; 7", []),
        ("1a2b3c4d5e6f7", []),
        ("1 or 2 or 3, then 12345", [typed(PHONE, "12345")]),
        ("９１１ ①②③④⑤⑥⑦", [typed(PHONE, "９１１ ①②③④⑤⑥⑦")]),
        ("See my-site.org/x or b.gov", [typed(URL, "my-site.org")]),
        ("help.gov", [typed(URL, "help.gov")]),
        ("t.me, at.me", [typed(URL, "t.me")]),
        ("Note:this at.me data: x", []),
        ("a @ b", []),
        ("Of 1999", [typed(YEAR, "1999")]),
        ("１９９９", [typed(YEAR, "１９９９")]),
        ("1899 or 3000, or 12024", [typed(PHONE, "12024")]),
        ("§ 5 of 12 USC 4", [typed(STATUTE, "§")]),
        ("Say 12 usc 4", [typed(STATUTE, "12 usc")]),
        ("12 USC", [typed(STATUTE, "12 USC")]),
        ("5 US dollars", [typed(MONEY, "5 US dollars")]),
        ("In usd, 5 dollars", [typed(MONEY, "usd")]),
        ("Pay in USD.", [typed(MONEY, "USD")]),
        ("Pay in usd", [typed(MONEY, "usd")]),
        ("Go to WWW. Now", [typed(URL, "WWW.")]),
        ("555{fact.rate}0142", [typed(PHONE, "555 0142")]),
        ("usdx, five dollars", []),
    ],
)
def test_a_typed_fact_is_told_as_it_stands(text: str, found: list[tuple[Rule, str, dict[str, str]]]):
    """The whole of it, with its first figure and its first letter; what is one figure short of a number is none."""
    assert told(iter_text_faults(text, KNOWN, PAGES)) == found


def looks(found: str) -> tuple[Rule, str, dict[str, str]]:
    return Rule.HOST, f"{found!r} looks like an address; write a fact", {"found": found}


def spelled(found: str) -> tuple[Rule, str, dict[str, str]]:
    return Rule.SPELLED, f"a number in words: {found}; write {{phone.<contact>}}", {"found": found}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Look at m.me/x", [looks("m.me/x")]),
        ("See help.gov m.me/x", [typed(URL, "help.gov")]),
        ("{nope m.me/y", [BRACE, looks("m.me/y")]),
        (
            "{nope} [a](worker/start) or telegram",
            [
                (
                    Rule.PLACEHOLDER,
                    "unknown placeholder {nope}; add it to facts.toml or mend its spelling",
                    {"found": "{nope}"},
                )
            ],
        ),
        ("nine, five. Two and three", [spelled("nine five two three")]),
        ("[two three](worker/start) four", [spelled("two three four")]),
        ("two three {fact.rate} four", [spelled("two three four")]),
        ("two three or four", []),
        ("two three", []),
        ("Read it on www or telegram", []),
        ("two 3 four five", []),
        ("dos tres cuatro", []),
        ("x" * 301 + " two three four m.me", [(Rule.LONG, "321 characters; at most 300: one idea a unit", {})]),
    ],
)
def test_a_text_without_its_english_is_read_for_addresses_and_numbers(
    text: str, found: list[tuple[Rule, str, dict[str, str]]]
):
    """Our own words and an agency's: nothing beside them tells which number belongs there."""
    assert told(iter_own_faults(text, KNOWN, PAGES)) == found


def test_limit_and_script_are_those_of_the_text():
    """A longer text may be allowed, a shorter one asked for; what is hidden in English belongs into Arabic."""
    assert told(iter_own_faults("x" * 400, KNOWN, PAGES, limit=None)) == []
    assert told(iter_own_faults("x" * 11, KNOWN, PAGES, limit=10)) == [
        (Rule.LONG, "11 characters; at most 10: one idea a unit", {})
    ]
    assert told(iter_own_faults("a\u200cb", KNOWN, PAGES, "Arab")) == []
    assert told(iter_own_faults("看dot com", KNOWN, PAGES, "Hans")) == [looks("dot com")]
    assert told(iter_own_faults("看twothreefour", KNOWN, PAGES, "Hans")) == [spelled("two three four")]
    assert told(iter_own_faults("看dot com, twothreefour", KNOWN, PAGES)) == []
    assert told(iter_own_faults("a\u200cb", KNOWN, PAGES)) == [hidden("U+200C")]
    assert told(iter_text_faults("x" * 301, KNOWN, PAGES, limit=None)) == []


UNSEEN = (Rule.EMPTY, "nothing of the text can be seen; write words", {})


@pytest.mark.parametrize(
    ("text", "script", "found"),
    [
        ("Since 1999, 12 USC 3, $5", "Latn", []),
        ("Call 911", "Latn", [typed(PHONE, "911")]),
        ("x" * 296 + " 911", "Latn", [typed(PHONE, "911")]),
        (
            "{phone.line}",
            "Latn",
            [
                (
                    Rule.PLACEHOLDER,
                    "unknown placeholder {phone.line}; add it to facts.toml or mend its spelling",
                    {"found": "{phone.line}"},
                )
            ],
        ),
        (
            "[a](worker/start)",
            "Latn",
            [
                (
                    Rule.PAGE,
                    "links to a page that does not exist: worker/start; write an id such as worker/help",
                    {"found": "worker/start"},
                )
            ],
        ),
        ("a.com and b@c", "Latn", [typed(URL, "a.com"), typed(MAIL, "b@c")]),
        ("m.me/x", "Latn", [looks("m.me/x")]),
        ("\u200b", "Latn", [hidden("U+200B"), UNSEEN]),
        ("\u200bx", "Latn", [hidden("U+200B")]),
        ("\u200c", "Arab", [UNSEEN]),
        ("—", "Latn", [UNSEEN]),
        ("\u0301", "Latn", [UNSEEN]),
        ("7", "Latn", []),
        ("~!", "Latn", []),
        ("  ", "Latn", [(Rule.EMPTY, "the text is empty; write it", {})]),
        ("x" * 301, "Latn", [LONG]),
        ("9" * 301, "Latn", [LONG]),
    ],
)
def test_words_about_oneself_may_name_a_year_and_no_number_to_call(
    text: str, script: str, found: list[tuple[Rule, str, dict[str, str]]]
):
    """*Since 1999* is part of a name; a number, an address and what nobody sees are not."""
    assert told(iter_entered_faults(text, script)) == found


def test_figures_and_letters_in_disguise_are_plain_and_as_long():
    """Each letter is one letter again, so that what is found is shown as it stood there."""
    assert fold("①a１ｄ｡²Ⅷ㍐٣五ﬁ") == "1a1d.2Ⅷ㍐3五ﬁ"
    assert fold("①a１ｄ｡²Ⅷ㍐٣五ﬁ五") == "1a1d.2Ⅷ㍐3五ﬁ五"
    assert [fold("五ﬁ"), fold("abc"), fold("")] == ["五ﬁ", "abc", ""]
