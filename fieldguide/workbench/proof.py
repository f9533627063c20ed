"""A page of the guide as it would be with a text that is not saved yet, that sentence lit.

The guide's own renderer makes it from the guide's own templates, so it looks as it will. It runs no script: nothing of
it keeps, dials or leaves anything.
"""

import re
from dataclasses import dataclass, replace

from markupsafe import Markup

from fieldguide import urls
from fieldguide.catalog import catalog_name
from fieldguide.coverage import OFFICER, has_text, progress
from fieldguide.deployment import Deployment
from fieldguide.interface import interface_units
from fieldguide.languages import Language, Registry
from fieldguide.links import Links
from fieldguide.localize import Localized, Shown, localize
from fieldguide.markup import link_targets, placeholders
from fieldguide.problems import Problem
from fieldguide.render import Renderer
from fieldguide.review import State
from fieldguide.workbench.desk import Desk, Opened

LIT = "lit"
"""The class of the sentence in question, and the id of the first place where it stands on a page."""

SHEET = "static/lit.css"
"""Where a page finds the style of what is lit, below the root of the guide."""

_MARK = 'class="lit"'
_UNWANTED = re.compile(r'<script [^>]*></script>\n?|<link rel="(?:preload|modulepreload|manifest)"[^>]*>\n?')
_FOLDED = re.compile(r'<details(?! class="languages")')
_SPARE = "404.html"
SEARCHED = "Search"
"""The group of the words that people type; no page shows them."""


@dataclass(frozen=True)
class Typed:
    """A text for a unit that may not be saved yet; "" shows what readers get without one."""

    unit_id: str
    text: str = ""


class Proof(Renderer):
    """Renders pages with one unit lit wherever it stands."""

    lit = ""

    def light(self, unit_id: str) -> None:
        """Choose what is lit, also where it fills a placeholder: names do."""
        self.lit = unit_id
        for tag, values in self.values.items():
            if unit_id in values:
                self.values[tag] = {**values, unit_id: _lighted(values[unit_id])}

    def unit_html(self, shown: Shown, view: Links, language: Language | None = None) -> Markup:
        """A shown unit as HTML, lit if it is the one."""
        html = super().unit_html(shown, view, language)
        return _lighted(html) if shown.unit.id == self.lit else html

    def _t(self, unit_id: str, english: str, _note: str = "", **values: object) -> Markup:
        html = super()._t(unit_id, english, _note, **values)
        return _lighted(html) if unit_id == self.lit else html

    def _o(self, unit_id: str, english: str, _note: str = "") -> Markup:
        html = super()._o(unit_id, english)
        return _lighted(html) if unit_id == self.lit else html


def _lighted(html: Markup) -> Markup:
    return Markup('<mark class="lit">{}</mark>').format(html)


def build_proof(desk: Desk, opened: Opened, url: str, typed: Typed) -> bytes | None:
    """The page of a URL with one sentence lit, as HTML; None where the language has no such page."""
    page = _proof(desk, opened, typed).page_at(url)
    return _shown(page.body.decode("utf-8")).encode("utf-8") if page else None


def unshowable(opened: Opened, typed: Typed) -> list[Problem]:
    """What no page can fill in: placeholders and links that the English does not have. Those that are not typed yet, or
    half, do no harm."""
    unit = opened.units.get(typed.unit_id)
    if unit is None:
        return []
    file = catalog_name(opened.language.tag)
    strange = dict.fromkeys(one for one in placeholders(typed.text) if one not in placeholders(unit.text))
    away = dict.fromkeys(one for one in link_targets(typed.text) if one not in link_targets(unit.text))
    return [
        *(Problem(file, "", f"{{{one}}} is no placeholder of the English; take it out", unit.id) for one in strange),
        *(Problem(file, "", f"({one}) is no link of the English; take it out", unit.id) for one in away),
    ]


def find_place(desk: Desk, opened: Opened, unit_id: str, group: str) -> str | None:
    """The URL of a page on which a unit can be seen; None for one that no page shows by itself.

    Where the words of the interface stand, only rendering tells: pages are tried until one shows them.
    """
    guide, language = desk.work().ingredients.guide, opened.language
    if group in guide.pages:
        return urls.page_url(language, guide.pages[group])
    if group == SEARCHED:
        return None
    proof = _proof(desk, opened, Typed(unit_id))
    cards = urls.cards_url(language)
    found = [leaf.url for leaf in proof.iter_leaves() if leaf.url.startswith(f"{language.tag}/")]
    tried = [cards] if group.startswith("cards/") else sorted(found, key=lambda url: url.endswith(_SPARE))
    pages = ((url, proof.page_at(url)) for url in tried)
    return next((url for url, page in pages if page and _MARK.encode("ascii") in page.body), None)


def _proof(desk: Desk, opened: Opened, typed: Typed) -> Proof:
    """A renderer of one language, with those that it falls back to and those that officers read beside it."""
    found, language = desk.work().ingredients, opened.language
    officers = [other.tag for other in found.registry if OFFICER in other.audiences]
    tags = dict.fromkeys((*(other.tag for other in found.registry.chain(language)), *officers))
    registry = Registry({other.tag: other for other in found.registry if other.tag in tags})
    catalogs = {other.tag: desk.open(other.tag).catalog for other in registry if has_text(other)}
    localized = {other.tag: localize(found.units, other, registry, catalogs) for other in registry}
    localized[language.tag] = _with(localized[language.tag], typed)
    counts = {language.tag: progress(opened.units.values(), opened.catalog)}
    proof = Proof(
        found.guide,
        registry,
        localized,
        interface_units(),
        deployment=Deployment(),
        progress=counts,
        sounds={},
        contacts=found.contacts,
    )
    proof.light(typed.unit_id)
    return proof


def _with(localized: Localized, typed: Typed) -> Localized:
    """The texts of a language with one as it was typed."""
    if not typed.text or typed.unit_id not in localized.texts:
        return localized
    unit = localized.texts[typed.unit_id].unit
    shown = Shown(unit, typed.text, localized.language, State.DRAFT, "human")
    return replace(localized, texts={**localized.texts, typed.unit_id: shown})


def _shown(html: str) -> str:
    """A page to look at: no scripts, everything unfolded, and the way to what is lit."""
    html = _FOLDED.sub("<details open", _UNWANTED.sub("", html))
    depth = html.partition('href="')[2].partition("static/")[0]
    sheet = f'<link rel="stylesheet" href="{depth}{SHEET}">\n</head>'
    return html.replace("</head>", sheet, 1).replace(_MARK, f'id="{LIT}" {_MARK}', 1)
