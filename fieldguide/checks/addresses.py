"""What a phone or a chat program would turn into a link or a handle, or a reader into an address. No text needs one.

The names of services stand here too: *look for us on Telegram* is an address made of words alone.
"""

from collections.abc import Iterator
from functools import cache

import regex

from fieldguide.checks.writing import SHARED, SPACELESS, folded, writing_of

_HOST = regex.compile(r"(?<=[\p{L}\p{M}\p{N}])[.\u2027](?=[\p{L}\p{M}]{2})")
_IDEOGRAPHIC = regex.compile(r"(?<=[\p{Latin}\p{Greek}\p{Cyrillic}\p{Nd}])[。｡](?=[\p{Latin}\p{Greek}\p{Cyrillic}])")
_SCHEME = regex.compile(r"(?<=[\p{Latin}])[:∶](?=[a-z0-9/+\\@{])|[/\\]{2}")
_HANDLE = regex.compile(r"[@#](?=[\p{L}\p{M}\p{N}_])|@")
_WEB = regex.compile(r"(?<![\p{L}\p{M}\p{N}])(?:w\s?w\s?w|https?)(?![\p{L}\p{M}])")
_SERVICES = regex.compile(
    r"(?<![\p{Latin}\p{Cyrillic}])(?:whats ?app|telegram|messenger|facebook|instagram|tik ?tok|we ?chat|zalo|viber"
    r"|kakao ?talk|skype|youtube|google|twitter|snapchat|discord|gmail|vkontakte|signal app"
    r"|ватсап|вотсап|телеграм|фейсбук|вконтакте)"
    r"|微信|臉書|脸书|카카오톡|텔레그램|페이스북|واتساب|واتس ?اب|تيليجرام|تلغرام|فيسبوك|व्हाट्सऐप|व्हाट्सएप|टेलीग्राम|फेसबुक"
    r"|หน้าเฟซ|เฟซบุ๊ก|ไลน์ไอดี"
)
_AROUND = 12


def iter_addresses(text: str, tag: str = "en", script: str = "Latn", english: str = "") -> Iterator[str]:
    """What in a text looks like an address, as it stands there; services that the English names are left out.

    ``text`` has neither placeholders nor the targets of links in it.
    """
    plain = folded(text)
    for pattern in (_SCHEME, _HOST, _HANDLE):
        for found in pattern.finditer(plain):
            yield _around(plain, found.start(), found.end())
    named = set(_WEB.findall(folded(english)) + _SERVICES.findall(folded(english)))
    yield from (found for found in _WEB.findall(plain) if found not in named)
    for found in _IDEOGRAPHIC.finditer(text):
        yield _around(text, found.start(), found.end())
    yield from (found for found in _SERVICES.findall(plain) if english and found not in named)
    for language in dict.fromkeys((tag, *SHARED)):
        yield from (found[0] for found in _spelled(language, script).finditer(plain))


def _around(text: str, start: int, end: int) -> str:
    """The place in a text with the letters around it, up to the next spaces."""
    before = text[max(0, start - _AROUND) : start].rpartition(" ")[2]
    return before + text[start:end] + text[end : end + _AROUND].partition(" ")[0]


@cache
def _spelled(tag: str, script: str) -> regex.Pattern[str]:
    """*punto org*, *arroba*: signs of an address said as words."""
    writing = writing_of(tag)
    edge = "" if script in SPACELESS else r"(?<![\p{L}\p{M}])"
    end = r"(?![\p{L}\p{M}])"
    dots, ends = ("|".join(sorted(map(regex.escape, words))) or "(?!)" for words in (writing.dot, writing.domains))
    ats = "|".join(sorted(map(regex.escape, writing.at))) or "(?!)"
    apart = r"[\s\p{P}]{0,4}"
    return regex.compile(rf"{edge}(?:{dots}){apart}(?:{ends}){end}|{edge}(?:{ats}){end}")
