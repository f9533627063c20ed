"""PO files: what is read from them, what is refused, and that nothing is lost on the way."""

import gettext
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldguide.catalog import Catalog, Entry, catalog_path, compile_catalog, load_catalog, serialise_catalog
from fieldguide.problems import Problem, ProblemsError

from .conftest import edit

FILE = "translations/ar/messages.po"


@pytest.fixture
def po(guide_copy: Path) -> Path:
    return catalog_path(guide_copy / "translations", "ar")


def problems(po: Path) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsError) as caught:
        load_catalog(po, "ar")
    return caught.value.problems


def test_every_entry_is_read(po: Path):
    """Each entry has its unit id, its English, its translation, and who made it."""
    catalog = load_catalog(po, "ar")
    assert (catalog.tag, len(catalog.entries)) == ("ar", 8)
    assert catalog.entries["ui.leave", "Leave"] == Entry("ui.leave", "Leave", "خروج", False, "machine 2026-01-03")
    reworded = catalog.entries["worker.pay.summary", "What they must give you."]
    assert reworded.source == "machine 2026-01-03"
    assert catalog.entries["worker.pay.story.one", "Sam writes down each hour."].fuzzy


def test_lookup_needs_the_very_english(po: Path):
    """A translation belongs to an id and its English: not to another wording, not to another id."""
    catalog = load_catalog(po, "ar")
    found = catalog.lookup("worker.start.title", "Start")
    assert found is not None
    assert found.text == "البداية"
    assert catalog.lookup("worker.start.title", "Begin") is None
    assert catalog.lookup("officer.start.title", "Start") is None


def test_lookup_gives_no_fuzzy_and_no_empty_entry():
    """What a translator marked as unsure, or has not written yet, is not usable."""
    entries = [Entry("a", "A", "x", fuzzy=True), Entry("b", "B", ""), Entry("c", "C", "z")]
    catalog = Catalog("ar", {(entry.id, entry.english): entry for entry in entries})
    assert catalog.lookup("a", "A") is None
    assert catalog.lookup("b", "B") is None
    assert catalog.lookup("c", "C") == entries[2]


def test_obsolete_entries_are_left_out(po: Path):
    """What a tool has commented out is neither shown nor counted as lost."""
    with po.open("a", encoding="utf-8") as file:
        file.write('\n#~ msgctxt "ui.leave"\n#~ msgid "Old"\n#~ msgstr "قديم"\n')
    assert len(load_catalog(po, "ar").entries) == 8


def test_obsolete_entry_between_others_is_left_out(po: Path):
    """It makes no difference where a commented entry stands."""
    edit(po, "# source: machine", '#~ msgctxt "ui.old"\n#~ msgid "Old"\n#~ msgstr "قديم"\n\n# source: machine')
    assert len(load_catalog(po, "ar").entries) == 8


def test_windows_line_ends_are_read(po: Path):
    """A catalog that passed through an editor on Windows has the same entries."""
    before = load_catalog(po, "ar")
    po.write_bytes(po.read_bytes().replace(b"\n", b"\r\n"))
    assert load_catalog(po, "ar") == before


@pytest.mark.parametrize(
    "case",
    [
        ('msgctxt "names.line"', 'msgctxt "ui.leave"', "line 13", "a second entry for this unit; keep one", "ui.leave"),
        (
            'msgctxt "names.line"\n',
            "",
            "line 13",
            "no msgctxt for 'Test Line'; every entry carries its unit id",
            "",
        ),
        (
            'msgid "Leave"',
            '<<<<<<< HEAD\nmsgid "Leave"',
            "line 10",
            "a merge conflict is left in the file; resolve",
            "",
        ),
        ('msgid "Leave"', '=======\nmsgid "Leave"', "line 10", "a merge conflict is left in the file; resolve it", ""),
        (
            'msgid "Leave"',
            '>>>>>>> b\nmsgid "Leave"',
            "line 10",
            "a merge conflict is left in the file; resolve it",
            "",
        ),
        ('msgid ""', '\ufeffmsgid ""', "line 1", "byte order mark; save the file as UTF-8 without BOM", ""),
        ('msgstr "خروج"', 'msgstr "خر"وج"', "line 11", "no PO line; mend its keyword, quotes or escapes", ""),
        ('msgstr "خروج"', 'mgstr "خروج"', "line 11", "no PO line; mend its keyword, quotes or escapes", ""),
    ],
)
def test_broken_catalog_is_refused(po: Path, case: tuple[str, str, str, str, str]):
    """A mistake is named with the file, the line or the unit, and how to mend it; nothing of the file is used."""
    old, new, place, message, unit = case
    edit(po, old, new)
    (problem,) = problems(po)
    assert (problem.file, problem.place, problem.unit) == (FILE, place, unit)
    with pytest.raises(ProblemsError, match=message):
        raise ProblemsError([problem])


def test_not_utf8_is_refused(po: Path):
    """A file in another encoding says at which byte, and how to save it."""
    text = po.read_bytes()
    po.write_bytes(text.replace(b'"Leave"', b'"Le\xffave"', 1))
    start = text.index(b'"Leave"')
    assert problems(po) == (Problem(FILE, f"byte {start + 3}", "not UTF-8; save the file as UTF-8"),)


@pytest.mark.parametrize("ending", ["#,", "#:", "#."])
def test_lost_entry_is_noticed(po: Path, ending: str):
    """The parser drops the last entry when a bare mark follows it; counting the msgids tells."""
    with po.open("a", encoding="utf-8") as file:
        file.write(f'\nmsgctxt "worker.pay.owed.title"\nmsgid "Owed"\nmsgstr "مستحق"\n{ending}\n')
    (problem,) = problems(po)
    assert (problem.file, problem.message) == (
        FILE,
        "10 entries are written, 9 can be read; mend the quotes of the others",
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('msgstr "خروج"', 'msgstr "خروج'),
        ('msgstr "خروج"', 'msgstr خروج"'),
        ('msgstr "خروج"', "msgstr خروج"),
        ('msgstr "خروج"', 'msgstr "خروج\\"'),
        ('msgstr "خروج"', 'msgstr ""\n"خروج'),
        ('msgid "Leave"', 'msgid "Leave'),
        ('msgctxt "ui.leave"', 'msgctxt "ui.leave'),
    ],
)
def test_unclosed_quote_is_refused(po: Path, old: str, new: str):
    """A forgotten quote must not cut the last letter off: of a translation, of its English, of its unit id."""
    edit(po, old, new)
    (problem,) = problems(po)
    assert problem.file == FILE
    assert "quote" in problem.message


def test_several_mistakes_of_a_catalog_come_at_once(po: Path):
    """Two conflicts are two problems; so are a doubled entry and one without an id."""
    text = po.read_text(encoding="utf-8")
    edit(po, 'msgid "Leave"', '<<<<<<< HEAD\nmsgid "Leave"\n=======\nmsgid "Go"\n>>>>>>> theirs')
    assert [problem.place for problem in problems(po)] == ["line 10", "line 12", "line 14"]
    po.write_text(text, encoding="utf-8")
    edit(po, 'msgctxt "names.line"', 'msgctxt "ui.leave"')
    edit(po, 'msgctxt "worker.pay.title"\n', "")
    assert [problem.unit for problem in problems(po)] == ["ui.leave", ""]


def test_two_entries_of_one_unit_with_different_english_are_refused(po: Path):
    """One unit has one entry, even if its English was reworded in between."""
    with po.open("a", encoding="utf-8") as file:
        file.write('\nmsgctxt "ui.leave"\nmsgid "Go away"\nmsgstr "اذهب"\n')
    (problem,) = problems(po)
    assert (problem.unit, problem.message) == ("ui.leave", "a second entry for this unit; keep one")


def test_serialised_catalog_is_canonical():
    """The text is in the order given, unwrapped, without dates, and carries source, note and mark."""
    long = "word " * 60 + "end"
    entries = [
        (Entry("b.one", long, "نص", source="human anna"), "Say it simply."),
        (Entry("a.two", "Two", "x", fuzzy=True), ""),
    ]
    text = serialise_catalog("ar", entries)
    assert f'# source: human anna\n#. Say it simply.\nmsgctxt "b.one"\nmsgid "{long}"\nmsgstr "نص"\n' in text
    assert '\n#, fuzzy\nmsgctxt "a.two"\nmsgid "Two"\nmsgstr "x"\n' in text
    assert text.index("b.one") < text.index("a.two")
    assert '"Language: ar\\n"' in text
    assert "Date" not in text
    assert text == serialise_catalog("ar", entries)


_texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])).map(str.strip)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(
    st.dictionaries(
        st.from_regex(r"[a-z]+(\.[a-z0-9-]+){1,3}", fullmatch=True),
        st.tuples(_texts.filter(bool), _texts, st.booleans()),
        max_size=5,
    )
)
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, units: dict):
    """Any id, English and translation survive writing and reading: quotes, backslashes and every script."""
    entries = [Entry(key, english, text, fuzzy, "human a") for key, (english, text, fuzzy) in units.items()]
    path = tmp_path_factory.mktemp("po") / "messages.po"
    path.write_text(serialise_catalog("ar", [(entry, "") for entry in entries]), encoding="utf-8", newline="\n")
    assert list(load_catalog(path, "ar").entries.values()) == entries


def test_compiled_catalog_answers_by_id_and_english():
    """gettext finds a translation by unit id and English, and gives the English where there is none."""
    compiled = compile_catalog([Entry("ui.a", "Go", "اذهب"), Entry("ui.b", "Go", "Umalis")])
    translations = gettext.GNUTranslations(BytesIO(compiled))
    assert translations.pgettext("ui.a", "Go") == "اذهب"
    assert translations.pgettext("ui.b", "Go") == "Umalis"
    assert translations.pgettext("ui.c", "Go") == "Go"
