"""Links as seen from one page in one language. A part of what the templates ask: `fieldguide.view` is the whole."""

from collections.abc import Mapping
from typing import Protocol
from urllib.parse import quote

from markupsafe import Markup

from fieldguide import urls
from fieldguide.contacts import Contacts
from fieldguide.coverage import Progress
from fieldguide.deployment import Deployment
from fieldguide.items import Sign, Unit
from fieldguide.languages import Language, Registry
from fieldguide.localize import Localized, Shown
from fieldguide.model import Audience, Guide, Page, Section


class Rendering(Protocol):
    """What a view needs of the renderer."""

    guide: Guide
    registry: Registry
    localized: Mapping[str, Localized]
    deployment: Deployment
    progress: Mapping[str, Progress]
    signs: Mapping[str, tuple[Page, Sign]]
    sounds: Mapping[str, Mapping[str, str]]
    contacts: Contacts
    languages: Registry
    name: str

    @property
    def officer_languages(self) -> list[Language]:
        """The languages in which officers read."""

    def unit_html(self, shown: Shown, view: "Links", language: Language | None = None) -> Markup:
        """A shown unit as HTML."""

    def integrity(self, url: str) -> str:
        """What a page says of the bytes of a script or style; "" where nothing is said."""

    def officer_halves(self, unit: Unit, view: "Links") -> Markup:
        """A unit once in each language that officers read."""

    def text_language(self, language: Language) -> Language:
        """The language in which the pages of a language are written."""


class Links:
    """Where everything is, as seen from one page in one language."""

    def __init__(self, renderer: Rendering, url: str, language: Language, page: Page | None) -> None:
        self.guide = renderer.guide
        self.deployment = renderer.deployment
        self.registry = renderer.registry
        self.progress = renderer.progress
        self.language = language
        self.page = page
        self.has_sound = False
        self._renderer = renderer
        self.url = url
        self._rootless = url.endswith("404.html")
        self._texts = renderer.localized[language.tag]

    def link(self, url: str) -> str:
        """A link from this page to a site-relative URL."""
        return urls.absolute(self.deployment.base, url) if self._rootless else urls.relative(self.url, url)

    def asset(self, url: str, attribute: str = "src") -> Markup:
        """The attributes that name a script or style and its bytes.

        The address ends in the part of the hash by which a phone keeps them: some browsers tell a worker script no more
        than the address, and one that keeps an earlier file for an hour would refuse it.
        """
        integrity = self._renderer.integrity(url)
        if not integrity:
            return Markup('{}="{}"').format(attribute, self.link(url))
        version = integrity.partition("-")[2][:22]
        return Markup('{}="{}?{}" integrity="{}"').format(attribute, self.link(url), version, integrity)

    def officer_notes(self) -> str:
        """The languages in which officers read, each with what this page says of the bytes of its notes."""
        notes = (
            (other.tag, self._renderer.integrity(urls.notes_url(other))) for other in self._renderer.officer_languages
        )
        return " ".join(f"{tag}:{integrity}" for tag, integrity in notes)

    def url_of(self, page_id: str) -> str:
        """The site-relative URL of a page in this language, or along its fallbacks."""
        page = self.guide.pages[page_id]
        return urls.page_url(urls.door(self.language, page, self.registry), page)

    def page_link(self, page_id: str) -> str:
        """A link to a page in this language, or in English where this language lacks that side."""
        return self.to(self.guide.pages[page_id])

    def to(self, page: Page, language: Language | None = None) -> str:
        """A link to a page in a language (this one if none is named), or in English where that side is missing."""
        door = urls.door(language or self.language, page, self.registry)
        return self.link(urls.page_url(door, page))

    def cards_url(self, language: Language) -> str:
        """Where the cards of a language are."""
        return urls.cards_url(language)

    def is_everywhere(self, page: Page) -> bool:
        """True when every language with text has the page."""
        return all(urls.has_page(language, page) for language in self.registry if language.status != "spoken")

    def place_of(self, page: Page) -> str:
        """Where a page lies in the folder of every language."""
        return urls.place_of(page)

    @property
    def start(self) -> Page:
        """The start page of the side this page belongs to."""
        side = self.page.audience if self.page else Audience.WORKER
        return self.guide.pages.get(f"{side}/start", self.guide.pages["worker/start"])

    @property
    def side_url(self) -> str:
        """The folder in which the pages of this side lie."""
        return urls.side_url(self.language, self.start.audience)

    def shared(self) -> list[Page]:
        """The pages about the guide that this language has."""
        return [page for page in self.guide.pages_for(Audience.SHARED) if urls.has_page(self.language, page)]

    def siblings(self) -> list[Page]:
        """The pages a start page lists."""
        return [page for page in self.guide.pages_for(self.start.audience) if page is not self.start]

    def groups(self) -> list[tuple[str, list[Page]]]:
        """What a start page lists: the first group of its side, the pages of no kind, the other groups.

        An agency's own pages are in no group and stand among those of no kind.
        """
        siblings = self.siblings()
        groups = [
            (name, [page for page in siblings if page.id in page_ids])
            for name, page_ids in self.guide.groups.items()
            if name != "pages"
        ]
        groups = [(name, pages) for name, pages in groups if pages]
        grouped = {page.id for _, pages in groups for page in pages}
        others = [page for page in siblings if page.id not in grouped]
        return [*groups[:1], ("pages", others), *groups[1:]]

    def mistake_link(self, section: Section) -> str:
        """A mail to the deployment's address that names the units of the section, and so the page, and the language."""
        units = section.title.id.removesuffix(".title") if section.title else ""
        place = f"{units} ({self.language.tag})"
        return f"mailto:{self.deployment.mistakes}?subject={quote(f'{self._renderer.name}: {place}')}"
