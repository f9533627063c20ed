"""Words that harm: labels, promises, and nationality taken for a sign. Checks of the English source."""

import re
from collections.abc import Iterator

from babel import Locale

from fieldguide.items import Item, Referral, Sign, Unit, item_units
from fieldguide.markup import PLACEHOLDER, placeholders
from fieldguide.model import Audience, Contact, Guide, Page
from fieldguide.problems import Problem

_EVERYWHERE = re.compile(
    r"""(?ix)\b(
    rescu\w* | slaves? | modern\s+slavery | prey\w* | illegals
    | illegals?\s+(?:alien|immigrant|migrant|worker|person|people)s?
    | gone\s+for\s*ever | untraceable | hides?\s+your\s+visit | app\s+is\s+hidden
    | (?:will|shall)\s+get\s+a\s+visa | cannot\s+be\s+deported
    )\b"""
)
_WORKER = re.compile(
    r"(?i)\b(victims?|traffick\w*|exploit\w*|coerc\w*|indebted\w*|pursuant|status|eligib\w*|perpetrators?"
    r"|private|confidential\w*|anonym\w*)\b"
)
_THIRD_PARTY = re.compile(r"(?i)\b(?:hotline|lawyers?|police|offices?|agenc(?:y|ies)|groups?|they|calls?)\b")
_SAFE = re.compile(r"(?i)\b(?<!if it )(?:is|are) safe\b")
_SENTENCES = re.compile(r"[.?!]")
_POSSIBLE_VICTIM = re.compile(r"(?i)\bpossible victims?\b")
_PEOPLES = re.compile(
    r"""(?x)\b(
    Afghan | African | Albanian | American\s+Indian | Arab | Asian | Bangladeshi | Black | Bolivian | Brazilian
    | Burmese
    | Cambodian | Caribbean | Chinese | Colombian | Cuban | Dominican | Ecuadorian | Ethiopian | European | Filipin[oa]
    | Ghanaian | Guatemalan | Gypsy | Haitian | Hispanic | Hondur[ae]n | Hungarian | Indian | Indigenous | Indonesian
    | Jamaican | Jewish | Kenyan | Korean | Kosovar | Latin[oaex] | Malaysian | Mayan? | Mexican | Mixtec | Mongolian
    | Moroccan | Muslim | Nepal(?:i|ese) | Nicaraguan | Nigerian | Pakistani | Peruvian | Polish | Punjabi | Roma(?:ni)?
    | Romanian | Russian | Salvador[ae]n | Serbian | Sikh | Somali | Sri\s+Lankan | Thai | Turkish | Ukrainian | Uzbek
    | Venezuelan | Vietnamese | White | Zapotec
    )s?\b"""
)
_LOOKS = re.compile(r"(?i)\b(?:looks? foreign|foreign[- ]looking|accents?|skin colou?r|race|ethnic\w*|nationality)\b")
_HERE = {"US", "AS", "GU", "MP", "PR", "VI", "UM"}
_COUNTRIES = tuple(
    name for code, name in Locale("en").territories.items() if len(code) == 2 and code.isalpha() and code not in _HERE
)
_COUNTRY = re.compile(rf"\b(?:{'|'.join(re.escape(name) for name in _COUNTRIES)})\b")

UNKNOWN_ALLOWED = frozenset({"hotline", "whd", "osha", "eeoc", "eeoc-asl"})
"""On workers' pages although what they share is unknown: the hotline and labor agencies, each with a caution."""

CONNECTS = frozenset({"emergency", "relay"})
"""Lines of another kind: the emergency line, and the relay that connects a Deaf caller like a phone company does."""


def check_words(guide: Guide) -> Iterator[Problem]:
    """Every harmful word, and every contact that has no place on a worker's page."""
    for page in guide.pages.values():
        for index, section in enumerate(page.sections):
            for number, item in enumerate(section.items):
                place = f"sections[{index}].items[{number}]"
                yield from _check_item(item, page, place, guide)


def _check_item(item: Item, page: Page, place: str, guide: Guide) -> Iterator[Problem]:
    for unit in item_units(item):
        for fault in iter_word_faults(unit.text, page.audience):
            yield Problem(page.file, place, fault, unit.id)
        if page.audience is Audience.WORKER:
            for name in _called(unit.text):
                yield from _check_line(guide.contacts.get(name), page, place, unit)
    if isinstance(item, Sign):
        for fault in iter_sign_faults(item.text.text):
            yield Problem(page.file, place, fault, item.text.id)
    if isinstance(item, Referral) and page.audience is Audience.WORKER:
        yield from _check_contact(item, page, place, guide)


def iter_word_faults(text: str, audience: Audience) -> Iterator[str]:
    """Words that may not stand in a text of this audience."""
    found = _EVERYWHERE.search(text)
    if found:
        yield f"{found[0]!r} is not a word of this guide; say plainly what is meant"
    if audience is not Audience.OFFICER and _POSSIBLE_VICTIM.search(text):
        yield "'possible victim' stands on officers' pages only"
    if audience is Audience.WORKER:
        found = _WORKER.search(PLACEHOLDER.sub("", text))
        if found:
            yield f"{found[0]!r} has no place on a worker's page; use boss, pay, debt, threat, papers, help"
        if any(map(_promises_safety, _SENTENCES.split(text))):
            yield "nobody can promise that a third party is safe; say what they do"


def _promises_safety(sentence: str) -> bool:
    third_party = _THIRD_PARTY.search(sentence)
    return bool(third_party and _SAFE.search(sentence, third_party.end()))


def iter_sign_faults(text: str) -> Iterator[str]:
    """Language, skin, papers or nationality are not signs."""
    for pattern in (_PEOPLES, _COUNTRY, _LOOKS):
        found = pattern.search(text)
        if found:
            yield f"{found[0]!r} names a people, a country or looks; none of these is a sign"


def _called(text: str) -> list[str]:
    """The contacts whose number stands in a text."""
    names = (name.partition(".") for name in placeholders(text))
    return [contact for kind, _, contact in names if kind in ("phone", "sms")]


def _check_contact(item: Referral, page: Page, place: str, guide: Guide) -> Iterator[Problem]:
    contact = guide.contacts.get(item.contact)
    yield from _check_line(contact, page, place, item.text)
    if contact and contact.id not in CONNECTS and contact.immigration == "unknown" and item.caution is None:
        yield Problem(page.file, place, f"{contact.id} needs its caution on a worker's page; add it", item.text.id)


def _check_line(contact: Contact | None, page: Page, place: str, unit: Unit) -> Iterator[Problem]:
    if contact is None or contact.id in CONNECTS:
        return
    if contact.immigration == "yes":
        yield Problem(page.file, place, f"{contact.id} may inform immigration; no worker's page names it", unit.id)
    if contact.immigration == "unknown" and contact.id not in UNKNOWN_ALLOWED:
        yield Problem(page.file, place, f"what {contact.id} shares is unknown; workers' pages leave it out", unit.id)
