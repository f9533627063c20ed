"""Phone numbers: what is shown, what is dialled, and what is refused."""

import pytest

from fieldguide.phones import Number, is_fictional, parse_number


@pytest.mark.parametrize(
    ("written", "extension", "shown", "dial"),
    [
        ("212-555-0142", "", "1-212-555-0142", "+12125550142"),
        ("(212) 555.0142", "", "1-212-555-0142", "+12125550142"),
        ("+1 212 555 0142", "", "1-212-555-0142", "+12125550142"),
        ("1-888-373-7888", "", "1-888-373-7888", "+18883737888"),
        ("212-555-0142", "12", "1-212-555-0142 x12", "+12125550142,12"),
        ("+52 55 1234 5678", "", "+52 55 1234 5678", "+525512345678"),
        ("911", "", "911", "911"),
        ("988", "", "988", "988"),
        ("711", "", "711", "711"),
    ],
)
def test_number_is_shown_and_dialled(written: str, extension: str, shown: str, dial: str):
    """However it is written: with its country as the guide's own numbers are shown, short codes as they are."""
    assert parse_number(written, extension) == Number(shown, dial)


@pytest.mark.parametrize(
    ("written", "extension", "says"),
    [
        ("1-888-373-788", "", "no number that a phone can reach"),
        ("555-0142", "", "no number that a phone can reach"),
        ("000-555-0142", "", "no number that a phone can reach"),
        ("212-555", "", "no number that a phone can reach"),
        ("233733", "", "no number that a phone can reach"),
        ("123", "", "no number that a phone can reach"),
        ("212-555-01421", "", "no number that a phone can reach"),
        ("1-800-LAW-HELP", "", "is no phone number"),
        ("212-555-0142 x12", "", "an extension apart"),
        ("212-555-0142 and ask for Ann", "", "is no phone number"),
        ("٢١٢٥٥٥٠١٤٢", "", "is no phone number"),
        ("212-555-0142", "x12", "is no extension"),
        ("911", "12", "no number that a phone can reach"),
        ("+", "", "is no phone number"),
        ("-----", "", "is no phone number"),
    ],
)
def test_number_that_reaches_nobody_is_refused(written: str, extension: str, says: str):
    """Too few or too many digits, letters that many keypads have not, a sentence: each says what to write."""
    with pytest.raises(ValueError, match=says) as caught:
        parse_number(written, extension)
    assert "write" in str(caught.value)


def test_a_code_of_five_or_six_digits_takes_texts_only():
    """To call they would be a number that lost some digits, which nobody would notice."""
    assert parse_number("233733", is_text=True) == Number("233733", "233733")
    assert parse_number("55501", is_text=True) == Number("55501", "55501")
    for written in ("212-555", "2125", "2337331"):
        with pytest.raises(ValueError, match="no number that a phone can reach"):
            parse_number(written, is_text=True)


@pytest.mark.parametrize(
    ("written", "fictional"),
    [("212-555-0100", True), ("787-555-0199", True), ("212-555-0200", False), ("212-555-1142", False), ("911", False)],
)
def test_invented_numbers_are_known(written: str, fictional: bool):
    """555-0100 to 555-0199 in any area code, and no other."""
    assert is_fictional(parse_number(written)) is fictional


def test_an_extension_hides_no_invented_number():
    """It is invented with one too."""
    assert is_fictional(parse_number("212-555-0142", "12"))
