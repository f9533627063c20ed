"""Packs by themselves, from files made here: what is kept together, in which order and parts it travels."""

import hashlib
import json
from dataclasses import replace
from itertools import pairwise

import brotli
import pytest

from fieldguide.artifact import Artifact, Caching, revision_of
from fieldguide.colours import Colours
from fieldguide.deployment import Deployment
from fieldguide.fold import unfold
from fieldguide.headers import SECURITY_HEADERS
from fieldguide.ingredients import Ingredients
from fieldguide.languages import Language, Registry
from fieldguide.model import Audience, Guide
from fieldguide.offline import build_manifests, build_offline, build_workers
from fieldguide.packs import PART, Pack, build_packs, iter_parts, side_packs, whole_of

HTML, SOUND = "text/html; charset=utf-8", "audio/mpeg"
ENGLISH = Language("en", "English", "English", "Latn", "en_US", status="source", audiences=("officer", "worker"))
ARABIC = Language("ar", "العربية", "Arabic", "Arab", "ar", status="help", audiences=("worker",))
MAM = Language("mam", "Qyol Mam", "Mam", "Latn", "es_GT", status="spoken", fallback=("en",))
REGISTRY = Registry({"en": ENGLISH, "ar": ARABIC, "mam": MAM})


def words(seed: str, count: int) -> bytes:
    """Text that hardly compresses: hashes, with spaces between them."""
    return b" ".join(hashlib.sha256(f"{seed} {number}".encode()).hexdigest().encode() for number in range(count))


def page(url: str, body: bytes = b"<p>text</p>") -> Artifact:
    return Artifact(url, body, HTML)


def sound(url: str, size: int = 9_000) -> Artifact:
    return Artifact(url, words(url, size // 65 + 1)[:size], SOUND)


@pytest.fixture
def guide(ingredients: Ingredients) -> Guide:
    """The tiny guide with a page of numbers."""
    start = ingredients.guide.pages["worker/start"]
    numbers = replace(start, id="worker/help", slug="numbers")
    return replace(ingredients.guide, pages={**ingredients.guide.pages, numbers.id: numbers})


ASSETS = (
    Artifact("static/js/rare.js", b"rare", "text/javascript"),
    Artifact("static/css/guide.css", b"css", "text/css"),
)
PAGES = (
    page("", b'<link href="static/css/guide.css">'),
    page("404.html", b'<link href="/static/css/guide.css">'),
    page("en/404.html"),
    page("en/", b"start"),
    page("en/w/numbers/", b'<link href="../../../static/css/guide.css"> numbers'),
    page("en/w/money/", b"money"),
    page("en/o/", b"officers"),
    page("en/o/farm/", b"farm"),
    Artifact("en/o/cards.js", b"notes", "text/javascript"),
    page("en/cards/", b"cards"),
    page("en/sources/", b"sources"),
    page("en/about/", b"about"),
    page("ar/", b"start ar"),
    page("ar/w/numbers/", b'<link href="../../../static/css/guide.css"> ar'),
    page("ar/cards/", b"cards ar"),
    page("mam/", b'<link href="../static/css/guide.css"> mam'),
    sound("ar/audio/a.one.x.mp3"),
    sound("en/audio/a.one.y.mp3"),
)


def urls_of(packs: tuple[Pack, ...]) -> dict[str, list[str]]:
    return {pack.name: [file.url for file in pack.files] for pack in packs}


def test_each_file_is_in_the_pack_of_its_readers(guide: Guide) -> None:
    """Core has what every page needs and all numbers; workers take no page of officers, and nobody sound unasked;
    a language that is only spoken has its one page in core."""
    packs = build_packs(guide, REGISTRY, (*ASSETS, *PAGES))
    assert urls_of(packs) == {
        "core": [
            "static/css/guide.css",
            "static/js/rare.js",
            "",
            "404.html",
            "en/w/numbers/",
            "ar/w/numbers/",
            "mam/",
        ],
        "text.en": ["en/404.html", "en/", "en/w/money/", "en/about/"],
        "officer.en": ["en/o/", "en/o/farm/", "en/o/cards.js", "en/sources/"],
        "text.ar": ["ar/"],
        "cards": ["en/cards/", "ar/cards/"],
        "audio.en": ["en/audio/a.one.y.mp3"],
        "audio.ar": ["ar/audio/a.one.x.mp3"],
    }
    bases = {pack.name: pack.base.url if pack.base else None for pack in packs}
    assert bases == {
        **dict.fromkeys(bases),
        "text.en": "en/w/numbers/",
        "officer.en": "en/w/numbers/",
        "text.ar": "ar/w/numbers/",
    }
    assert {pack.name for pack in packs if pack.is_sound} == {"audio.en", "audio.ar"}
    assert {pack.name for pack in packs if pack.is_folded} == {"text.en", "officer.en", "text.ar", "cards"}


def test_a_guide_without_numbers_or_cards_has_packs_too(ingredients: Ingredients) -> None:
    """Nothing is folded against a page that is not there, and no pack is empty."""
    packs = build_packs(ingredients.guide, REGISTRY, [one for one in PAGES if "/cards/" not in one.url])
    assert "cards" not in urls_of(packs)
    assert "en/w/numbers/" in urls_of(packs)["text.en"]
    assert all(pack.base is None and pack.files for pack in packs)


def test_what_keeping_takes_on_each_side(guide: Guide) -> None:
    """Workers: core and their language. Officers and neighbors also their pages, and the cards where there are any."""
    assert side_packs(guide, ARABIC, Audience.WORKER) == ("core", "text.ar")
    assert side_packs(guide, ENGLISH, Audience.SHARED) == ("core", "text.en")
    assert side_packs(guide, ENGLISH, Audience.OFFICER) == ("core", "text.en", "officer.en")
    with_cards = replace(guide, decks=("a deck",))
    for side in (Audience.OFFICER, Audience.NEIGHBOR):
        assert side_packs(with_cards, ENGLISH, side) == ("core", "text.en", "cards", "officer.en")
    assert side_packs(with_cards, ENGLISH, Audience.WORKER) == ("core", "text.en")


def test_a_neighbors_pages_are_for_officers_phones(guide: Guide) -> None:
    """They name signs, as officers' pages do: a worker's phone does not hold them."""
    one = replace(guide.pages["worker/pay"], id="neighbor/pay", audience=Audience.NEIGHBOR)
    more = replace(guide, pages={**guide.pages, one.id: one})
    both = Registry({"en": replace(ENGLISH, audiences=("worker", "neighbor"))})
    found = urls_of(build_packs(more, both, (*PAGES, page("en/n/money/"))))
    assert "en/n/money/" in found["officer.en"]
    assert "en/n/money/" not in found["text.en"]


def unfolded(pack: Pack) -> list[bytes]:
    """The bodies of a pack as a phone gets them, part after part, each against its base and the files before it."""
    known = pack.base.body if pack.base else b""
    at, bodies = 0, []
    for part in iter_parts(pack):
        files = pack.files[at : at + part.count]
        body = unfold(part.body, known) if pack.is_folded else part.body
        bodies.append(body)
        assert body == b"".join(file.body for file in files)
        known += body
        at += part.count
    assert at == len(pack.files)
    return bodies


SHARED = words("shared", 40)
LONG = tuple(page(f"en/{number}/", words(str(number), 200 - number) + SHARED) for number in range(8))
"""Each of another length: a reference that counts from the wrong file finds other words."""


@pytest.mark.parametrize(
    "pack",
    [
        Pack("core", LONG),
        Pack("text.en", LONG),
        Pack("text.en", LONG, page("en/w/numbers/", SHARED)),
        Pack("audio.en", tuple(sound(f"en/audio/{number}.mp3") for number in range(5))),
        Pack("text.en", LONG[:1]),
    ],
)
def test_parts_are_cut_between_files_and_put_together_again(pack: Pack) -> None:
    """Every part is as full as the limit lets it be, and is never empty; the whole is the same bytes as one stream."""
    parts = list(iter_parts(pack))
    unfolded(pack)
    assert [part.is_sound for part in parts] == [pack.is_sound] * len(parts)
    if len(pack.files) > 1:
        assert 1 < len(parts) < len(pack.files)
        assert all(part.row[2] <= PART + 100 for part in parts)
        assert all(one.row[2] + two.row[2] > PART for one, two in pairwise(parts))
    whole = whole_of(pack, parts[0])
    body = unfold(whole.body, pack.base.body if pack.base else b"") if pack.is_folded else whole.body
    assert (body, whole.count) == (b"".join(file.body for file in pack.files), len(pack.files))
    assert whole.body.startswith(parts[0].body)
    assert whole.is_sound is pack.is_sound


def test_what_a_phone_has_already_is_not_sent_again() -> None:
    """Words of the base and of earlier parts are references, also where a part begins; core refers to nothing."""
    base = page("en/w/numbers/", SHARED)
    assert all(SHARED not in part.body for part in iter_parts(Pack("text.en", LONG, base)))
    alone = list(iter_parts(Pack("text.en", LONG)))
    assert [SHARED in part.body for part in alone] == [True] + [False] * (len(alone) - 1)
    assert all(SHARED in part.body for part in iter_parts(Pack("core", LONG)))
    assert SHARED not in whole_of(Pack("text.en", LONG, base), next(iter_parts(Pack("text.en", LONG, base)))).body


def test_a_file_that_is_too_large_for_a_part_is_one_by_itself() -> None:
    """It is not cut, and those before and behind it are not held up by it."""
    large = page("en/large/", words("large", 900))
    counts = [part.count for part in iter_parts(Pack("core", (LONG[0], large, LONG[1])))]
    assert counts == [1, 1, 1]


def test_a_row_tells_what_a_part_costs() -> None:
    """Hash, bytes, compressed bytes and files; sound is not made smaller, so it costs what it is."""
    (text,) = iter_parts(Pack("core", LONG[:2]))
    assert text.row == [revision_of(text.body), len(text.body), len(brotli.compress(text.body, quality=5)), 2]
    (part,) = iter_parts(Pack("audio.en", (sound("a"), sound("b"))))
    assert part.row == [revision_of(part.body), 18_000, 18_000, 2]


def offline(*packs: Pack, edition: int = 3, base: str = "/guide/") -> dict[str, Artifact]:
    return {artifact.url: artifact for artifact in build_offline(packs, edition, base)}


def test_an_index_says_all_that_a_phone_asks_for() -> None:
    """Edition and build, each file's address, hash, size and type, what it was folded against, and the parts."""
    base = page("en/w/numbers/", SHARED)
    core, text = Pack("core", (*ASSETS, base)), Pack("text.en", LONG, base)
    files = offline(core, text)
    edition = json.loads(files["_/edition.json"].body)
    index = json.loads(files["_/text.en.json"].body)
    parts = list(iter_parts(text))
    assert edition == {"format": 2, "base": "/guide/", "edition": 3, "build": index["build"]}
    assert index == {
        **edition,
        "released": None,
        "pack": "text.en",
        "types": [HTML],
        "files": [[one.url, one.revision, len(one.body), 0] for one in LONG],
        "fold": base.revision,
        "parts": [part.row for part in parts],
        "whole": whole_of(text, parts[0]).row[:3],
    }
    small = json.loads(files["_/core.json"].body)
    assert (small["fold"], small["whole"], small["types"]) == (None, None, ["text/javascript", "text/css", HTML])
    assert [row[3] for row in small["files"]] == [0, 1, 2]
    assert json.loads(offline(Pack("text.en", LONG[:1]))["_/text.en.json"].body)["fold"] == ""
    named = {"_/edition.json", "_/core.json", "_/text.en.json"}
    named |= {f"_/{row[0]}.txt" for row in (*small["parts"], *index["parts"], index["whole"])}
    assert files.keys() == named
    assert {one.caching for one in files.values()} == {Caching.NEVER}
    assert {one.media_type for url, one in files.items() if url.endswith(".txt")} == {"text/plain; charset=utf-8"}
    assert {one.media_type for url, one in files.items() if url.endswith(".json")} == {"application/json"}
    assert b": " not in files["_/core.json"].body  # asked for each day, so without spaces


def test_sound_has_no_stream_of_its_own_and_its_own_type() -> None:
    """Megabytes would lie twice on the host; a host compresses text, and must not try it with sound."""
    pack = Pack("audio.en", tuple(sound(f"en/audio/{number}.mp3") for number in range(5)))
    files = offline(pack)
    index = json.loads(files["_/audio.en.json"].body)
    assert len(index["parts"]) > 1
    assert (index["whole"], index["fold"]) == (None, None)
    assert {one.media_type for url, one in files.items() if url.endswith(".txt")} == {SOUND}


@pytest.mark.parametrize(
    ("changed", "is_same"),
    [
        (Pack("core", LONG[:2]), True),
        (Pack("cores", LONG[:2]), False),
        (Pack("core", LONG[1::-1]), False),
        (Pack("core", (LONG[0], replace(LONG[1], body=b"x"))), False),
        (Pack("core", (LONG[0], replace(LONG[1], url="x"))), False),
        (Pack("core", (LONG[0], replace(LONG[1], media_type="x"))), False),
    ],
)
def test_a_build_stands_for_all_that_can_be_kept(changed: Pack, *, is_same: bool) -> None:
    """Another byte, address, type, order or pack is another build; the edition is not in it."""
    builds = [
        json.loads(offline(pack, edition=edition)["_/edition.json"].body)["build"]
        for edition, pack in enumerate((Pack("core", LONG[:2]), changed))
    ]
    assert (builds[0] == builds[1]) is is_same


def test_what_two_packs_share_is_one_file() -> None:
    """A part of the same bytes is fetched once, and what comes after it in its pack still lies there."""
    packs = (Pack("text.a", LONG[:3]), Pack("text.b", LONG))
    both = offline(*packs)
    indexes = [json.loads(both[f"_/{name}.json"].body) for name in ("text.a", "text.b")]
    rows = [row[0] for index in indexes for row in (*index["parts"], index["whole"])]
    assert len(set(rows)) < len(rows)  # the first part is the same
    assert {f"_/{row}.txt" for row in rows} <= both.keys()
    listed = [artifact.url for artifact in build_offline(packs, 1, "/")]
    assert len(listed) == len(set(listed))


def test_worker_scripts_know_the_numbers_of_this_guide(guide: Guide, ingredients: Ingredients) -> None:
    """Where the page of numbers lies, the format and the headers, before the script; asked for anew each time, since an
    emergency script must not wait for a browser's memory."""
    (script,) = build_workers(guide, {"sw.js": "go();\n"}, "/guide/")
    assert (script.url, script.media_type, script.caching) == ("sw.js", "text/javascript; charset=utf-8", Caching.ASK)
    *constants, last = script.body.decode("utf-8").splitlines()
    values = dict(line.removeprefix("const ").removesuffix(";").split(" = ", 1) for line in constants)
    assert {name: json.loads(value) for name, value in values.items()} == {
        "BASE": "/guide/",
        "HELP": "w/numbers/",
        "FORMAT": 2,
        "LARGEST": 2**31,
        "HEADERS": SECURITY_HEADERS,
    }
    assert last == "go();"
    (script,) = build_workers(ingredients.guide, {"sw.js": ""}, "/guide/")
    assert b'const HELP = "404.html";' in script.body


def test_a_manifest_says_all_that_a_phone_shows(guide: Guide) -> None:
    """One app in each language and side: its own name, colors, icons, language and start. A worker's leaves nothing
    in a browser's memory; a language that is only spoken has none, and those after it have theirs."""
    own = replace(guide.pages["officer/start"], id="neighbor/start", audience=Audience.NEIGHBOR)
    pages = {page_id: page for page_id, page in guide.pages.items() if page_id != "officer/start"}
    guide = replace(guide, pages={**pages, own.id: own})
    languages = Registry({"mam": MAM, "en": replace(ENGLISH, audiences=("worker", "neighbor")), "ar": ARABIC})
    found = {one.url: one for one in build_manifests(guide, languages, Deployment(base="/g/"))}
    assert {url: (one.media_type, one.caching) for url, one in found.items()} == {
        "en/app.webmanifest": ("application/manifest+json", Caching.NEVER),
        "en/n/app.webmanifest": ("application/manifest+json", Caching.ASK),
        "ar/app.webmanifest": ("application/manifest+json", Caching.NEVER),
    }
    icons = [
        {"src": f"/g/static/icons/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    neighbor = {
        "id": "/g/",
        "name": "Test Guide",
        "short_name": "Test Guide",
        "lang": ENGLISH.lang,
        "dir": "ltr",
        "start_url": "/g/en/n/",
        "scope": "/g/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#3d5a73",
        "icons": icons,
    }
    assert json.loads(found["en/n/app.webmanifest"].body) == neighbor
    chosen = Deployment(base="/g/", name="Plain", icon="our.png", colours=Colours(accent="#7A1F2B"))
    arabic = {one.url: json.loads(one.body) for one in build_manifests(guide, languages, chosen)}["ar/app.webmanifest"]
    assert (arabic["name"], arabic["short_name"], arabic["theme_color"]) == ("Plain", "Plain", "#7a1f2b")
    assert (arabic["lang"], arabic["dir"], arabic["start_url"], arabic["icons"]) == ("ar", "ltr", "/g/ar/", icons[1:])


def test_words_of_other_scripts_stand_as_they_are() -> None:
    """An index is UTF-8: an address with letters of another script is not escaped."""
    (index,) = (one for url, one in offline(Pack("core", (page("en/é/"),))).items() if url == "_/core.json")
    assert "en/é/".encode() in index.body
