"""How much more time a team asks for: "MINTA WAKTU 2 jam 30 menit", "mohon waktu sampai pukul 11.00"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from parsers.replies.deadlines import term
from parsers.words.dates import WIB
from parsers.words.spans import spans
from parsers.words.wrapped import unwrapped

MINUTE = timedelta(minutes=1)
LONGEST = timedelta(days=7)
"""For so long the reminders may be silent on a word alone; whoever needs more is asked back."""
OF_TODAY = timedelta(hours=12)
"""An hour without a day is none that lies further ahead."""
AGREE = 5
"""Minutes: "30 menit, sampai pukul 09.35" says one thing twice."""
_ABBREVIATED = (
    (re.compile(r"\bs\.\s?d\.?|\bs/d\b|\bsd\b", re.IGNORECASE), "sampai"),
    (re.compile(r"\b(?:pkl|pk)\.", re.IGNORECASE), "pukul"),
)
_CLAUSE = re.compile(
    r"[;!?()\n]|[.,](?!\d)|\s(?=(?:karena|krn|karano|sebab|dikarenakan|mengingat|berhubung|soalnya|alasan|because)\b)",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"^\W*(?:alasan\w*|karena|krn|karano|sebab|dikarenakan|mengingat|berhubung|soalnya|kendala|keterangan|catatan|ket|penyebab|because)\b",
    re.IGNORECASE,
)
_PLEA = re.compile(r"\b(?:minta|mohon|butuh|perlu|tambah\w*|perpanjang\w*|waktu|paralu|need)\b", re.IGNORECASE)
_ELSE = re.compile(
    r"\b(?:sudah|telah|sejak|setelah|setiap|tiap|per|dari|semula|awal\w*)\s{1,3}(?:\w{1,12}\s{1,3}){0,1}$",
    re.IGNORECASE,
)
_PAST = re.compile(r"^\W{0,3}(?:yang|yg)?\s{0,2}(?:lalu|lewat|terakhir|tadi|sebelumnya|semula|sekali)\b", re.IGNORECASE)
_UNTIL = re.compile(
    r"\b(?:sampai|hingga|sampe|until|till|paling lambat|sebelum|batas(?: waktu)?(?: baru)?)\b", re.IGNORECASE
)
_NO_HOUR = re.compile(r"\b(?:pagi|siang|sore|petang|malam|besok|lusa|minggu depan)\b", re.IGNORECASE)
_DEPENDS = re.compile(r"\b(?:kalau|jika|bila|apabila|kecuali|tergantung|atau)\b", re.IGNORECASE)
UNSAID = "permintaan waktu tambahan, tetapi lamanya tidak disebut dengan jelas"
HOURLESS = "permintaan waktu tambahan sampai waktu tertentu, tetapi jamnya tidak disebut dengan jelas"
TOO_LONG = "permintaan waktu tambahan lebih dari 7 hari, yang perlu disepakati dahulu dengan Koordinator"


@dataclass(frozen=True, slots=True)
class MoreTime:
    """Attributes:
    minutes: from when it was sent; 0 when they are not beyond doubt, and then `understood` says what is missing.
    until: the moment (aware, WIB) where that was said, and not how much more is needed.
    """

    minutes: int
    understood: str = ""
    until: datetime | None = None


def more_time(text: str, sent: datetime) -> MoreTime:
    """What a plea for time asks for. `text`: the author's own words; `sent`: aware, what hours and spans count from."""
    base, clauses = sent.astimezone(WIB), list(_pleas(text))
    lengths = [span for clause in clauses for span in spans(clause) if not _is_about_else(clause, span.start, span.end)]
    ends = [end for clause in clauses if (end := _end(clause, base)) is not None]
    if any(_DEPENDS.search(clause) for clause in clauses) or not all(span.exact for span in lengths):
        return MoreTime(0, UNSAID)
    if ends and not all(ends):
        return MoreTime(0, HOURLESS)
    asked = [span.minutes for span in lengths] + ends
    if not asked or max(asked) - min(asked) > (AGREE if lengths and ends else 0):
        return MoreTime(0, UNSAID)
    minutes = max(asked)
    if minutes * MINUTE > LONGEST:
        return MoreTime(0, TOO_LONG)
    until = None if lengths else (base + minutes * MINUTE).replace(second=0, microsecond=0)
    return MoreTime(minutes, until=until) if minutes else MoreTime(0, UNSAID)


def _pleas(text: str) -> Iterator[str]:
    """The clauses that ask; a reason goes on until something is asked for again, or a paragraph ends."""
    for short, full in _ABBREVIATED:
        text = short.sub(full, text)
    for paragraph in re.split(r"\n[ \t]{0,80}\n", unwrapped(text)):
        is_reason = False
        for clause in _CLAUSE.split(paragraph):
            if _REASON.match(clause):
                is_reason = True
            elif _PLEA.search(clause):
                is_reason = False
            if not is_reason:
                yield clause


def _is_about_else(clause: str, start: int, end: int) -> bool:
    """Whether a span is none that is asked for: "sudah 2 jam", "10 menit yang lalu", "dari 60 menit menjadi 90"."""
    return (
        _ELSE.search(clause[max(0, start - 40) : start]) is not None or _PAST.match(clause[end : end + 30]) is not None
    )


def _end(clause: str, base: datetime) -> int | None:
    """Until when, in minutes from `base`; 0 where no hour is said, None where the clause sets no end."""
    match = _UNTIL.search(clause)
    words = clause[match.end() : match.end() + 80] if match else ""
    if not words or next(spans(words[:25]), None):
        return None
    found = term(words, base)
    if found is None or found.moment is None:
        return 0 if found or _NO_HOUR.search(words[:30]) else None
    ahead = found.moment - base
    if ahead > OF_TODAY and term(_without_hours(words), base) is None:
        return 0
    return -(-ahead // MINUTE)


def _without_hours(words: str) -> str:
    return re.sub(r"\d{1,2}[.:]\d\d|\b(?:pukul|jam)\s{1,3}\w{1,12}", " ", words)
