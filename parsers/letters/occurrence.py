"""When the disturbance began."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from itertools import islice

from parsers.letters.symptoms import MOST_SAID, SENTENCE_END, failure
from parsers.words.dates import (
    CLOCKS_DIFFER,
    WIB,
    FoundTime,
    ago,
    dates,
    day_behind,
    first_date,
    latest,
    past_night,
    relative_day,
    says_weekday,
    says_which_day,
    short_dates,
    times,
)
from parsers.words.meetings import before_meeting_hour

APART = 40
"""Characters between a word for a day and a date that is another one."""
MOST_HOURS = 40
"""Of a letter with more hours the rest is a log."""
SAID_BEFORE = 200
"""Characters ahead of an hour in which that it fails may have been said."""
NEAR = timedelta(hours=12)
"""A clock time that has not come yet was yesterday's, where it lies back no further: at 00.20 "pukul 23.50" has been."""
Reading = tuple[date, datetime | None]

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
_AHEAD = re.compile(
    r"\b(?:akan|besok|bsk|lusa|nanti|rencana\w*|direncanakan|dijadwalkan|terjadwal|mendatang|yang akan datang)\b",
    re.IGNORECASE,
)
"""What has not happened yet."""
_ALREADY = re.compile(
    r"^(?:sejak|semenjak|sedari|since|started|terhenti|terjadi|terdeteksi|terpantau|diketahui)", re.IGNORECASE
)
"""Words that open what has begun, whatever hour follows."""
_CLOCK_COLUMN = re.compile(r"(?:^|\s)(\d{1,2}[.:]\d\d)\s*$", re.MULTILINE)


def began_at(text: str, base: datetime) -> str:
    """Start of the disturbance as ISO 8601 with +07:00, date only where no hour is given, "" where nothing is said.

    `base` is when the letter was written or the mail sent: relative words count from it, and no start lies after it.
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
    with_hour = [at for _, at in found if at]
    if not with_hour:
        return min(back, *(day for day, _ in found)).isoformat() if back else min(day for day, _ in found).isoformat()
    return min(with_hour).isoformat()


def _after(cue: re.Match[str], flat: str, base: datetime) -> Reading | None:
    """What stands behind a word that opens a report of when it began."""
    before = flat[max(0, cue.start() - 80) : cue.end()]
    event = _EVENT.search(before)
    if _NOT_THE_START.search(flat[max(0, cue.start() - 40) : cue.start()]) or (event and not failure(event[1])):
        return None
    behind = flat[cue.start() : cue.end() + 90].rsplit(" ", 1)[0] if len(flat) > cue.end() + 90 else flat[cue.start() :]
    return _read(behind, base, begun=_ALREADY.match(cue[0]) is not None)


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


def _read(text: str, base: datetime, day_known: date | None = None, *, begun: bool = False) -> Reading | None:
    """Day and moment of which a statement tells; `begun`: it says outright that something has begun then."""
    sentence = SENTENCE_END.split(text[:MOST_SAID], maxsplit=1)[0]
    explicit = [(found, start, end) for found, start, end in dates(sentence)]
    explicit = explicit or list(short_dates(sentence, base.date()))
    explicit = [entry for entry in explicit if not _is_no_start(sentence, entry[1], entry[2], begun=begun)]
    if explicit and says_which_day(sentence) < explicit[0][1] - APART:
        explicit = []  # "kemarin pukul 20.15, sedangkan batasnya 25 Juni"
    spans = [(start, end) for _, start, end in explicit]
    hours = [
        found
        for found in times(sentence)
        if not any(start <= found.start < end for start, end in spans)
        and not _is_no_start(sentence, found.start, found.end, begun=begun)
    ]
    limit = base + CLOCKS_DIFFER
    if explicit:
        before = [entry for entry in explicit if hours and entry[1] < hours[0].start]
        day = (before[-1] if before else explicit[0])[0]
        return _on(day, hours, limit, nearest=day == base.date()) if day <= base.date() else None
    day_said = day_behind(sentence, base)
    if day_said is None and day_known is None and not hours:
        return None
    day = day_said or day_known or base.date()
    if hours and past_night(sentence) and hours[0].value.hour < 5 and day < base.date():
        day += timedelta(days=1)
    if says_weekday(sentence) and _AHEAD.search(sentence) and not begun:
        return None  # "mulai Rabu pukul 08.00 akan dilakukan pemadaman"
    reading = _on(day, hours, limit, nearest=day == base.date())
    if reading or not hours or day != base.date():
        return reading
    if says_weekday(sentence):
        return _on(day - timedelta(days=7), hours, limit)
    if _AHEAD.search(sentence) and not begun:
        return None
    back = _on(day - timedelta(days=1), hours[:1], limit, nearest=True)
    return back if back and back[1] and (begun or day_said or base - back[1] <= NEAR) else None


def _on(day: date, hours: list[FoundTime], limit: datetime, *, nearest: bool = False) -> Reading | None:
    """The first of the hours that has been by `limit`, on that day; the day alone where no hour is given.

    `nearest`: of an hour that may be in the morning or in the evening the later one that has been is meant.
    """
    if not hours:
        return day, None
    said = (latest(day, at, limit) if nearest else at.by_day(day) for at in hours)
    moment = next((one for one in said if one and one <= limit), None)
    return (day, moment) if moment else None


def _is_no_start(sentence: str, start: int, end: int, *, begun: bool = False) -> bool:
    """Whether the date or hour that stands there is a term, a meeting's, or one that has not come yet."""
    if _NOT_THE_START.search(sentence[max(0, start - 60) : start]):
        return True
    between = before_meeting_hour(sentence[max(0, start - 90) : start])
    if between is not None and not failure(between):
        return True
    if begun or failure(sentence[max(0, start - SAID_BEFORE) : end]):
        return False
    ahead = re.match(r"[^.;,]{0,40}?\b(?:akan|nanti|mendatang)\b", sentence[end : end + 60], re.IGNORECASE)
    return ahead is not None and not failure(ahead[0])


def _leading_statement(flat: str, base: datetime) -> Reading | None:
    """No cue word: a sentence with a symptom and a time, such as "pukul 11.15 tadi tidak bisa dibuka"."""
    for found in islice(times(flat), MOST_HOURS):
        around = flat[max(0, found.start - 60) : found.end + 40]
        if _is_no_start(flat, found.start, found.end):
            continue
        if re.search(
            r"\b(?:tadi|td|pagi ini|siang ini|sore ini|malam ini|hari ini|barusan|semalam|kemarin|patang)\b",
            around,
            re.IGNORECASE,
        ):
            day = relative_day(around, base.date()) or base.date()
            limit = base + CLOCKS_DIFFER
            return _on(day, [found], limit, nearest=True) or _on(day - timedelta(days=1), [found], limit, nearest=True)
    return None
