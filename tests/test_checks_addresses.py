"""What looks like an address is told as it stands in the text: with its letters, no more and no less."""

import pytest

from fieldguide.checks.addresses import iter_addresses


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Entre en m.me/ayuda.", ["m.me/ayuda."]),
        ("m.me", ["m.me"]),
        ("Abra tg://ayuda ya.", ["tg://ayuda", "tg://ayuda"]),
        ("Abra tg:ayuda.", ["tg:ayuda."]),
        ("Escriba a @ayuda, #ayuda y a@b.", ["@ayuda,", "#ayuda", "a@b."]),
        ("Escriba @ casa", ["@"]),
        ("Entre en WWW ayuda, w w w, HTTPS x", ["www", "w w w", "https"]),
        ("Mire ayuda。org y ａyuda", ["ayuda。org"]),
        ("Mire ayuda。organizaciondeprueba", ["ayuda。organizacion"]),
        ("averylongwordbeforethedot.andaverylongwordafter it", ["beforethedot.andaverylong"]),
        ("a / b // c \\\\ d", ["//", "\\\\"]),
        ("1.ab", ["1.ab"]),
        ("x.y a.b1 1.5 ab.c, twww ww. Go: now", []),
    ],
)
def test_an_address_is_told_as_it_stands(text: str, found: list[str]):
    """Up to the next spaces, and up to twelve letters on each side: whoever mends it finds the place."""
    assert list(iter_addresses(text, "es")) == found


@pytest.mark.parametrize(
    ("english", "found"),
    [
        ("", ["www", "https"]),
        ("Find us.", ["www", "https", "telegram", "whatsapp", "微信"]),
        ("Find us on WhatsApp, by https.", ["www", "telegram", "微信"]),
        ("WWW, TELEGRAM, 微信", ["https", "whatsapp"]),
    ],
)
def test_a_service_that_the_english_names_may_be_named(english: str, found: list[str]):
    """In any case of its letters; where there is no English, such as in an agency's own words, services have names."""
    assert list(iter_addresses("XXXX de Telegram")) == []
    assert list(iter_addresses("www de Telegram, WhatsApp, https y 微信.", "es", "Latn", english)) == found


def test_english_is_what_is_asked_of_first():
    """Without a language and a script, a text is read as English is."""
    assert list(iter_addresses("help dot org, help\u200cpunto com at sign")) == ["dot org", "punto com"]


@pytest.mark.parametrize(
    ("text", "tag", "script", "found"),
    [
        ("help dot com punto org arroba", "fr", "Latn", ["dot com", "punto org", "arroba"]),
        ("aide point com, at a sign", "fr", "Latn", ["point com"]),
        ("dot, . com and punto: org", "mam", "Latn", ["dot, . com", "punto: org"]),
        ("adota puntos orgía dot comx dot - - - com", "es", "Latn", []),
        ("救助点com", "zh-Hans", "Hans", ["点com"]),
        ("救助点com", "zh-Hans", "Latn", []),
        ("ayuda punto org", "th", "Thai", ["punto org"]),
    ],
)
def test_an_address_in_words_is_told_by_its_words(text: str, tag: str, script: str, found: list[str]):
    """In the words of the language, of English and of Spanish; inside other words only where there are no spaces."""
    assert list(iter_addresses(text, tag, script)) == found
