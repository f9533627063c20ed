"""What the templates ask: links, wording, and what stands on one page in one language."""

from datetime import date
from functools import cached_property

from markupsafe import Markup

from fieldguide import urls
from fieldguide.contacts import LocalContact
from fieldguide.coverage import HELP
from fieldguide.decks import CARD_OF, Card, Deck, is_on
from fieldguide.items import Item, Law, Referral, Sign, item_units
from fieldguide.languages import Language
from fieldguide.model import Audience, Contact, Page, Section, Source, page_sources
from fieldguide.near import Near
from fieldguide.packs import CORE, side_packs, sound_pack, text_pack
from fieldguide.review import State
from fieldguide.state import LawText, law_text
from fieldguide.wording import Wording

CARD_WORDS = ("ui.card.", "ui.hand.", "ui.vital.hand.", "ui.vital.card.")
"""The beginnings of the ids of the interface strings that a worker reads on the page of cards."""


class View(Wording):
    """What the templates ask: texts and links as seen from one page in one language, and what stands on the page."""

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

    @property
    def packs(self) -> tuple[str, ...]:
        """What keeping takes on the side this page belongs to."""
        return side_packs(self.guide, self.language, self.start.audience)

    def sound_packs(self, language: Language) -> tuple[str, ...]:
        """What keeping the recordings of a language takes: they are nothing without the pages that say them."""
        pages = (text_pack(language),) if language.status != "spoken" else ()
        return (CORE, *pages, sound_pack(language))

    @property
    def manifest(self) -> str:
        """The web manifest of the side this page belongs to."""
        return urls.manifest_url(self.language, self.start.audience)

    @property
    def near(self) -> list[Near]:
        """The deployment's contacts that this page shows."""
        contacts = self._renderer.contacts
        languages = self._renderer.languages
        found = contacts.on(self.page) if self.page else ()
        return [Near(one, self.language, languages, self.for_officers, len(contacts.zones) > 1) for one in found]

    def numbers_seen(self) -> date | None:
        """The oldest date on which a number of this page was seen that nobody called; None when it shows none."""
        contacts = self._contacts_of(self.page) if self.page else []
        return min((contact.seen_on for contact in contacts if not contact.dialed_on), default=None)

    @property
    def contacts_seen(self) -> date:
        """The oldest date on which a number of the page of numbers was seen or dialed."""
        return min(contact.checked_on for contact in self._help_contacts)

    @property
    def contacts_until(self) -> date:
        """The first date on which a number of the page of numbers is to be looked at again."""
        return min(contact.review_by for contact in self._help_contacts)

    @property
    def _help_contacts(self) -> list[Contact | LocalContact]:
        return self._contacts_of(self.guide.pages.get(HELP, self.start))

    def _contacts_of(self, page: Page) -> list[Contact | LocalContact]:
        items = (item for section in page.sections for item in section.items)
        shipped = [self.guide.contacts[item.contact] for item in items if isinstance(item, Referral)]
        return [*shipped, *self._renderer.contacts.on(page)]

    def sources(self) -> list[Source]:
        """The sources of this page in order of first use; all of them on the page that lists sources."""
        return self._sources

    def references(self, item: Item) -> list[tuple[int, Source]]:
        """The sources of one claim with the numbers they have in this page's list; workers' pages print none."""
        if not self.cites:
            return []
        keys = item.claim.sources if item.claim else ()
        return [(number, source) for number, source in enumerate(self._sources, 1) if source.id in keys]

    @cached_property
    def _sources(self) -> list[Source]:
        if self.page is None:
            return []
        if self.page.audience is Audience.SHARED:
            return sorted((s for s in self.guide.sources.values() if s.shown), key=lambda s: (s.publisher, s.title))
        return page_sources(self.page, self.guide)

    @property
    def sources_seen_to(self) -> date | None:
        """The newest date of the sources behind any page."""
        return max((page.sources_seen_to for page in self.guide.pages.values() if page.sources_seen_to), default=None)

    @property
    def edition(self) -> int:
        """The edition of the guide; printed on the about page only."""
        return self.deployment.edition or self.guide.edition

    def common_confidence(self, section: Section) -> str:
        """The confidence that all claims of a section share, printed once at its head; "" when they differ."""
        found = {item.claim.confidence.value for item in section.items if item.claim}
        return found.pop() if len(found) == 1 else ""
