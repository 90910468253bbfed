"""What the technical team reports: cause, actions, result, start and finish."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from parsers.words.dates import WIB, FoundTime, day_behind, first_date, short_dates, times
from parsers.words.folding import folded
from parsers.words.meetings import before_meeting_hour
from parsers.words.spans import spans
from parsers.words.wrapped import unwrapped

_LABELS = {
    "penyebab": "cause",
    "sebab": "cause",
    "akar masalah": "cause",
    "tindakan": "actions",
    "penanganan": "actions",
    "yang dilakukan": "actions",
    "langkah": "actions",
    "hasil": "result",
    "status": "result",
    "kondisi": "result",
    "mulai": "started",
    "selesai": "finished",
    "selesai pukul": "finished",
    "waktu": "time",
    "tindak lanjut": "advice",
    "saran": "advice",
}
_LABEL = re.compile(
    rf"^\W*({'|'.join(sorted(_LABELS, key=len, reverse=True))})(?:\s+(?:penanganan|gangguan|pukul|pkl|jam))?\s*[:=]\s*(.*)$",
    re.IGNORECASE,
)
_LABEL_WITHIN = re.compile(
    r"(?<=[.;])[ \t]+(?=(?:penyebab|tindakan|penanganan|hasil|status|mulai|selesai)\s*:)", re.IGNORECASE
)
_CAUSE = re.compile(
    r"\b(?:karena|krn|akibat|disebabkan|terbakar|rusak|putus|korslet|penuh|expired|gagal|mati)\b", re.IGNORECASE
)
_ACTION = re.compile(
    r"\b(?:di)?(?:jalankan|ganti|diganti|sambung|disambung|restart|direstart|reset|pindah\w*|isolasi|pasang|bersihkan|perbaiki|diperbaiki|"
    r"splicing|konfigurasi|pulihkan|nyala\w*|hidup\w*)\b",
    re.IGNORECASE,
)
_FINISHED = re.compile(r"\b(?:selesai|normal|pulih|beres|kelar|nyala|up|tersambung|berfungsi)\b", re.IGNORECASE)
_NOT_YET = re.compile(
    r"\b(?:perkiraan|estimasi|target|eta|rencana|akan (?:\w{1,20} )?(?:selesai|normal|pulih|beres|nyala|up))\b",
    re.IGNORECASE,
)
_FROM_TO = re.compile(
    r"mulai\s{1,3}(?:pukul |jam |pkl\.? )?(?P<a>\d{1,2}[.:]\d\d).{0,20}?selesai\s{1,3}(?:pukul |jam |pkl\.? )?(?P<b>\d{1,2}[.:]\d\d)|"
    r"(?P<c>\d{1,2}[.:]\d\d)\s{0,3}(?:WIB\s{0,3})?(?:-|–|s\.?d\.?|s/d|sampai(?: dengan)?|hingga)\s{0,3}(?:pukul |jam |pkl\.? )?(?P<d>\d{1,2}[.:]\d\d)",
    re.IGNORECASE | re.DOTALL,
)
_TOOK = re.compile(
    r"\b(?:selama|dalam(?: waktu)?|durasi|lama(?:nya)?(?: penanganan| gangguan)?|memakan waktu|memerlukan waktu)\W{1,3}(?:sekitar |kurang lebih |± ?)?$",
    re.IGNORECASE,
)
_BEGAN = re.compile(
    r"\b(?:mulai|dimulai|sejak|berangkat|tiba)\W{1,3}(?:sekitar |pada )?(?:pukul|jam|pkl)?\W{0,3}$", re.IGNORECASE
)
AHEAD = timedelta(hours=3)
"""A report may be sent a little before its hour, by a slow clock or a hopeful author; what lies further ahead was yesterday."""
_STATUS = (
    ("gagal", re.compile(r"\b(?:gagal total|tidak berhasil|belum berhasil|menyerah|eskalasi ke)\b", re.IGNORECASE)),
    ("sementara", re.compile(r"\b(?:sementara|workaround|jalur cadangan|manual)\b", re.IGNORECASE)),
    (
        "proses",
        re.compile(
            r"\b(?:masih (?:di)?(?:kerja\w*|proses|tangani)|masih menunggu|belum selesai|perkiraan selesai|sedang)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "selesai",
        re.compile(
            r"\b(?:selesai|normal|pulih|teratasi|beres|kelar|tuntas|tersambung kembali|(?:aktif|berfungsi|online|up|hidup|nyala|jalan) (?:kembali|lagi)|kembali (?:aktif|berfungsi|online|hidup|menyala))\b",
            re.IGNORECASE,
        ),
    ),
)
_FIELD_LINE = re.compile(r"\W{0,4}[^\W\d_][\w /().-]{1,40}[:=]")
_SAYS = re.compile(r"[^\W_]")


def without_empty_fields(text: str) -> str:
    """What of a form was filled in: without the labels that no value follows, on their line or on the next ones."""
    kept: list[str] = []
    filled = False  # something stands below, and no other label before it
    for line in reversed(text.split("\n")):
        label = _FIELD_LINE.match(line)
        if label and not _SAYS.search(line[label.end() :]):
            if filled:
                kept.append(line)
            filled = False
            continue
        filled = (filled or _SAYS.search(line) is not None) and label is None
        kept.append(line)
    return "\n".join(reversed(kept))


@dataclass(frozen=True, slots=True)
class HandlingReport:
    """The content of a report. Times are ISO 8601 with +07:00; status is selesai, sementara, proses or gagal."""

    cause: str = ""
    actions: str = ""
    result: str = ""
    advice: str = ""
    started_at: str = ""
    finished_at: str = ""
    status: str = "proses"

    @property
    def is_report(self) -> bool:
        return bool(self.actions or self.cause or self.result)


def read_report(text: str, sent: datetime) -> HandlingReport:
    """Read a report, labelled or not. Hours without a date are the last ones before it was sent."""
    text = _LABEL_WITHIN.sub("\n", unwrapped(text))
    labelled = _labelled(text)
    sentences = [part.strip() for part in re.split(r"(?<=[.;!])\s+|\n", text) if part.strip()]
    cause = labelled.get("cause") or next((s for s in sentences if _CAUSE.search(s)), "")
    actions = labelled.get("actions") or " ".join(s for s in sentences if _ACTION.search(s))
    status = next((name for name, pattern in _STATUS if pattern.search(text)), "proses")
    started, finished = _times(text, labelled, sent)
    if status == "proses" and finished and not _NOT_YET.search(text):
        status = "selesai"
    return HandlingReport(
        cause,
        actions,
        labelled.get("result", ""),
        labelled.get("advice", ""),
        started,
        "" if status == "proses" else finished,
        status,
    )


def _labelled(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    current = ""
    for line in text.split("\n"):
        match = _LABEL.match(line)
        if match:
            current = _LABELS[folded(match[1])]
            found[current] = match[2].strip()
        elif current and line.strip():
            found[current] = f"{found[current]} {line.strip()}".strip()
        elif not line.strip():
            current = ""
    return found


def _times(text: str, labelled: dict[str, str], sent: datetime) -> tuple[str, str]:
    base = sent.astimezone(WIB)
    begin, end = labelled.get("started", ""), labelled.get("finished", "")
    pair = _FROM_TO.search(text)
    if pair:
        begin, end = begin or pair["a"] or pair["c"], end or pair["b"] or pair["d"]
    said = _day_said(text, base)
    started, finished = _moment(begin, said, base), _moment(end, said, base)
    if not finished:
        done = [
            part
            for part in re.split(r"(?<=[.;!])\s+(?=[A-Za-z])|\n", text)
            if _FINISHED.search(part) and not _NOT_YET.search(part)
        ]
        hours = [moment for part in done for moment in _moments(part, said, base)]
        begun = [moment for moment, begins in hours if begins]
        if len(hours) > len(begun):
            finished = next(moment for moment, begins in reversed(hours) if not begins)
        started = started or next(iter(begun), hours[0][0] if len(hours) > 1 else None)
    took = _took(text)
    if took and bool(started) != bool(finished):  # "mulai 08.10, selesai dalam 2 jam 30 menit"
        started, finished = started or (finished and finished - took), finished or (started and started + took)
    if started and finished and started > finished:  # over midnight
        day = timedelta(days=1)
        started, finished = (started, finished + day) if said else (started - day, finished)
    return _written(started), _written(finished)


def _day_said(text: str, base: datetime) -> date | None:
    short = next(short_dates(text, base.date()), None)
    return first_date(text) or (short[0] if short else None)


def _moment(part: str, said: date | None, base: datetime) -> datetime | None:
    """The moment that a label, or one hour of a span, names."""
    at = next(times(part), None) or next(times(f"pukul {part}"), None)
    return _on(at, _day_said(part, base) or said or _relative(part, base), base) if at else None


def _moments(sentence: str, said: date | None, base: datetime) -> list[tuple[datetime, bool]]:
    """The moments of a sentence, in order, and whether work began then; the hour of a meeting is none of the work's."""
    own = [at for at in times(sentence) if before_meeting_hour(sentence[max(0, at.start - 90) : at.start]) is None]
    day = said or _relative(sentence, base)
    return [(_on(at, day, base), _BEGAN.search(sentence[max(0, at.start - 30) : at.start]) is not None) for at in own]


def _relative(words: str, base: datetime) -> date | None:
    """The day of "kemarin" and the like; None for today, whose hours may still be those of last night."""
    day = day_behind(words, base)
    return day if day != base.date() else None


def _on(at: FoundTime, day: date | None, base: datetime) -> datetime:
    """An hour on the day that was said; else the last such hour that has been, or is about to be."""
    if day is not None:
        return at.by_day(day)
    near = [one for back in (0, 1, 2) for one in at.readings(base.date() - timedelta(days=back)) if one <= base + AHEAD]
    been = [one for one in near if one <= base]
    if at.certain or not been:
        return max(near)
    return max(been)


def _took(text: str) -> timedelta | None:
    """How long it took, where that is said once and plainly."""
    found = [span for span in spans(text) if span.exact and _TOOK.search(text[max(0, span.start - 50) : span.start])]
    return found[0].length if len(found) == 1 else None


def _written(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
