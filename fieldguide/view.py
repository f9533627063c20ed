"""What the templates ask: texts and links as seen from one page in one language."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, cached_property
from typing import Protocol
from urllib.parse import quote

from markupsafe import Markup

from fieldguide import urls
from fieldguide.contacts import Contacts, LocalContact
from fieldguide.coverage import HELP, Progress
from fieldguide.decks import CARD_OF, Card, Deck, is_on
from fieldguide.deployment import Deployment
from fieldguide.items import Finding, Item, Law, Referral, Sign, Tier, Unit, item_units
from fieldguide.languages import Language, Registry
from fieldguide.localize import Localized, Shown
from fieldguide.markup import to_plain
from fieldguide.model import Audience, Contact, Guide, Page, Section, Source, page_sources, page_units
from fieldguide.near import Near
from fieldguide.packs import CORE, side_packs, sound_pack, text_pack
from fieldguide.review import Role, State
from fieldguide.state import LawText, law_text
from fieldguide.values import country_text, date_text

CARD_WORDS = ("ui.card.", "ui.hand.", "ui.vital.hand.", "ui.vital.card.")
"""The beginnings of the ids of the interface strings that a worker reads on the page of cards."""


@cache  # a few dozen languages, on tens of thousands of elements
def _language_attrs(lang: str, direction: str) -> Markup:
    return Markup(' lang="{}" dir="{}"').format(lang, direction)


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

    def unit_html(self, shown: Shown, view: "View", language: Language | None = None) -> Markup:
        """A shown unit as HTML."""

    def officer_halves(self, unit: Unit, view: "View") -> Markup:
        """A unit once in each language that officers read."""

    def text_language(self, language: Language) -> Language:
        """The language in which the pages of a language are written."""


class View:
    """What the templates ask: texts and links as seen from one page in one language."""

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

    def shown(self, unit: Unit) -> Shown:
        """The unit as this language shows it."""
        return self._texts[unit]

    def html(self, unit: Unit) -> Markup:
        """The unit's HTML; the caller prints `attrs` on the element around it."""
        return self._renderer.unit_html(self.shown(unit), self)

    def for_officer(self, unit: Unit) -> Markup:
        """A unit once in each language that officers read."""
        return self._renderer.officer_halves(unit, self)

    @property
    def officer_languages(self) -> list[Language]:
        """The languages in which officers read."""
        return self._renderer.officer_languages

    def cards_url(self, language: Language) -> str:
        """Where the cards of a language are."""
        return urls.cards_url(language)

    def countries(self, language: Language) -> list[str]:
        """The names of the countries where many speak a language, in this page's language."""
        return [country_text(code, self.language) for code in language.countries]

    def by_country(self) -> list[tuple[str, str, list[Language]]]:
        """Countries by name, each with its ISO code and the languages that are likely there."""
        found: dict[str, list[Language]] = {}
        for language in self.registry:
            for code in language.countries:
                found.setdefault(code, []).append(language)
        return sorted((country_text(code, self.language), code, tongues) for code, tongues in found.items())

    def plain_in(self, unit: Unit, language: Language) -> str:
        """A unit without markup in a named language."""
        return to_plain(self._renderer.localized[language.tag][unit].text, {})

    def decks(self) -> list[tuple[Deck, list[Card]]]:
        """The decks with the cards that this deployment shows."""
        yes, no = self.deployment.cards_on, self.deployment.cards_off
        return [(deck, [card for card in deck.cards if is_on(card, yes, no)]) for deck in self.guide.decks]

    def card_for(self, sign: Sign) -> str:
        """The code of the card that asks about a sign; "" in a guide without cards."""
        return (sign.ask or CARD_OF[sign.ilo]) if "officer/talk" in self.guide.pages else ""

    @cached_property
    def has_card_drafts(self) -> bool:
        """True when anything that the worker reads on the cards of this page is an unchecked translation."""
        units = (unit for _, cards in self.decks() for card in cards for unit in (card.text, *card.choices))
        words = (unit for unit in self._texts.texts.values() if unit.unit.id.startswith(CARD_WORDS))
        return any(shown.state is State.DRAFT for shown in (*map(self.shown, units), *words))

    @property
    def like(self) -> str:
        """``url: word, word; …``: what people type when they look for a page of this side, as this language has it."""
        pages = ((self.guide.pages[like.page], self.shown(like.words)) for like in self.guide.like)
        mine = [
            (page, shown)
            for page, shown in pages
            if page.audience == self.start.audience and shown.language is self.language
        ]
        return "; ".join(f"{urls.page_url(self.language, page)}: {shown.text}" for page, shown in mine)

    @property
    def side_url(self) -> str:
        """The folder in which the pages of this side lie."""
        return urls.side_url(self.language, self.start.audience)

    def url_of(self, page_id: str) -> str:
        """The site-relative URL of a page in this language, or along its fallbacks."""
        page = self.guide.pages[page_id]
        return urls.page_url(urls.door(self.language, page, self.registry), page)

    def attrs(self, unit: Unit) -> Markup:
        """`` lang dir`` for the element around a unit that is shown in another language than the page's; the address
        of its recording where it has one."""
        shown = self.shown(unit)
        if shown.language is self.language:
            return self.sound(unit.id)
        return _language_attrs(shown.language.lang, shown.language.dir)

    def sound(self, unit_id: str, language: Language | None = None) -> Markup:
        """`` data-sound`` for the element around a text that was recorded; a script offers to play it."""
        language = language or self.language
        words = self._renderer.sounds.get(language.tag, {}).get(unit_id)
        if words is None:
            return Markup("")
        self.has_sound = True
        return Markup(' data-sound="{}"').format(self.link(urls.sound_url(language, unit_id, words)))

    def says_cards(self, language: Language) -> bool:
        """True when a person recorded cards in a language."""
        return any(unit_id.startswith("cards.") for unit_id in self._renderer.sounds.get(language.tag, ()))

    def sound_packs(self, language: Language) -> tuple[str, ...]:
        """What keeping the recordings of a language takes: they are nothing without the pages that say them."""
        pages = (text_pack(language),) if language.status != "spoken" else ()
        return (CORE, *pages, sound_pack(language))

    @property
    def voices(self) -> list[Language]:
        """The languages in which something was recorded."""
        return [language for language in self.registry if self._renderer.sounds.get(language.tag)]

    def dials(self, place: Section | Card) -> bool:
        """True when a text of a section or card shows a number that a touch calls or texts."""
        if isinstance(place, Card):
            units = [place.text, *place.choices]
        else:
            units = [unit for item in place.items for unit in item_units(item)]
        return any("{phone." in unit.text or "{sms." in unit.text for unit in units)

    def ages(self, item: Item) -> Markup:
        """The mark of a claim that folds when ``review_by`` is past; a script on the phone looks at the day."""
        return Markup(" data-ages") if item.claim and item.claim.ages else Markup("")

    def plain_text(self, unit: Unit) -> str:
        """The unit without markup, for the document title."""
        return to_plain(self.shown(unit).text, {})

    def text_language(self, language: Language) -> Language:
        """The language in which the pages of a language are written."""
        return self._renderer.text_language(language)

    def interface(self, unit_id: str, language: Language) -> str:
        """An interface string in a named language, for links that lead into it."""
        return self._renderer.localized[language.tag].texts[unit_id].text

    def text_in(self, language: Language) -> str:
        """What stands beside the name of a language that is only spoken: in which language its pages are written."""
        return to_plain(self.interface("ui.spoken.text", language), {"language": language.endonym})

    def link(self, url: str) -> str:
        """A link from this page to a site-relative URL."""
        return urls.absolute(self.deployment.base, url) if self._rootless else urls.relative(self.url, url)

    def page_link(self, page_id: str) -> str:
        """A link to a page in this language, or in English where this language lacks that side."""
        return self.to(self.guide.pages[page_id])

    def to(self, page: Page, language: Language | None = None) -> str:
        """A link to a page in a language (this one if none is named), or in English where that side is missing."""
        door = urls.door(language or self.language, page, self.registry)
        return self.link(urls.page_url(door, page))

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

    def shared(self) -> list[Page]:
        """The pages about the guide that this language has."""
        return [page for page in self.guide.pages_for(Audience.SHARED) if urls.has_page(self.language, page)]

    def siblings(self) -> list[Page]:
        """The pages a start page lists."""
        return [page for page in self.guide.pages_for(self.start.audience) if page is not self.start]

    def groups(self) -> list[tuple[str, list[Page]]]:
        """What a start page lists: the first group of its side, the pages of no group, the other groups."""
        siblings = self.siblings()
        groups = [
            (name, [page for page in siblings if page.id in page_ids]) for name, page_ids in self.guide.groups.items()
        ]
        groups = [(name, pages) for name, pages in groups if pages]
        grouped = {page.id for _, pages in groups for page in pages}
        others = [page for page in siblings if page.id not in grouped]
        return [*groups[:1], ("pages", others), *groups[1:]]

    @cached_property
    def _signs(self) -> list[Section]:
        return [section for section in self.page.sections if section.kind == "signs"] if self.page else []

    @property
    def first_signs(self) -> Section | None:
        """The first section of signs of the page."""
        return self._signs[0] if self._signs else None

    @property
    def last_signs(self) -> Section | None:
        """The last section of signs of the page: what the ticks touch stands under it."""
        return self._signs[-1] if self._signs else None

    @property
    def reveals_from(self) -> Section | None:
        """On a practice scenario the first section that is covered until the reader has decided."""
        sections = self.page.sections if self.page else ()
        kinds = [section.kind for section in sections]
        return sections[kinds.index("choices") + 1] if "choices" in kinds else None

    def unit(self, unit_id: str) -> Unit:
        """A unit by its id."""
        return self._texts.texts[unit_id].unit

    def sign(self, unit_id: str) -> tuple[Page, Sign]:
        """A sign by its unit id, and the page it stands on."""
        return self._renderer.signs[unit_id]

    def mistake_link(self, section: Section) -> str:
        """A mail to the deployment's address that names the units of the section, and so the page, and the language."""
        units = section.title.id.removesuffix(".title") if section.title else ""
        place = f"{units} ({self.language.tag})"
        return f"mailto:{self.deployment.mistakes}?subject={quote(f'{self._renderer.name}: {place}')}"

    @property
    def packs(self) -> tuple[str, ...]:
        """What keeping takes on the side this page belongs to."""
        return side_packs(self.guide, self.language, self.start.audience)

    @property
    def manifest(self) -> str:
        """The web manifest of the side this page belongs to."""
        return urls.manifest_url(self.language, self.start.audience)

    def law_text(self, law: Law) -> LawText | None:
        """What this deployment says about a law of its state, None where nobody filled it in."""
        return law_text(self.deployment.state, law)

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
        return self._drafts

    @cached_property
    def _drafts(self) -> list[Shown]:
        if self.page is None:
            return []
        items = (item for section in self.page.sections for item in section.items)
        signs = (self.sign(item.sign)[1].text for item in items if isinstance(item, Finding))
        units = (*page_units(self.page), *signs)
        return [shown for shown in map(self.shown, units) if shown.state is State.DRAFT]

    def unchecked(self) -> list[Language]:
        """The languages of which no speaker has checked anything."""
        speakers = {Role.NATIVE_SPEAKER, Role.COURT_INTERPRETER}
        return [self.registry[tag] for tag, found in self.progress.items() if not speakers & found.checked.keys()]

    def draft_language(self) -> Language:
        """The language the page's drafts are in: the page's own if any is."""
        found = [shown.language for shown in self.drafts()]
        return self.language if self.language in found else found[0]

    def vital_fell_back(self) -> Language | None:
        """The language of the page's vital units when most of them are not in the page's own, else None."""
        units: Iterable[Unit] = page_units(self.page) if self.page else ()
        found = [self.shown(unit).language for unit in units if unit.tier is Tier.VITAL]
        elsewhere = [language for language in found if language is not self.language]
        return elsewhere[0] if len(elsewhere) * 2 > len(found) else None

    def month(self, on: date) -> str:
        """A month as this page's language writes it."""
        return date_text(on, self.language, "month")

    @property
    def contacts_seen(self) -> date:
        """The oldest date on which a number of the page of numbers was seen or dialed."""
        return min(contact.checked_on for contact in self._help_contacts)

    @property
    def contacts_until(self) -> date:
        """The first date on which a number of the page of numbers is to be looked at again."""
        return min(contact.review_by for contact in self._help_contacts)

    @property
    def sources_seen_to(self) -> date | None:
        """The newest date of the sources behind any page."""
        return max((page.sources_seen_to for page in self.guide.pages.values() if page.sources_seen_to), default=None)

    @property
    def _help_contacts(self) -> list[Contact | LocalContact]:
        return self._contacts_of(self.guide.pages.get(HELP, self.start))

    def _contacts_of(self, page: Page) -> list[Contact | LocalContact]:
        items = (item for section in page.sections for item in section.items)
        shipped = [self.guide.contacts[item.contact] for item in items if isinstance(item, Referral)]
        return [*shipped, *self._renderer.contacts.on(page)]

    def numbers_seen(self) -> date | None:
        """The oldest date on which a number of this page was seen that nobody called; None when it shows none."""
        contacts = self._contacts_of(self.page) if self.page else []
        return min((contact.seen_on for contact in contacts if not contact.dialed_on), default=None)

    @property
    def near(self) -> list[Near]:
        """The deployment's contacts that this page shows."""
        contacts = self._renderer.contacts
        languages = self._renderer.languages
        found = contacts.on(self.page) if self.page else ()
        return [Near(one, self.language, languages, self.for_officers, len(contacts.zones) > 1) for one in found]

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
