"""Numbers and addresses in a translation: only what corresponds to the English may stand there."""

import pytest

from fieldguide.catalog import Entry
from fieldguide.checks.finding import Finding, Rule
from fieldguide.checks.numbers import (
    added_numbers,
    iter_long_rows,
    iter_rows,
    missing_numbers,
    numbers,
    scattered,
    words_of,
)
from fieldguide.checks.translations import Gate, iter_faults
from fieldguide.checks.writing import writing_of
from fieldguide.languages import Language

SCRIPTS = {
    "es": "Latn",
    "ht": "Latn",
    "fil": "Latn",
    "vi": "Latn",
    "fr": "Latn",
    "pl": "Latn",
    "ar": "Arab",
    "ur": "Arab",
}
SCRIPTS |= {"hi": "Deva", "ne": "Deva", "pa": "Guru", "bn": "Beng", "ko": "Kore", "th": "Thai", "am": "Ethi"}
SCRIPTS |= {"ru": "Cyrl", "zh-Hans": "Hans", "zh-Hant": "Hant", "mam": "Latn"}
GATE = Gate(frozenset({"phone.line", "names.office"}), frozenset({"worker/help"}))
ENGLISH = "You can ask for help."


def faults(tag: str, text: str, english: str = ENGLISH) -> list[Finding]:
    language = Language(tag, tag, tag, SCRIPTS[tag], "en_US")
    return list(iter_faults(Entry("worker.x", english, text), language, GATE))


def rules(tag: str, text: str, english: str = ENGLISH) -> set[Rule]:
    return {fault.rule for fault in faults(tag, text, english)}


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("es", "Puede pedir ayuda Ⅰ."),
        ("es", "Puede pedir ayuda ①."),
        ("es", "Puede pedir ayuda²."),
        ("es", "Puede pedir ayuda 7."),
        ("ar", "يمكنك طلب المساعدة ٧."),
        ("am", "እርዳታ መጠየቅ ይችላሉ ፩ ፱ ፩።"),
        ("am", "እርዳታ መጠየቅ ይችላሉ ፩፱፩።"),
        ("zh-Hans", "您可以求助〇。"),
        ("th", "คุณขอความช่วยเหลือได้ ๑"),
    ],
)
def test_a_sign_that_is_no_number_of_the_english_is_refused(tag: str, text: str):
    """Whatever Unicode calls a number, in any script, alone or in a row, must correspond to one of the English."""
    assert Rule.NUMBERS in rules(tag, text)


@pytest.mark.parametrize(
    ("tag", "text", "english"),
    [
        ("es", "Trabaja 24 horas.", "You work 24 hours."),
        ("hi", "आप २४ घंटे काम करते हैं।", "You work 24 hours."),
        ("am", "፳፬ ሰዓት ይሠራሉ።", "You work 24 hours."),
        ("es", "Hable con 2 personas.", "Talk with two people."),
        ("th", "คุยกับคน 2 คน", "Talk with two people."),
        ("zh-Hans", "四百人在那里。", "Four hundred people are there."),
        ("fr", "Attendez quatre-vingt-dix jours, 90.", "Wait 90 days."),
        ("ko", "30일 안에 말하세요.", "Tell them within 30 days."),
    ],
)
def test_a_number_of_the_english_passes_in_the_signs_of_the_script(tag: str, text: str, english: str):
    """A language writes a number of the English its own way: its digits, its order, a digit for a word."""
    assert not rules(tag, text, english) & {Rule.NUMBERS, Rule.SPELLED}


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("es", "Llame al uno nueve cero cero."),
        ("es", "Llame al nueve, once."),
        ("es", "Primero nueve. Y luego uno, uno, cero."),
        ("es", "Marque ocho por favor, siga con siete ahora, después seis y al final cinco."),
        ("ht", "Rele nèf en en."),
        ("fil", "Tumawag sa siyam isa isa."),
        ("fil", "Tumawag sa otso singko singko."),
        ("vi", "Gọi chín một một."),
        ("ar", "اتصل بتسعة واحد واحد."),
        ("hi", "नौ एक एक पर कॉल करें।"),
        ("pa", "ਨੌਂ ਇੱਕ ਇੱਕ ਤੇ ਫ਼ੋਨ ਕਰੋ।"),
        ("bn", "নয় এক এক নম্বরে ফোন করুন।"),
        ("ur", "نو ایک ایک پر فون کریں۔"),
        ("ko", "구일일에 전화하세요."),
        ("ko", "일 구 공 공 에 전화하세요."),
        ("th", "โทรเก้าหนึ่งหนึ่ง"),
        ("zh-Hans", "拨打九一一。"),
        ("zh-Hant", "撥打九、一、一。"),
        ("ru", "Звоните девять один один."),
        ("pl", "Zadzwoń dziewięć jeden jeden."),
        ("mam", "uno nueve cero cero"),
        ("ht", "Rele nine one one."),
    ],
)
def test_a_number_in_words_is_refused(tag: str, text: str):
    """Number words in a row, or scattered, that the English has not: how a phone number is said aloud."""
    assert rules(tag, text) & {Rule.SPELLED, Rule.NUMBERS}


@pytest.mark.parametrize(
    "text",
    [
        "Entre en m.me/ayuda.",
        "Entre en wa.me/ayuda.",
        "Entre en is.gd/x.",
        "Abra tg://ayuda.",
        "Abra tg:ayuda.",
        "Escriba a @ayuda.",
        "Busque #ayuda.",
        "Escriba a ayuda punto org.",
        "Escriba a ayuda, punto, com.",
        "Escriba a ayuda arroba casa.",
        "Write ayuda dot org.",
        "Entre en www ayuda.",
        "Entre en 助.com/x.",
        "Búsquenos en Telegram.",
        "Búsquenos en WhatsApp.",
        "Mire ayuda\uff0eorg.",
    ],
)
def test_what_becomes_a_link_or_a_handle_is_refused(text: str):
    """A scheme, a dotted host, a handle, and the same said in words: no text of ours needs one."""
    assert rules("es", text) & {Rule.HOST, Rule.SIGN, Rule.TYPED}


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("ru", "Пишите на помощь точка орг."),
        ("hi", "मदद डॉट कॉम पर लिखें।"),
        ("ar", "اكتب الى مساعدة نقطة كوم."),
        ("zh-Hans", "请看救助点com。"),
        ("th", "ดูที่ช่วยจุดคอม"),
        ("ko", "도움 점 컴"),
        ("pt", "Escreva para ajuda ponto org."),
    ],
)
def test_an_address_said_in_the_words_of_any_language_is_refused(tag: str, text: str):
    """Every language says the dot of an address its own way."""
    tag = "pt-BR" if tag == "pt" else tag
    language = Language(tag, tag, tag, SCRIPTS.get(tag, "Latn"), "en_US")
    assert Rule.HOST in {fault.rule for fault in iter_faults(Entry("worker.x", ENGLISH, text), language, GATE)}


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("es", "Llame al 1{phone.line}."),
        ("es", "Llame al {phone.line}1."),
        ("es", "Llame al {phone.line}-x."),
        ("es", "Llame al {phone.line}x."),
        ("es", "Llame al x{phone.line}."),
        ("ko", "{phone.line}하나 전화하세요."),
        ("zh-Hans", "拨打{phone.line}九。"),
        ("zh-Hans", "拨打一{phone.line}。"),
        ("am", "ዘ{phone.line} ይደውሉ።"),
    ],
)
def test_nothing_but_what_the_language_lists_touches_a_placeholder(tag: str, text: str):
    """A letter or digit beside a phone number makes it another number, or hides where it ends."""
    assert rules(tag, text, "Call {phone.line}.")


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("es", "Llame al **{phone.line}**, «{phone.line}» (o no)."),
        ("ko", "{phone.line}에 전화하고 {phone.line}로 문자하세요."),
        ("zh-Hans", "拨打{phone.line}联系，或致电：{phone.line}。"),
        ("am", "ከ{phone.line} ይደውሉ፤ {phone.line}።"),
        ("th", "โทร{phone.line}ได้ หรือ {phone.line}"),
    ],
)
def test_particles_and_punctuation_may_touch_a_placeholder(tag: str, text: str):
    """Spaces, punctuation, and the particles of the language's own list."""
    assert Rule.TOUCHING not in rules(tag, text, "Call {phone.line} or {phone.line}.")


def test_a_number_of_the_english_moved_beside_a_phone_number_is_refused():
    """No English number may be dialed with a phone number because it was put before it."""
    english = "Call {phone.line}. Wait 5 days."
    assert Rule.SPELLED in rules("es", "Llame al 5 {phone.line}. Espere días.", english)
    assert rules("es", "Llame al {phone.line}. Espere 5 días.", english) == set()


def test_a_text_far_longer_than_any_is_refused_before_a_pattern_reads_it():
    """Sixty thousand digits give one fault, that of length."""
    assert [fault.rule for fault in faults("es", "7" * 60_000)] == [Rule.LONG]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("24 hours, 7 days, ٣٤", ["24", "34", "7"]),
        ("1２", ["12"]),
        ("[5](worker/h2a) of {fact.act-2}, 3{phone.line}4", ["3", "4", "5"]),
        ("፳፬", ["24"]),
        ("፻፳፬", ["124"]),
        ("፪፻", ["200"]),
        ("፪፻፳", ["220"]),
        ("፻፩", ["101"]),
        ("፫፻፷፭", ["365"]),
        ("፩፼", ["10000"]),
        ("፲፩፻", ["1100"]),
        ("፩፱፩", ["191"]),
        ("፩፩", ["11"]),
        ("፪፲", ["210"]),
        ("፲፲", ["1010"]),
        ("ⅠⅤ", ["15"]),
        ("〡〇", ["10"]),
        ("①⓪", ["10"]),
        ("½ ²³ ⅔", ["1/2", "2/3", "23"]),
        ("h two q", []),
    ],
)
def test_every_number_in_signs_is_read_by_what_it_is_worth(text: str, found: list[str]):
    """Digits one by one; Ethiopic by tens, ones and hundreds, as Amharic writes 200; all others sign by sign."""
    assert numbers(text) == found


@pytest.mark.parametrize(
    ("english", "text", "added", "missing"),
    [
        ("You work 24 hours.", "24 25 25", ["25", "25"], []),
        ("You work 24 hours on 7 days, 7 weeks.", "7", [], ["24", "7"]),
        ("two people", "2 2", ["2"], []),
        ("Two people, both, twice", "2 2 2", [], []),
        ("four hundred people", "400", [], []),
        ("two thousand", "2000", [], []),
        ("four hundred", "404 104 96", ["104", "404", "96"], []),
        ("twenty hundred", "120", ["120"], []),
        ("twenty one", "20 21 1", [], []),
        ("one two three", "1 2 3 12", ["12"], []),
        ("half a day, a dozen, a third", "12 3", [], []),
        ("ten", "10²", ["2", "²"], []),
        ("x²", "x²", [], []),
        ("{names.two} [one](worker/three)", "1 2 3", ["2", "3"], []),
        ("It is so.", "It is so.", [], []),
    ],
)
def test_what_is_added_and_what_is_lost(english: str, text: str, added: list[str], missing: list[str]):
    """Each number of the English once, in signs or words, alone or with the one beside it; each other one is named."""
    assert added_numbers(english, text) == added
    assert missing_numbers(english, text) == missing


@pytest.mark.parametrize(
    ("text", "script", "tag", "found"),
    [
        ("Two-three, (four). And five", "Latn", "en", [("two three four five", 4)]),
        ("12 ab 3 4 no, 5", "Latn", "en", [("12", 1), ("3 4", 2), ("5", 1)]),
        ("nine ²³ ٤", "Latn", "en", [("nine 23 ٤", 3)]),
        ("i ii iii", "Latn", "en", [("i ii iii", 0)]),
        ("uno y dos", "Latn", "es", [("uno dos", 1)]),
        ("Call {phone.line} one", "Latn", "en", [("\ue000 one", 1)]),
        ("{sms.line} two {names.x} three", "Latn", "en", [("\ue000 two", 2), ("three", 1)]),
        ("two{names.x}three", "Latn", "en", [("two", 1), ("three", 1)]),
        ("[one two](worker/three) four", "Latn", "en", [("one two four", 2)]),
        ("gọi chín một", "Latn", "vi", [("chín một", 1)]),
        ("goi chin mot", "Latn", "vi", []),
        ("واحد واثنان وتسعة", "Arab", "ar", [("واحد واثنان وتسعة", 2)]),
        ("واحد واثنان", "Latn", "ar", [("واحد", 0)]),
        ("九一一号", "Hans", "zh-Hans", [("九 一 一", 1)]),
        ("二十一号", "Hans", "zh-Hans", [("二十一", 1)]),
        ("九一一号", "Latn", "zh-Hans", []),
        ("โทรเก้าหนึ่งหนึ่ง", "Thai", "th", [("เก้า หนึ่ง หนึ่ง", 1)]),
        ("구일일에", "Kore", "ko", [("구 일 일", 0)]),
        ("일이삼사하", "Kore", "ko", [("일 이 삼 사", 0)]),
        ("구일", "Kore", "ko", [("구 일", 0)]),
        ("구일에", "Kore", "ko", []),
        ("일 하나둘", "Kore", "ko", [("일", 0)]),
    ],
)
def test_a_row_is_what_follows_each_other(text: str, script: str, tag: str, found: list[tuple[str, int]]):
    """Punctuation and joining words between numbers part nothing; a word does, and so does a name."""
    rows = list(iter_rows(text, script, writing_of(tag), 1))
    assert [(" ".join(row.words), row.strong) for row in rows] == found
    assert list(iter_rows(text, script, writing_of(tag))) == [row for row in rows if len(row.words) > 1]
    assert list(iter_rows(text, script, writing_of(tag), 3)) == [row for row in rows if len(row.words) > 2]


@pytest.mark.parametrize(
    ("tag", "english", "text", "found"),
    [
        ("es", "", "uno dos", []),
        ("es", "", "dos tres", ["dos tres"]),
        ("es", "two three", "dos tres", []),
        ("es", "12345", "dos tres", ["dos tres"]),
        ("es", "9999", "nueve mil novecientos noventa y nueve", []),
        ("fr", "90", "quatre vingt dix", []),
        ("fr", "90", "quatre vingt dix sept", ["quatre vingt dix sept"]),
        ("fr", "seventy", "soixante dix", []),
        ("fr", "seventy", "soixante dix deux", ["soixante dix deux"]),
        ("ht", "", "two three", []),
        ("ht", "", "two three four, dos tres cuatro", ["two three four", "dos tres cuatro"]),
        ("ht", "two three four", "two three four", []),
        ("ko", "", "이 삼", []),
        ("ko", "", "이 삼 사", ["이 삼 사"]),
    ],
)
def test_no_row_is_longer_than_that_of_the_english(tag: str, english: str, text: str, found: list[str]):
    """Or than one of its numbers spelled out; two words of another language may mean something else in this one."""
    language = Language(tag, tag, tag, SCRIPTS[tag], "en_US")
    assert [" ".join(row.words) for row in iter_long_rows(english, text, language)] == found


@pytest.mark.parametrize(
    ("english", "text", "is_found"),
    [
        ("", "dos sí tres sí", False),
        ("", "dos sí tres sí cuatro", True),
        ("", "uno sí una sí dos sí tres", False),
        ("two", "dos sí tres sí cuatro", False),
        ("twice", "dos sí tres sí cuatro", False),
        ("two", "dos sí tres sí cuatro sí cinco", True),
        ("{names.two}", "dos sí tres sí cuatro", True),
        ("two three", "dos sí tres sí cuatro sí cinco", False),
    ],
)
def test_number_words_far_from_each_other_are_counted(english: str, text: str, is_found: bool):
    """Two more than the English has may be chance; three may be a number in pieces, and all of them are named."""
    language = Language("es", "es", "es", "Latn", "en_US")
    assert scattered(english, text, language) == ([word for word in text.split() if word != "sí"] if is_found else [])


def test_scattered_words_are_found_where_there_are_no_spaces():
    """Inside a stretch of Chinese as well."""
    language = Language("zh-Hans", "zh", "zh", "Hans", "en_US")
    assert scattered("", "九人和五人和三人", language) == ["九", "五", "三"]
    assert list(iter_rows("កខ", "Khmr", writing_of("xx"))) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Call {phone.line}, now.", "Call  , now."),
        ("See [it](worker/h2a).", "See it."),
        ("See [{names.x}](worker/h2a) (or not).", "See   (or not)."),
        ("Just words.", "Just words."),
    ],
)
def test_what_a_reader_reads(text: str, words: str):
    """Without the ids of placeholders and pages, and with a space where a value will stand."""
    assert words_of(text) == words
