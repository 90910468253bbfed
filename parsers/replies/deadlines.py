"""Until when an order must be done, as its author says it: "sebelum pukul 10.30", "besok jam 7 pagi", "setengah jam lagi"."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from parsers.dates import WIB, dates, short_dates, times

_CUE = re.compile(
    r"\b(?:sebelum|paling (?:lambat|telat|lama|cepat)|selambat\S*|maksimal|maks|sampai|hingga|s\.?d\.?|batas(?: waktu)?|deadline|tenggat|target\w*|harus|"
    r"selesai\w*|lapor\w*|tuntas\w*|rampung|beres\w*|ditunggu|tunggu|sudah|normal|pulih|kabari|hari ini|sore ini|siang ini|malam ini|besok|lusa|dalam)\b",
    re.IGNORECASE,
)
_BACKWARD = re.compile(
    r"\b(?:sejak|mulai|tadi|kemarin|semalam|barusan|sudah (?:mati|up|normal)|pukul \S+ tadi)\b", re.IGNORECASE
)
_NUMBER = {
    "setengah": 0.5,
    "satangah": 0.5,
    "satu": 1,
    "dua": 2,
    "tiga": 3,
    "empat": 4,
    "lima": 5,
    "sepuluh": 10,
    "lima belas": 15,
    "dua puluh": 20,
    "tiga puluh": 30,
    "se": 1,
    "seperempat": 0.25,
}
_SPAN = re.compile(
    r"\b(?P<n>\d{1,3}(?:[.,]5)?|setengah|satangah|seperempat|satu|dua|tiga|empat|lima belas|lima|sepuluh|dua puluh|tiga puluh|se)\s*(?P<half>setengah\s*)?"
    r"(?P<unit>menit|mnt|jam|hari|minggu)\b(?P<more> setengah)?",
    re.IGNORECASE,
)
_SPAN_BEFORE = re.compile(
    r"\b(?:dalam(?: waktu)?|maksimal|maks|paling (?:lambat|lama|telat)|selambat\S*|waktu|target\w*|tenggat|batas(?: waktu)?)\W*(?:waktu )?$",
    re.IGNORECASE,
)
_SPAN_AFTER = re.compile(
    r"^\W*(?:lagi|dari sekarang|ke depan|setelah ini|sejak (?:sekarang|ini)|kedepan)\b", re.IGNORECASE
)
_WEEKDAYS = {
    "senin": 0,
    "selasa": 1,
    "rabu": 2,
    "kamis": 3,
    "jumat": 4,
    "jum'at": 4,
    "jum’at": 4,
    "sabtu": 5,
    "minggu": 6,
    "ahad": 6,
}
_WEEKDAY = re.compile(
    r"\b(?:hari )?(senin|selasa|rabu|kamis|jum['’]?at|sabtu|ahad|minggu(?= (?:ini|besok|pagi|siang|sore|malam)))\b(?P<next> depan)?",
    re.IGNORECASE,
)
_TODAY = re.compile(
    r"\b(?:hari ini|(?:pagi|siang|sore|malam|petang) ini|nanti (?:siang|sore|malam)|malam nanti|sore nanti|siang nanti|ko juo)\b",
    re.IGNORECASE,
)
_TOMORROW = re.compile(r"\b(?:besok|bisuak|esok)\b", re.IGNORECASE)
_AFTER_TOMORROW = re.compile(r"\blusa\b", re.IGNORECASE)


def deadline(text: str, sent: datetime) -> str:
    """ISO 8601 in WIB, a bare date where no hour is said, "" where no deadline is. Relative words count from `sent` (aware)."""
    base = sent.astimezone(WIB)
    for sentence in re.split(r"(?<=[.;!?])\s+(?=[A-Z])|\n", text):
        found = _in_sentence(sentence, base)
        if found:
            return found
    return ""


def _in_sentence(sentence: str, base: datetime) -> str:
    for match in _SPAN.finditer(sentence):
        if _SPAN_BEFORE.search(sentence[: match.start()]) or _SPAN_AFTER.match(sentence[match.end() :]):
            return _after(match, base)
    cue = _CUE.search(sentence)
    day, said_day = _day(sentence, base.date())
    if not (cue or said_day):
        return ""
    for at in times(sentence):
        before = sentence[max(0, at.start - 40) : at.start]
        if _BACKWARD.search(before) and not re.search(
            r"\b(?:sebelum|paling lambat|sampai|lapor\w*|selesai\w*)\b", before, re.IGNORECASE
        ):
            continue
        hour = at.value
        if not at.certain and hour.hour < 12 and not said_day and datetime.combine(day, hour, WIB) <= base:
            hour = hour.replace(hour=hour.hour + 12)
        moment = datetime.combine(day, hour, WIB)
        if moment < base - timedelta(hours=1):
            if said_day:
                continue
            moment += timedelta(days=1)
        return moment.isoformat(timespec="seconds")
    return day.isoformat() if said_day and day >= base.date() else ""


def _after(match: re.Match[str], base: datetime) -> str:
    said = match["n"].lower()
    amount = float(_NUMBER.get(said) or said.replace(",", "."))
    if match["more"]:
        amount += 0.5
    unit = match["unit"].lower()
    if unit in ("hari", "minggu"):
        return (base.date() + timedelta(days=int(amount * (7 if unit == "minggu" else 1)))).isoformat()
    minutes = amount * (60 if unit == "jam" else 1)
    return (base + timedelta(minutes=minutes)).isoformat(timespec="seconds")


def _day(sentence: str, today: date) -> tuple[date, bool]:
    full = next(dates(sentence), None)
    if full:
        return full[0], full[0] >= today
    short = next(short_dates(sentence, today), None)
    if short and short[0] >= today:
        return short[0], True
    if _AFTER_TOMORROW.search(sentence):
        return today + timedelta(days=2), True
    if _TOMORROW.search(sentence):
        return today + timedelta(days=1), True
    named = _WEEKDAY.search(sentence)
    if named:
        ahead = (_WEEKDAYS[named[1].lower()] - today.weekday()) % 7
        return today + timedelta(days=ahead + (7 if named["next"] else 0)), True
    return today, _TODAY.search(sentence) is not None
