"""Until when an order must be done, as its author says it: "sebelum pukul 10.30", "besok jam 7 pagi", "setengah jam lagi"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from parsers.words.dates import FRIDAY, WEEKDAYS, WIB, FoundTime, dates, short_dates, times
from parsers.words.folding import folded
from parsers.words.meetings import MEETINGS
from parsers.words.spans import Span, spans
from parsers.words.wrapped import unwrapped

_SETS = r"(?:sebelum|paling (?:lambat|telat|lama)|selambat\S{0,20}|maksimal|maks|sampai|hingga|s\.?d\.?|s/d|batas(?: waktu)?|deadline|tenggat|until|by)"
"""Words that set a term by themselves."""
_DUE = re.compile(
    rf"\b(?:{_SETS}|paling cepat|target\w*|harus|mesti|wajib|(?:di)?selesai\w*|lapor\w*|tuntas\w*|rampung|beres\w*|ditunggu|tunggu|sudah|normal|pulih\w*|kabari|"
    r"dalam|lewat|melewati|melebihi)\b",
    re.IGNORECASE,
)
_SET = re.compile(rf"\b{_SETS}\b", re.IGNORECASE)
_BACKWARD = re.compile(
    r"\b(?:sejak|mulai|tadi|kemarin|semalam|barusan|sudah (?:mati|up|normal)|pukul \S+ tadi)\b", re.IGNORECASE
)
_LATEST = re.compile(r"\b(?:sebelum|paling lambat|sampai|hingga|lapor\w*|(?:di)?selesai\w*)\b", re.IGNORECASE)
_ANY_DAY = rf"(?:besok|bisuak|esok|lusa|hari ini|nanti|pagi|siang|sore|malam|senin|selasa|rabu|kamis|{FRIDAY}|sabtu|minggu|pukul|jam)"
_FORBIDDEN = re.compile(
    r"\b(?:jangan|jan|jgn)\b(?! lupa\b)(?:(?!\b(?:selesaikan|tuntaskan|lapor\w*|kerjakan|tangani|bereskan|tetapi|tapi|namun|melainkan|segera|langsung|harus|paling)\b)[^,;.!\n]|\.(?=\d))*|"
    rf"\b(?:tidak|tdk|tak|tanpa|bukan|ndak|indak)(?:\s\w+){{0,3}}?\s{_ANY_DAY}\b(?:\s(?:hari|pagi|siang|sore|malam|\d{{1,2}}(?:[.:]\d\d)?))?",
    re.IGNORECASE,
)
"""What shall not be waited for is no term: "jangan tunggu besok", "tidak usah sampai sore"."""
_BEYOND = re.compile(
    r"\b(?:lebih|lewat|liwat|melewati|melebihi|lampau|melampaui|terlambat|telat|molor|lalai)\b", re.IGNORECASE
)
"""What shall not be overstepped is one: "jangan sampai lewat pukul 12.00"."""
_CLAUSE = re.compile(
    rf"[;()]|,(?!\d)(?!\s{{0,3}}(?:hari|tgl|tanggal|\d|{_ANY_DAY}))|"
    r"\s(?=(?:karena|krn|sebab|mengingat|berhubung|soalnya|sehubungan|agar|supaya|sehingga|untuk|guna|tetapi|tapi|namun|sedangkan|padahal|dan)\s)",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"^\W*(?:karena|krn|sebab|mengingat|berhubung|soalnya|sehubungan|padahal|sedangkan)\b", re.IGNORECASE
)
_PURPOSE = re.compile(r"^\W*(?:agar|supaya|sehingga|untuk|guna)\b", re.IGNORECASE)
_NOBODYS = re.compile(
    rf"\b(?:besok|lusa|hari ini|senin|selasa|rabu|kamis|{FRIDAY}|sabtu|minggu)\W{{1,3}}(?:(?:pagi|siang|sore|malam)\W{{1,3}})?(?:(?:saya|kami|kita)(?! tunggu)|beliau|ada|akan|gubernur|bapak|ibu|tamu|rombongan)\b|"
    rf"\b{MEETINGS}\b",
    re.IGNORECASE,
)
"""What somebody does on that day, or the meeting that is held."""
_SPAN_BEFORE = re.compile(
    r"\b(?:dalam(?: waktu)?|maksimal|maks|paling (?:lambat|lama|telat)|selambat\S{0,20}|waktu|target\w*|tenggat|batas(?: waktu)?|within)\W{0,3}(?:waktu )?$",
    re.IGNORECASE,
)
_NOT_LONGER = re.compile(
    r"\b(?:jangan|tidak|tdk|tak)(?:\s\w+){0,3}?\s(?:lebih|lewat|melebihi)(?:\sdari)?\W{0,3}$", re.IGNORECASE
)
_SPAN_AFTER = re.compile(
    r"^\W{0,3}(?:lagi|dari sekarang|ke depan|setelah ini|sejak (?:sekarang|ini)|kedepan)\b", re.IGNORECASE
)
_WEEKDAY = re.compile(
    rf"\b(?P<before>sebelum )?(?:hari )?(?P<name>senin|selasa|rabu|kamis|{FRIDAY}|sabtu|ahad|minggu(?= (?:ini|besok|pagi|siang|sore|malam)))\b(?P<next> depan)?",
    re.IGNORECASE,
)
_TODAY = re.compile(
    r"\b(?:hari ini|(?:pagi|siang|sore|malam|petang) ini|nanti (?:siang|sore|malam)|malam nanti|sore nanti|siang nanti|ko juo)\b",
    re.IGNORECASE,
)
_TOMORROW = re.compile(r"\b(?:besok|bsk|bisuak|esok|tomorrow)\b", re.IGNORECASE)
_AFTER_TOMORROW = re.compile(r"\blusa\b", re.IGNORECASE)
JUST_OVER = timedelta(hours=1)
"""An hour that is over so short a time is hardly tomorrow's."""


@dataclass(frozen=True, slots=True)
class Term:
    """Until when: a `day`, and the `moment` (aware, WIB) where an hour was said."""

    day: date
    moment: datetime | None = None

    def __str__(self) -> str:
        return self.moment.isoformat(timespec="seconds") if self.moment else self.day.isoformat()


def deadline(text: str, sent: datetime) -> str:
    """ISO 8601 in WIB, a bare date where no hour is said, "" where no deadline is. Never before `sent` (aware), from which
    relative words count.
    """
    base = sent.astimezone(WIB)
    sentences = re.split(r"(?<=[.;!?])\s+(?=[A-Z])|\n", unwrapped(text))
    return next((str(found) for sentence in sentences if (found := _in_sentence(sentence, base))), "")


def term(words: str, base: datetime) -> Term | None:
    """The day and hour that `words` name, as a term: none that is over at `base` (WIB)."""
    day, said_day = _day(words, base.date())
    own = [at for at in times(words) if not _is_behind(words[max(0, at.start - 40) : at.start])]
    if not own:
        return Term(day) if said_day and day >= base.date() else None
    moment = next((one for at in own if (one := _ahead(at, day, base, said_day=said_day))), None)
    if moment is None and day == base.date() and _WEEKDAY.search(words):
        moment = own[0].by_day(day + timedelta(days=7))
    return Term(moment.date(), moment) if moment else None


def _is_behind(before: str) -> bool:
    """Whether the words before an hour tell of what has been: "sejak pukul 07.40"."""
    return _BACKWARD.search(before) is not None and _LATEST.search(before) is None


def _in_sentence(sentence: str, base: datetime) -> Term | None:
    sentence = _FORBIDDEN.sub(lambda match: match[0] if _BEYOND.search(match[0]) else " ", sentence)
    for span in spans(sentence):
        before = sentence[max(0, span.start - 40) : span.start]
        if _NOT_LONGER.search(before) or (
            span.exact and (_SPAN_BEFORE.search(before) or _SPAN_AFTER.match(sentence[span.end : span.end + 30]))
        ):
            return _after(span, base)
    words = ",".join(clause for clause in _CLAUSE.split(sentence) if _may_say(clause))
    return term(words, base) if _DUE.search(words) or _day(words, base.date())[1] else None


def _may_say(clause: str) -> bool:
    """Whether a clause may set a term: neither a reason nor a meeting, and no mere purpose."""
    if _REASON.match(clause) or (_PURPOSE.match(clause) and not _DUE.search(clause)):
        return False
    return _SET.search(clause) is not None or _NOBODYS.search(clause) is None


def _after(span: Span, base: datetime) -> Term:
    moment = base + span.length
    in_days = span.in_days and span.length % timedelta(days=1) == timedelta()
    return Term(moment.date()) if in_days else Term(moment.date(), moment)


def _ahead(at: FoundTime, day: date, base: datetime, *, said_day: bool) -> datetime | None:
    """The moment that an hour means as a term: later on that day, or tomorrow where no day is said."""
    if day > base.date():
        return at.by_day(day)
    today = at.readings(day)
    ahead = min((one for one in today if one > base), default=None)
    if ahead or said_day or any(one > base - JUST_OVER for one in today):
        return ahead
    return at.by_day(day + timedelta(days=1))


def _day(words: str, today: date) -> tuple[date, bool]:
    full = next(dates(words), None)
    if full:
        return full[0], full[0] >= today
    short = next(short_dates(words, today), None)
    if short and short[0] >= today:
        return short[0], True
    if _AFTER_TOMORROW.search(words):
        return today + timedelta(days=2), True
    if _TOMORROW.search(words):
        return today + timedelta(days=1), True
    named = _WEEKDAY.search(words)
    if named:
        weekday = WEEKDAYS[folded(named["name"])]
        if named["next"]:  # the one of next week
            return today + timedelta(days=7 - today.weekday() + weekday), True
        ahead = (weekday - today.weekday()) % 7
        return today + timedelta(days=7 if named["before"] and not ahead else ahead), True
    return today, _TODAY.search(words) is not None
