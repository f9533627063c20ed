"""A deployment's contact as a page of one language writes it: names, hours, languages. None of it is translated."""

from dataclasses import dataclass

from babel import Locale
from babel.dates import get_timezone, get_timezone_location
from markupsafe import Markup

from fieldguide.contacts import INTERPRETER, LocalContact
from fieldguide.hours import DAY, Hours
from fieldguide.languages import Language, Registry
from fieldguide.values import marked


@dataclass(frozen=True)
class Near:
    """One contact on a page in ``language``; ``languages`` are all of the registry. ``with_zone``: its hours say
    their time zone, since not all contacts of the deployment share one."""

    contact: LocalContact
    language: Language
    languages: Registry
    for_officers: bool
    with_zone: bool

    @property
    def name(self) -> Markup:
        """Its name in this language or its first fallback that has one, as the deployer wrote it."""
        names = {**self.contact.names, "en": self.contact.name}
        language = next(one for one in self.languages.chain(self.language) if one.tag in names)
        return marked(names[language.tag], language, self.language)

    def as_written(self, text: str) -> Markup:
        """What the deployer wrote in English, marked as English on other pages."""
        return marked(text, self.languages["en"], self.language)

    @property
    def speaks(self) -> list[Markup]:
        """Its languages: workers read a language by its own name, officers by its English one."""
        found = []
        for written in self.contact.languages:
            language = self._language(written)
            if language and not self.for_officers:
                found.append(marked(language.endonym, language, self.language))
            elif written != INTERPRETER:
                found.append(self.as_written(language.english_name if language else written))
        return found

    def _language(self, written: str) -> Language | None:
        names = {language.english_name.casefold(): language for language in self.languages}
        return names.get(written.casefold()) or self.languages.find(written)

    @property
    def hours(self) -> Markup:
        """Its opening hours."""
        return hours_html(self.contact.hours, self.language, with_zone=self.with_zone)


def hours_html(hours: Hours, language: Language, *, with_zone: bool) -> Markup:
    """Opening hours as a list: days in the language's words, times from 00:00 to 24:00, and their zone if asked."""
    rows = Markup("").join(
        Markup("<li>{} {}</li>").format(_days_text(days, language), Markup(" · ").join(map(_span_html, times)))
        for days, times in hours.by_day()
    )
    zone = Markup("<li>({})</li>").format(zone_text(hours.zone, language)) if with_zone else ""
    return Markup('<ul class="hours">{}{}</ul>').format(rows, zone)


def _days_text(days: tuple[int, ...], language: Language) -> str:
    names = language.days or Locale.parse(language.format_locale).days["stand-alone"]["wide"]  # there too Monday is 0
    return " – ".join(names[day] for day in dict.fromkeys((days[0], days[-1])))


def _span_html(span: tuple[int, int]) -> Markup:
    first, last = (f"{minute // 60:02}:{minute % 60:02}" for minute in (span[0], (span[1] - 1) % DAY + 1))
    return Markup('<bdi dir="ltr">{}–{}</bdi>').format(first, last)


def zone_text(zone: str, language: Language) -> str:
    """A time zone by its city, as the language writes it: Babel's names of zones are those of summer time in some."""
    return str(get_timezone_location(get_timezone(zone), locale=language.format_locale, return_city=True))
