"""Numbers and addresses in a translation: only what corresponds to the English may stand there."""

import pytest

from fieldguide.catalog import Entry
from fieldguide.checks.finding import Finding, Rule
from fieldguide.checks.translations import Gate, iter_faults
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
