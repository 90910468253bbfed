"""What somebody typed as the value of one field of an incident's card: understood beyond doubt, or asked back.

Wherever a person types a field by itself (KOREKSI, a form), it is read by these rules; whatever is not certain is no
value but a reason, as a clause in Indonesian that says what was understood and how to write it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from parsers.letters.occurrence import began_at
from parsers.letters.offices import Offices
from parsers.letters.service_nouns import CATEGORIES, named
from parsers.letters.signature import phones
from parsers.words.dates import CLOCKS_DIFFER, WIB, contradicts_itself, dates, says_weekday, short_dates, times

LONGEST, LONGEST_SUMMARY = 200, 600
_AROUND = " \t\r\n.,;:!|*_`\"“”'‘’«»"
_DOUBT = re.compile(
    r"\?|\b(?:mungkin|sepertinya|kayaknya|kelihatannya|barangkali|entah|kalau tidak salah|kira-kira|sekitar|antara|atau|bukan|"
    r"tidak|belum)\b",
    re.IGNORECASE,
)
_BESIDE_OFFICE = re.compile(
    r"\b(?:provinsi|prov|sumatera|barat|sumbar|pemerintah|pemprov|opd|pada|di|kantor|yth|saja|ya|pak|bu)\b|[\W_]",
    re.IGNORECASE,
)
_ITEMS = re.compile(r"\s*(?:[,;/+&]|\bdan\b|\bserta\b)\s*", re.IGNORECASE)
_OWN_TIME_WORD = re.compile(r"^\s*(?:sejak|mulai|pada|dari|semenjak)\b\s*", re.IGNORECASE)
_LETTER_NUMBER = re.compile(r"[\w./ ()-]{0,79}\d[\w./ ()-]{0,79}")
_SAYS_DAY = re.compile(
    r"\b(?:hari ini|tadi|kemarin|kemaren|semalam|malam|pagi|siang|sore|subuh|lalu|yang lalu|lusa)\b", re.IGNORECASE
)
SMALL_HOURS = 6
"""Until then an hour without a day may be the evening's before; afterwards it is asked which day is meant."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A value as understood: `text`, or for services their categories. `doubt`: why there is none."""

    text: str = ""
    services: tuple[str, ...] = ()
    doubt: str = ""


def bare(typed: str) -> str:
    """On one line, without what stands around a value: quotes, a full stop, a table's bars."""
    return " ".join(typed.split()).strip(_AROUND)


def typed_value(field: str, typed: str, offices: Offices, services: Mapping[str, str], base: datetime) -> Typed:
    """The value that `typed` gives `field` (a name of `sop.report.Report`).

    Args:
        services: by category, what an office calls it.
        base: aware; when it was written: nothing that has begun lies after it.
    """
    said = bare(typed)
    if not re.search(r"\w", said):
        return Typed(doubt="nilainya kosong")
    if len(said) > (LONGEST_SUMMARY if field == "ringkasan" else LONGEST):
        return Typed(doubt="nilainya terlalu panjang")
    match field:
        case "opd":
            return _office(typed, said, offices)
        case "layanan":
            return _services(typed, said, services)
        case "waktu_kejadian":
            return since_when(typed, base)
        case "tanggal":
            return _day(typed, said, base)
        case "telepon":
            return _phone(said)
        case "nomor":
            return Typed(said) if _LETTER_NUMBER.fullmatch(said) else Typed(doubt="bukan nomor surat")
        case "nip":
            digits = re.sub(r"\D", "", said)
            return Typed(digits) if len(digits) == 18 else Typed(doubt="NIP terdiri atas 18 angka")
        case _:
            return Typed(doubt="nilainya berupa pertanyaan") if typed.rstrip().endswith("?") else Typed(said)


def office_doubt(names: tuple[str, ...], said: str) -> str:
    """Why a name typed for an office is asked back."""
    if not names:
        return f"“{said}” tidak ada dalam daftar perangkat daerah"
    listed = ", ".join(names[:4]) + (", …" if len(names) > 4 else "")
    return f"“{said}” dapat berarti {listed}; sebutkan salah satu dengan nama lengkapnya"


def since_when(typed: str, base: datetime, *, hour_needed: bool = False) -> Typed:
    """A moment that has been by `base`: ISO 8601 with +07:00, a bare date where no hour is given and none is needed."""
    said = bare(typed)
    base = base.astimezone(WIB)
    if _DOUBT.search(typed):
        return Typed(doubt=f"“{said}” bukan waktu yang pasti")
    if contradicts_itself(said):
        return Typed(doubt=f"hari dan tanggal pada “{said}” tidak cocok")
    if iso := _iso(said):
        found = iso
    elif len(list(times(said))) > 1 or len({day for day, _, _ in dates(said)}) > 1:
        return Typed(doubt=f"“{said}” memuat lebih dari satu waktu")
    else:
        found = began_at(f"sejak {_OWN_TIME_WORD.sub('', said)}", base)
    how = "tulis misalnya 23-11-2026 pukul 07.30; waktu yang akan datang tidak diterima"
    if not found or _moment(found) > base + CLOCKS_DIFFER:
        return Typed(doubt=f"“{said}” tidak dapat dibaca sebagai waktu yang sudah lewat; {how}")
    names_day = (
        _SAYS_DAY.search(said) or says_weekday(said) or list(dates(said)) or list(short_dates(said, base.date()))
    )
    if not iso and not names_day and _moment(found).date() != base.date() and base.hour >= SMALL_HOURS:
        return Typed(doubt=f"“{said}” belum lewat hari ini; sebutkan tanggalnya, {how}")
    if hour_needed and len(found) == len("2026-11-23"):
        return Typed(doubt=f"jam pada “{said}” tidak disebut; {how}")
    return Typed(found)


def _iso(said: str) -> str:
    """As forms and programs write it: "2026-11-23T07:30", "2026-11-23"; "" where it is not of that form."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?", said):
        return ""
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        return ""
    if len(said) == len("2026-11-23"):
        return said
    return (at.astimezone(WIB) if at.tzinfo else at.replace(tzinfo=WIB)).replace(microsecond=0).isoformat()


def _moment(iso: str) -> datetime:
    at = datetime.fromisoformat(iso)
    return at if at.tzinfo else at.replace(tzinfo=WIB)


def _office(typed: str, said: str, offices: Offices) -> Typed:
    names = offices.fitting(said)
    if len(names) != 1:
        return Typed(doubt=office_doubt(names, said))
    beside = _BESIDE_OFFICE.sub("", offices.named_in(said)[1]) if offices.named_in(said)[0] else ""
    if beside or _DOUBT.search(typed):
        return Typed(doubt=f"“{said}” belum pasti berarti {names[0]}; tulis nama perangkat daerahnya saja")
    return Typed(names[0])


def _services(typed: str, said: str, services: Mapping[str, str]) -> Typed:
    known = {name.replace("_", " "): name for name in CATEGORIES} | {
        label.lower(): key for key, label in services.items()
    }
    if _DOUBT.search(typed):
        return Typed(doubt=f"“{said}” belum pasti")
    found = list[str]()
    for item in _ITEMS.split(said.lower()):
        meant = [known[item]] if item in known else sorted(named(item)) if len(item.split()) <= 4 else []
        if len(meant) != 1:
            offered = ", ".join(services.values())
            return Typed(doubt=f"“{item}” bukan nama layanan yang dikenal; yang dikenal: {offered}")
        found += meant
    return Typed(services=tuple(name for name in CATEGORIES if name in found))


def _day(typed: str, said: str, base: datetime) -> Typed:
    today = base.astimezone(WIB).date()
    found = {day for day, _, _ in dates(said)} or {day for day, _, _ in short_dates(said, today)}
    if re.fullmatch(r"\d{4}-\d\d-\d\d", said) and _iso(said):
        found = {date.fromisoformat(said)}
    if len(found) != 1 or _DOUBT.search(typed):
        return Typed(doubt=f"“{said}” tidak dapat dibaca sebagai satu tanggal; tulis misalnya 23 November 2026")
    if contradicts_itself(said):
        return Typed(doubt=f"hari dan tanggal pada “{said}” tidak cocok")
    day = found.pop()
    return Typed(day.isoformat()) if day <= today else Typed(doubt=f"“{said}” belum terjadi")


def _phone(said: str) -> Typed:
    found = list(dict.fromkeys(digits for digits, _ in phones(f"Telp. {said}")))
    if len(found) == 1:
        return Typed(found[0])
    return Typed(doubt=f"“{said}” tidak dapat dibaca sebagai satu nomor telepon")
