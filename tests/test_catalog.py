"""PO files: what is read from them, what is refused, and that nothing is lost on the way."""

import gettext
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldguide.catalog import (
    Catalog,
    Entry,
    catalog_path,
    compile_catalog,
    load_catalog,
    serialise_catalog,
    serialise_template,
)
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
    assert (catalog.tag, len(catalog.entries)) == ("ar", 12)
    made = ("source: machine 2026-01-03",)
    assert catalog.entries["ui.leave"] == Entry("ui.leave", "Leave", "خروج", comments=made)
    reworded = catalog.entries["worker.pay.summary"]
    assert (reworded.english, reworded.source) == ("What they must give you.", "machine 2026-01-03")
    assert catalog.entries["worker.pay.story.one"].fuzzy


def test_obsolete_entries_are_left_out(po: Path):
    """What a tool has commented out is neither shown nor counted as lost."""
    with po.open("a", encoding="utf-8") as file:
        file.write('\n#~ msgctxt "ui.leave"\n#~ msgid "Old"\n#~ msgstr "قديم"\n')
    assert len(load_catalog(po, "ar").entries) == 12


def test_obsolete_entry_between_others_is_left_out(po: Path):
    """It makes no difference where a commented entry stands."""
    edit(po, "# source: machine", '#~ msgctxt "ui.old"\n#~ msgid "Old"\n#~ msgstr "قديم"\n\n# source: machine')
    assert len(load_catalog(po, "ar").entries) == 12


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
            '||||||| b\nmsgid "Leave"',
            "line 10",
            "a merge conflict is left in the file; resolve it",
            "",
        ),
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
    assert problem == Problem(FILE, "", "14 entries are written, 13 can be read; mend the quotes of the others")


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


def test_a_file_that_the_parser_cannot_read_is_refused(po: Path):
    """Lines that are right each and wrong together: the line is named, and nothing of the file is used."""
    edit(po, 'msgctxt "ui.leave"\n', 'msgid_plural "Leaves"\n')
    (problem,) = problems(po)
    assert problem == Problem(FILE, "", "not a PO file: Syntax error in po file (line 10); mend what stands there")


def test_what_is_wrong_with_a_line_is_told_whole(po: Path):
    """A mark before the first letter, two versions of one line: each in its own sentence."""
    edit(po, 'msgid "Leave"', '=======\nmsgid "Leave"')
    text = po.read_text(encoding="utf-8")
    po.write_text(f"\ufeff{text}", encoding="utf-8")
    assert problems(po) == (
        Problem(FILE, "line 1", "starts with a byte order mark; save the file as UTF-8 without BOM"),
        Problem(FILE, "line 10", "a merge conflict is left in the file; resolve it"),
    )


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


def test_head_of_a_written_file():
    """Every file says its language and encoding in the words that gettext and Weblate look for; a template has none."""
    head = (
        'msgid ""\nmsgstr ""\n"Language: {}\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    )
    assert serialise_catalog(Catalog("ar", {}, header="Translators: ana")) == f"# Translators: ana\n{head.format('ar')}"
    entry = Entry("a.one", "Go.", "اذهب", fuzzy=True, comments=("source: human ana",), note="Say it.")
    assert serialise_template([entry]) == (
        f'#\n{head.format("")}\n#. Say it.\nmsgctxt "a.one"\nmsgid "Go."\nmsgstr ""\n'
    )


def test_comments_are_found_by_their_names():
    """The first of a name, its value whole also where it has colons; empty where nobody wrote one."""
    entry = Entry("a.one", "Go.", "x", comments=("source: human ana", "a remark", "seen: at 10:30: twice", "seen : no"))
    assert (entry.source, entry.comment("seen"), entry.comment("doubt")) == ("human ana", "at 10:30: twice", "")
    assert list(entry.iter_comments("seen")) == ["at 10:30: twice", "no"]
    assert list(entry.iter_comments("a remark")) == []


def test_serialised_catalog_is_canonical():
    """The text is in the order given, unwrapped, without dates, and carries comments, note and mark."""
    long = "word " * 60 + "end"
    entries = [
        Entry("b.one", long, "نص", comments=("source: human anna",), note="Say it simply."),
        Entry("a.two", "Two", "x", fuzzy=True, previous="Too"),
    ]
    catalog = Catalog("ar", {entry.id: entry for entry in entries}, (Entry("c.gone", "Gone", "y"),))
    text = serialise_catalog(catalog)
    assert f'# source: human anna\n#. Say it simply.\nmsgctxt "b.one"\nmsgid "{long}"\nmsgstr "نص"\n' in text
    assert '\n#, fuzzy\n#| msgid "Too"\nmsgctxt "a.two"\nmsgid "Two"\nmsgstr "x"\n' in text
    assert text.endswith('\n#~ msgctxt "c.gone"\n#~ msgid "Gone"\n#~ msgstr "y"\n')
    assert text.index("b.one") < text.index("a.two") < text.index("c.gone")
    assert '"Language: ar\\n"' in text
    assert "Date" not in text
    assert text == serialise_catalog(catalog)


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
    made = ("source: human a", "a remark")
    entries = {key: Entry(key, english, text, fuzzy, made) for key, (english, text, fuzzy) in units.items()}
    path = tmp_path_factory.mktemp("po") / "messages.po"
    path.write_text(serialise_catalog(Catalog("ar", entries)), encoding="utf-8", newline="\n")
    read = load_catalog(path, "ar")
    assert read == Catalog("ar", entries)
    assert list(read.entries) == list(entries)


def test_compiled_catalog_answers_by_id_and_english():
    """gettext finds a translation by unit id and English, and gives the English where there is none."""
    compiled = compile_catalog([Entry("ui.a", "Go", "اذهب"), Entry("ui.b", "Go", "Umalis")])
    translations = gettext.GNUTranslations(BytesIO(compiled))
    assert translations.pgettext("ui.a", "Go") == "اذهب"
    assert translations.pgettext("ui.b", "Go") == "Umalis"
    assert translations.pgettext("ui.c", "Go") == "Go"


HEADER = (
    'msgid ""\nmsgstr ""\n"Language: ar\\n"\n"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n\n'
)
LINE = "no PO line; mend its keyword, quotes or escapes"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('msgstr "خروج"', 'msgstr "خر\\qوج"', 11),
        ('msgstr "خروج"', 'msgstr "خر\\x41وج"', 11),
        ('msgstr "خروج"', 'msgstr "خر\\u0041وج"', 11),
        ('msgstr "خروج"', 'msgstr "خروج\\', 11),
        ('msgstr "خروج"', 'msgstr ""\n"خر\\ وج"', 12),
        ('msgid "Leave"', 'msgid "Le\\dave"', 10),
        ('msgctxt "ui.leave"', 'msgctxt "ui\\.leave"', 9),
        ('msgstr "خروج"', "msgstr 'خروج'", 11),
        ('msgstr "خروج"', 'msgstr "خروج" "ا"', 11),
        ('msgstr "خروج"', 'msgstr "خروج" ; ok', 11),
        ('msgstr "خروج"', 'msgstr "خروج"\nوداعا', 12),
        ('msgstr "خروج"', "msgstr", 11),
        ('msgid "Leave"', 'domain "x"\nmsgid "Leave"', 10),
    ],
)
def test_wrong_line_is_named(po: Path, old: str, new: str, line: int):
    """An escape that no tool writes, a wrong quote or words outside of quotes are named with their line."""
    edit(po, old, new)
    (problem,) = problems(po)
    assert (problem.file, problem.place) == (FILE, f"line {line}")
    assert problem.message == LINE


@pytest.mark.parametrize(
    ("escape", "char"),
    [("\\n", "\n"), ("\\t", "\t"), ('\\"', '"'), ("\\\\", "\\"), ("\\\\n", "\\n"), ('\\\\\\"', '\\"')],
)
def test_good_escape_is_read(po: Path, escape: str, char: str):
    """The escapes that tools write are no mistakes and mean what they mean."""
    edit(po, 'msgstr "خروج"', f'msgstr "خر{escape}وج"')
    assert load_catalog(po, "ar").entries["ui.leave"].text == f"خر{char}وج"


@pytest.mark.parametrize("code", [0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029])
@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('msgstr "خروج"', 'msgstr "خر{}وج"', 11),
        ('msgstr "خروج"', 'msgstr ""\n"خر{}وج"', 12),
        ('msgid "Leave"', 'msgid "Le{}ave"', 10),
        ('msgctxt "ui.leave"', 'msgctxt "ui.{}leave"', 9),
        ("# source: machine", "# source:{} machine", 8),
    ],
)
def test_invisible_line_break_is_named(po: Path, code: int, old: str, new: str, line: int):
    """A character that some program takes for the end of a line is named by its number and its line."""
    text = po.read_text(encoding="utf-8")
    assert old in text
    po.write_bytes(text.replace(old, new.format(chr(code)), 1).encode())
    assert problems(po) == (Problem(FILE, f"line {line}", f"the invisible line break U+{code:04X}; remove it"),)


def test_invisible_line_break_of_a_windows_file_is_named(po: Path):
    """Line ends of two characters are no hidden breaks, and hide none."""
    edit(po, 'msgstr "خروج"', 'msgstr "خر\u2028وج"')
    po.write_bytes(po.read_bytes().replace(b"\n", b"\r\n"))
    assert [problem.place for problem in problems(po)] == ["line 11"]


@pytest.mark.parametrize("charset", ["ISO-8859-6", "windows-1256", "CHARSET", "utf-16"])
def test_header_with_another_charset_is_refused(po: Path, charset: str):
    """Tools would read the file in that charset, and save it so."""
    edit(po, "charset=UTF-8", f"charset={charset}")
    (problem,) = problems(po)
    assert (problem.file, problem.place) == (FILE, "header")
    assert problem.message == f"says charset={charset}; save the file as UTF-8 and write charset=UTF-8"


@pytest.mark.parametrize("charset", ["utf-8", "UTF8"])
def test_spelling_of_the_charset_is_free(po: Path, charset: str):
    """Small letters and a missing dash mean the same."""
    before = load_catalog(po, "ar")
    edit(po, "charset=UTF-8", f"charset={charset}")
    assert load_catalog(po, "ar") == before


@pytest.mark.parametrize("said", ["es", "fil", "arn", "es_MX"])
def test_header_of_another_language_is_refused(po: Path, said: str):
    """A file in the wrong folder would show one language's readers another one."""
    edit(po, "Language: ar", f"Language: {said}")
    assert problems(po) == (Problem(FILE, "header", f"says Language: {said}; the folder is ar's"),)


@pytest.mark.parametrize("said", ["ar_EG", "ar-SA", "AR", ""])
def test_region_in_the_header_is_free(po: Path, said: str):
    """Tools write a region, or leave the language out."""
    before = load_catalog(po, "ar")
    edit(po, "Language: ar", f"Language: {said}")
    assert load_catalog(po, "ar") == before


@pytest.mark.parametrize(
    ("flags", "fuzzy"),
    [
        ("#= fuzzy", True),
        ("#, fuzzy\n#= no-wrap", True),
        ("#= no-wrap\n#, fuzzy", True),
        ("#= no-wrap", False),
        ("#, no-wrap", False),
    ],
)
def test_new_kind_of_flags_is_read(po: Path, flags: str, fuzzy: bool):
    """gettext 1.0 writes some flags after ``#=``: nothing is lost, and *fuzzy* still hides the text."""
    before = load_catalog(po, "ar")
    edit(po, 'msgctxt "ui.leave"', f'{flags}\nmsgctxt "ui.leave"')
    read = load_catalog(po, "ar")
    assert read.entries["ui.leave"].fuzzy is fuzzy
    assert read.entries["ui.leave"].comments == before.entries["ui.leave"].comments
    assert read.entries["names.line"] == before.entries["names.line"]
    assert len(read.entries) == len(before.entries)


@pytest.mark.parametrize("text", ["#= fuzzy", "#, fuzzy"])
def test_flags_inside_a_text_are_text(po: Path, text: str):
    """A translation that looks like a line of flags stays as it is, also where it is wrapped."""
    edit(po, 'msgstr "خروج"', f'msgstr ""\n"{text}"')
    entry = load_catalog(po, "ar").entries["ui.leave"]
    assert (entry.text, entry.fuzzy) == (text, False)


def test_plural_forms_are_refused(po: Path):
    """A unit is one text; an entry with plural forms is named by its unit."""
    edit(po, 'msgstr "خروج"', 'msgid_plural "Leaves"\nmsgstr[0] "خروج"\nmsgstr[1] "خروج"')
    (problem,) = problems(po)
    assert (problem.file, problem.place, problem.unit) == (FILE, "line 8", "ui.leave")
    assert problem.message == "has plural forms; a unit is one text, so keep msgid and msgstr"


def test_missing_header_is_refused(po: Path):
    """Without a header tools would take the first entry for it."""
    edit(po, HEADER, "")
    (problem,) = problems(po)
    assert problem == Problem(FILE, "", 'the header is missing; begin the file with msgid "" and msgstr ""')


def test_empty_file_is_refused(po: Path):
    """A catalog that was emptied by accident is not a language without translations."""
    po.write_bytes(b"")
    (problem,) = problems(po)
    assert problem.message.startswith("the header is missing")


def test_obsolete_entry_without_an_id_is_named(po: Path):
    """An entry that could come back for no unit is named by its line."""
    lines = po.read_text(encoding="utf-8").count("\n")
    with po.open("a", encoding="utf-8") as file:
        file.write('\n#~ msgid "Old"\n#~ msgstr "قديم"\n')
    (problem,) = problems(po)
    assert (problem.file, problem.place) == (FILE, f"line {lines + 2}")
    assert problem.message == "no msgctxt for 'Old'; every entry carries its unit id"


def test_older_english_of_an_obsolete_entry_is_dropped(po: Path):
    """``#~|`` lines are no mistake; the entry stays, in doubt, without them, and its neighbors are as they were."""
    before = load_catalog(po, "ar")
    with po.open("a", encoding="utf-8") as file:
        file.write('\n# source: human anna\n#, fuzzy\n#~| msgid "Older"\n#~ msgctxt "ui.old"\n')
        file.write('#~ msgid "Old"\n#~ msgstr "قديم"\n')
    read = load_catalog(po, "ar")
    assert read.entries == before.entries
    assert read.obsolete == (Entry("ui.old", "Old", "قديم", fuzzy=True, comments=("source: human anna",)),)


@pytest.mark.parametrize("broken", ['"قديم', 'قديم"', '"قد"يم"', '"قد\\qيم"'])
def test_obsolete_entry_with_a_broken_quote_is_refused(po: Path, broken: str):
    """What is commented out may come back one day, so it must not lose a letter either."""
    with po.open("a", encoding="utf-8") as file:
        file.write(f'\n#~ msgctxt "ui.old"\n#~ msgid "Old"\n#~ msgstr {broken}\n')
    (problem,) = problems(po)
    assert problem.file == FILE
    assert "quote" in problem.message


def test_what_comes_after_an_obsolete_entry_is_looked_at_too(po: Path):
    """A faulty entry is named wherever it stands; a merge may put obsolete ones before it."""
    with po.open("a", encoding="utf-8") as file:
        file.write('\n#~ msgctxt "ui.old"\n#~ msgid "Old"\n#~ msgstr "قديم"\n')
        file.write('\nmsgctxt "ui.leave"\nmsgid "Leave"\nmsgstr "اذهب"\n')
    (problem,) = problems(po)
    assert (problem.unit, problem.message) == ("ui.leave", "a second entry for this unit; keep one")


def test_lost_obsolete_entry_is_noticed(po: Path):
    """The parser drops a last obsolete entry before a bare mark too; its text must not go in silence."""
    with po.open("a", encoding="utf-8") as file:
        file.write('\n#~ msgctxt "ui.old"\n#~ msgid "Old"\n#~ msgstr "قديم"\n#,\n')
    (problem,) = problems(po)
    assert problem.file == FILE


def test_comment_at_the_head_of_the_file_is_kept(po: Path):
    """What a team notes above the header survives reading and writing."""
    edit(po, 'msgid ""', '# We say usted.\nmsgid ""')
    assert "# We say usted.\n" in serialise_catalog(load_catalog(po, "ar"))


def test_flag_is_read_whatever_its_case(po: Path):
    """A flag that a person typed with a capital still says that somebody was unsure."""
    edit(po, "#, fuzzy", "#, Fuzzy")
    assert load_catalog(po, "ar").entries["worker.pay.story.one"].fuzzy


def test_numbered_translation_without_plural_is_refused(po: Path):
    """A text in ``msgstr[0]`` would be lost in writing, so it is named."""
    edit(po, 'msgstr "خروج"', 'msgstr[0] "خروج"')
    (problem,) = problems(po)
    assert (problem.unit, "plural" in problem.message) == ("ui.leave", True)
