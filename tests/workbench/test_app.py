"""The workbench as an application: who may ask, with which headers, and the way from the door to a sentence."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from fieldguide.snapshot import Site
from fieldguide.workbench.app import Settings
from fieldguide.workbench.safety import FORM_LIMIT

from .conftest import ANA, HERE, TITLE, Bench, Start, by_class, tree, value_of


def test_the_door_speaks_the_language_of_the_browser(bench: Bench):
    """Haitian Creole for who reads it, English for who reads none of the three."""
    for asked, words in (("ht-HT,fr;q=0.8", "/ht/"), ("es-419", "/es/"), ("ar", "/en/"), ("", "/en/")):
        door = bench.client.get("/", base_url=HERE, headers={"Accept-Language": asked})
        assert door.location == words


@pytest.mark.parametrize("words", ["en", "es", "ht"])
@pytest.mark.parametrize("path", ["", "ar/", f"ar/{TITLE}/", f"ar/{TITLE}/blind"])
def test_every_page_is_good_in_every_language(bench: Bench, words: str, path: str):
    """Good HTML, marked with the language that was asked for."""
    assert tree(bench.get(f"/{words}/{path}").text).get("lang") == words


def test_from_the_door_to_the_first_sentence(bench: Bench):
    """Nobody works without a name; an alias with spaces is refused; then the list, vital sentences first."""
    assert bench.client.get(f"/en/ar/{TITLE}/", base_url=HERE).location == "/en/?again=1"
    wrong = bench.client.get("/en/enter?tag=ar&by=Ana+B&role=lawyer", base_url=HERE)
    assert by_class(bench.client.get(wrong.location, base_url=HERE).text, "refused")
    there = bench.client.get("/en/enter?tag=ar&by=ana&role=lawyer", base_url=HERE).location
    assert there == "/en/ar/?by=ana&role=lawyer"
    page = bench.client.get(there, base_url=HERE).text
    needs = by_class(page, "marks")
    assert all("Rights or safety" in need for need in needs[:10])
    assert len(needs) == 50
    assert needs[0].startswith("Not translated yet")


def test_what_the_command_has_said_is_not_asked(start: Start):
    """With language, alias and role the door leads to the list; no other language can be opened."""
    bench = start(language="ar", alias="ana", role="lawyer")
    assert bench.client.get("/en/", base_url=HERE).location == "/en/ar/?by=ana&role=lawyer"
    assert bench.client.get("/en/ar/", base_url=HERE).status_code == 200
    assert bench.client.get("/en/fil/", base_url=HERE).status_code == 404
    assert "<option" not in bench.client.get("/en/?again=1", base_url=HERE).text.replace('<option value="ar"', "")


def test_what_is_not_there(bench: Bench):
    """Unknown languages, sentences and pages are a plain 404, which shows nothing of what was asked."""
    for path in ("/en/xx/", "/en/en/", "/en/ar/no.such.unit/", "/fr/", "/guide/ar/no/", "/guide/xx/", "/<script>"):
        found = bench.get(path)
        assert (found.status_code, found.text) == (404, "There is nothing at this address.\n"), path


def test_every_answer_is_closed_to_others(bench: Bench):
    """One strict policy for all: no other host, nothing inline, no frame of it elsewhere, nothing kept."""
    for path in ("/", "/en/", f"/en/ar/{TITLE}/", "/nothing", "/static/workbench.js", "/guide/static/css/guide.css"):
        headers = bench.get(path).headers
        policy = dict(directive.split(" ", 1) for directive in headers["Content-Security-Policy"].split("; "))
        assert policy["default-src"] == policy["base-uri"] == "'none'"
        assert policy["script-src"] in ("'self'", "'none'")
        assert policy["frame-ancestors"] in ("'none'", "'self'")
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] in ("same-origin", "no-referrer")
    proof = bench.get("/guide/ar/w/money/").headers["Content-Security-Policy"]
    assert "script-src 'none'" in proof
    assert "sandbox allow-same-origin" in proof


@pytest.mark.parametrize(
    ("host", "good"),
    [
        ("127.0.0.1:8001", True),
        ("localhost", True),
        ("[::1]:8001", True),
        ("LOCALHOST:1", True),
        ("evil.example", False),
        ("127.0.0.1.evil.example:8001", False),
        ("localhost@evil.example", False),
        ("", False),
    ],
)
def test_only_its_own_names_are_answered(bench: Bench, host: str, good: bool):
    """A name that was made to point to this machine gets nothing, not even the door."""
    answer = bench.client.get("/en/", base_url=HERE, environ_overrides={"HTTP_HOST": host})
    assert answer.status_code == (200 if good else 403)


@pytest.mark.parametrize("path", ["/", "/en", "/en/ar", f"/en/ar/{TITLE}", f"/en/ar/{TITLE}/", "//en", "/en//ar"])
def test_redirects_are_paths_and_for_its_own_names(bench: Bench, path: str):
    """Also where only a slash is missing, which the framework would repair with the name that the request names."""
    for host, good in (("127.0.0.1:8001", True), ("localhost", True), ("evil.example", False), ("", False)):
        answer = bench.client.get(path, environ_overrides={"HTTP_HOST": host})
        assert answer.status_code in ((302, 308) if good else (403,))
        assert answer.headers.get("Location", "/").startswith("/")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:8002"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_forms_of_other_sites_are_refused(bench: Bench, headers: dict[str, str]):
    """Also with the right stamp: another site, another port, an origin that hides itself."""
    before = bench.path.read_bytes()
    page = bench.get(f"/en/ar/{TITLE}/").text
    data = {"stamp": value_of(page, "stamp"), "seen": value_of(page, "seen"), "do": "save", "text": "الأجور"}
    answer = bench.client.post(f"/en/ar/{TITLE}/", base_url=HERE, query_string=ANA, data=data, headers=headers)
    assert answer.status_code == 403
    assert bench.path.read_bytes() == before
    good = {"Origin": HERE, "Sec-Fetch-Site": "same-origin"}
    answer = bench.client.post(f"/en/ar/{TITLE}/", base_url=HERE, query_string=ANA, data=data, headers=good)
    assert answer.status_code == 303


@pytest.mark.parametrize("stamp", ["", "x", "ü"])
@pytest.mark.parametrize(
    "path", [f"/en/ar/{TITLE}/", f"/en/ar/{TITLE}/undo", f"/en/ar/{TITLE}/blind", f"/en/ar/{TITLE}/try"]
)
def test_forms_without_the_stamp_are_refused(bench: Bench, stamp: str, path: str):
    """A form that this run has not made does nothing."""
    before = bench.path.read_bytes()
    data = {"stamp": stamp, "seen": bench.seen(TITLE), "do": "save", "text": "الأجور", "words": "Wages."}
    assert bench.client.post(path, base_url=HERE, query_string=ANA, data=data).status_code == 403
    assert bench.path.read_bytes() == before


def test_other_sites_reach_the_door_only(bench: Bench):
    """A link in a mail opens the first page; no other page can be asked for from elsewhere, nor put into a frame."""
    away = {"Sec-Fetch-Site": "cross-site"}
    assert bench.client.get("/", base_url=HERE, headers=away).status_code == 302
    for path in (f"/en/ar/{TITLE}/", "/guide/ar/w/money/", "/static/workbench.js"):
        assert bench.client.get(path, base_url=HERE, headers=away).status_code == 403


def test_forms_are_small(bench: Bench):
    """Nobody fills the memory of the machine."""
    answer = bench.act(TITLE, "save", "ا" * FORM_LIMIT)
    assert answer.status_code == 413


def test_a_shared_workbench_has_a_secret_path(start: Start):
    """Without it there is nothing; with it every link carries it on. The named address is answered, others are not."""
    bench = start(secret="s3cret", hosts=("192.0.2.7",))
    assert bench.client.get("/", base_url=HERE).status_code == 404
    assert bench.client.get("/en/", base_url=HERE).status_code == 404
    page = bench.client.get("/s3cret/en/", base_url="https://192.0.2.7:8001").text
    links = [
        found.get("href") or found.get("src") for found in tree(page).iter() if found.tag in ("a", "link", "script")
    ]
    assert all(link.startswith(("/s3cret/", "#")) for link in links)
    assert bench.client.get("/s3cret/en/", base_url="https://192.0.2.8:8001").status_code == 403


def test_settings_travel_as_text():
    """What the command hands to the process that serves comes back as it was."""
    settings = Settings("ar", "ana", "lawyer", ("192.0.2.7",), "s3cret")
    assert Settings.from_text(settings.to_text()) == settings
    assert json.loads(settings.to_text())["hosts"] == ["192.0.2.7"]


def test_hostile_texts_stay_texts(bench: Bench):
    """What a translation, a remark or an address says never becomes a tag."""
    evil = "</textarea><script>alert(1)</script>\"'&"
    bench.act(TITLE, "doubt", evil, words=f"<img src=x> {evil}")
    bench.put(replace(bench.entry(TITLE), text=evil))
    for path in (f"/en/ar/{TITLE}/", f"/en/ar/{TITLE}/blind", "/en/ar/"):
        page = bench.get(path, q=evil, need="mending").text
        assert "<script>" not in page
        assert "<img" not in page
    proof = bench.get("/guide/ar/w/money/", lit=TITLE, text=evil).text
    assert "<script" not in proof


def test_the_built_guide_has_nothing_of_it(real_site: Site):
    """No page, script or file that users get knows the workbench."""
    for artifact in (*real_site, *real_site.for_host):
        assert "workbench" not in artifact.url
        assert b"workbench" not in artifact.body, artifact.url
        assert b"lit.css" not in artifact.body, artifact.url


def test_nothing_is_written_but_catalogs(bench: Bench):
    """After a round of work, only the catalog that was worked on differs, and no file has come."""

    def files() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in bench.root.rglob("*") if path.is_file()}

    before = files()
    bench.act(TITLE, "check", "الأجور")
    bench.get("/guide/ar/w/money/", lit=TITLE, text="x")
    after = files()
    assert before.keys() == after.keys()
    assert [path for path in before if before[path] != after[path]] == [bench.path]


@pytest.mark.parametrize(
    "path", ["../app.py", "..%2f..%2fapp.py", "static/../../app.py", "%2e%2e/%2e%2e/etc/passwd", "ar"]
)
def test_nothing_but_the_guide_and_its_files_is_shown(bench: Bench, path: str):
    """No way out of the folder: what is shown are pages of the guide and its assets, by their names."""
    assert bench.get(f"/guide/{path}").status_code == 404
    assert bench.get(f"/static/{path}").status_code == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "GET"])
def test_only_forms_write(bench: Bench, method: str):
    """Other methods do nothing, and a link with everything in it is no form."""
    before = bench.path.read_bytes()
    page = bench.get(f"/en/ar/{TITLE}/").text
    told = {"stamp": value_of(page, "stamp"), "seen": value_of(page, "seen"), "do": "save", "text": "الأجور"}
    bench.client.open(f"/en/ar/{TITLE}/", method=method, base_url=HERE, query_string={**ANA, **told})
    bench.client.open(f"/en/ar/{TITLE}/undo", method=method, base_url=HERE, query_string={**ANA, **told})
    assert bench.path.read_bytes() == before


@pytest.mark.parametrize(
    "who",
    [
        {"by": "ana\nreviewed: 0", "role": "lawyer"},
        {"by": "", "role": "lawyer"},
        {"by": "a b", "role": "lawyer"},
        {"by": "ana", "role": "king"},
        {"by": "ana"},
    ],
)
def test_nobody_and_no_made_up_role_writes(bench: Bench, who: dict[str, str]):
    """An alias that could pass for a line of its own, none at all, a role that is none: asked again who is there."""
    before = bench.path.read_bytes()
    for path, fields in (
        (f"/en/ar/{TITLE}/", {"do": "check", "text": "الأجر"}),
        (f"/en/ar/{TITLE}/blind", {"words": "Pay."}),
        (f"/en/ar/{TITLE}/undo", {}),
    ):
        done = bench.post(path, who, seen=bench.seen(TITLE), **fields)
        assert done.location == "/en/?again=1", path
    assert bench.path.read_bytes() == before


def test_a_remark_is_no_review(bench: Bench):
    """Whatever somebody types as a comment, it becomes one line that says who said it, and nobody's check."""
    bench.act(TITLE, "doubt", "الأجر", words="x\r\n# reviewed: 0 ben lawyer 2026-05-31\u2028reviewed: 0 carla survivor")
    bench.post(f"/en/ar/{TITLE}/blind", seen=bench.seen(TITLE), words='y\n\nmsgid ""\nmsgstr ""')
    comments = bench.entry(TITLE).comments
    assert [line.partition(":")[0] for line in comments] == ["source", "needs-work", "said-back"]
    assert len(bench.catalog().entries) == len(bench.desk.open("ar").catalog.entries)
