"""What the technical team reports: cause, actions, result, start and finish."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from parsers.dates import WIB, first_date, times

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
_NOT_YET = re.compile(r"\b(?:perkiraan|estimasi|target|eta|rencana)\b", re.IGNORECASE)
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
    """Read a report, labelled or not. Hours without a date are of the day it was sent."""
    text = _LABEL_WITHIN.sub("\n", text)
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
            current = _LABELS[match[1].lower()]
            found[current] = match[2].strip()
        elif current and line.strip():
            found[current] = f"{found[current]} {line.strip()}".strip()
        elif not line.strip():
            current = ""
    return found


def _times(text: str, labelled: dict[str, str], sent: datetime) -> tuple[str, str]:
    day = first_date(text) or sent.astimezone(WIB).date()

    def of(part: str) -> str:
        found = next(times(part), None)
        found = found or next(times(f"pukul {part}"), None)
        return datetime.combine(first_date(part) or day, found.value, WIB).isoformat() if found else ""

    started, finished = of(labelled.get("started", "")), of(labelled.get("finished", ""))
    pair = re.search(r"mulai\s{1,9}(\d{1,2}[.:]\d\d).{0,12}?selesai\s+(\d{1,2}[.:]\d\d)", text, re.I | re.S)
    pair = pair or re.search(
        r"(\d{1,2}[.:]\d\d)\s{0,9}(?:WIB\s{0,9})?(?:-|–|s\.?d\.?|sampai)\s{0,9}(\d{1,2}[.:]\d\d)", text
    )
    if pair:
        started, finished = started or of(pair[1]), finished or of(pair[2])
    if not finished:
        done = [
            s for s in re.split(r"(?<=[.;!])\s+(?=[A-Za-z])|\n", text) if _FINISHED.search(s) and not _NOT_YET.search(s)
        ]
        hours = [found for sentence in done for found in times(sentence)]
        if hours:
            finished = datetime.combine(day, hours[-1].value, WIB).isoformat()
            if not started and len(hours) > 1:
                started = datetime.combine(day, hours[0].value, WIB).isoformat()
    return started, finished
