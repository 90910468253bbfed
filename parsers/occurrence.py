"""When the disturbance began, and where."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from parsers.dates import WIB, FoundTime, dates, moment, relative_day, short_dates, times

_CUE = re.compile(
    r"\b(?:sejak|semenjak|mulai|dari jam|dari pukul|dari patang|dari kemarin|dari tadi|dari (?:pagi|subuh|siang|sore|malam|semalam)|terhenti|"
    r"diketahui(?: pertama kali)?(?: pada)?|kejadian sejak|since|terjadi|sekira|± ?pukul|pertama kali)\b|±",
    re.IGNORECASE,
)
_NOT_THE_START = re.compile(
    r"\b(?:batas|paling lambat|sebelum|sampai|hingga|akan|dilaksanakan|jam terima|dicatat|tercatat|saat (?:saya|kami) cek|estimasi|eta|"
    r"deadline|perkiraan)\b[^.;]{0,25}$",
    re.IGNORECASE,
)
_CLOCK_COLUMN = re.compile(r"(?:^|\s)(\d{1,2}[.:]\d\d)\s*$", re.MULTILINE)
_PLACE_LABEL = re.compile(
    r"^\s*(?:lokasi(?: host| kejadian)?|tempat kejadian)\s*[:\t]\s*(.+)$", re.IGNORECASE | re.MULTILINE
)
_PLACE = re.compile(
    r"\b(?:pada|di|at|DI)\s+((?:(?:seluruh|semua)\s+)?(?:gedung|kantor|ruang(?:an)?|kompleks|komplek|stasiun|aula|loket|komputer di|subbag|"
    r"istana|uptd|area|lantai|badan|balai|gudang|posko|pusdalops|instalasi|terminal)\b[^.;\n]*(?:\n[^.;\n]*)?)",
    re.IGNORECASE,
)
_BARE_PLACE = re.compile(
    r"\b((?:ruang(?:an)?(?! lingkup)|gedung|kompleks|istana|uptd?|balai(?! besar sertifikasi)|terminal|posko|pusdalops|stasiun|instalasi|aula|gudang)\b"
    r"[^.,;:()\n]*)",
    re.IGNORECASE,
)
_VAGUE = re.compile(r"(?:area|badan)\b", re.IGNORECASE)
_PLACE_ENDS = re.compile(
    r"\s+(?:mengalami|error|eror|terputus|terkena|alarm|mati|tidak|sejak|semenjak|is|tdk|ndak|terjadi|terhenti|down|sudah|telah|yang|untuk|"
    r"agar|dalam|karena|padam|putus|dari|sehingga|akan|kami)\b.*$|\s*[,;]\s*(?:sehingga|karena|sejak|mohon).*$",
    re.IGNORECASE | re.DOTALL,
)


def began_at(text: str, base: datetime) -> str:
    """Start of the disturbance as ISO 8601 with +07:00, date only where no hour is given, "" where nothing is said.

    `base` is the letter's date or the mail's: relative words count from it.
    """
    base = base.astimezone(WIB)
    flat = " ".join(text.split())
    found: list[tuple[date, FoundTime | None]] = []
    for cue in _CUE.finditer(flat):
        if _NOT_THE_START.search(flat[max(0, cue.start() - 40) : cue.start()]):
            continue
        near = flat[max(0, cue.start() - 18) : cue.start()] if cue.group(0).startswith("±") else ""
        reading = _read(near + flat[cue.start() : cue.end() + 90], base)
        if reading:
            found.append(reading)
    if not found:
        reading = _leading_statement(flat, base)
        found = [reading] if reading else []
    if not found:
        return ""
    with_hour = [(day, at) for day, at in found if at]
    if not with_hour:
        return min(day for day, _ in found).isoformat()
    earliest = min(moment(day, at, base) for day, at in with_hour if at)
    return earliest.isoformat()


def table_start(text: str, day: date | None) -> str:
    """The earliest clock time that ends a row of a table of services, on `day`; "" if there is no such table."""
    clocks = _CLOCK_COLUMN.findall(text)
    if day is None or len(clocks) < 2:
        return ""
    hours = sorted(tuple(int(part) for part in re.split(r"[.:]", clock)) for clock in clocks)
    valid = [(h, m) for h, m in hours if h < 24 and m < 60]
    return datetime(day.year, day.month, day.day, *valid[0], tzinfo=WIB).isoformat() if valid else ""


def place(text: str) -> str:
    """Where it happens, or ""."""
    labelled = _PLACE_LABEL.search(text)
    if labelled:
        return labelled[1].strip(" .")
    said = _places(_PLACE, text)
    named = [where for where in _places(_BARE_PLACE, text) if len(where.split()) > 1 or where.lower() == "pusdalops"]
    return next((where for where in (*said, *named) if not _VAGUE.match(where)), (said or named or [""])[0])


def _places(pattern: re.Pattern[str], text: str) -> list[str]:
    found = []
    for match in pattern.finditer(text):
        before = text[max(0, match.start() - 30) : match.start()]
        if re.search(r"(?:yth|kepada|tembusan)[^\n]*$", before, re.IGNORECASE):
            continue
        where = _PLACE_ENDS.sub("", " ".join(match[1].split()))
        where = re.sub(r"\W*\bjl\W*$", "", where, flags=re.IGNORECASE).strip(" ,.")
        if len(where) > 4:
            found.append(where[:160])
    return found


def _read(text: str, base: datetime) -> tuple[date, FoundTime | None] | None:
    sentence = re.split(r"(?<=[a-z)])\.\s+(?=[A-Z])", text, maxsplit=1)[0]
    explicit = [(found, start, end) for found, start, end in dates(sentence)]
    explicit = explicit or list(short_dates(sentence, base.date()))
    spans = [(start, end) for _, start, end in explicit]
    hours = [
        found
        for found in times(sentence)
        if not any(start <= found.start < end for start, end in spans)
        and not _NOT_THE_START.search(sentence[: found.start])
    ]
    if explicit:
        day: date | None = explicit[0][0]
    else:
        day = relative_day(sentence, base.date())
    if day is None:
        if not hours:
            return None
        day = base.date()
        first = datetime.combine(day, hours[0].value, WIB)
        if first > base + timedelta(hours=1) and base.hour:
            day -= timedelta(days=1)
    return day, (hours[0] if hours else None)


def _leading_statement(flat: str, base: datetime) -> tuple[date, FoundTime | None] | None:
    """No cue word: a sentence with a symptom and a time, such as "pukul 11.15 tadi tidak bisa dibuka"."""
    for found in times(flat):
        around = flat[max(0, found.start - 60) : found.end + 40]
        if _NOT_THE_START.search(flat[max(0, found.start - 40) : found.start]):
            continue
        if re.search(r"\b(?:tadi|pagi ini|hari ini|barusan|semalam|kemarin|patang)\b", around, re.IGNORECASE):
            return relative_day(around, base.date()) or base.date(), found
    return None
