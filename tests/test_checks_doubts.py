"""Doubts: what is worth a second look in a translation, and how a person's waiver silences it."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from fieldguide.catalog import Catalog, Entry, catalog_path, load_catalog, serialise_catalog
from fieldguide.checks.doubts import Doubt, check_doubts, iter_doubts
from fieldguide.checks.finding import Rule
from fieldguide.glossary import Glossary, Rendering, Standing, Term
from fieldguide.items import Unit
from fieldguide.languages import Language, Registry
from fieldguide.problems import Problem
from fieldguide.sync import in_order, sync

from .conftest import edit, fixture_ingredients

SCRIPTS = {"es": "Latn", "ru": "Cyrl", "ar": "Arab", "hi": "Deva", "th": "Thai", "ko": "Kore", "el": "Grek"}
SCRIPTS |= {"zh-Hans": "Hans", "zh-Hant": "Hant", "hy": "Armn", "am": "Ethi", "lo": "Laoo", "ja": "Jpan"}
LANGUAGES = {tag: Language(tag, tag, tag, script, "en_US") for tag, script in SCRIPTS.items()}
REGISTRY = Registry(LANGUAGES)
TRAFFICKING = Rendering(
    Standing.USUAL, ("trata de personas",), ("trata",), ("tráfico de personas",), "reads as smuggling"
)
GLOSSARY = Glossary((Term("trafficking", ("human trafficking", "trafficking"), {"es": TRAFFICKING}),))
ES = "translations/es/messages.po"
GOOD = ("Keep your papers.", "Guarde sus papeles.")
NUMBERED = ("Keep your papers.", "Guarde sus 2 papeles.")
LAYOUT = "its layout is not the usual one; `translations fmt {}` mends it"


def doubts(tag: str, english: str, text: str, glossary: Glossary = GLOSSARY) -> list[tuple[Doubt, str]]:
    return list(iter_doubts(Entry("a.b", english, text), LANGUAGES[tag], glossary))


def rules(tag: str, english: str, text: str) -> list[Doubt]:
    return [rule for rule, _ in doubts(tag, english, text)]


def check(*entries: Entry, units: Iterable[Unit] | None = None) -> list[Problem]:
    catalog = Catalog("es", {entry.id: entry for entry in entries})
    if units is None:
        units = [Unit(entry.id, entry.english) for entry in entries]
    return list(check_doubts(units, REGISTRY, {"es": catalog}, GLOSSARY))


LONG = "Nobody may take your passport away from you."


@pytest.mark.parametrize(
    ("tag", "english", "text", "doubt"),
    [
        ("es", LONG, "Nadie puede.", (Doubt.LENGTH, f"12 characters for {len(LONG)} of English; ")),
        ("es", LONG, "Nadie puede " * 9 + "x", (Doubt.LENGTH, f"109 characters for {len(LONG)} of English; ")),
        ("zh-Hans", LONG, "没人。", (Doubt.LENGTH, f"3 characters for {len(LONG)} of English; ")),
        (
            "zh-Hans",
            LONG,
            "没有人可以拿走您的护照。" * 4,
            (Doubt.LENGTH, f"48 characters for {len(LONG)} of English; "),
        ),
        ("es", "Keep your papers.", "Keep your papers.", (Doubt.UNCHANGED, "is the same as the English; ")),
        ("es", "Are you safe?", "Usted está a salvo.", (Doubt.QUESTION, "one is a question and the other is not; ")),
        ("es", "You are safe.", "¿Está a salvo?", (Doubt.QUESTION, "one is a question and the other is not; ")),
        ("es", *NUMBERED, (Doubt.NUMBER, "has numbers that the English has not: 2")),
        ("hi", "Keep it.", "इसे ४ बार रखें।", (Doubt.NUMBER, "has numbers that the English has not: 4")),
        ("ru", "Keep it.", "Храните ваш паспoрт.", (Doubt.SCRIPT, "letters of two scripts in one word: паспoрт")),
        ("es", "Keep it.", "Guаrde.", (Doubt.SCRIPT, "letters of two scripts in one word: Guаrde")),
        (
            "ru",
            "Keep it.",
            "Храните ваш passport.",
            (Doubt.SCRIPT, "words in Latin letters that the English has not: "),
        ),
        ("zh-Hans", "Keep it.", "保管護照。", (Doubt.SCRIPT, "characters of the other written form of Chinese: 護")),
        ("zh-Hant", "Keep it.", "保管护照。", (Doubt.SCRIPT, "characters of the other written form of Chinese: 护")),
        (
            "es",
            "It is trafficking.",
            "Es contrabando.",
            (Doubt.GLOSSARY, "'human trafficking' is rendered trata de personas elsewhere"),
        ),
        (
            "es",
            "It is trafficking.",
            "Es trata, o Tráfico de Personas.",
            (Doubt.GLOSSARY, "'tráfico de personas' for 'human trafficking' misleads: reads as smuggling"),
        ),
    ],
)
def test_each_rule_fires_alone(tag: str, english: str, text: str, doubt: tuple[Doubt, str]):
    """What a rule looks for is one doubt, of that rule only, and says what was seen."""
    ((rule, message),) = doubts(tag, english, text)
    assert rule is doubt[0]
    assert message.startswith(doubt[1])


@pytest.mark.parametrize(
    ("tag", "english", "text"),
    [
        ("es", *GOOD),
        ("es", LONG, "Nadie puede quitarle el pasaporte a usted."),
        ("zh-Hans", LONG, "没有人可以拿走您的护照。"),
        ("ko", LONG, "아무도 여권을 빼앗을 수 없습니다."),
        ("es", "Go.", "Váyase ahora mismo de este lugar."),
        ("es", "Test Line", "Test Line"),
        ("es", "{fact.act} {names.line} {phone.line}", "{fact.act} {names.line} {phone.line}"),
        ("es", "Are you safe?", "¿Está a salvo?"),
        ("es", "Say: *“Are you safe?”*", "Diga: *«¿Está a salvo?»*"),
        ("es", "Are you safe?", "«¿Está a salvo?»"),
        ("ar", "Are you safe?", "هل أنت بأمان؟"),
        ("zh-Hans", "Are you safe?", "您安全吗？"),
        ("el", "Are you safe?", "Είστε ασφαλείς;"),
        ("hy", "Are you safe?", "Ապահով եք՞"),
        ("am", "Are you safe?", "ደህና ነዎት፧"),
        ("th", "Are you safe?", "คุณปลอดภัยไหม"),
        ("lo", "Are you safe?", "ເຈົ້າປອດໄພບໍ"),
        ("es", "Work of 12 hours.", "Trabajo de 12 horas."),
        ("es", "See {fact.act-2} and [it](worker/h2a).", "Vea {fact.act-2} y [eso](worker/h2a)."),
        ("ru", "Say Test Line.", "Скажите Test Line."),
        ("ru", "See [it](worker/pay) by {phone.line}.", "Смотрите [это](worker/pay): {phone.line}."),
        ("zh-Hans", "Keep it.", "请保管护照。"),
        ("zh-Hant", "Keep it.", "請保管護照。"),
        ("es", "It is trafficking.", "Es trata de personas."),
        ("es", "It is trafficking.", "Se trata como TRATA."),
        ("ru", "It is trafficking.", "Это торговля людьми."),
    ],
)
def test_good_text_raises_no_doubt(tag: str, english: str, text: str):
    """Good translations are quiet in every script, with placeholders, names and the question marks of their own."""
    assert doubts(tag, english, text) == []


def test_length_is_judged_from_forty_characters_on():
    """Short texts may be of any length: a heading of one word says nothing about what is lost."""
    assert rules("es", "x" * 39, "y") == []
    assert rules("es", "x" * 40, "y" * 15) == [Doubt.LENGTH]
    assert rules("es", "x" * 40, "y" * 16) == []
    assert rules("es", "x" * 40, "y" * 88) == []
    assert rules("es", "x" * 40, "y" * 89) == [Doubt.LENGTH]


@pytest.mark.parametrize("tag", ["zh-Hans", "zh-Hant", "ja", "ko"])
def test_dense_scripts_need_fewer_characters(tag: str):
    """One character of Chinese, Japanese or Korean says more than one letter."""
    letter = {"ja": "の", "ko": "여"}.get(tag, "人")
    found = [count for count in (3, 4, 40, 41) if Doubt.LENGTH in rules(tag, "x" * 40, letter * count)]
    assert found == [3, 41]


def test_length_leaves_link_targets_and_placeholders_out():
    """Only what a reader reads has a length."""
    english = "Read [Pay](worker/pay)."
    assert rules("es", english, "Lea [Pago](worker/pay).") == []
    assert rules("es", "See [this](worker/a-very-long-page-name-of-many-letters).", "Mire.") == []


def test_two_words_may_stay_unchanged():
    """Names of one or two words often stay as they are; three words are a sentence."""
    assert rules("es", "Test Line", "Test Line") == []
    assert rules("es", "The Test Line", "The Test Line") == [Doubt.UNCHANGED]


def test_number_rule_leaves_texts_with_numbers_to_the_gates():
    """Where the English has numbers, other ones are an error, not a doubt."""
    assert rules("es", "In 3 days.", "En 4 días.") == []


def test_trap_and_lost_rendering_are_two_doubts():
    """A text that says only the misleading word has the trap named, and the usual word too."""
    found = doubts("es", "It is trafficking.", "Es tráfico de personas.")
    assert [rule for rule, _ in found] == [Doubt.GLOSSARY, Doubt.GLOSSARY]


def test_words_that_people_type_are_no_translation_of_each_other():
    """As many as people there type, in their own words; a word that misleads is named here too."""
    english = "pay, wages, trafficking, money, salary, cheated, paycheck"

    def found(text: str) -> list[Doubt]:
        return [rule for rule, _ in iter_doubts(Entry("search.pay", english, text), LANGUAGES["es"], GLOSSARY)]

    assert found("pago") == []
    assert found("pago, tráfico de personas") == [Doubt.GLOSSARY]


def test_unknown_rendering_raises_no_doubt():
    """A term whose rendering nobody has found yet is not missed."""
    unknown = Glossary((Term("pay", ("pay",), {"es": Rendering(Standing.UNKNOWN)}),))
    assert doubts("es", "Your pay.", "Su pago.", unknown) == []


def test_several_rules_come_at_once():
    """One text may raise several doubts in one run."""
    found = rules("ru", "Is it trafficking that they did to you, in your own words?", "Да 7 passport.")
    assert found == [Doubt.LENGTH, Doubt.QUESTION, Doubt.NUMBER, Doubt.SCRIPT]


def test_doubt_names_file_rule_and_unit():
    """A warning says where it is, which rule it is for a waiver, and what was seen."""
    message = "has numbers that the English has not: 2"
    assert check(Entry("a.b", *NUMBERED)) == [Problem(ES, "number", message, "a.b")]


@pytest.mark.parametrize(
    ("rule", "english", "text"),
    [
        (Doubt.LENGTH, LONG, "Nadie puede."),
        (Doubt.UNCHANGED, "Keep your papers.", "Keep your papers."),
        (Doubt.QUESTION, "Are you safe?", "Usted está a salvo."),
        (Doubt.SCRIPT, "Keep it.", "Guаrde."),
        (Doubt.NUMBER, *NUMBERED),
        (Doubt.GLOSSARY, "It is trafficking.", "Es contrabando."),
    ],
)
def test_waiver_silences_exactly_its_rule(rule: Doubt, english: str, text: str):
    """A waiver with a reason silences its own rule; a waiver of any other rule leaves the doubt."""
    for waived in Doubt:
        entry = Entry("a.b", english, text, comments=(f"waived: {waived} looked at it",))
        expected = [] if waived is rule else [rule]
        assert [problem.place for problem in check(entry)] == expected


def test_waivers_of_several_rules_add_up():
    """Each doubt has its own waiver; the one without stays."""
    comments = ("source: human anna", "waived: number it is a list", "waived: question an order in Spanish")
    entry = Entry("a.b", "Is it trafficking?", "Es contrabando 2.", comments=comments)
    assert [problem.place for problem in check(entry)] == ["glossary"]


def test_waiver_holds_for_its_own_entry_only():
    """Another entry with the same doubt still warns."""
    waived = Entry("a.b", *NUMBERED, comments=("waived: number a list",))
    assert [problem.unit for problem in check(waived, Entry("a.c", *NUMBERED))] == ["a.c"]


@pytest.mark.parametrize("value", ["number", "nmber it is a list", "Number it is a list", "", "all of it"])
def test_waiver_without_rule_or_reason_is_named(value: str):
    """A waiver that nobody can understand later is named, with the rules there are."""
    (problem,) = check(Entry("a.b", *GOOD, comments=(f"waived: {value}",)))
    rules = "length, unchanged, question, script, number, glossary"
    message = f"the waiver {value!r} needs a rule ({rules}) and a reason"
    assert problem == Problem(ES, "", message, "a.b")


def test_waiver_without_reason_silences_nothing():
    """Only a waiver with its reason silences a doubt, so the doubt itself is still shown."""
    found = check(Entry("a.b", *NUMBERED, comments=("waived: number",)))
    assert "number" in [problem.place for problem in found]


@pytest.mark.parametrize(
    "value",
    [
        "",
        "0123456789ab anna native-speaker",
        "0123456789ab anna speaker 2026-01-03",
        "0123456789ab anna native-speaker 2026-13-03",
        "0123456789ab an/na native-speaker 2026-01-03",
        "0123456789ab anna native-speaker 2026-01-03 twice",
    ],
)
def test_unreadable_review_is_named(value: str):
    """A review that was mistyped counts for nothing, and is said to."""
    (problem,) = check(Entry("a.b", *GOOD, comments=(f"reviewed: {value}",)))
    assert (problem.file, problem.unit) == (ES, "a.b")
    assert problem.message.startswith(f"the review {value!r} cannot be read and counts for nothing; ")


def test_readable_review_raises_no_doubt():
    """A review that can be read is fine, even one of an older text."""
    comments = ("reviewed: 0123456789ab anna native-speaker 2026-01-03",)
    assert check(Entry("a.b", *GOOD, comments=comments)) == []


def test_stale_entry_gets_no_doubts():
    """A text made for an older English is never shown, so nobody needs to look at it now."""
    assert check(Entry("a.b", *NUMBERED), units=[Unit("a.b", "Keep your other papers.")]) == []


def test_entry_of_no_unit_and_empty_entry_get_no_doubts():
    """A unit that is gone and a text that is still to be written raise no doubt."""
    assert check(Entry("a.b", *NUMBERED), units=[]) == []
    assert check(Entry("a.b", LONG, "")) == []


def test_unknown_language_gets_no_doubts():
    """A catalog that no language reads is an error elsewhere; it is not looked at here."""
    catalog = Catalog("de", {"a.b": Entry("a.b", *NUMBERED)})
    assert list(check_doubts([Unit("a.b", NUMBERED[0])], REGISTRY, {"de": catalog}, GLOSSARY)) == []


def layout(path: Path, units: list[Unit]) -> list[str]:
    catalogs = {"es": load_catalog(path, "es")}
    return [problem.message for problem in check_doubts(units, REGISTRY, catalogs, GLOSSARY) if not problem.unit]


@pytest.fixture
def units() -> list[Unit]:
    return [Unit("a.b", "Keep your papers."), Unit("a.c", "You can leave.")]


@pytest.fixture
def po(tmp_path: Path, units: list[Unit]) -> Path:
    """A canonical file of two texts."""
    texts = ("Guarde sus papeles.", "Usted puede irse.")
    entries = {unit.id: Entry(unit.id, unit.text, text) for unit, text in zip(units, texts, strict=True)}
    path = tmp_path / "messages.po"
    path.write_text(serialise_catalog(sync(units, Catalog("es", entries))), encoding="utf-8", newline="")
    return path


def test_canonical_file_raises_no_doubt(po: Path, units: list[Unit]):
    """A file as `sync` and `fmt` write it is quiet, with either kind of line ends."""
    assert layout(po, units) == []
    po.write_bytes(po.read_bytes().replace(b"\n", b"\r\n"))
    assert layout(po, units) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('msgstr "Guarde sus papeles."', 'msgstr ""\n"Guarde sus "\n"papeles."'),
        ('msgid ""', '#: file:3\nmsgid ""'),
        ('"Language: es\\n"', '"PO-Revision-Date: 2026-01-03 10:00+0000\\n"\n"Language: es\\n"'),
        ("#. [normal]\n", ""),
        ("#. [normal]\n", "#: content/a.toml:3\n#. [normal]\n"),
    ],
    ids=["wrapped", "header", "date", "note", "line number"],
)
def test_layout_of_other_tools_is_named_once(po: Path, units: list[Unit], old: str, new: str):
    """A file that another tool wrapped or dated is one warning with the command that mends it."""
    edit(po, old, new)
    assert layout(po, units) == [LAYOUT.format("es")]


def test_order_of_another_tool_is_named_and_mended(po: Path, units: list[Unit]):
    """Entries in another order are a warning, until they are written in the order of the guide."""
    assert layout(po, units[::-1]) == [LAYOUT.format("es")]
    ordered = in_order(units[::-1], load_catalog(po, "es"))
    po.write_text(serialise_catalog(ordered), encoding="utf-8", newline="")
    assert layout(po, units[::-1]) == []


def test_layout_comes_before_the_doubts_of_its_entries(po: Path, units: list[Unit]):
    """The warning about the whole file comes first."""
    edit(po, 'msgstr "Guarde sus papeles."', 'msgstr ""\n"Guarde sus 2 "\n"papeles."')
    found = list(check_doubts(units, REGISTRY, {"es": load_catalog(po, "es")}, GLOSSARY))
    assert [(problem.place, problem.unit) for problem in found] == [("", ""), ("number", "a.b")]
    assert found[0] == Problem(ES, "", LAYOUT.format("es"))


def test_doubts_of_a_guide_on_disk(guide_copy: Path):
    """A doubt in a real file of the guide is found with its unit, and silent once a person has waived it."""
    path = catalog_path(guide_copy / "translations", "ar")
    edit(path, '"خروج"', '"خروج 3"')

    def places() -> list[tuple[str, str]]:
        made = fixture_ingredients(root=guide_copy)
        found = check_doubts(made.units, made.registry, made.catalogs, made.glossary)
        return [(problem.place, problem.unit) for problem in found if problem.place]

    assert places() == [("number", "ui.leave")]
    edit(path, '# source: machine 2026-01-03\nmsgctxt "ui.leave"', '# waived: number a door\nmsgctxt "ui.leave"')
    assert places() == []


TERM = "human trafficking"
PAGO = Rendering(Standing.USUAL, ("pago", "salario"), (), ("paga",), "is said of debts")
PAY = Glossary((Term("pay", ("pay", "wage"), {"es": PAGO}),))


@pytest.mark.parametrize(
    ("tag", "english", "text", "found"),
    [
        ("es", LONG, "Nadie puede.", (Rule.LENGTH, "12 characters for 44 of English; is something lost or added?", {})),
        (
            "es",
            "Keep your papers.",
            "Keep your papers.",
            (Rule.UNCHANGED, "is the same as the English; translate it, or waive it if it is a name", {}),
        ),
        (
            "es",
            "Are you safe?",
            "Usted está a salvo.",
            (Rule.QUESTION, "one is a question and the other is not; look at the ending", {}),
        ),
        (
            "es",
            "Keep.",
            "Guarde 2 y 10.",
            (Rule.ADDED, "has numbers that the English has not: 10, 2", {"found": "10, 2"}),
        ),
        (
            "ru",
            "Keep passport.",
            "Храните паспoрт passport, pаper.",
            (Rule.MIXED, "letters of two scripts in one word: паспoрт, pаper", {"found": "паспoрт, pаper"}),
        ),
        (
            "ru",
            "Keep it.",
            "Храните ваш passport, now.",
            (
                Rule.LATIN_WORDS,
                "words in Latin letters that the English has not: passport, now",
                {"found": "passport, now"},
            ),
        ),
        (
            "zh-Hans",
            "Keep it.",
            "保管護照請",
            (Rule.CHINESE, "characters of the other written form of Chinese: 請 護", {"found": "請 護"}),
        ),
        (
            "es",
            "It is trafficking.",
            "Es trata, o tráfico de personas.",
            (
                Rule.TRAP,
                f"'tráfico de personas' for '{TERM}' misleads: reads as smuggling",
                {"found": "tráfico de personas", "term": TERM, "why": "reads as smuggling"},
            ),
        ),
        (
            "es",
            "It is trafficking.",
            "Es contrabando.",
            (
                Rule.ELSEWHERE,
                f"'{TERM}' is rendered trata de personas elsewhere",
                {"term": TERM, "say": "trata de personas"},
            ),
        ),
    ],
)
def test_a_doubt_has_its_rule_and_what_it_names(
    tag: str, english: str, text: str, found: tuple[Rule, str, dict[str, str]]
):
    """The sentence for the file, and what a workbench in another language fills its own with."""
    assert [(doubt.rule, str(doubt), dict(doubt.values)) for _, doubt in doubts(tag, english, text)] == [found]


def test_all_renderings_are_told():
    """Whoever mends it chooses among all that are usual."""
    ((rule, doubt),) = doubts("es", "Your wage.", "Su dinero.", PAY)
    assert (rule, str(doubt)) == (Doubt.GLOSSARY, "'pay' is rendered pago or salario elsewhere")
    assert dict(doubt.values) == {"term": "pay", "say": "pago / salario"}  # type: ignore[attr-defined]
    (trap, _) = doubts("es", "Your wage.", "Su paga.", PAY)
    assert trap[1] == "'paga' for 'pay' misleads: is said of debts"


def test_a_mixed_word_and_a_latin_word_are_two_doubts():
    """One word may hide a letter, the other is not translated: each is told by itself."""
    found = doubts("ru", "Keep it.", "Храните паспoрт и passport.")
    assert [str(doubt) for _, doubt in found] == [
        "letters of two scripts in one word: паспoрт",
        "words in Latin letters that the English has not: passport",
    ]


def test_another_catalog_is_read_behind_one_of_no_language():
    """A catalog that nobody reads hides no doubt of the next one."""
    catalogs = {tag: Catalog(tag, {"a.b": Entry("a.b", *NUMBERED)}) for tag in ("de", "es")}
    found = list(check_doubts(iter([Unit("a.b", NUMBERED[0])]), REGISTRY, catalogs, GLOSSARY))
    assert [(problem.file, problem.place) for problem in found] == [(ES, "number")]


def test_a_review_that_cannot_be_read_is_told_with_its_remedy():
    """Behind one that can be read as well."""
    comments = ("reviewed: 0123456789ab anna native-speaker 2026-01-03", "reviewed: anna")
    message = "the review 'anna' cannot be read and counts for nothing; write it with `translations review`"
    assert check(Entry("a.b", *GOOD, comments=comments)) == [Problem(ES, "", message, "a.b")]
