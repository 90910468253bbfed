"""The Date field (RFC 5322 §3.6.1), also as programs write it that have not read the RFC: ISO 8601, names of months in
Indonesian, a zone by name. And whether it can be believed at all.
"""

from __future__ import annotations

import email.utils
import re
from datetime import datetime, timedelta, timezone

from parsers.words.dates import CLOCKS_DIFFER, MONTHS, ZONES
from parsers.words.folding import folded

HELD = timedelta(days=3)
"""So long a mail may have been on its way (greylisting, a server that was away); what is older comes from a wrong clock."""
LONGEST = 200
YEARS = range(1970, 2200)
"""No mail was sent in another; the calendar of this program ends at the years 1 and 9999."""
_ISO = re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)")
_NAMED = re.compile(r"(?<![\d:.])(?P<d>\d{1,2})[\s-]{1,3}(?P<mon>[A-Za-z]{3,10})\.?[\s,-]{1,3}(?P<y>\d{4})(?!\d)")
_UNIX = re.compile(r"\b(?P<mon>[A-Za-z]{3,10})\s{1,3}(?P<d>\d{1,2})\b(?=.{0,40}\b(?P<y>\d{4})\b)")
_SLASHED = re.compile(r"(?<!\d)(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})(?!\d)")
_CLOCK = re.compile(
    r"(?<![\d+-])(?P<h>\d{1,2})[:.](?P<min>\d\d)(?:[:.](?P<s>\d\d))?(?!\d)\s{0,3}(?P<half>[AP]M\b)?", re.IGNORECASE
)
_OFFSET = re.compile(r"(?P<sign>[+-])(?P<h>\d{1,2}):?(?P<min>\d\d)?(?!\d)")
_ZONE = re.compile(rf"(?:\b|(?<=\d))(?P<name>{'|'.join(ZONES)}|Z)\b", re.IGNORECASE)


def read_date(value: str) -> datetime | None:
    """The moment that a Date field names; None where it names none: no date, no hour, no zone, or a year without mail."""
    moment = _read(value)
    return moment if moment is not None and moment.year in YEARS else None


def _read(value: str) -> datetime | None:
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        moment = None
    if moment is not None and moment.tzinfo is not None:
        return moment
    if moment is not None and re.search(
        r"-0000\s*(?:\(|$)", value[:LONGEST]
    ):  # UTC, of somebody who does not say where he is
        return moment.replace(tzinfo=ZONES["UTC"])
    return _as_written(value[:LONGEST])


def sent_at(date: datetime | None, received: datetime | None, held: timedelta = HELD) -> datetime | None:
    """When a mail was sent, never after `received` (aware, by the server's clock): by its Date field where that can be
    believed, else when it was received. Without `received` the Date field is all there is.
    """
    if received is None or date is None:
        return received or date
    try:
        believable = received - held <= date <= received + CLOCKS_DIFFER
    except OverflowError:
        return received
    return min(date, received) if believable else received


def _as_written(value: str) -> datetime | None:
    day = _ISO.search(value) or _NAMED.search(value) or _SLASHED.search(value) or _UNIX.search(value)
    if day is None:
        return None
    rest = value if day.re is _UNIX else value[: day.start()] + " " + value[day.end() :].lstrip("T")
    clock = _CLOCK.search(rest)
    zone = _zone(rest[clock.end() :]) if clock else None
    month = MONTHS.get(day["mon"].lower(), 0) if "mon" in day.re.groupindex else int(day["m"])
    if clock is None or zone is None:
        return None
    hour = int(clock["h"]) % 12 + 12 * (clock["half"].upper() == "PM") if clock["half"] else int(clock["h"])
    try:
        return datetime(int(day["y"]), month, int(day["d"]), hour, int(clock["min"]), int(clock["s"] or 0), tzinfo=zone)
    except ValueError:
        return None


def _zone(text: str) -> timezone | None:
    """The zone that stands behind an hour: "+0700", "+07:00", "WIB", "Z"."""
    offset = _OFFSET.search(text)
    if offset:
        span = timedelta(hours=int(offset["h"]), minutes=int(offset["min"] or 0))
        return timezone(span if offset["sign"] == "+" else -span) if span < timedelta(hours=15) else None
    named = _ZONE.search(text)
    if named is None:
        return None
    name = folded(named["name"]).upper()
    return ZONES["UTC" if name == "Z" else name]
