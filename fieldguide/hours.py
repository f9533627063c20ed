"""When somebody answers: the openings of a week in a time zone. Holidays are in no list, and nothing promises them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from babel.dates import get_timezone

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""As calendars (RFC 5545) and Open Referral write them; a week begins on Monday."""

DAY = 24 * 60
"""Minutes of a day; every time here is in minutes."""

_TIME = re.compile(r"(\d{1,2}):(\d\d)(?::00)?\s*([AaPp][Mm])?", re.ASCII)


@dataclass(frozen=True)
class Opening:
    """On these days (0 is Monday) open from ``opens`` to ``closes``, minutes after midnight; past `DAY` it is the next
    morning."""

    days: tuple[int, ...]
    opens: int
    closes: int


@dataclass(frozen=True)
class Hours:
    """The openings of a week in an IANA time zone; ``always`` is day and night. With neither, hours are not known."""

    openings: tuple[Opening, ...] = ()
    zone: str = ""
    always: bool = False

    def by_day(self) -> Iterator[tuple[tuple[int, ...], tuple[tuple[int, int], ...]]]:
        """Days that follow each other and have the same times, with these times: how people write hours."""
        week = [tuple(sorted({(o.opens, o.closes) for o in self.openings if day in o.days})) for day in range(7)]
        first = 0
        for day in range(1, 8):
            if day == 7 or week[day] != week[first]:
                if week[first]:
                    yield tuple(range(first, day)), week[first]
                first = day

    @property
    def minutes(self) -> str:
        """``540-1020 1980-2460``: every opening in minutes after Monday 0:00, which a phone compares with its clock."""
        spans = sorted((day * DAY + one.opens, day * DAY + one.closes) for one in self.openings for day in one.days)
        return " ".join(f"{opens}-{closes}" for opens, closes in spans)


def build_hours(openings: tuple[Opening, ...], zone: str) -> Hours:
    """The hours of these openings; whatever leaves nothing of the week out is always."""
    hours = Hours(openings, zone)
    return Hours(always=True) if list(hours.by_day()) == [(tuple(range(7)), ((0, DAY),))] else hours


def parse_opening(byday: str, opens_at: str, closes_at: str) -> Opening:
    """``MO-FR``, ``9:00``, ``17:00`` -> an opening; if it closes before it opens, the next day. Raises ValueError."""
    opens, closes = parse_time(opens_at), parse_time(closes_at)
    if opens % DAY == closes % DAY and (opens, closes) != (0, DAY):
        raise ValueError(f'opens and closes at {opens_at}; day and night is 00:00 to 24:00, or hours = "always"')
    if (opens, closes) == (0, DAY - 1):
        closes = DAY  # how Open Referral says: all day
    return Opening(parse_days(byday), opens, closes if closes > opens else closes + DAY)


def parse_days(byday: str) -> tuple[int, ...]:
    """``MO,WE`` or ``MO-FR`` -> numbers of days. Raises ValueError."""
    found: set[int] = set()
    for part in re.split(r"[,;\s]+", byday.strip().upper()):
        first, *rest = part.split("-")
        last = "-".join(rest) if rest else first
        if first not in DAYS or last not in DAYS:
            raise ValueError(f"{byday!r} are no days; write them like MO-FR or MO,WE,SA ({', '.join(DAYS)})")
        start, length = DAYS.index(first), (DAYS.index(last) - DAYS.index(first)) % 7
        found.update((start + step) % 7 for step in range(length + 1))
    return tuple(sorted(found))


def parse_time(text: str) -> int:
    """``17:00`` or ``5:00 PM`` -> minutes after midnight. Raises ValueError."""
    found = _TIME.fullmatch(text.strip())
    if found:
        hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").upper()
        is_hour = 1 <= hour <= 12 if half else hour < 24 or (hour, minute) == (24, 0)
        if is_hour and minute < 60:
            return (hour % 12 + (12 if half == "PM" else 0) if half else hour) * 60 + minute
    raise ValueError(f"{text!r} is no time; write it like 09:00 or 17:30, without a zone")


def check_zone(zone: str) -> None:
    """Raises ValueError for what is no IANA time zone; an offset such as -5 is wrong for half of the year."""
    try:
        is_known = str(get_timezone(zone)) == zone and not zone.isdecimal()
    except LookupError:
        is_known = False
    if not is_known:
        raise ValueError(f"{zone!r} is no time zone; write its IANA name, like America/New_York")
