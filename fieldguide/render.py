"""Localized guide -> HTML. The one Jinja environment; flask-babel supplies its interface strings and dates."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from flask import Flask, g
from flask_babel import Babel, pgettext
from jinja2 import StrictUndefined
from markupsafe import Markup

from fieldguide import urls
from fieldguide.artifact import Artifact, Caching
from fieldguide.coverage import Progress
from fieldguide.deployment import Deployment
from fieldguide.interface import TEMPLATES, CatalogDomain
from fieldguide.languages import Language, Registry
from fieldguide.localize import Localized, Shown
from fieldguide.markup import to_html, to_plain
from fieldguide.model import (
    Audience,
    Guide,
    Item,
    Page,
    Referral,
    Section,
    Source,
    Tier,
    Unit,
    page_sources,
    page_units,
)
from fieldguide.review import State
from fieldguide.values import date_text, html_values, marked, phone_link, sms_link

HTML = "text/html; charset=utf-8"

TEMPLATE_OF = {
    "shared/about": "about.html",
    "shared/ready": "ready.html",
    "shared/translations": "translations.html",
}
ASKED = ("shared/sources",)
"""Shared pages that a browser may keep and ask again for; the others are read by workers, and leave nothing."""


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
    ) -> None:
        self.guide = guide
        self.progress = progress
        self.registry = registry
        self.localized = localized
        self.deployment = deployment
        self.name = deployment.name or guide.name
        self.app = Flask(__name__, static_folder=None, template_folder=str(TEMPLATES))
        babel = Babel(self.app)
        babel.domain_instance = CatalogDomain(localized, interface)
        self._configure_jinja()
        with self.app.app_context():
            self.values = {tag: html_values(guide, text) for tag, text in localized.items()}
        self._units: dict[tuple[str, str], Markup] = {}  # rendered once a language, then taken again
        self._words: dict[tuple[str, str], Markup] = {}

    def _configure_jinja(self) -> None:
        env = self.app.jinja_env
        env.undefined = StrictUndefined
        env.trim_blocks = env.lstrip_blocks = True
        # newstyle gettext prints translations as trusted HTML and turns a stray % into a crash
        env.install_gettext_callables(pgettext, pgettext, newstyle=False, pgettext=pgettext)  # type: ignore[attr-defined]
        env.filters["grouped"] = grouped
        env.globals.update(t=self._t, plain=self._plain, name=self.name, phone=phone_link, sms=sms_link, place=place)

    def iter_pages(self) -> Iterator[Artifact]:
        """Every HTML page of every language, the language screen and the 404 pages."""
        with self.app.app_context():
            english = self.registry["en"]
            yield self._artifact(urls.LANGUAGE_SCREEN, english, "languages.html", Caching.ASK)
            yield self._artifact(urls.not_found_url(None), english, "not_found.html", Caching.ASK)
            for language in self.registry:
                yield self._artifact(urls.not_found_url(language), language, "not_found.html", Caching.ASK)
                for page in self.guide.pages.values():
                    if urls.has_page(language, page):
                        yield self._page(language, page)

    def _page(self, language: Language, page: Page) -> Artifact:
        template = TEMPLATE_OF.get(page.id, "page.html" if page.slug else "start.html")
        worker = page.audience is Audience.WORKER or (page.audience is Audience.SHARED and page.id not in ASKED)
        caching = Caching.NEVER if worker else Caching.ASK
        return self._artifact(urls.page_url(language, page), language, template, caching, page=page)

    def _artifact(
        self, url: str, language: Language, template: str, caching: Caching, page: Page | None = None
    ) -> Artifact:
        g.language = language
        view = View(self, url, language, page)
        html = self.app.jinja_env.get_template(template).render(view=view, page=page, language=language)
        return Artifact(url, html.encode("utf-8"), HTML, caching)

    def unit_html(self, shown: Shown, view: "View") -> Markup:
        """A shown unit as HTML. Units without links are rendered once a language."""
        if "](" in shown.text:
            return to_html(shown.text, self.values[shown.language.tag], view.page_link)
        key = (view.language.tag, shown.unit.id)
        if key not in self._units:
            self._units[key] = to_html(shown.text, self.values[shown.language.tag])
        return self._units[key]

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


class View:
    """What the templates ask: texts and links as seen from one page in one language."""

    def __init__(self, renderer: Renderer, url: str, language: Language, page: Page | None) -> None:
        self.guide = renderer.guide
        self.deployment = renderer.deployment
        self.registry = renderer.registry
        self.progress = renderer.progress
        self.language = language
        self.page = page
        self._renderer = renderer
        self._url = url
        self._rootless = url.endswith("404.html")
        self._texts = renderer.localized[language.tag]

    def shown(self, unit: Unit) -> Shown:
        """The unit as this language shows it."""
        return self._texts[unit]

    def html(self, unit: Unit) -> Markup:
        """The unit's HTML; the caller prints `attrs` on the element around it."""
        return self._renderer.unit_html(self.shown(unit), self)

    def attrs(self, unit: Unit) -> Markup:
        """`` lang dir`` for the element around a unit that is shown in another language than the page's."""
        shown = self.shown(unit)
        if shown.language is self.language:
            return Markup("")
        return Markup(' lang="{}" dir="{}"').format(shown.language.lang, shown.language.dir)

    def ages(self, item: Item) -> Markup:
        """The mark of a claim that folds when ``review_by`` is past; a script on the phone looks at the day."""
        return Markup(" data-ages") if item.claim and item.claim.ages else Markup("")

    def plain_text(self, unit: Unit) -> str:
        """The unit without markup, for the document title."""
        return to_plain(self.shown(unit).text, {})

    def interface(self, unit_id: str, language: Language) -> str:
        """An interface string in a named language, for links that lead into it."""
        return self._renderer.localized[language.tag].texts[unit_id].text

    def link(self, url: str) -> str:
        """A link from this page to a site-relative URL."""
        return urls.absolute(self.deployment.base, url) if self._rootless else urls.relative(self._url, url)

    def page_link(self, page_id: str) -> str:
        """A link to a page in this language, or in English where this language lacks that side."""
        return self.to(self.guide.pages[page_id])

    def to(self, page: Page, language: Language | None = None) -> str:
        """A link to a page in a language (this one if none is named), or in English where that side is missing."""
        door = urls.door(language or self.language, page, self.registry)
        return self.link(urls.page_url(door, page))

    @property
    def start(self) -> Page:
        """The start page of the side this page belongs to."""
        side = self.page.audience if self.page else Audience.WORKER
        return self.guide.pages.get(f"{side}/start", self.guide.pages["worker/start"])

    def siblings(self) -> list[Page]:
        """The pages a start page lists."""
        return [page for page in self.guide.pages_for(self.start.audience) if page is not self.start]

    @property
    def manifest(self) -> str:
        """The web manifest of the side this page belongs to."""
        return urls.manifest_url(self.language, self.start.audience)

    @property
    def for_officers(self) -> bool:
        """True on the officers' side, where sources and weights are printed."""
        return self.page is not None and self.page.audience is Audience.OFFICER

    @property
    def cites(self) -> bool:
        """True on pages that print sources beside claims: not on workers' pages, where a tap must lead nowhere else."""
        return self.page is not None and self.page.audience in (Audience.OFFICER, Audience.NEIGHBOR)

    def drafts(self) -> list[Shown]:
        """The units of this page that are shown as unchecked drafts."""
        units: Iterable[Unit] = page_units(self.page) if self.page else ()
        return [shown for shown in map(self.shown, units) if shown.state is State.DRAFT]

    def draft_language(self) -> Language:
        """The language the page's drafts are in: the page's own if any is."""
        found = [shown.language for shown in self.drafts()]
        return self.language if self.language in found else found[0]

    def vital_fell_back(self) -> Language | None:
        """The language of the page's vital units when none of them is in the page's own, else None."""
        units: Iterable[Unit] = page_units(self.page) if self.page else ()
        found = [self.shown(unit).language for unit in units if unit.tier is Tier.VITAL]
        return found[0] if found and self.language not in found else None

    def month(self, on: date) -> str:
        """A month as this page's language writes it."""
        return date_text(on, self.language, "month")

    def numbers_seen(self) -> date | None:
        """The oldest date on which a number of this page was seen, None when it shows none."""
        sections = self.page.sections if self.page else ()
        items = (item for section in sections for item in section.items)
        return min((self.guide.contacts[i.contact].seen_on for i in items if isinstance(i, Referral)), default=None)

    @cached_property
    def _sources(self) -> list[Source]:
        if self.page is None:
            return []
        if self.page.audience is Audience.SHARED:
            return sorted((s for s in self.guide.sources.values() if s.shown), key=lambda s: (s.publisher, s.title))
        return page_sources(self.page, self.guide)

    def sources(self) -> list[Source]:
        """The sources of this page in order of first use; all of them on the page that lists sources."""
        return self._sources

    def references(self, item: Item) -> list[tuple[int, Source]]:
        """The sources of one claim with the numbers they have in this page's list; workers' pages print none."""
        if not self.cites:
            return []
        keys = item.claim.sources if item.claim else ()
        return [(number, source) for number, source in enumerate(self._sources, 1) if source.id in keys]

    @property
    def edition(self) -> int:
        """The edition of the guide; printed on the about page only."""
        return self.deployment.edition or self.guide.edition

    def common_confidence(self, section: Section) -> str:
        """The confidence that all claims of a section share, printed once at its head; "" when they differ."""
        found = {item.claim.confidence.value for item in section.items if item.claim}
        return found.pop() if len(found) == 1 else ""
