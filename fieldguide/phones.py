"""Phone numbers: what a deployer wrote -> what is shown and what a phone dials. The only user of ``phonenumbers``."""

import re
from dataclasses import dataclass

import phonenumbers

REGION = "US"
"""Numbers without a country are read as a phone in the United States reads them."""

_WRITTEN = re.compile(r"\+?[\d\s().\u2010-\u2015-]{3,30}", re.ASCII)
_CALL_CODE, _TEXT_CODE = re.compile(r"\d{3}", re.ASCII), re.compile(r"\d{3}|\d{5,6}", re.ASCII)
"""Longer codes take texts only; six digits to call are a number that lost some."""
_EXTENSION = re.compile(r"\d{1,7}", re.ASCII)
_FICTIONAL = re.compile(r"\+1\d{3}55501\d\d(?:,\d+)?")


@dataclass(frozen=True)
class Number:
    """A number as people read it, and as a phone dials it: E.164, or a short code; an extension after a pause."""

    shown: str
    dial: str


def parse_number(written: str, extension: str = "", *, is_text: bool = False) -> Number:
    """The number that was written, short codes such as 911 included; ``is_text`` for one that texts go to.

    Raises ValueError, with what is wrong and what mends it, for what no phone could reach: letters (many keypads have
    none), too few or too many digits, an area code that does not exist.
    """
    example = "write it like 212-555-0142, +52 55 1234 5678 or 911"
    if not _WRITTEN.fullmatch(written):
        raise ValueError(f"{written!r} is no phone number; {example}, an extension apart")
    if extension and not _EXTENSION.fullmatch(extension):
        raise ValueError(f"{extension!r} is no extension; write its digits alone")
    try:
        number = phonenumbers.parse(written, REGION)
    except phonenumbers.NumberParseException as error:
        raise ValueError(f"{written!r} is no phone number; {example}") from error
    code = _TEXT_CODE if is_text else _CALL_CODE
    if code.fullmatch(written) and phonenumbers.is_valid_short_number(number) and not extension:
        return Number(str(number.national_number), str(number.national_number))
    if not phonenumbers.is_valid_number(number):
        raise ValueError(f"{written!r} is no number that a phone can reach; look at its digits: {example}")
    dial = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    shown = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL).removeprefix("+")
    shown = shown.replace(" ", "-") if number.country_code == 1 else f"+{shown}"
    return Number(f"{shown} x{extension}", f"{dial},{extension}") if extension else Number(shown, dial)


def is_fictional(number: Number) -> bool:
    """True for 555-0100 to 555-0199 in any area code: kept free for invented examples, so nobody answers there."""
    return bool(_FICTIONAL.fullmatch(number.dial))
