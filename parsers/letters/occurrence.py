"""When the disturbance began."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from parsers.dates import (
    WIB,
    FoundTime,
    ago,
    dates,
    first_date,
    moment,
    past_night,
    relative_day,
    says_which_day,
    short_dates,
    times,
)
from parsers.letters.symptoms import MOST_SAID, SENTENCE_END, failure

APART = 40
"""Characters between a word for a day and a date that is another one."""
Reading = tuple[date, FoundTime | None]

_CUE = re.compile(
    r"\b(?:sejak|semenjak|sedari|mulai|terhitung|dari (?:jam|pukul|pkl|patang|kemarin|tadi|td|pagi|subuh|siang|sore|malam|semalam|magrib|hari)|terhenti|"
    r"diketahui(?: pertama kali)?(?: pada)?|kejadian|since|started|terjadi|terdeteksi|terpantau|muncul|pertama kali|awalnya)\b",
    re.IGNORECASE,
)
_NOT_THE_START = re.compile(
    r"\b(?:batas|paling lambat|sebelum|sampai|hingga|s\.?d\.?|akan|dilaksanakan|jam terima|dicatat|tercatat|saat (?:saya|kami) cek|"
    r"estimasi|eta|deadline|perkiraan|dijadwalkan|diterima|dihubungi|(?:kembali|sudah|telah|baru) (?:pulih|normal|hidup|menyala|nyala|bisa|up)|pulih(?: kembali)?|normal kembali|jam kerja|jam layanan|besok|nanti|"
    r"terakhir (?:bisa|normal|berfungsi|aktif)|tenggat|ditutup)\b[^.;]{0,25}$",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"\n(?=[^\w\n]*+[A-Z][\w /.]{1,25}\s{0,20}:\s)")
"""A form says one thing a line."""
_EVENT = re.compile(
    r"\b(?:rapat|acara|kegiatan|sidang|upacara|ujian|pelayanan|rakor|pelantikan|kunjungan|apel|seminar)\b([^.;]{0,50}?)\b(?:di)?mulai\b[^.;]{0,8}$",
    re.IGNORECASE,
)
"""What begins here is the meeting, unless something fails in between."""
_CLOCK_COLUMN = re.compile(r"(?:^|\s)(\d{1,2}[.:]\d\d)\s*$", re.MULTILINE)


def began_at(text: str, base: datetime) -> str:
    """Start of the disturbance as ISO 8601 with +07:00, date only where no hour is given, "" where nothing is said.

    `base` is the letter's date or the mail's: relative words count from it.
    """
    base = base.astimezone(WIB)
    flat = " ".join(text.split())
    lines = [" ".join(part.split()) for part in _LABELLED.split(text)]
    found = [reading for line in lines for cue in _CUE.finditer(line) if (reading := _after(cue, line, base))]
    if not any(at for _, at in found):
        said = min((day for day, _ in found), default=None)
        told = [
            reading
            for line in lines
            for sentence in SENTENCE_END.split(line)
            if failure(sentence) and (reading := _told(sentence, base, said))
        ]
        found = [reading for reading in told if reading[1]] or found or told
    back = ago(flat, base)
    if isinstance(back, datetime) and not any(at for _, at in found):
        return back.isoformat()
    if not found:
        reading = _leading_statement(flat, base)
        found = [reading] if reading else []
    if not found:
        return back.isoformat() if back else ""
    with_hour = [(day, at) for day, at in found if at]
    if not with_hour:
        return min(back, *(day for day, _ in found)).isoformat() if back else min(day for day, _ in found).isoformat()
    earliest = min(moment(day, at, base) for day, at in with_hour if at)
    return earliest.isoformat()


def _after(cue: re.Match[str], flat: str, base: datetime) -> Reading | None:
    """What stands behind a word that opens a report of when it began."""
    before = flat[max(0, cue.start() - 80) : cue.end()]
    event = _EVENT.search(before)
    if _NOT_THE_START.search(flat[max(0, cue.start() - 40) : cue.start()]) or (event and not failure(event[1])):
        return None
    return _read(
        flat[cue.start() : cue.end() + 90].rsplit(" ", 1)[0] if len(flat) > cue.end() + 90 else flat[cue.start() :],
        base,
    )


def _told(sentence: str, base: datetime, day: date | None) -> Reading | None:
    """A sentence that tells of a failure and of a time, in whatever order."""
    reading = _read(sentence, base, day)
    return reading if reading and (reading[1] or relative_day(sentence, base.date()) or first_date(sentence)) else None


def table_start(text: str, day: date | None) -> str:
    """The earliest clock time that ends a row of a table of services, on `day`; "" if there is no such table."""
    clocks = _CLOCK_COLUMN.findall(text)
    if day is None or len(clocks) < 2:
        return ""
    hours = sorted(tuple(int(part) for part in re.split(r"[.:]", clock)) for clock in clocks)
    valid = [(h, m) for h, m in hours if h < 24 and m < 60]
    return datetime(day.year, day.month, day.day, *valid[0], tzinfo=WIB).isoformat() if valid else ""


def _read(text: str, base: datetime, day_known: date | None = None) -> Reading | None:
    sentence = SENTENCE_END.split(text[:MOST_SAID], maxsplit=1)[0]
    explicit = [(found, start, end) for found, start, end in dates(sentence)]
    explicit = explicit or list(short_dates(sentence, base.date()))
    explicit = [entry for entry in explicit if not _NOT_THE_START.search(sentence[max(0, entry[1] - 60) : entry[1]])]
    if explicit and says_which_day(sentence) < explicit[0][1] - APART:
        explicit = []  # "kemarin pukul 20.15, sedangkan batasnya 25 Juni"
    spans = [(start, end) for _, start, end in explicit]
    hours = [
        found
        for found in times(sentence)
        if not any(start <= found.start < end for start, end in spans)
        and not _NOT_THE_START.search(sentence[max(0, found.start - 60) : found.start])
    ]
    if explicit:
        before = [entry for entry in explicit if hours and entry[1] < hours[0].start]
        day: date | None = (before[-1] if before else explicit[0])[0]
    else:
        day = relative_day(sentence, base.date())
    if day and hours and past_night(sentence) and hours[0].value.hour < 5 and day < base.date() and not explicit:
        day += timedelta(days=1)
    if day is None:
        if not hours:
            return None
        if day_known:
            return day_known, hours[0]
        day = base.date()
        first = datetime.combine(day, hours[0].value, WIB)
        if first > base + timedelta(hours=1) and base.hour:
            day -= timedelta(days=1)
    return day, (hours[0] if hours else None)


def _leading_statement(flat: str, base: datetime) -> Reading | None:
    """No cue word: a sentence with a symptom and a time, such as "pukul 11.15 tadi tidak bisa dibuka"."""
    for found in times(flat):
        around = flat[max(0, found.start - 60) : found.end + 40]
        if _NOT_THE_START.search(flat[max(0, found.start - 40) : found.start]):
            continue
        if re.search(
            r"\b(?:tadi|td|pagi ini|siang ini|sore ini|malam ini|hari ini|barusan|semalam|kemarin|patang)\b",
            around,
            re.IGNORECASE,
        ):
            return relative_day(around, base.date()) or base.date(), found
    return None
