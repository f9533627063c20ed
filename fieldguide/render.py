"""Localized guide -> HTML. The one Jinja environment; flask-babel supplies its interface strings and dates."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import CodeType
from typing import Any

from flask import Flask, g
from flask_babel import Babel, pgettext
from jinja2 import BytecodeCache, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from fieldguide import urls
from fieldguide.artifact import Artifact, Caching, integrity_of
from fieldguide.contacts import Contacts
from fieldguide.coverage import HELP, Progress
from fieldguide.deployment import Deployment
from fieldguide.headers import META_POLICY
from fieldguide.icon import tab_icon
from fieldguide.interface import TEMPLATES, CatalogDomain
from fieldguide.items import Sign, Unit
from fieldguide.languages import Language, Registry
from fieldguide.links import Links
from fieldguide.localize import Localized, Shown
from fieldguide.markup import to_html, to_plain
from fieldguide.model import Audience, Guide, Page, find_signs
from fieldguide.values import date_text, html_values, marked, number_link, officer_half, phone_link, sms_link
from fieldguide.view import View

HTML = "text/html; charset=utf-8"
SCRIPT = "text/javascript; charset=utf-8"

TEMPLATE_OF = {
    "shared/about": "about.html",
    "shared/ready": "ready.html",
    "shared/translations": "translations.html",
    "shared/icon": "icon.html",
    "officer/talk": "talk.html",
    urls.PRINT: "print.html",
    HELP: "help.html",
}
ASKED = (urls.SOURCES,)
"""Shared pages that a browser may keep and ask again for; the others are read by workers, and leave nothing."""


@dataclass(frozen=True)
class Leaf:
    """One HTML page to come: its URL, the language that is asked for, its template, and the page of the guide on it."""

    url: str
    language: Language
    template: str
    caching: Caching = Caching.NEVER
    page: Page | None = None


def _leaf(language: Language, page: Page) -> Leaf:
    template = TEMPLATE_OF.get(page.id, "page.html" if page.slug else "start.html")
    worker = page.audience is Audience.WORKER or (page.audience is Audience.SHARED and page.id not in ASKED)
    caching = Caching.NEVER if worker else Caching.ASK
    return Leaf(urls.page_url(language, page), language, template, caching, page)


class _Compiled(BytecodeCache):
    """Templates as Python code, by their text: a run that renders several guides, as tests do, compiles each once."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled of this very text, if anything was."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._codes[bucket.key, bucket.checksum] = bucket.code


COMPILED = _Compiled()
"""Every renderer has one configuration of Jinja, so one's code is every other's."""


class Renderer:
    """Renders every page of one guide. Holds nothing that a request or a clock could change."""

    def __init__(
        self,
        guide: Guide,
        registry: Registry,
        localized: Mapping[str, Localized],
        interface: tuple[Unit, ...],
        *,
        deployment: Deployment,
        progress: Mapping[str, Progress],
        sounds: Mapping[str, Mapping[str, str]],
        contacts: Contacts,
        assets: Iterable[Artifact] = (),
        is_pilot: bool = False,
    ) -> None:
        self.guide = guide
        self.progress = progress
        self.sounds = sounds
        self.contacts = contacts
        self.is_pilot = is_pilot
        self.registry = registry
        self.localized = localized
        self.languages = Registry({tag: text.language for tag, text in localized.items()})
        self.deployment = deployment
        self.name = deployment.name or guide.name
        self.app = Flask(__name__, static_folder=None, template_folder=str(TEMPLATES))
        babel = Babel(self.app)
        babel.domain_instance = CatalogDomain(localized, interface)
        self._configure_jinja()
        with self.app.app_context():
            self.values = {tag: html_values(guide, text) for tag, text in localized.items()}
        self.signs: Mapping[str, tuple[Page, Sign]] = find_signs(guide)
        self._units: dict[tuple[str, str], Markup] = {}  # rendered once a language, then taken again
        self._halves: dict[str, Markup] = {}
        self._words: dict[tuple[str, str], Markup] = {}
        self.notes = tuple(self._iter_notes())
        self._integrity = {asset.url: integrity_of(asset.body) for asset in (*assets, *self.notes)}

    def _configure_jinja(self) -> None:
        env = self.app.jinja_env
        env.bytecode_cache = COMPILED
        env.undefined = StrictUndefined
        env.trim_blocks = env.lstrip_blocks = True
        # newstyle gettext prints translations as trusted HTML and turns a stray % into a crash
        env.install_gettext_callables(pgettext, pgettext, newstyle=False, pgettext=pgettext)  # type: ignore[attr-defined]
        env.filters["grouped"] = grouped
        env.globals.update(
            o=self._o,
            t=self._t,
            plain=self._plain,
            name=self.name,
            phone=phone_link,
            number=number_link,
            sms=sms_link,
            place=place,
            policy=META_POLICY,
            sheet_url=urls.sheet_url,
            form_url=urls.form_url,
            icon=tab_icon(is_own=bool(self.deployment.icon)),
            is_pilot=self.is_pilot,
        )

    def iter_pages(self) -> Iterator[Artifact]:
        """Every HTML page of every language, the language screen and the 404 pages."""
        with self.app.app_context():
            for leaf in self.iter_leaves():
                yield self._artifact(leaf)

    def page_at(self, url: str) -> Artifact | None:
        """The one HTML page of a URL, None where there is none."""
        with self.app.app_context():
            return next((self._artifact(leaf) for leaf in self.iter_leaves() if leaf.url == url), None)

    def iter_leaves(self) -> Iterator[Leaf]:
        """Which HTML pages there are, and what each is rendered from."""
        english = self.registry["en"]
        yield Leaf(urls.LANGUAGE_SCREEN, english, "languages.html")
        yield Leaf(urls.not_found_url(None), english, "not_found.html")
        for language in self.registry:
            if language.status != "spoken":
                yield Leaf(urls.not_found_url(language), language, "not_found.html")
            for page in self.guide.pages.values():
                if urls.has_page(language, page):
                    yield _leaf(language, page)
            if self.guide.decks and language.status != "spoken":
                yield Leaf(urls.cards_url(language), language, "cards.html")

    def integrity(self, url: str) -> str:
        """What a page says of the bytes of a script or style that it names; "" for a page that is only looked at."""
        return self._integrity.get(url, "")

    def _iter_notes(self) -> Iterator[Artifact]:
        """Why each card is asked and what to mind, for the script of the cards: in each language that officers read."""
        numbers = {f"phone.{key}": contact.phone for key, contact in self.guide.contacts.items()}
        for language in self.officer_languages if self.guide.decks else ():
            texts = self.localized[language.tag]
            notes = {
                card.code: [
                    to_plain(texts[unit].text, numbers)
                    for unit in (card.why, None if deck.promises else card.caution)
                    if unit
                ]
                for deck in self.guide.decks
                for card in deck.cards
            }
            body = f"export default {json.dumps(notes, ensure_ascii=False, separators=(',', ':'))};\n"
            yield Artifact(urls.notes_url(language), body.encode("utf-8"), SCRIPT, Caching.ASK)

    def text_language(self, language: Language) -> Language:
        """The language in which the pages of a language are written: its own, or a fallback where it is only spoken."""
        if language.status != "spoken":
            return language
        return next(other for other in self.registry.chain(language) if other.status != "spoken")

    def _artifact(self, leaf: Leaf) -> Artifact:
        language = self.text_language(leaf.language)
        spoken = leaf.language if leaf.language is not language else None
        view = View(self, leaf.url, language, leaf.page)
        return self.artifact(view, leaf.template, leaf.caching, spoken=spoken)

    def artifact(self, view: View, template: str, caching: Caching, **more: object) -> Artifact:
        """A template as a view sees it; ``more`` is given to it too. Needs an application context."""
        g.language = view.language
        is_listed = self.deployment.listed and caching is not Caching.NEVER
        words = {"view": view, "page": view.page, "language": view.language, "is_listed": is_listed, **more}
        html = self.app.jinja_env.get_template(template).render(words)
        return Artifact(view.url, html.encode("utf-8"), HTML, caching)

    def file(self, language: Language, template: str, **parts: object) -> bytes:
        """A page that is no part of the site: a file by itself, made of ``parts``, seen from the worker's start."""
        page = self.guide.pages[urls.START]
        view = View(self, urls.page_url(language, page), language, page)
        with self.app.app_context():
            return self.artifact(view, template, Caching.NEVER, **parts).body

    @property
    def officer_languages(self) -> list[Language]:
        """The languages in which officers read: theirs is the other half of every card."""
        return [language for language in self.registry if Audience.OFFICER in language.audiences]

    def unit_html(self, shown: Shown, view: Links, language: Language | None = None) -> Markup:
        """A shown unit as HTML, as the page's language has it or another. Units without links are rendered once."""
        if "](" in shown.text:
            return to_html(shown.text, self.values[shown.language.tag], view.page_link)
        key = ((language or view.language).tag, shown.unit.id)
        if key not in self._units:
            self._units[key] = to_html(shown.text, self.values[shown.language.tag])
        return self._units[key]

    def officer_halves(self, unit: Unit, view: Links) -> Markup:
        """A unit once in each language that officers read; the same on the cards of every language, so made once."""
        if unit.id not in self._halves:
            halves = ((asked, self.localized[asked.tag][unit]) for asked in self.officer_languages)
            self._halves[unit.id] = Markup("").join(
                officer_half(self.unit_html(shown, view, asked), asked, shown.language) for asked, shown in halves
            )
        return self._halves[unit.id]

    def _t(self, unit_id: str, english: str, _note: str = "", **values: object) -> Markup:
        """An interface string as HTML, marked with its language where it fell back."""
        around = g.language
        language = self.localized[around.tag].texts[unit_id].language
        if not values:
            if (around.tag, unit_id) not in self._words:
                self._words[around.tag, unit_id] = marked(to_html(pgettext(unit_id, english), {}), language, around)
            return self._words[around.tag, unit_id]
        filled = {
            key: Markup.escape(date_text(value, language) if isinstance(value, date) else value)
            for key, value in values.items()
        }
        return marked(to_html(pgettext(unit_id, english), filled), language, around)

    def _o(self, unit_id: str, english: str, _note: str = "") -> Markup:
        """An interface string of the officers' half of a card, once in each language that officers read."""
        halves = ((asked, self.localized[asked.tag].texts[unit_id]) for asked in self.officer_languages)
        return Markup("").join(officer_half(to_html(shown.text, {}), asked, shown.language) for asked, shown in halves)

    def _plain(self, unit_id: str, english: str, _note: str = "", **values: object) -> str:
        """An interface string for a title or an attribute, which cannot carry marks."""
        return to_plain(pgettext(unit_id, english), {key: str(value) for key, value in values.items()})


def place(name: str) -> Markup:
    """Where a script fills in a number: words stay in the page, in its language."""
    return Markup('<span data-fill="{}"></span>').format(name)


def grouped(items: Iterable[Any], key: str) -> list[tuple[str, list[Any]]]:
    """Items by the value of an attribute that is an enum, groups in the order of the enum."""
    groups: dict[Any, list[Any]] = {}
    for item in items:
        groups.setdefault(getattr(item, key), []).append(item)
    order: list[Any] = [value for group in groups for value in type(group)]
    return [(value.value, groups[value]) for value in dict.fromkeys(order) if value in groups]
