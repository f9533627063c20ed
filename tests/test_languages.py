"""The registry of languages, and which one an Accept-Language header asks for."""

import pytest
from babel import Locale, UnknownLocaleError
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fieldguide.languages import HEADER_LIMIT, Language, Registry, UnknownLanguageError, negotiate


def language(tag: str, **extra) -> Language:
    return Language(tag=tag, endonym=tag, english_name=tag, script="Latn", format_locale="en", **extra)


REGISTRY = Registry(
    {
        "en": language("en", bcp47="en-US", status="source"),
        "ar": language("ar", dir="rtl"),
        "es": language("es"),
        "mam": language("mam", fallback=("es",)),
        "fil": language("fil", aliases=("tl",)),
        "zh-hans": language("zh-hans", bcp47="zh-Hans", aliases=("zh-CN", "zh")),
        "zh-hant": language("zh-hant", bcp47="zh-Hant", aliases=("zh-TW", "zh-HK")),
    }
)

quickly = settings(deadline=None, derandomize=True, max_examples=300)


@pytest.mark.parametrize(
    ("header", "tag"),
    [
        ("tl", "fil"),
        ("tl-PH", "fil"),
        ("fil", "fil"),
        ("mam", "mam"),
        ("mam-GT", "mam"),
        ("ar-EG", "ar"),
        ("AR-eg", "ar"),
        ("ar_EG", "ar"),
        ("en-GB", "en"),
        ("zh", "zh-hans"),
        ("zh-TW", "zh-hant"),
        ("zh-Hant-HK", "zh-hant"),
        ("zh-SG", "zh-hans"),
        ("en;q=0, ar", "ar"),
        ("en;q=0.0, ar;q=0.1", "ar"),
        ("en;q=0", None),
        ("ar;q=0.4, mam;q=0.9", "mam"),
        ("ar;q=0.5, mam;q=0.5", "ar"),
        ("ar;q=0.5, mam", "mam"),
        ("xx, de;q=0.9, es;q=0.1", "es"),
        ("xx, *", None),
        ("*", None),
        ("*;q=0.5, ar;q=0.1", "ar"),
        ("", None),
        (" , ,;q=1,", None),
        (" ar ; q=0.5 , mam ; q=0.9 ", "mam"),
        ("ar;q=1.5, mam;q=0.1", "mam"),
        ("ar;q=-1, mam;q=0.1", "mam"),
        ("ar;q=2", None),
        ("ar;q=nan, mam;q=0.1", "mam"),
        ("ar;q=inf", None),
        ("ar;q=, mam;q=0.1", "mam"),
        ("ar;q=high, mam;q=0.1", "mam"),
        ("arn", None),
        ("e", None),
        ("en-US-x-private", "en"),
    ],
)
def test_negotiation(header: str, tag: str | None):
    """The best weight wins, the earlier of equals; what is refused, unknown or out of range counts for nothing."""
    found = negotiate(header, REGISTRY)
    assert (found.tag if found else None) == tag


def test_name_of_the_weight_ignores_case():
    """``Q=0`` refuses a language as ``q=0`` does (RFC 9110, 12.4.2: the grammar's strings ignore case)."""
    assert negotiate("ar;Q=0", REGISTRY) is None


def test_wish_at_the_limit_counts_and_behind_it_does_not():
    """The last two of the first 200 characters are read, and nothing after them."""
    filler = ",".join(["xx"] * 66)
    assert len(filler + ",ar") == HEADER_LIMIT
    found = negotiate(filler + ",ar", REGISTRY)
    assert found is not None
    assert found.tag == "ar"
    assert negotiate("," + filler + ",ar", REGISTRY) is None
    assert negotiate(" " * HEADER_LIMIT + "ar", REGISTRY) is None


@quickly
@given(st.text())
@example("-" * 60_000)
@example("a;" * 60_000)
@example("ar;q=" + "9" * 60_000)
@example("\ud800;q=\ud800")
@example("٣;q=٠")
def test_any_header_is_answered(header: str):
    """No header raises, and the answer is a language of the registry or none."""
    found = negotiate(header, REGISTRY)
    assert found is None or found in list(REGISTRY)


pieces = st.lists(st.sampled_from(["ar", "xx", "mam", "-", ",", ";q=", "0", ".", "5", "1", " ", "*", "tl"]))


@quickly
@given(pieces.map("".join), st.sampled_from(["", "x", "ar", "mam;q=1", "fil, ar;q=0"]))
def test_only_the_first_characters_are_looked_at(start: str, end: str):
    """Whatever follows the first 200 characters changes nothing."""
    start = start.ljust(HEADER_LIMIT)[:HEADER_LIMIT]
    assert negotiate(f"{start},{end}", REGISTRY) == negotiate(start, REGISTRY)


def test_a_wish_that_is_cut_in_the_middle_is_dropped():
    """Mapudungun, "arn", cut after its second letter must not become Arabic."""
    start = "xx,".ljust(HEADER_LIMIT - 2) + "ar"
    assert negotiate(start + "n", REGISTRY) is None
    assert negotiate(start, REGISTRY) == REGISTRY["ar"]


@quickly
@given(pieces.map("".join))
def test_refused_language_is_never_chosen(header: str):
    """A header whose every wish has weight nought gets none."""
    refused = ",".join(f"{tag};q=0" for tag in header[:100].replace(";", ",").split(","))
    assert negotiate(refused[:HEADER_LIMIT].rpartition(",")[0], REGISTRY) is None


def test_chain_ends_in_english_and_has_no_doubles():
    """A language is followed by its fallbacks and at last English; English stands alone."""
    assert [item.tag for item in REGISTRY.chain(REGISTRY["mam"])] == ["mam", "es", "en"]
    assert [item.tag for item in REGISTRY.chain(REGISTRY["ar"])] == ["ar", "en"]
    assert [item.tag for item in REGISTRY.chain(REGISTRY["en"])] == ["en"]
    twice = Registry({**REGISTRY.languages, "kek": language("kek", fallback=("en", "es"))})
    assert [item.tag for item in twice.chain(twice["kek"])] == ["kek", "en", "es"]


def test_chain_leaves_out_a_language_that_is_not_there():
    """In a copy without Spanish, Mam falls back to English."""
    small = REGISTRY.subset(["mam", "en"])
    assert [item.tag for item in small.chain(small["mam"])] == ["mam", "en"]


def test_subset_keeps_the_order_asked_for():
    """The readers of a copy see its languages in the order that the copy chose."""
    assert [item.tag for item in REGISTRY.subset(["fil", "en", "ar"])] == ["fil", "en", "ar"]


def test_unknown_tag_is_said():
    """An unknown tag is an error of its own that names the tag, here and in a subset."""
    assert "xx" not in REGISTRY
    with pytest.raises(UnknownLanguageError, match="xx"):
        REGISTRY["xx"]
    with pytest.raises(UnknownLanguageError, match="xx"):
        REGISTRY.subset(["en", "xx"])


def test_lang_attribute_is_the_full_tag():
    """Pages say ``en-US`` where the registry gives it, and the plain tag elsewhere."""
    assert REGISTRY["en"].lang == "en-US"
    assert REGISTRY["mam"].lang == "mam"


def test_own_tag_wins_over_the_alias_of_another():
    """A language is found by its own tag even if a later one claims it as an alias."""
    registry = Registry({"ar": language("ar"), "fa": language("fa", aliases=("ar",))})
    assert registry.find("ar") is registry["ar"]


WIDE = Registry(
    {
        **REGISTRY.languages,
        "kjb": language("kjb", fallback=("es",)),
        "pt-br": language("pt-br", bcp47="pt-BR", aliases=("pt",)),
    }
)


@pytest.mark.parametrize(
    ("header", "tag"),
    [
        ("kjb", "kjb"),
        ("kjb-GT", "kjb"),
        ("KJB-Latn-GT, es;q=0.9", "kjb"),
        ("es-MX", "es"),
        ("es-419", "es"),
        ("es-MX;q=0, kjb;q=0.2", "kjb"),
        ("pt-BR", "pt-br"),
        ("pt", "pt-br"),
        ("pt-PT", "pt-br"),
        ("pt-PT;q=0, es;q=0", None),
        ("tl-PH;q=0.8, pt-PT;q=0.9", "pt-br"),
        ("zh-Hant-TW", "zh-hant"),
        ("zh-hant-hk-x-private", "zh-hant"),
    ],
)
def test_negotiation_of_regions(header: str, tag: str | None):
    """A region that we do not have leads to its language, for languages without a Babel locale as well."""
    found = negotiate(header, WIDE)
    assert (found.tag if found else None) == tag


@pytest.mark.parametrize("tag", ["kjb", "mam"])
def test_languages_that_babel_does_not_know_are_ours(tag: str):
    """Babel has no data for Q'anjob'al and Mam; our registry finds them all the same, and falls back to Spanish."""
    with pytest.raises(UnknownLocaleError):
        Locale.parse(tag)
    assert negotiate(f"{tag};q=0.3, xx", WIDE) is WIDE[tag]
    assert [item.tag for item in WIDE.chain(WIDE[tag])] == [tag, "es", "en"]


def test_variant_without_an_alias_is_not_guessed():
    """European Portuguese is Brazilian only because the registry says so."""
    strict = Registry({**REGISTRY.languages, "pt-br": language("pt-br", bcp47="pt-BR")})
    assert negotiate("pt-PT", strict) is None


def test_huge_header_is_answered_from_its_beginning():
    """Of 60 KB only the first 200 characters are wishes: a better one behind them is not heard."""
    start, end = "xx, tl;q=0.5, es;q=0.4, ", ", ar"
    header = start + ",".join(["xx-yy"] * 10_000) + end
    assert len(header) > 60_000
    assert negotiate(header, WIDE) is WIDE["fil"]
    assert negotiate(start + "xx" + end, WIDE) is WIDE["ar"]
    assert negotiate(",".join(["xx-yy"] * 10_000) + end, WIDE) is None
    assert negotiate("tl;q=0.5," + "mam" * 20_000, WIDE) is WIDE["fil"]
