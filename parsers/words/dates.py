"""Dates and times as officials write them: "3 Februari 2026", "tgl. 23/07/2026", "jam 1 kurang 10", "patang sore".

Times are WIB unless they say otherwise; relative words count from a base the caller gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from parsers.words.folding import folded
from parsers.words.spans import ONE_TO_ELEVEN, number_ahead, spans

WIB = ZoneInfo("Asia/Jakarta")
ZONES = {
    name: timezone(timedelta(hours=hours))
    for name, hours in (("WIB", 7), ("WITA", 8), ("WIT", 9), ("UTC", 0), ("GMT", 0))
}
CLOCKS_DIFFER = timedelta(minutes=10)
"""An hour that lies so little ahead is now: people round, and no two clocks agree."""

SMALL_HOURS = 6

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
MONTHS = {name: number for number, names in _MONTH_NAMES.items() for name in names.split()}
_APOSTROPHES = "'’‘ʼ`´′"
"""Each keyboard has one of its own."""
FRIDAY = f"jum[{_APOSTROPHES}]?at"
WEEKDAYS = {"senin": 0, "selasa": 1, "rabu": 2, "kamis": 3, "jumat": 4, "sabtu": 5, "minggu": 6, "ahad": 6}
WEEKDAYS.update({f"jum{sign}at": 4 for sign in _APOSTROPHES})
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"(?<![\d/.])(?P<d>\d{{1,2}})(?:\s{{0,9}}-|\s)\s{{0,9}}(?P<mon>{_MONTH})\.?(?:\s{{0,9}}[-,]|\s)\s{{0,9}}(?P<y>(?:19|20)\d\d)\b"
    r"|(?<![\d/.])(?P<d2>\d{1,2})[-/.](?P<m2>\d{1,2})[-/.](?P<y2>(?:20)?\d\d)(?![\d/])"
    r"|(?<![\d/.-])(?P<y3>20\d\d)[-.](?P<m3>\d{2})[-.](?P<d3>\d{2})(?!\d)",
    re.IGNORECASE,
)
_SHORT_DATE = re.compile(
    rf"\((?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})\)|(?<![\d/.])(?P<d2>\d{{1,2}})\s{{1,3}}(?P<mon>{_MONTH})\b(?!\s{{0,3}}\d\d(?![.:])|\s{{0,3}}\d(?!\d?[.:]))|"
    rf"(?:\b(?:tanggal|tgl|sejak|mulai|dari|pada|kemarin|senin|selasa|rabu|kamis|{FRIDAY}|sabtu|minggu|sebelum|sampai|hingga|lambat)\b\W{{0,3}}"
    r"|(?=\d{1,2}/\d{1,2}\W{1,3}(?:pukul|jam|pkl)\b))(?<![\d/.])(?P<d3>\d{1,2})/(?P<m3>\d{1,2})(?![\d/])|"
    r"\b(?:tanggal|tgl)\.?\s{0,3}(?P<d4>\d{1,2})(?![\d/.:-])",
    re.IGNORECASE,
)
_HOURS = {word: number for number, words in enumerate(ONE_TO_ELEVEN, 1) for word in words.split()}
_HOUR_WORDS = "|".join(_HOURS)
_TIME = re.compile(
    r"(?:(?P<cue>pukul|pkl|jam|pukua|pk)\b\.?\s{0,8})?(?<![\d.,:/-])(?P<h>[0-2]?\d)\s{0,2}[.:]\s{0,2}(?P<m>[0-5]\d)(?![\d/]|[.,]\d)"
    rf"|(?P<cue2>pukul|pkl|jam|pukua)\b\.?\s{{0,8}}(?P<half>setengah|satangah|stgh|1/2|½)?\s{{0,8}}(?:(?P<h2>[0-2]?\d)(?!\d)|(?P<word>{_HOUR_WORDS})\b)"
    r"|(?<![\w.,:/-])(?P<h3>1[0-2]|[1-9])\s?(?=[ap]\.?m\b)",
    re.IGNORECASE,
)
_MIDDLE = re.compile(r"\btengah (?P<of>malam|hari)\b(?! ini| tadi pukul)", re.IGNORECASE)
_BESIDE = 25
"""Characters between "tengah malam" and the hour that says which one it is."""
_PART_OF_DAY = r"(?:malam|semalam|isya|sore|petang|pm|siang|pagi|subuh|dini hari|am)"
_PART_BEHIND = re.compile(
    rf"^(?:\W{{0,2}}\b(?:WIB|WITA|WIT|tadi|td|ini|hari|kemarin|kmrn|tengah)\b){{0,3}}\W{{0,2}}\b({_PART_OF_DAY})\b",
    re.IGNORECASE,
)
_PART_AHEAD = re.compile(
    rf"\b({_PART_OF_DAY})\b(?:\W{{1,2}}(?:tadi|td|ini|kemarin|kmrn|itu|hari|sekitar|kira-kira|pada|di)){{0,3}}\W{{0,3}}$",
    re.IGNORECASE,
)
_PAST_OR_TO = re.compile(
    rf"\s{{1,3}}(?:(?:tadi )?{_PART_OF_DAY}\s{{1,3}})?(?P<rel>lewat|liwat|kurang|lebih(?=\s{{1,3}}\w{{1,12}}\s{{1,3}}(?:\w{{1,8}}\s)?menit))\s{{1,3}}(?=\w)",
    re.IGNORECASE,
)
_SAYS_ZONE = re.compile(r"\s{0,3}\(?\b(WIB|WITA|WIT|UTC|GMT)\b", re.IGNORECASE)
_EVENING = re.compile(r"\b(?:sore|petang|pm)\b", re.IGNORECASE)
_NIGHT = re.compile(r"\b(?:malam|semalam|isya)\b", re.IGNORECASE)
"""Eleven at night is late in the evening, two at night is early in the morning."""
_NOON = re.compile(r"\bsiang\b", re.IGNORECASE)
_MORNING = re.compile(r"\b(?:pagi|subuh|dini hari|am)\b", re.IGNORECASE)
_BEFORE_DAY = re.compile(
    r"\b(?:kemarin|kemaren|kmrn|kmren|patang|kapatang|semalam|tadi malam|td malam|malam tadi|yesterday|last night)\b",
    re.IGNORECASE,
)
_PAST_NIGHT = re.compile(
    rf"\b(?:semalam|tadi malam|td malam|malam tadi|last night|(?:kemarin|kemaren|kmrn|senin|selasa|rabu|kamis|{FRIDAY}|sabtu|minggu|ahad) malam|malam (?:kemarin|kemaren|kmrn))\b",
    re.IGNORECASE,
)
_TWO_DAYS = re.compile(r"\b(?:kemarin dulu|kemarin lusa|lusa kemarin)\b", re.IGNORECASE)
_WEEKDAY = re.compile(
    rf"\b(?:hari\s+)?(senin|selasa|rabu|kamis|{FRIDAY}|sabtu|minggu|ahad)\b(?! (?:depan|yang akan|mendatang|ke))",
    re.IGNORECASE,
)
_WEEK = re.compile(r"\bminggu (?:lalu|ini|kemarin|yang lalu|terakhir)", re.IGNORECASE)
"""A week, where no "hari" makes it a Sunday."""
_AGO = re.compile(
    r"\s{0,3}(?:an\s{1,3})?(?:(?:yang|yg|nan)\s{1,3})?(?:lalu|lewat|lampau|terakhir|belakangan|ago)\b", re.IGNORECASE
)
_FOR = re.compile(r"\bsudah\s{1,3}(?:(?:hampir|sekitar|lebih|lebih dari|kurang lebih)\s{1,3})?$", re.IGNORECASE)
_DAY_AND_DATE = re.compile(
    rf"\b(senin|selasa|rabu|kamis|{FRIDAY}|sabtu|minggu|ahad)\b\W{{1,4}}(?:tanggal\s+|tgl\.?\s+)?(?=\d)", re.IGNORECASE
)
_SAME_DAY = re.compile(
    r"\b(?:tadi|td|tdi|pagi ini|hari ini|siang ini|sore ini|malam ini|this morning|today|barusan|barusaja|subuh|dini hari|(?:sejak|dari|mulai) (?:pagi|siang|sore))\b",
    re.IGNORECASE,
)
_LATER_TODAY = (("malam", 18), ("sore", 14), ("petang", 14), ("siang", 10), ("pagi", 4))
"""Parts of the day and the hour from which on they can lie behind: "tadi sore" in a mail of 00.20 was yesterday."""


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A time of day and where it stood.

    `certain` when morning or evening was beyond doubt; `zone` is WIB unless another one was said; `ends_day` for 24.00;
    `beside_part` when it stood beside its part of the day.
    """

    value: time
    start: int
    end: int
    certain: bool
    zone: tzinfo = WIB
    ends_day: bool = False
    beside_part: bool = False

    def on(self, day: date) -> datetime:
        """This time on `day`, as it was said, in WIB."""
        return datetime.combine(day + timedelta(days=self.ends_day), self.value, self.zone).astimezone(WIB)

    def readings(self, day: date) -> list[datetime]:
        """What it may mean on `day`, earliest first: "jam 7" is in the morning or in the evening."""
        if self.certain or self.value.hour > 12:
            return [self.on(day)]
        other = timedelta(hours=12) if self.value.hour < 12 else timedelta(hours=-12)
        return sorted((self.on(day), self.on(day) + other))

    def by_day(self, day: date) -> datetime:
        """What it means on `day` where nothing else tells: between six and eighteen."""
        said = self.readings(day)
        return said[0] if len(said) == 1 or 6 <= said[0].hour < 18 else said[1]


def dates(text: str) -> Iterator[tuple[date, int, int]]:
    """Every complete date in `text`, with where it stands."""
    for match in _DATE.finditer(text):
        if match["mon"]:
            found = _date(int(match["y"]), MONTHS[folded(match["mon"])], int(match["d"]))
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
    """Dates without a year, or of a day alone, such as "(10/3)", "3 Februari", "tgl 31": the one nearest to `base`."""
    for match in _SHORT_DATE.finditer(text):
        day = int(match["d"] or match["d2"] or match["d3"] or match["d4"])
        if match["d4"]:
            first = base.replace(day=1)
            months = [first - timedelta(days=1), first, first + timedelta(days=31)]
            near = [_date(month.year, month.month, day) for month in months]
        else:
            month = MONTHS[folded(match["mon"])] if match["mon"] else int(match["m"] or match["m3"])
            near = [_date(year, month, day) for year in (base.year - 1, base.year, base.year + 1)]
        found = min((one for one in near if one), key=lambda one: abs(one - base), default=None)
        if found:
            yield found, match.start(), match.end()


def times(text: str) -> Iterator[FoundTime]:
    """Every time of day in `text`."""
    found = [at for match in _TIME.finditer(text) if (at := _time(match, text))]
    for match in _MIDDLE.finditer(text):
        if not any(at.start - _BESIDE < match.end() and match.start() < at.end + _BESIDE for at in found):
            middle = time(0) if match["of"].lower() == "malam" else time(12)
            found.append(FoundTime(middle, match.start(), match.end(), certain=True))
    yield from sorted(found, key=lambda at: at.start)


def _time(match: re.Match[str], text: str) -> FoundTime | None:
    end = match.end()
    if match["h"]:
        hour, minute, certain = int(match["h"]), int(match["m"]), len(match["h"]) == 2 or int(match["h"]) >= 12
    elif match["h3"]:
        hour, minute, certain = int(match["h3"]), 0, True
    else:
        hour, minute = int(match["h2"]) if match["h2"] else _HOURS[match["word"].lower()], 0
        certain = bool(match["h2"] and (match["h2"][0] == "0" or hour > 12))
        if match["half"]:
            hour, minute = hour - 1, 30
        elif beside := _PAST_OR_TO.match(text, end):
            more, length = number_ahead(text[beside.end() : beside.end() + 30])
            if 0 < more < 60:
                hour, minute = (hour - 1, 60 - more) if beside["rel"].lower() == "kurang" else (hour, more)
                end = beside.end() + length
    if hour == 24 and minute == 0:
        return FoundTime(time(0), match.start(), end, certain=True, zone=_zone(text, end), ends_day=True)
    hour, certain, beside_part = _in_its_part_of_day(hour, certain, match, text, end)
    if not (0 <= hour < 24 and 0 <= minute < 60):
        return None
    return FoundTime(time(hour, minute), match.start(), end, certain, _zone(text, end), beside_part=beside_part)


def _in_its_part_of_day(hour: int, certain: bool, match: re.Match[str], text: str, end: int) -> tuple[int, bool, bool]:
    """The hour of twenty-four, whether there is no doubt left, and whether a part of the day stands beside it."""
    inside = _PART_BEHIND.search(text[match.end() : match.end() + 30]) if end > match.end() else None
    beside = (
        inside
        or _PART_BEHIND.search(text[end : end + 40])
        or _PART_AHEAD.search(text[max(0, match.start() - 50) : match.start()])
    )
    near = beside[1] if beside else text[max(0, match.start() - 14) : end + 14] if hour != 12 else ""
    if _NIGHT.search(near):
        return (0 if hour == 12 else hour + 12 if 5 <= hour < 12 else hour), True, bool(beside)
    if hour < 12 and (_EVENING.search(near) or (_NOON.search(near) and hour < 5)):
        return hour + 12, True, bool(beside)
    if _MORNING.search(near):
        return (0 if hour == 12 else hour), True, bool(beside)
    return hour, certain or bool(beside), bool(beside)


def _zone(text: str, end: int) -> tzinfo:
    said = _SAYS_ZONE.match(text, end)
    name = folded(said[1]).upper() if said else "WIB"
    return WIB if name == "WIB" else ZONES[name]


def relative_day(text: str, base: date) -> date | None:
    """The day that "kemarin", "tadi pagi", "hari Jumat" and the like mean, seen from `base`."""
    if _TWO_DAYS.search(text):
        return base - timedelta(days=2)
    weekday = _WEEKDAY.search(_WEEK.sub(" ", text))
    before, same = _BEFORE_DAY.search(text), _SAME_DAY.search(text)
    if weekday and not (same and same.start() < weekday.start()):
        days_back = (base.weekday() - WEEKDAYS[folded(weekday[1])]) % 7
        return base - timedelta(days=days_back)
    if before and (not same or before.start() <= same.start()):
        return base - timedelta(days=1)
    return base if same else None


def day_behind(text: str, base: datetime) -> date | None:
    """`relative_day` of what has happened, "dua hari yang lalu" too; "tadi sore" in a mail of the small hours is yesterday."""
    day = relative_day(text, base.date())
    if day is None:
        back = ago(text, base)
        return None if isinstance(back, datetime) else back
    if day == base.date() and not _WEEKDAY.search(text):
        part = next((hour for word, hour in _LATER_TODAY if re.search(rf"\b{word}\b", text, re.IGNORECASE)), 0)
        return day - timedelta(days=base.hour < part)
    return day


def says_weekday(text: str) -> bool:
    """Whether a day of the week is named."""
    return _WEEKDAY.search(_WEEK.sub(" ", text)) is not None


def says_which_day(text: str) -> int:
    """Where a word for a day first stands ("kemarin", "tadi", "hari Jumat"); the length of `text` where none does."""
    found = (pattern.search(text) for pattern in (_TWO_DAYS, _WEEKDAY, _BEFORE_DAY, _SAME_DAY))
    return min((match.start() for match in found if match), default=len(text))


def past_night(text: str) -> bool:
    """Whether `text` speaks of the night that is just over: its hours after midnight belong to the day it ended in."""
    return _PAST_NIGHT.search(text) is not None


def ago(text: str, base: datetime) -> datetime | date | None:
    """ "2 jam yang lalu" as a moment, "3 hari lalu" as a day."""
    for span in spans(text):
        if _AGO.match(text, span.end) or _FOR.search(text[max(0, span.start - 40) : span.start]):
            try:
                began = (base - span.length).replace(second=0, microsecond=0)
            except OverflowError:  # before the first year
                continue
            return began.date() if span.in_days else began
    return None


def contradicts_itself(text: str) -> bool:
    """Whether a weekday stands before a date that is another day ("Senin, 9 Juni 2026" is a Tuesday): a slip in one of them."""
    flowing = " ".join(text.split())
    found = {start: day for day, start, _ in dates(flowing)}
    named = ((match.end(), WEEKDAYS[folded(match[1])]) for match in _DAY_AND_DATE.finditer(flowing))
    return any(at in found and found[at].weekday() != weekday for at, weekday in named)


def latest(day: date, at: FoundTime, limit: datetime) -> datetime | None:
    """Day and time in WIB: of what the hour may mean on `day`, the latest that is not after `limit`; None if all are.

    Soon after midnight "jam 12.15" is a quarter past midnight.
    """
    readings = at.readings(day)
    if at.value.hour == 12 and not at.beside_part and day == limit.date() and limit.hour < SMALL_HOURS:
        readings.append(at.on(day) - timedelta(hours=12))
    return max((one for one in readings if one <= limit), default=None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
