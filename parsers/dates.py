"""Dates and times as officials write them: "3 Februari 2026", "tgl. 23/07/2026", "jam 1 kurang 10", "patang sore".

All times are WIB; relative words count from a base the caller gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")

_MONTH_NAMES = {
    1: "januari january jan",
    2: "februari pebruari february feb peb",
    3: "maret march mar",
    4: "april apr",
    5: "mei may",
    6: "juni june jun",
    7: "juli july jul",
    8: "agustus august agu agt ags aug",
    9: "september sept sep",
    10: "oktober october okt oct",
    11: "november nopember nov nop",
    12: "desember december des dec",
}
_MONTHS = {name: number for number, names in _MONTH_NAMES.items() for name in names.split()}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"(?<![\d/.])(?P<d>\d{{1,2}})(?:\s{{0,9}}-|\s)\s{{0,9}}(?P<mon>{_MONTH})\.?(?:\s{{0,9}}[-,]|\s)\s{{0,9}}(?P<y>(?:19|20)\d\d)\b"
    r"|(?<![\d/.])(?P<d2>\d{1,2})[-/.](?P<m2>\d{1,2})[-/.](?P<y2>(?:20)?\d\d)(?![\d/])"
    r"|(?<![\d/.-])(?P<y3>20\d\d)[-.](?P<m3>\d{2})[-.](?P<d3>\d{2})(?!\d)",
    re.IGNORECASE,
)
_SHORT_DATE = re.compile(
    rf"\((?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})\)|(?<![\d/.])(?P<d2>\d{{1,2}})\s+(?P<mon>{_MONTH})\b(?!\s*\d)", re.IGNORECASE
)
_HOUR_NAMES = (
    "satu ciek",
    "dua duo",
    "tiga tigo",
    "empat ampek",
    "lima limo",
    "enam anam",
    "tujuh tujuah",
    "delapan salapan",
    "sembilan sambilan",
    "sepuluh sapuluah",
    "sebelas sabaleh",
)
_HOURS = {word: number for number, words in enumerate(_HOUR_NAMES, 1) for word in words.split()}
_HOUR_WORDS = "|".join(_HOURS)
_TIME = re.compile(
    r"(?:(?P<cue>pukul|pkl|jam|pukua|pk)\b\.?\s*)?(?<![\d.,:/-])(?P<h>[0-2]?\d)\s*[.:]\s*(?P<m>[0-5]\d)(?![\d/]|[.,]\d)"
    rf"|(?P<cue2>pukul|pkl|jam|pukua)\b\.?\s*(?P<half>setengah|satangah|stgh)?\s*(?:(?P<h2>[0-2]?\d)(?!\d)|(?P<word>{_HOUR_WORDS})\b)"
    r"(?:\s*(?P<rel>lewat|kurang)\s*(?P<m2>\d{1,2}))?",
    re.IGNORECASE,
)
_EVENING = re.compile(r"\b(?:sore|petang|pm)\b", re.IGNORECASE)
_NIGHT = re.compile(r"\b(?:malam|semalam)\b", re.IGNORECASE)
"""Eleven at night is late in the evening, two at night is early in the morning."""
_NOON = re.compile(r"\bsiang\b", re.IGNORECASE)
_MORNING = re.compile(r"\b(?:pagi|subuh|dini hari|am)\b", re.IGNORECASE)
_BEFORE_DAY = re.compile(
    r"\b(?:kemarin|kemaren|kmrn|kmren|patang|kapatang|semalam|tadi malam|td malam|malam tadi|yesterday|last night)\b",
    re.IGNORECASE,
)
_PAST_NIGHT = re.compile(r"\b(?:semalam|tadi malam|td malam|malam tadi|last night)\b", re.IGNORECASE)
_TWO_DAYS = re.compile(r"\b(?:kemarin dulu|kemarin lusa|lusa kemarin)\b", re.IGNORECASE)
_WEEKDAYS = {
    "senin": 0,
    "selasa": 1,
    "rabu": 2,
    "kamis": 3,
    "jumat": 4,
    "jum'at": 4,
    "sabtu": 5,
    "minggu": 6,
    "ahad": 6,
}
_WEEKDAY = re.compile(
    r"\b(?:hari\s+)?(senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\b(?! (?:depan|yang akan|mendatang|ke))",
    re.IGNORECASE,
)
_WEEK = re.compile(r"\bminggu (?:lalu|ini|kemarin|yang lalu|terakhir)", re.IGNORECASE)
"""A week, where no "hari" makes it a Sunday."""
_NUMBERS = {
    "satu": 1,
    "se": 1,
    "dua": 2,
    "tiga": 3,
    "empat": 4,
    "lima": 5,
    "enam": 6,
    "tujuh": 7,
    "setengah": 0.5,
    "sepuluh": 10,
}
_AGO = re.compile(
    r"\b(?:(?P<n>\d{1,2}|dua|tiga|empat|lima|enam|tujuh|sepuluh|setengah|satu)\s+|(?P<se>se))(?P<unit>menit|jam|hari|minggu)\s*(?:an\s+)?"
    r"(?:yang|yg|nan)?\s*(?:lalu|lewat|lampau|terakhir|belakangan)\b|"
    r"\bsudah\s+(?:hampir\s+|sekitar\s+|lebih\s+)?(?P<n2>\d{1,2}|dua|tiga|empat|lima)\s+(?P<unit2>jam|hari)\b",
    re.IGNORECASE,
)
_DAY_AND_DATE = re.compile(
    r"\b(senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\b\W{1,4}(?:tanggal\s+|tgl\.?\s+)?(?=\d)", re.IGNORECASE
)
_SAME_DAY = re.compile(
    r"\b(?:tadi|td|tdi|pagi ini|hari ini|siang ini|sore ini|malam ini|this morning|today|barusan|barusaja|subuh)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A time of day and where it stood; `certain` when morning or evening was beyond doubt."""

    value: time
    start: int
    end: int
    certain: bool


def dates(text: str) -> Iterator[tuple[date, int, int]]:
    """Every complete date in `text`, with where it stands."""
    for match in _DATE.finditer(text):
        if match["mon"]:
            found = _date(int(match["y"]), _MONTHS[match["mon"].lower()], int(match["d"]))
        elif match["y3"]:
            found = _date(int(match["y3"]), int(match["m3"]), int(match["d3"]))
        else:
            year = match["y2"] if len(match["y2"]) == 4 else f"20{match['y2']}"
            found = _date(int(year), int(match["m2"]), int(match["d2"]))
        if found:
            yield found, match.start(), match.end()


def first_date(text: str) -> date | None:
    return next((found for found, _, _ in dates(text)), None)


def short_dates(text: str, base: date) -> Iterator[tuple[date, int, int]]:
    """Dates without a year, such as "(10/3)" or "3 Februari": the year that lies nearest before `base`."""
    for match in _SHORT_DATE.finditer(text):
        day = int(match["d"] or match["d2"])
        month = int(match["m"]) if match["m"] else _MONTHS[match["mon"].lower()]
        for year in (base.year, base.year - 1):
            found = _date(year, month, day)
            if found and found <= base + timedelta(days=7):
                yield found, match.start(), match.end()
                break


def times(text: str) -> Iterator[FoundTime]:
    """Every time of day in `text`."""
    for match in _TIME.finditer(text):
        minute = 0
        if match["h"]:
            hour, minute = int(match["h"]), int(match["m"])
        else:
            hour = int(match["h2"]) if match["h2"] else _HOURS[match["word"].lower()]
            if match["half"]:
                hour, minute = hour - 1, 30
            elif match["rel"] == "lewat":
                minute = int(match["m2"])
            elif match["rel"]:
                hour, minute = hour - 1, 60 - int(match["m2"])
        near = text[max(0, match.start() - 14) : match.end() + 14]
        certain = bool(match["h"] and (len(match["h"]) == 2 or hour >= 12))
        night = _NIGHT.search(near) and hour >= 5
        if hour == 12 and night:
            hour, certain = 0, True
        elif hour < 12 and (_EVENING.search(near) or night or (_NOON.search(near) and hour < 5)):
            hour, certain = hour + 12, True
        elif _MORNING.search(near):
            certain = True
        if 0 <= hour < 24 and 0 <= minute < 60:
            yield FoundTime(time(hour, minute), match.start(), match.end(), certain)


def relative_day(text: str, base: date) -> date | None:
    """The day that "kemarin", "tadi pagi", "hari Jumat" and the like mean, seen from `base`."""
    if _TWO_DAYS.search(text):
        return base - timedelta(days=2)
    weekday = _WEEKDAY.search(_WEEK.sub(" ", text))
    before, same = _BEFORE_DAY.search(text), _SAME_DAY.search(text)
    if weekday and not (same and same.start() < weekday.start()):
        days_back = (base.weekday() - _WEEKDAYS[weekday[1].lower()]) % 7
        return base - timedelta(days=days_back)
    if before and (not same or before.start() <= same.start()):
        return base - timedelta(days=1)
    return base if same else None


def says_which_day(text: str) -> int:
    """Where a word for a day first stands ("kemarin", "tadi", "hari Jumat"); the length of `text` where none does."""
    found = (pattern.search(text) for pattern in (_TWO_DAYS, _WEEKDAY, _BEFORE_DAY, _SAME_DAY))
    return min((match.start() for match in found if match), default=len(text))


def past_night(text: str) -> bool:
    """Whether `text` speaks of the night that is just over: its hours after midnight belong to the day it ended in."""
    return _PAST_NIGHT.search(text) is not None


def ago(text: str, base: datetime) -> datetime | date | None:
    """ "2 jam yang lalu" as a moment, "3 hari lalu" as a day."""
    match = _AGO.search(text)
    if not match:
        return None
    word, unit = (match["n"] or match["n2"] or "satu").lower(), (match["unit"] or match["unit2"]).lower()
    number = float(word) if word.isdigit() else _NUMBERS[word]
    if unit in ("menit", "jam"):
        span = timedelta(minutes=number) if unit == "menit" else timedelta(hours=number)
        return (base - span).replace(second=0, microsecond=0)
    return base.date() - timedelta(days=int(number * (7 if unit == "minggu" else 1)))


def contradicts_itself(text: str) -> bool:
    """Whether a weekday stands before a date that is another day ("Senin, 9 Juni 2026" is a Tuesday): a slip in one of them."""
    flowing = " ".join(text.split())
    found = {start: day for day, start, _ in dates(flowing)}
    named = ((match.end(), _WEEKDAYS[match[1].lower()]) for match in _DAY_AND_DATE.finditer(flowing))
    return any(at in found and found[at].weekday() != weekday for at, weekday in named)


def moment(day: date, at: FoundTime, base: datetime) -> datetime:
    """Day and time in WIB. An uncertain hour on the base day is the latest one that is not after `base`."""
    hour = at.value.hour
    base = base.astimezone(WIB)
    if not at.certain and hour < 12 and day == base.date():
        later = at.value.replace(hour=hour + 12)
        if later <= base.time():
            return datetime.combine(day, later, WIB)
    return datetime.combine(day, at.value, WIB)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
