"""Checks of translations against the English they translate."""

from dataclasses import replace
from pathlib import Path

import pytest

from fieldguide.catalog import Entry
from fieldguide.checks.finding import Rule
from fieldguide.checks.translations import Gate, check_translations, iter_faults, iter_objections
from fieldguide.ingredients import Ingredients
from fieldguide.interface import interface_units
from fieldguide.items import Tier, Unit
from fieldguide.languages import Language
from fieldguide.model import iter_units
from fieldguide.problems import Problem
from fieldguide.review import Role
from fieldguide.sync import sync

from .conftest import edit, fixture_ingredients

AR = "translations/ar/messages.po"
RATE = "worker.pay.owed.rate"
DIFFER = "the placeholders differ from the English: "
PHONE = "a phone number is typed into the text "
WHOLE = "تحصل على {fact.rate} على الأقل. اتصل بالرقم {phone.line}."


def check(ingredients: Ingredients) -> list[Problem]:
    units = (*interface_units(), *iter_units(ingredients.guide))
    return list(check_translations(ingredients.guide, units, ingredients.registry, ingredients.catalogs))


def problems(guide_copy: Path) -> list[Problem]:
    return check(fixture_ingredients(root=guide_copy))


def test_tiny_guide_is_good(ingredients: Ingredients):
    """The catalogs that every other test breaks have no problem themselves."""
    assert check(ingredients) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "اتصل بالرقم {phone.line}.",
            DIFFER + "['phone.line'] for ['fact.rate', 'phone",
        ),
        (
            WHOLE + " {phone.line}",
            DIFFER + "['fact.rate', 'phone.line', 'phone.line']",
        ),
        (
            WHOLE.replace("phone.line", "phone.emergency"),
            DIFFER + "['fact.rate', 'phone.emergency'] for ['fact.rate', 'phone.line']",
        ),
        (WHOLE + " [الأجر](worker/pay)", "the links differ from the English; keep each page id as it is"),
        (
            WHOLE + " 1-212-555-0142",
            PHONE + "('1-212-555-0142'); write {phone.<contact>}",
        ),
        (WHOLE + " ٢١٢-٥٥٥-٠١٤٢", PHONE + "('٢١٢-٥٥٥-٠١٤٢'); write {phone.<contact>}"),
        (WHOLE + " 911", PHONE + "('911'); write {phone.<contact>}"),
        (WHOLE + " www.example", "a web address is typed into the text ('www.'); write a fact"),
        (WHOLE + " a@b", "an e-mail address is typed into the text ('a@b'); write a fact"),
        (WHOLE + " 2024", "a year is typed into the text ('2024'); write {fact.<id>}"),
        (WHOLE + " 22 USC 7102", "a statute number is typed into the text ('22 USC'); write {fact.<id>}"),
        (WHOLE + " $7", "an amount of money is typed into the text ('$7'); write {fact.<id>}"),
        (WHOLE + " <b>", "HTML has no place in a text; use **strong**, *em* or [text](page)"),
        (WHOLE + " {", "a brace without its partner; a placeholder is written {names.osha}"),
    ],
)
def test_faulty_translation_is_named_by_its_unit(guide_copy: Path, text: str, message: str):
    """A translation keeps the placeholders and links of its English, and has no fact typed by hand."""
    edit(guide_copy / AR, WHOLE, text)
    found = problems(guide_copy)
    assert {(problem.file, problem.unit) for problem in found} == {(AR, RATE)}
    assert found[0].message.startswith(message)


def test_misspelt_placeholder_is_unknown_and_differs(guide_copy: Path):
    """A translated placeholder name is named itself, next to what the English has."""
    edit(guide_copy / AR, WHOLE, WHOLE.replace("phone.line", "phone.خط"))
    found = problems(guide_copy)
    assert {(problem.file, problem.unit) for problem in found} == {(AR, RATE)}
    assert len(found) == 2
    assert found[0].message.startswith("unknown placeholder {phone.خط}")
    assert found[1].message.startswith(DIFFER + "['fact.rate', 'phone.خط'] for [")


def test_order_of_placeholders_is_free(guide_copy: Path):
    """Another language may say things in another order."""
    edit(guide_copy / AR, WHOLE, "اتصل بالرقم {phone.line}. تحصل على {fact.rate}.")
    assert problems(guide_copy) == []


def test_link_to_another_page_is_a_problem(guide_copy: Path):
    """A translated link leads where the English one leads; one to nowhere is named."""
    english = "For every question. See [the farm page](officer/farm)."
    entry = f'\nmsgctxt "officer.start.call.line"\nmsgid "{english}"\nmsgstr "[المزرعة]({{}})"\n'
    path = guide_copy / AR
    text = path.read_text(encoding="utf-8")
    path.write_text(text + entry.format("officer/farm"), encoding="utf-8")
    assert problems(guide_copy) == []
    path.write_text(text + entry.format("worker/pay"), encoding="utf-8")
    assert [(problem.unit, problem.message) for problem in problems(guide_copy)] == [
        ("officer.start.call.line", "the links differ from the English; keep each page id as it is")
    ]
    path.write_text(text + entry.format("officer/gone"), encoding="utf-8")
    assert [problem.message.partition(":")[0] for problem in problems(guide_copy)] == [
        "links to a page that does not exist",
        "the links differ from the English; keep each page id as it is",
    ]


def test_unknown_unit_id_is_a_problem(guide_copy: Path):
    """An entry for a unit that does not exist would be lost silently; the id and the remedy are named."""
    edit(guide_copy / AR, 'msgctxt "worker.pay.title"', 'msgctxt "worker.pay.titel"')
    assert problems(guide_copy) == [
        Problem(AR, "", "no unit has this id; run sync, or mend the msgctxt", "worker.pay.titel")
    ]


def test_unknown_unit_id_is_a_problem_even_without_text(guide_copy: Path):
    """A misspelt id is found before a translator has written a word for it."""
    with (guide_copy / AR).open("a", encoding="utf-8") as file:
        file.write('\nmsgctxt "worker.gone"\nmsgid "Gone"\nmsgstr ""\n')
    assert [problem.unit for problem in problems(guide_copy)] == ["worker.gone"]


def test_catalog_of_an_unlisted_language_is_a_problem(guide_copy: Path):
    """A folder of translations that no language of the registry reads is named, with what to do."""
    (guide_copy / "translations/fil").rename(guide_copy / "translations/de")
    edit(guide_copy / "translations/de/messages.po", "Language: fil", "Language: de")
    assert problems(guide_copy) == [
        Problem(
            "translations/de/messages.po",
            "",
            "'de' is no language with text; add it to languages.toml or remove the file",
        )
    ]


@pytest.mark.parametrize("status", ["spoken", "source"])
def test_language_without_text_has_no_catalog(guide_copy: Path, status: str):
    """English is the source and a spoken language has no text: neither has a catalog."""
    edit(guide_copy / "content/languages.toml", 'aliases = ["tl"]\nstatus = "help"', f'status = "{status}"')
    (problem,) = problems(guide_copy)
    assert (problem.file, problem.unit) == ("translations/fil/messages.po", "")
    assert problem.message.startswith("'fil' is no language with text; ")


def test_catalog_of_english_is_a_problem(guide_copy: Path):
    """English texts are mended in ``content/``, not in a catalog."""
    (guide_copy / "translations/fil").rename(guide_copy / "translations/en")
    edit(guide_copy / "translations/en/messages.po", "Language: fil", "Language: en")
    assert [problem.file for problem in problems(guide_copy)] == ["translations/en/messages.po"]


def test_untranslated_entry_is_no_problem(guide_copy: Path):
    """An empty translation waits for its translator."""
    edit(guide_copy / AR, f'msgstr "{WHOLE}"', 'msgstr ""')
    assert problems(guide_copy) == []


def test_stale_entry_is_left_alone(guide_copy: Path):
    """An entry of an older English is never shown: it stops no build when a fact it used is renamed."""
    edit(guide_copy / AR, 'msgid "What they must give you."', 'msgid "What {fact.old} must give you since 2019."')
    edit(guide_copy / AR, '"ما يجب أن يعطوك."', '"{fact.old} 2019"')
    assert problems(guide_copy) == []


def test_long_translation_is_no_problem(guide_copy: Path):
    """Other languages need more characters than English for one idea."""
    edit(guide_copy / AR, WHOLE, WHOLE + " كلمة" * 60)
    assert problems(guide_copy) == []


def test_interface_is_checked_with_its_own_placeholders(guide_copy: Path):
    """``{edition}`` is known to the one text that has it, and to no other."""
    entry = '\nmsgctxt "ui.edition"\nmsgid "Edition {edition}."\nmsgstr "الطبعة {edition}."\n'
    with (guide_copy / AR).open("a", encoding="utf-8") as file:
        file.write(entry)
    assert problems(guide_copy) == []
    edit(guide_copy / AR, '"خروج"', '"خروج {edition}"')
    assert {problem.unit for problem in problems(guide_copy)} == {"ui.leave"}


def test_problems_of_all_catalogs_come_at_once(guide_copy: Path):
    """One run shows what every translator has to mend."""
    edit(guide_copy / AR, '"خروج"', '"خروج 911"')
    edit(guide_copy / AR, '"البداية"', '"{names.line}"')
    edit(guide_copy / "translations/mam/messages.po", "Te qe xjel.", "Te <b>qe</b> 2024 xjel.")
    assert {(problem.file, problem.unit) for problem in problems(guide_copy)} == {
        (AR, "ui.leave"),
        (AR, "worker.start.title"),
        ("translations/mam/messages.po", "worker.start.call.line"),
    }


def test_reworded_entry_is_left_alone_after_sync(guide_copy: Path):
    """A text that waits for its new translation is never shown, so it stops no build, whatever the English now has."""
    edit(guide_copy / "content/worker/pay.toml", "You get at least {fact.rate}. Call {phone.line}.", "You get 9 lines.")
    ingredients = fixture_ingredients(root=guide_copy)
    synced = sync(ingredients.units, ingredients.catalogs["ar"])
    assert synced.entries[RATE].english == "You get 9 lines."
    assert check(replace(ingredients, catalogs={"ar": synced})) == []


SCRIPTS = {"es": "Latn", "ru": "Cyrl", "ko": "Kore", "zh-Hans": "Hans", "zh-Hant": "Hant", "ar": "Arab"}
GATE = Gate(frozenset({"phone.line", "names.office"}), frozenset({"worker/help", "worker/pay"}))
MARKS = "the **strong** and *em* marks differ from the English; keep each pair once, around the same words"
OTHER = "characters of the other written form of Chinese: {}; write them in this one"


def language(tag: str) -> Language:
    return Language(tag, tag, tag.upper(), SCRIPTS[tag], "en_US")


def told(tag: str, english: str, text: str) -> list[tuple[Rule, str, dict[str, str]]]:
    found = iter_faults(Entry("a.b", english, text), language(tag), GATE)
    return [(fault.rule, str(fault), dict(fault.values)) for fault in found]


def sign(found: str) -> tuple[Rule, str, dict[str, str]]:
    return Rule.SIGN, f"{found!r} stands where the English has none; remove it", {"found": found}


@pytest.mark.parametrize(
    ("tag", "english", "text", "found"),
    [
        (
            "es",
            "Call {phone.line}.",
            "Llame a {names.office} por {phone.line}.",
            (
                Rule.PLACEHOLDERS,
                "the placeholders differ from the English: ['names.office', 'phone.line'] for ['phone.line']; "
                "keep each as often as there",
                {"ours": "{names.office} {phone.line}", "theirs": "{phone.line}"},
            ),
        ),
        (
            "es",
            "See [a](worker/help).",
            "Vea [a](worker/pay).",
            (
                Rule.LINKS,
                "the links differ from the English; keep each page id as it is",
                {},
            ),
        ),
        (
            "es",
            "Wait 5 days.",
            "Espere 7 o 24 días.",
            (
                Rule.NUMBERS,
                "the numbers differ from the English: ['24', '7'] for ['5']; write them in digits as there",
                {"ours": "24 7", "theirs": "5"},
            ),
        ),
        (
            "es",
            "Wait 5 days, 2 weeks.",
            "Espere.",
            (
                Rule.NUMBERS,
                "the numbers differ from the English: [] for ['2', '5']; write them in digits as there",
                {"ours": "", "theirs": "2 5"},
            ),
        ),
        (
            "es",
            "Go now.",
            "Vaya dos tres ya, dos tres.",
            (
                Rule.SPELLED,
                "more numbers than the English has: dos tres; say only those that stand there",
                {"found": "dos tres"},
            ),
        ),
        (
            "es",
            "Go now.",
            "Vaya dos, sí, tres, sí, cuatro.",
            (
                Rule.SPELLED,
                "more numbers than the English has: dos tres cuatro; say only those that stand there",
                {"found": "dos tres cuatro"},
            ),
        ),
        ("es", "Go 5%.", "Vaya 5% %.", sign("%")),
        ("es", "Go.", "Vaya _", sign("_")),
        ("es", "Go.", "Vaya ＃", sign("#")),
        (
            "es",
            "Go.",
            "Vaya a.bc y a.bc",
            (
                Rule.HOST,
                "'a.bc' looks like a web address; put a space after the full stop",
                {"found": "a.bc"},
            ),
        ),
        (
            "es",
            "Go {phone.line}",
            "Vaya x{phone.line}",
            (
                Rule.TOUCHING,
                "'x' touches a placeholder; put a space between them",
                {"found": "x"},
            ),
        ),
        ("es", "**a** *b*", "**a** b", (Rule.MARKS, MARKS, {})),
        ("es", "**a** b", "a *b*", (Rule.MARKS, MARKS, {})),
        ("es", "a b", "a * b", (Rule.MARKS, MARKS, {})),
        ("es", "*a* b", "a b", (Rule.MARKS, MARKS, {})),
        ("es", "a b", "**a** b", (Rule.MARKS, MARKS, {})),
        (
            "zh-Hans",
            "Go.",
            "请您现在就看一看dot com",
            (
                Rule.HOST,
                "'dot com' looks like a web address; put a space after the full stop",
                {"found": "dot com"},
            ),
        ),
        ("es", "*a* b", "**a** b", (Rule.MARKS, MARKS, {})),
        (
            "es",
            "Go {phone.line}.",
            "{phone.line}.",
            (Rule.WORDLESS, "no word is left of the English; translate it", {}),
        ),
        ("ko", "Go now.", "旅券", (Rule.HANGUL, "no Hangul in it; Korean is written in Hangul", {})),
        (
            "ru",
            "Go.",
            "Паспорт π ה abcdefgh",
            (
                Rule.STRANGE,
                "letters of a script that RU is not written in: π ה; remove them",
                {"found": "π ה"},
            ),
        ),
        (
            "ru",
            "Go to Test Line.",
            "passport Да",
            (
                Rule.LATIN,
                "most of it is in Latin letters; RU is written in its own script here",
                {},
            ),
        ),
        ("zh-Hans", "Keep it.", "保管護照", (Rule.CHINESE, OTHER.format("護"), {"found": "護"})),
        ("zh-Hant", "Keep it.", "保管护请", (Rule.CHINESE, OTHER.format("护 请"), {"found": "护 请"})),
    ],
)
def test_a_fault_has_its_rule_and_what_it_names(
    tag: str, english: str, text: str, found: tuple[Rule, str, dict[str, str]]
):
    """One fault a text: the sentence with its remedy, and what a workbench in another language fills its own with."""
    assert told(tag, english, text) == [found]


@pytest.mark.parametrize(
    ("tag", "english", "text"),
    [
        ("es", "The {edition} edition.", "La edición {edition}."),
        ("es", "See [a](worker/help) or [b](worker/pay).", "Vea [b](worker/pay) o [a](worker/help)."),
        ("ar", "Go 5%.", "اذهب 5٪"),
        ("es", "You & c/o ①", "Usted & c/o ①"),
        ("es", "**a** *b*", "*b* **a**"),
        ("es", "...", "…"),
        ("es", "{phone.line}", "{phone.line}"),
        ("ko", "Go.", "여권 旅券"),
        ("ru", "Go to Test Line.", "Да Test Line"),
        ("ru", "See [it](worker/help).", "Да [да](worker/help)."),
        ("ru", "Go now.", "ab да"),
        ("zh-Hans", "Keep it.", "护照護"),
        ("es", "x", "y" * 1200),
    ],
)
def test_what_a_language_may_do(tag: str, english: str, text: str):
    """Another order, its own percent sign, names in Latin letters as the English has them, four times the length."""
    assert told(tag, english, text) == []


def test_a_text_that_is_too_long_is_not_read_further():
    """One letter more than four times the limit of English is one fault."""
    said = "1201 characters; at most 1200: one idea a unit"
    assert told("es", "{phone.line} 5 now", "7" * 1201) == [(Rule.LONG, said, {})]
    assert [rule for rule, _, _ in told("es", "{phone.line} now", "y" * 1200)] == [Rule.PLACEHOLDERS]


def test_every_sign_is_named_once_and_in_order():
    """Each that is there more often than in the English."""
    assert told("es", "Go +.", "Vaya $ + # $ +") == [sign(found) for found in "#$+"]


def test_a_gate_knows_the_placeholders_and_the_pages_of_a_guide(ingredients: Ingredients):
    """What the two texts do not say: which placeholders there are, and where a link may lead."""
    gate = Gate.of(ingredients.guide)
    assert gate.pages == set(ingredients.guide.pages)
    assert gate.placeholders >= {"phone.line", "sms.line", "names.office", "fact.rate"}


def test_a_gate_stands_before_a_review():
    """Who may not review is told that first; who may is told what is wrong with the text."""
    unit = Unit("a.b", "Go 5 times.", tier=Tier.VITAL)
    entry = Entry("a.b", "Go 5 times.", "Vaya 5 veces.", comments=("source: human ana",))

    def said(entry: Entry | None, alias: str) -> list[str]:
        gate = {"language": language("es"), "gate": GATE}
        return list(iter_objections(unit, entry, alias, Role.NATIVE_SPEAKER, **gate))  # type: ignore[arg-type]

    assert said(entry, "ben") == []
    (own,) = said(entry, "ana")
    (fault,) = said(replace(entry, text="Vaya."), "ben")
    assert fault == "the numbers differ from the English: [] for ['5']; write them in digits as there"
    assert said(replace(entry, text="Vaya."), "ana") == [own]
    assert len(said(None, "ben")) == 1
