"""Opening hours: days and times as people and spreadsheets write them."""

import pytest

from fieldguide.hours import Hours, Opening, build_hours, check_zone, parse_days, parse_opening, parse_time


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("09:00", 540),
        ("9:00", 540),
        ("17:30", 1050),
        ("00:00", 0),
        ("24:00", 1440),
        ("09:00:00", 540),
        ("9:00 AM", 540),
        ("5:30 pm", 1050),
        ("12:00 AM", 0),
        ("12:15PM", 735),
    ],
)
def test_times(text: str, minutes: int):
    """Of a clock with 24 hours, or as a spreadsheet shows them."""
    assert parse_time(text) == minutes


@pytest.mark.parametrize(
    "text", ["9", "25:00", "24:01", "09:60", "13:00 PM", "0:10 AM", "09:00-05:00", "09:00Z", "noon"]
)
def test_what_is_no_time(text: str):
    """An offset in a time is refused too: the zone has a key of its own."""
    with pytest.raises(ValueError, match="is no time; write it like 09:00"):
        parse_time(text)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("MO-FR", (0, 1, 2, 3, 4)),
        ("MO,TU,WE,TH,FR", (0, 1, 2, 3, 4)),
        ("mo; we", (0, 2)),
        ("SA-MO", (0, 5, 6)),
        ("SU", (6,)),
        ("MO-SU", (0, 1, 2, 3, 4, 5, 6)),
    ],
)
def test_days(text: str, days: tuple[int, ...]):
    """Codes of calendars, single or from one to another, also over a Sunday."""
    assert parse_days(text) == days


@pytest.mark.parametrize("text", ["", "Monday", "MO-", "XX", "2MO", "MO TO FR"])
def test_what_are_no_days(text: str):
    """The message lists the codes."""
    with pytest.raises(ValueError, match="are no days; write them like MO-FR"):
        parse_days(text)


def test_an_opening_past_midnight_ends_the_next_day():
    """A night line is open from evening to morning; closing when it opens is no hours."""
    assert parse_opening("FR", "18:00", "08:00") == Opening((4,), 1080, 1920)
    with pytest.raises(ValueError, match="opens and closes at 09:00"):
        parse_opening("MO", "09:00", "9:00 AM")


@pytest.mark.parametrize(("opens", "closes"), [("00:00", "24:00"), ("00:00", "23:59")])
def test_day_and_night_is_always(opens: str, closes: str):
    """Also as Open Referral writes it, in one row or a row a day."""
    assert build_hours((parse_opening("MO-SU", opens, closes),), "America/New_York") == Hours(always=True)
    rows = tuple(parse_opening(day, opens, closes) for day in ("MO-WE", "TH", "FR-SU"))
    assert build_hours(rows, "America/New_York").always
    assert not build_hours(rows[:2], "America/New_York").always


def test_days_with_the_same_times_stand_together():
    """As people write hours: days that follow each other, then the pauses of a day in order."""
    rows = (
        ("MO-TH", "13:00", "17:00"),
        ("MO-TH", "09:00", "12:00"),
        ("SA", "09:00", "12:00"),
        ("FR", "09:00", "12:00"),
    )
    hours = build_hours(tuple(parse_opening(*row) for row in rows), "America/Chicago")
    assert list(hours.by_day()) == [
        ((0, 1, 2, 3), ((540, 720), (780, 1020))),
        ((4, 5), ((540, 720),)),
    ]


def test_minutes_of_the_week():
    """What the phone compares with: after Monday 0:00, in order; Sunday night runs over the end of the week."""
    rows = (("SU", "22:00", "06:00"), ("MO,TU", "09:00", "17:00"))
    hours = build_hours(tuple(parse_opening(*row) for row in rows), "America/Chicago")
    assert hours.minutes == "540-1020 1980-2460 9960-10440"


@pytest.mark.parametrize("zone", ["America/New_York", "America/Puerto_Rico", "Pacific/Guam", "America/Phoenix"])
def test_time_zones(zone: str):
    """Zones by their IANA name."""
    check_zone(zone)


@pytest.mark.parametrize(
    "zone", ["", "-5", "5", "EST time", "New York", "america/new_york", "America/Nowhere", "../etc"]
)
def test_what_is_no_time_zone(zone: str):
    """An offset, which Open Referral has, is wrong for half of the year."""
    with pytest.raises(ValueError, match="is no time zone; write its IANA name, like America/New_York"):
        check_zone(zone)
