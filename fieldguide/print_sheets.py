"""Sheets for paper: cards to cut and fold, lists, forms. Each is a page of its own, which no phone keeps.

What stands on them are texts of the guide, taken by their ids in ``templates/sheets/``. They are linked from the page
`urls.PRINT`; a guide without that page has none.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from markupsafe import Markup

from fieldguide import urls
from fieldguide.artifact import Artifact, Caching
from fieldguide.decks import Card, Deck, cited
from fieldguide.htcds import CONTROL, FIELDS, header_row
from fieldguide.items import Unit
from fieldguide.languages import Language
from fieldguide.localize import Shown
from fieldguide.model import Audience, Contact, Page, page_units
from fieldguide.qr import qr_svg
from fieldguide.render import Renderer
from fieldguide.review import State
from fieldguide.view import View

CSV = "text/csv; charset=utf-8"
STYLES = "static/css/print-sheets.css"
"""The styles of the sheets, which phones do not keep either."""

OFFICER = ("pocket", "languages", "contacts", "record")
WORKER = ("heat", "cards")
"""The sheets of each side: their folder, and their template. Workers' are made of words that tell nothing."""


class SheetView(View):
    """A view of a sheet. It notes which texts and numbers are printed, since the paper says how far they were checked.

    ``address`` is what the sheet's QR code opens; "" for none, and where nobody said where the guide is online.
    """

    def __init__(self, renderer: Renderer, url: str, language: Language, page: Page | None, address: str) -> None:
        super().__init__(renderer, url, language, page)
        self.address = address
        self._printed: list[Shown] = []
        self._numbers: list[Contact] = []

    def html(self, unit: Unit) -> Markup:
        """The unit's HTML; noted as printed."""
        self._printed.append(self.shown(unit))
        return super().html(unit)

    def for_officer(self, unit: Unit) -> Markup:
        """A unit once in each language that officers read; noted as printed."""
        self._printed += (self.shown_in(unit, language) for language in self.officer_languages)
        return super().for_officer(unit)

    def shown_in(self, unit: Unit, language: Language) -> Shown:
        """The unit as another language shows it."""
        return self._renderer.localized[language.tag][unit]

    def asked_in(self, unit: Unit, language: Language) -> Markup | None:
        """The unit's HTML in another language, None where that language has no text of its own; noted as printed."""
        shown = self.shown_in(unit, language)
        if shown.language is not language:
            return None
        self._printed.append(shown)
        return self._renderer.unit_html(shown, self, language)

    def drafts(self) -> list[Shown]:
        """What was printed so far and is an unchecked draft."""
        return [shown for shown in self._printed if shown.state is State.DRAFT]

    def has(self, unit_id: str) -> bool:
        """True when the guide has a text, in this language itself: paper has no room for two languages of one text."""
        shown = self._texts.texts.get(unit_id)
        return shown is not None and shown.language is self.language

    def units(self, *unit_ids: str) -> list[Unit]:
        """Those of the named texts that the guide has."""
        return [self.unit(unit_id) for unit_id in unit_ids if unit_id in self._texts.texts]

    def numbers(self, *contact_ids: str) -> list[Contact]:
        """Those of the named lines that the guide has; noted as printed."""
        found = [self.guide.contacts[key] for key in contact_ids if key in self.guide.contacts]
        self._numbers += found
        return found

    @property
    def printed_numbers(self) -> list[Contact]:
        """The lines whose numbers were printed so far."""
        return self._numbers

    def numbers_seen(self) -> date | None:
        """The oldest date on which a number that was printed so far was seen."""
        return min((contact.seen_on for contact in self._numbers), default=None)

    def sound(self, unit_id: str, language: Language | None = None) -> Markup:
        """Nothing: paper says nothing aloud."""
        return Markup("")

    def cards(self, *codes: str) -> list[tuple[Deck, Card]]:
        """Those of the named cards that this deployment shows, in the order named."""
        found = {card.code: (deck, card) for deck, cards in self.decks() for card in cards}
        return [found[code] for code in codes if code in found]

    def code(self, card: Card) -> str:
        """What a report cites for the words of a card as they are printed here."""
        language = self.shown(card.text).language
        lang = self.language.tag if language is self.language else language.lang
        return cited(card, lang, super().html(card.text).striptags())

    def qr(self) -> Markup:
        """The QR code of `address`."""
        return qr_svg(self.address)

    @property
    def english_name(self) -> str:
        """The language of the sheet as officers call it."""
        return self.language.english_name

    @property
    def fields(self) -> Mapping[str, tuple[str, ...]]:
        """The fields of the recording form with their values."""
        return FIELDS

    def control_codes(self) -> list[Unit]:
        """The methods of control as the page about counting explains them: each text begins with its code."""
        texts = page_units(self.guide.pages["officer/counting"])
        return [unit for unit in texts if unit.text.removeprefix("**").partition(":**")[0] in FIELDS[CONTROL]]


def iter_sheets(renderer: Renderer) -> Iterator[Artifact]:
    """Every sheet in every language that has its side, and the table's header row beside each recording form."""
    listing = renderer.guide.pages.get(urls.PRINT)
    if listing is None:
        return
    with renderer.app.app_context():
        for language in renderer.registry:
            if language.status == "spoken":
                continue
            for name in WORKER:
                yield _sheet(renderer, language, Audience.WORKER, name, None)
            if urls.has_page(language, listing):
                for name in OFFICER:
                    yield _sheet(renderer, language, Audience.OFFICER, name, listing)
                yield Artifact(urls.form_url(language), header_row().encode("ascii"), CSV)


def _sheet(renderer: Renderer, language: Language, audience: Audience, name: str, page: Page | None) -> Artifact:
    view = SheetView(
        renderer, urls.sheet_url(language, audience, name), language, page, _address(renderer, language, name)
    )
    caching = Caching.NEVER if audience is Audience.WORKER else Caching.ASK
    return renderer.artifact(view, f"sheets/{name}.html", caching)


def _address(renderer: Renderer, language: Language, name: str) -> str:
    deployment, url = renderer.deployment, _leads_to(renderer, language, name)
    if name == "heat" and deployment.worker_origin:
        return f"{deployment.worker_origin}/{url}"
    return f"{deployment.origin}{urls.absolute(deployment.base, url)}" if deployment.origin and url else ""


def _leads_to(renderer: Renderer, language: Language, name: str) -> str:
    """What a sheet's QR code opens: a worker's the dull start page, so that a code that is read tells no more."""
    pages = renderer.guide.pages
    match name:
        case "heat":
            return urls.page_url(language, pages[urls.START])
        case "cards":
            return urls.cards_url(language) if renderer.guide.decks else ""
        case "pocket":
            return urls.page_url(language, pages["officer/start"])
        case "languages":
            return urls.page_url(language, pages["officer/talk"]) if "officer/talk" in pages else ""
    return ""
