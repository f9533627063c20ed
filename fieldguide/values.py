"""What placeholders stand for: names, phone numbers and facts, as HTML in the language of the text around them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.numbers import format_currency
from flask_babel import force_locale, format_date
from markupsafe import Markup, escape

from fieldguide.languages import Language
from fieldguide.localize import Localized
from fieldguide.markup import to_html
from fieldguide.model import LABELS, Contact, Fact, Guide
from fieldguide.phones import Number

_SKELETONS = {"month": "yMMMM", "year": "y"}


def html_values(guide: Guide, localized: Localized) -> Mapping[str, Markup]:
    """Every placeholder as HTML, for texts in the language of ``localized``. Needs an application context."""
    values: dict[str, Markup] = {}
    for key, unit in guide.names.items():
        shown = localized[unit]
        values[f"names.{key}"] = marked(shown.text, shown.language, localized.language)
    for key, unit_id in LABELS.items():
        if unit_id in localized.texts:
            shown = localized.texts[unit_id]
            values[key] = marked(to_html(shown.text, {}), shown.language, localized.language)
    for key, contact in guide.contacts.items():
        values[f"phone.{key}"] = phone_link(contact)
        if contact.sms:
            values[f"sms.{key}"] = sms_link(contact)
    for key, fact in guide.facts.items():
        values[f"fact.{key}"] = fact_html(fact, localized.language)
    return values


def marked(text: str | Markup, language: Language, around: Language) -> Markup:
    """A text, marked with its own ``lang`` and ``dir`` where the text around it has another language."""
    if language is around:
        return escape(text)
    return Markup('<span lang="{}" dir="{}">{}</span>').format(language.lang, language.dir, text)


def officer_half(text: str | Markup, asked: Language, shown: Language) -> Markup:
    """A text for the officer on a page for a worker; a script shows the one for the language the officer asked for."""
    span = Markup('<span class="o o-{}" lang="{}" dir="{}">{}</span>')
    return span.format(asked.tag, shown.lang, shown.dir, text)


def phone_link(contact: Contact) -> Markup:
    """The one way a phone number is printed: isolated, left to right, so that no right-to-left line reverses it."""
    return _number("tel", contact.dial, contact.phone)


def sms_link(contact: Contact) -> Markup:
    """The number a text message goes to, isolated like a phone number."""
    return _number("sms", contact.sms, contact.sms)


def number_link(number: Number, scheme: str = "tel") -> Markup:
    """A number of a deployment's contact, to call or (``sms``) to text, printed in the same one way."""
    return _number(scheme, number.dial, number.shown)


def _number(scheme: str, dial: str, display: str) -> Markup:
    return Markup('<a class="number" href="{}:{}" dir="ltr" translate="no"><bdi>{}</bdi></a>').format(
        scheme, dial, display
    )


def fact_html(fact: Fact, language: Language) -> Markup:
    """A citation or site as it is, a date as the language writes it, an amount as United States pay papers print it."""
    if isinstance(fact.value, date):
        return escape(date_text(fact.value, language, fact.precision))
    if fact.kind == "money":
        amount = format_currency(Decimal(fact.value), "USD", locale="en_US")  # the reader compares it with a pay slip
        return Markup('<bdi dir="ltr" translate="no">{}</bdi>').format(amount)
    return Markup('<bdi dir="ltr" translate="no">{}</bdi>').format(fact.value)


def country_text(code: str, language: Language) -> str:
    """The name of a country (ISO 3166-1 code) as a language writes it."""
    return str(Locale.parse(language.format_locale).territories[code])


@cache  # a language writes few dates, each on many pages, and Babel is slow
def date_text(value: date, language: Language, precision: str = "day") -> str:
    """A date as a language writes it, in the registry's ``format_locale``: Babel has no data for every tag."""
    if language.months and precision != "year":
        month = f"{language.months[value.month - 1]} {value.year}"
        return f"{value.day} {month}" if precision == "day" else month
    with force_locale(language.format_locale):
        if precision == "day":
            return str(format_date(value, "long"))
        skeletons = Locale.parse(language.format_locale).datetime_skeletons
        return str(format_date(value, str(skeletons[_SKELETONS[precision]])))
