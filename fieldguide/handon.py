"""The hand-on file: all that workers read in one language, and the cards, in one HTML file for Bluetooth or a message.

It opens from a disk, with no network and no script. It is made of the pages of the site, so it says what they say.
"""

from collections.abc import Iterable, Iterator, Mapping

from markupsafe import Markup

from fieldguide import urls
from fieldguide.assets import PICTOGRAMS, SCRIPTS, STATIC, bare
from fieldguide.chapters import chapter_of, symbols_of
from fieldguide.headers import file_policy
from fieldguide.interface import TEMPLATES
from fieldguide.joined import join
from fieldguide.languages import Language, Registry
from fieldguide.model import Audience, Guide, iter_units
from fieldguide.problems import Problem
from fieldguide.render import Renderer
from fieldguide.scripts import read_scripts
from fieldguide.snapshot import Site

OWN = TEMPLATES / "handon"
"""The style and scripts that only the file has. Those of the same name stand in for a module of ``static/js``."""

BAR = 1_000_000
"""Bytes that a file should not pass: messengers and old phones take it in a minute."""

STYLES = ("guide", "cards")
_NO_USE = frozenset({"shared/ready", "shared/icon", "shared/translations", urls.SOURCES})
"""Shared pages about a guide that is online: keeping it, its icon, its other languages, sources nobody can open."""
_CUT = frozenset({"asked"})
"""On *What this guide keeps*: the section about a button that is not in the file."""
_STAYS = "shared.ready.left.files"
"""What the file leaves on the phone: itself."""


def file_name(tag: str) -> str:
    """The name under which it is handed on; it says nothing about what is in it."""
    return f"guide-{tag}.html"


def check_handon(tags: Iterable[str], registry: Registry) -> Iterator[Problem]:
    """Every language of which no file can be made."""
    for tag in tags:
        if tag not in registry:
            yield Problem("--single-file", tag, f"no language of this copy; it has: {', '.join(registry.languages)}")
        elif registry[tag].status == "spoken":
            yield Problem("--single-file", tag, "has no written texts; name the language its start page is in")


def build_handon(tags: Iterable[str], site: Site, renderer: Renderer) -> dict[str, bytes]:
    """The file of each language, by its name. The site and the renderer are of the same ingredients."""
    first, script, style = _text(site, "js/left.js"), _script(), _style(site)
    parts = {
        "symbols": symbols_of(site.artifacts[PICTOGRAMS]),
        "first": Markup(first),  # noqa: S704 - scripts and styles of ours, whose hashes are in the policy
        "script": Markup(script),  # noqa: S704
        "style": Markup(style),  # noqa: S704
        "policy": file_policy([first, script], [style]),
        "stays": next((unit for unit in iter_units(renderer.guide) if unit.id == _STAYS), None),
    }
    return {file_name(tag): _build(site.registry[tag], site, renderer, parts) for tag in tags}


def _build(language: Language, site: Site, renderer: Renderer, parts: Mapping[str, object]) -> bytes:
    homes = _homes(language, renderer.guide)
    cards = urls.cards_url(language)
    chapters = [
        chapter_of(site.artifacts[url], homes, "" if url == cards else f"{home}.", _CUT if home == "keeps" else ())
        for url, home in homes.items()
    ]
    return renderer.file(language, "handon.html", chapters=chapters, **parts)


def _homes(language: Language, guide: Guide) -> dict[str, str]:
    """The id of each page's chapter by the page's URL: workers' pages, then those about the guide, then the cards."""
    pages = [*guide.pages_for(Audience.WORKER), *guide.pages_for(Audience.SHARED)]
    homes = {
        urls.page_url(language, page): urls.place_of(page).strip("/").replace("/", "-") or "start"
        for page in pages
        if page.id not in _NO_USE
    }
    return homes | ({urls.cards_url(language): "cards"} if guide.decks else {})


def _text(site: Site, name: str) -> str:
    return site.artifacts[f"static/{name}"].body.decode("utf-8")


def _script() -> str:
    joined = join("handon", {**read_scripts(STATIC / SCRIPTS), **read_scripts(OWN)})
    if "import.meta" in joined:
        raise ValueError("a script of the hand-on file asks for its address, and it has none")
    return bare(f"const all = {{}};\n{joined}", ".js")


def _style(site: Site) -> str:
    own = bare((OWN / "handon.css").read_text(encoding="utf-8"), ".css")
    return "".join((*(_text(site, f"css/{name}.css") for name in STYLES), own))
