"""Texts as one page in one language shows them. A part of what the templates ask: `fieldguide.view` is the whole."""

from collections.abc import Iterable
from datetime import date
from functools import cache, cached_property

from markupsafe import Markup

from fieldguide import urls
from fieldguide.items import Finding, Sign, Tier, Unit
from fieldguide.languages import Language
from fieldguide.links import Links
from fieldguide.localize import Shown
from fieldguide.markup import to_plain
from fieldguide.model import Page, page_units
from fieldguide.review import Role, State
from fieldguide.values import country_text, date_text


@cache  # a few dozen languages, on tens of thousands of elements
def _language_attrs(lang: str, direction: str) -> Markup:
    return Markup(' lang="{}" dir="{}"').format(lang, direction)


class Wording(Links):
    """Texts as seen from one page in one language: the language in which each is shown, its state and its sound."""

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

    def unit(self, unit_id: str) -> Unit:
        """A unit by its id."""
        return self._texts.texts[unit_id].unit

    def sign(self, unit_id: str) -> tuple[Page, Sign]:
        """A sign by its unit id, and the page it stands on."""
        return self._renderer.signs[unit_id]

    def plain_text(self, unit: Unit) -> str:
        """The unit without markup, for the document title."""
        return to_plain(self.shown(unit).text, {})

    def plain_in(self, unit: Unit, language: Language) -> str:
        """A unit without markup in a named language."""
        return to_plain(self._renderer.localized[language.tag][unit].text, {})

    def interface(self, unit_id: str, language: Language) -> str:
        """An interface string in a named language, for links that lead into it."""
        return self._renderer.localized[language.tag].texts[unit_id].text

    def text_language(self, language: Language) -> Language:
        """The language in which the pages of a language are written."""
        return self._renderer.text_language(language)

    def text_in(self, language: Language) -> str:
        """What stands beside the name of a language that is only spoken: in which language its pages are written."""
        return to_plain(self.interface("ui.spoken.text", language), {"language": language.endonym})

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

    def month(self, on: date) -> str:
        """A month as this page's language writes it."""
        return date_text(on, self.language, "month")

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

    @property
    def voices(self) -> list[Language]:
        """The languages in which something was recorded."""
        return [language for language in self.registry if self._renderer.sounds.get(language.tag)]

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
