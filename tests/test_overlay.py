"""An agency's overlay: own pages and words, and everything in it that does not fit, at once."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fieldguide.catalog import Catalog, Entry
from fieldguide.cli import main
from fieldguide.deployment import Deployment
from fieldguide.ingredients import Ingredients, check_release
from fieldguide.load import load_deployed, load_ingredients
from fieldguide.model import iter_units
from fieldguide.overlay import (
    Overlay,
    check_overlay_stale,
    gone_from,
    load_overlay,
    merge,
    merge_catalogs,
    stamp_of,
)
from fieldguide.problems import Problem, ProblemsError
from fieldguide.reader import load_guide
from fieldguide.schema import ReplacementTable
from fieldguide.site import build_site

from .conftest import FIXTURE, ROOT, edit

RATE = "worker.pay.owed.rate"
RATE_TEXT = "You get at least {fact.rate}. Call {phone.line}."
OURS = "You get {fact.rate} or more. Call {phone.line}."
PAGE = """
title = "Desk"
summary = "What the desk has."
written_on = 2026-01-03
sources_seen_to = 2026-01-02

[[sections]]
id = "night"
kind = "text"
title = "At night"

  [[sections.items]]
  id = "one"
  text = "The desk is open. See [the farm page](officer/farm)."
  confidence = "high"
  sources = ["order"]

[[sections]]
id = "src"
kind = "sources"
"""
SOURCES = """
[[sources]]
id = "order"
title = "Order 12"
publisher = "Test County"
kind = "agency"
seen_to = 2026-01-02
"""
HEADER = 'msgid ""\nmsgstr ""\n"Language: ar\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'


def rule(unit_id: str, text: str, was: str) -> str:
    """One replaced unit as ``units.toml`` has it."""
    return f'[replace."{unit_id}"]\ntext = "{text}"\nwas = "{was}"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "overlay"
    folder.mkdir()
    return folder


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def laid(folder: Path, root: Path = FIXTURE) -> Ingredients:
    """The tiny guide with an overlay."""
    deployment = Deployment(overlay=folder.name)
    return load_ingredients(deployment, root / "content", root / "translations", folder=folder.parent)


def refused(folder: Path) -> list[Problem]:
    """Everything that is wrong with an overlay."""
    with pytest.raises(ProblemsError) as error:
        build_site(laid(folder))
    return list(error.value.problems)


def shown(ingredients: Ingredients, url: str) -> str:
    return build_site(ingredients).artifacts[url].body.decode("utf-8")


def test_a_page_of_its_own_is_a_page_like_the_others(folder: Path) -> None:
    """It is listed at the start of its side, cites its own source, and links to the guide's pages."""
    write(folder, {"officer/desk.toml": PAGE, "sources.toml": SOURCES, "README.md": "ours"})
    site = build_site(laid(folder))
    assert b'href="desk/"' in site.artifacts["en/o/"].body
    page = site.artifacts["en/o/desk/"].body
    assert b"Order 12" in page
    assert b'href="../farm/"' in page


def test_a_replaced_text_stands_everywhere_and_never_with_its_old_translation(folder: Path) -> None:
    """English shows the new words; Arabic has none for them yet, so it shows the English, marked as such."""
    write(
        folder,
        {"units.toml": rule(RATE, OURS, stamp_of(RATE_TEXT)) + rule("names.line", "Our Line", stamp_of("Test Line"))},
    )
    ingredients = laid(folder)
    assert "or more" in shown(ingredients, "en/w/money/")
    arabic = shown(ingredients, "ar/w/money/")
    assert '<p data-ages lang="en-US" dir="ltr">You get' in arabic
    assert "تحصل على" not in arabic
    assert "Our Line" in shown(ingredients, "en/")
    assert "Test Line" not in shown(ingredients, "en/")
    refused = [problem for problem in check_release(fixture(), date(2026, 1, 5)) if problem.unit != "names.line"]
    assert list(check_release(ingredients, date(2026, 1, 5))) == refused  # the agency's own words wait for nobody


def fixture() -> Ingredients:
    return load_ingredients(Deployment(), FIXTURE / "content", FIXTURE / "translations")


def test_its_own_translation_is_shown(folder: Path) -> None:
    """A text of one's own has its catalog; the guide's other translations stay."""
    arabic = "لك {fact.rate} أو أكثر. اتصل {phone.line}."
    entry = f'\n# source: machine 2026-01-03\nmsgctxt "{RATE}"\nmsgid "{OURS}"\nmsgstr "{arabic}"\n'
    write(
        folder,
        {"units.toml": rule(RATE, OURS, stamp_of(RATE_TEXT)), "translations/ar/messages.po": HEADER + entry},
    )
    arabic = shown(laid(folder), "ar/w/money/")
    assert "أو أكثر" in arabic
    assert "الأجر" in arabic


def test_hidden_items_and_sections_are_gone(folder: Path) -> None:
    """An item goes with its reasons, a section by its title, and no catalog misses them."""
    write(folder, {"units.toml": 'hide = ["officer.farm.signs.fence", "worker.pay.story.title"]'})
    ingredients = laid(folder)
    farm = shown(ingredients, "en/o/farm/")
    assert "A fence is locked." not in farm
    assert "Nobody can get out." not in farm
    assert "Another person keeps the papers." in farm
    assert "Sam writes" not in shown(ingredients, "en/w/money/")
    assert {unit.id for unit in iter_units(ingredients.guide)}.isdisjoint(
        {"officer.farm.signs.fence", "officer.farm.signs.fence.why", "worker.pay.story.one", "worker.pay.story.title"}
    )


def test_a_section_of_which_nothing_is_left_goes(folder: Path) -> None:
    """No heading stands over nothing."""
    write(folder, {"units.toml": 'hide = ["worker.pay.story.one"]'})
    assert "A story" not in shown(laid(folder), "en/w/money/")


def test_a_changed_guide_is_told_and_stops_a_release(
    folder: Path, guide_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The agency's words stay, but somebody must read what the guide says now."""
    write(folder, {"units.toml": rule(RATE, OURS, stamp_of(RATE_TEXT))})
    assert laid(folder, guide_copy).overtaken == ()
    edit(guide_copy / "content/worker/pay.toml", "You get at least", "By law you get at least")
    (found,) = laid(folder, guide_copy).overtaken
    now = stamp_of("By law you get at least {fact.rate}. Call {phone.line}.")
    assert str(found).startswith(f'overlay/units.toml: replace."{RATE}".was: the guide now says \'By law you get')
    assert f'write was = "{now}"' in found.message
    assert found in list(check_release(laid(folder, guide_copy), date(2026, 1, 5)))
    # and as a person meets it, with the real guide
    write(folder, {"units.toml": rule("officer.tonight.list.bed", "**Bed.** Ask the desk.", "0" * 12)})
    (tmp_path / "deployment.toml").write_text('languages = ["en"]\noverlay = "overlay"\n')
    assert main(["check", "--deployment", str(tmp_path / "deployment.toml")]) == 0
    assert 'warning: overlay/units.toml: replace."officer.tonight.list.bed".was' in capsys.readouterr().err
    assert main(["--release", "--deployment", str(tmp_path / "deployment.toml"), "--out", str(tmp_path / "dist")]) == 1
    assert 'replace."officer.tonight.list.bed".was: the guide now says' in capsys.readouterr().err
    assert not (tmp_path / "dist").exists()


def test_everything_that_does_not_fit_is_told_at_once(folder: Path) -> None:
    """Each with the file, the key and what mends it."""
    units = (
        'hide = ["officer.farm.what.law", "officer.farm.what.title", "officer.farm.signs.fence.why", "names.line",'
        ' "shared.about.text.one", "officer.farm.title", "worker.pay.story.won", "ui.leave", "worker.pay.story.one"]\n'
        + rule("worker.pay.story.one", "x", stamp_of("Sam writes down each hour."))
        + rule("officer.farm.singns.fence", "x", "0" * 12)
        + rule(RATE, OURS, "")
    )
    entry = '\nmsgctxt "worker.pay.title"\nmsgid "Pay"\nmsgstr "x"\n'
    write(
        folder,
        {
            "units.toml": units,
            "sources.toml": SOURCES.replace('"order"', '"act"'),
            "officer/farm.toml": PAGE,
            "translations/ar/messages.po": HEADER + entry,
        },
    )
    found = [str(problem) for problem in refused(folder)]
    for line in (
        "overlay/units.toml: hide: rights, safety or consent: can be replaced, never hidden (officer.farm.what.law)"
        " [officer.farm.what.law]",
        "consent: can be replaced, never hidden (officer.farm.what.law) [officer.farm.what.title]",
        "hide: is no item by itself; hide the item or the section's title",
        "can be replaced, not hidden [names.line]",
        "can be replaced, not hidden [shared.about.text.one]",
        "or replace it [officer.farm.title]",
        "overlay/units.toml: hide: no unit of the guide has this id; did you mean worker.pay.story.one?"
        " [worker.pay.story.won]",
        "hide: is a word of the program, not of a page; the deployment file says what can be chosen [ui.leave]",
        "is replaced and hidden; keep one [worker.pay.story.one]",
        'replace."officer.farm.singns.fence": no unit of the guide has this id; did you mean officer.farm.signs.fence?',
        f'overlay/units.toml: replace."{RATE}".was: say which text of the guide it replaces: was = '
        f'"{stamp_of(RATE_TEXT)}" stands for {RATE_TEXT!r} [{RATE}]',
        "overlay/sources.toml: act: is a source of the guide",
        "overlay/officer/farm.toml: officer/farm is a page of the guide",
        "overlay/translations/ar/messages.po: the overlay neither adds nor replaces this unit; its translation is the"
        " guide's own [worker.pay.title]",
    ):
        assert [one for one in found if line in one], line
    assert len(found) == 14


def test_broken_files_are_told_at_once_too(folder: Path) -> None:
    """Files of an overlay that cannot be read at all, together with names that an overlay does not have."""
    write(
        folder,
        {
            "units.toml": "hide = 1\n[replace.x]\nwas = 'x'\n",
            "sources.toml": "sources = [",
            "officer/desk.toml": "title = 'x'\n",
            "translations/ar/messages.po": "msgid ",
            "unit.toml": "",
            "shared/about.toml": PAGE,
        },
    )
    found = [str(problem) for problem in refused(folder)]
    for line in (
        "overlay/units.toml: hide: expected a list",
        "overlay/units.toml: replace['x'].text: required key is missing",
        "overlay/sources.toml: not valid TOML",
        "overlay/officer/desk.toml: summary: required key is missing",
        "overlay/translations/ar/messages.po: line 1: no PO line",
        "overlay/unit.toml: is nothing of an overlay; it has officer/",
        "overlay/shared: is nothing of an overlay",
    ):
        assert [one for one in found if line in one], (line, found)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """The name of the folder is the deployment's."""
    gone = tmp_path / "gone"
    with pytest.raises(ProblemsError) as caught:
        load_overlay(gone)
    assert caught.value.problems == (
        Problem("deployment", "overlay", f"{gone} is no folder; make it or mend the name"),
    )


def test_what_an_overlay_adds_to_languages_and_words_of_the_search(guide_copy: Path) -> None:
    """A language that the guide has no catalog of gets the agency's words alone; words of the search stay
    unless they are hidden."""
    with (guide_copy / "content/site.toml").open("a", encoding="utf-8") as file:
        for page in ("pay", "start"):
            file.write(f'\n[[like]]\nid = "{page}"\npage = "worker/{page}"\nwords = "{page}, money"\n')
    guide = load_guide(guide_copy / "content")
    replaced = {RATE: ReplacementTable(text=OURS, was=stamp_of(RATE_TEXT))}
    ours = Entry(RATE, OURS, "x")
    overlay = Overlay(
        "overlay", replaced=replaced, hidden=("search.pay",), catalogs={"fr": Catalog("fr", {RATE: ours})}
    )
    merged = merge(guide, overlay)
    assert [like.words.id for like in merged.like] == ["search.start"]
    assert [like.words.id for like in merge(guide, Overlay()).like] == ["search.pay", "search.start"]
    theirs = {key: Entry(key, "x", "y") for key in (RATE, "search.pay", "worker.pay.title")}
    catalogs = merge_catalogs({"ar": Catalog("ar", theirs)}, overlay, gone_from(guide, merged))
    assert catalogs == {
        "ar": Catalog("ar", {"worker.pay.title": theirs["worker.pay.title"]}),
        "fr": Catalog("fr", {RATE: ours}),
    }
    assert [problem.unit for problem in check_overlay_stale(replace(overlay, replaced=moved(replaced)), guide)] == [
        RATE
    ]


def moved(replaced: dict[str, ReplacementTable]) -> dict[str, ReplacementTable]:
    """The same replaced texts, written for another text of the guide."""
    return {unit_id: replace(table, was="0" * 12) for unit_id, table in replaced.items()}


def test_a_problem_is_told_where_an_agency_can_mend_it() -> None:
    """Its own words in its own files; a problem of the guide's own words is the guide's, in whichever file."""
    catalogs = {"ar": Catalog("ar", {RATE: Entry(RATE, OURS, "x")})}
    overlay = Overlay("overlay", replaced={RATE: ReplacementTable(text=OURS)}, catalogs=catalogs)
    arabic, pay = "translations/ar/messages.po", "content/worker/pay.toml"
    for file, unit, there, place in (
        (arabic, RATE, "overlay/translations/ar/messages.po", "x"),
        (arabic, "worker.pay.title", arabic, "x"),
        ("translations/fil/messages.po", RATE, "translations/fil/messages.po", "x"),
        (pay, RATE, "overlay/units.toml", f'replace."{RATE}"'),
        (pay, "worker.pay.title", pay, "x"),
        ("overlay/units.toml", RATE, "overlay/units.toml", "x"),
    ):
        assert overlay.located(Problem(file, "x", "y", unit)) == Problem(there, place, "y", unit)


def test_an_id_that_is_like_no_other_and_a_card_are_told(folder: Path) -> None:
    """No guess where nothing is near; cards are the deployment file's matter; hidden files are none."""
    write(folder, {"units.toml": 'hide = ["zzz"]', ".DS_Store": "", "README.md": "Ours."})
    assert [str(problem) for problem in refused(folder)] == [
        "overlay/units.toml: hide: no unit of the guide has this id [zzz]"
    ]
    write(folder, {"units.toml": 'hide = ["cards.close.thank-you"]'})
    with pytest.raises(ProblemsError, match="cards are switched off by cards_off in the deployment file") as caught:
        merge(load_ingredients(Deployment()).guide, load_overlay(folder))
    assert [problem.message[:5] for problem in caught.value.problems] == ["cards"]


def test_the_checks_see_the_whole_and_name_the_overlay(folder: Path) -> None:
    """A typed year, a link to nowhere, a broken translation: each is found where it was written."""
    text = "You get it in 2024. See [x](worker/gone)."
    entry = '\nmsgctxt "names.line"\nmsgid "Our Line"\nmsgstr "<b>"\n'
    write(
        folder,
        {
            "units.toml": rule(RATE, text, stamp_of(RATE_TEXT)) + rule("names.line", "Our Line", stamp_of("Test Line")),
            "translations/ar/messages.po": HEADER + entry,
        },
    )
    found = [str(problem) for problem in refused(folder)]
    assert [
        one for one in found if one.startswith(f'overlay/units.toml: replace."{RATE}": a year is typed into the text')
    ]
    assert [one for one in found if "links to a page that does not exist: worker/gone" in one]
    assert [one for one in found if one.startswith("overlay/translations/ar/messages.po: HTML has no place in a text")]
    assert all(one.startswith("overlay/") for one in found)


def test_a_hidden_thing_that_others_need_is_told(folder: Path) -> None:
    """The sign asks a question that would be gone."""
    write(folder, {"units.toml": 'hide = ["officer.farm.ask.day"]'})
    assert "'officer.farm.ask.day' is no question of this page" in str(refused(folder)[0])


def test_recordings_of_hidden_texts_are_left_out(ingredients: Ingredients) -> None:
    """The words are gone, so nothing may say them."""
    from fieldguide.recordings import Recordings

    found = Recordings("ar", sounds={"worker.pay.story.one": b"x", "worker.pay.owed.rate": b"y"})
    assert found.without({"worker.pay.story.one"}).sounds == {"worker.pay.owed.rate": b"y"}


def test_languages_that_nobody_reads_need_no_translation(folder: Path) -> None:
    """A copy in English alone may replace a text of the page of numbers and translate it into no language."""
    write(folder, {"units.toml": rule("worker.help.title", "Numbers", "0" * 12)})
    english = load_ingredients(Deployment(languages=("en",), overlay="overlay"), folder=folder.parent)
    build_site(english)
    with pytest.raises(ProblemsError, match="is missing in a language whose status"):
        build_site(replace(english, deployment=Deployment()))


def test_the_example_of_the_docs_builds(tmp_path: Path) -> None:
    """The files of docs/overlay.md, as they stand there, with the real guide."""
    text = (ROOT / "docs" / "overlay.md").read_text(encoding="utf-8")
    files = dict(re.findall(r"^`([\w./-]+)`\n\n```\w+\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    assert len(files) == 5
    write(tmp_path, files)
    ingredients = load_deployed(tmp_path / "deployment.toml")
    assert ingredients.overtaken == ()
    site = build_site(ingredients)
    assert b"The desk has tonight&#39;s list of beds." in site.artifacts["en/o/tonight/"].body
    assert b"La oficina tiene la lista de camas" in site.artifacts["es/o/tonight/"].body
    assert b"General Order 12" in site.artifacts["en/o/desk/"].body
    assert b"Ask for an advocate and an interpreter in the same call." not in site.artifacts["en/o/call-first/"].body
