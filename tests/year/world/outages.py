"""What fails in the offices, in the words of different people, and since when they say it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from types import MappingProxyType

from tests.year.world.calendar import WIB
from tests.year.world.offices import Style

MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
DAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]


@dataclass(frozen=True, slots=True)
class Outage:
    """A kind of outage, in several people's words.

    Attributes:
        services: categories a careful clerk may tick, the likeliest first.
        what: noun phrases of what fails; `fails`: how it does; `impact`: clauses of what comes of it.
        technical: what somebody who looked at the machines adds.
        minang: all of it in one Minang clause.
    """

    code: str
    services: tuple[str, ...]
    what: tuple[str, ...]
    fails: tuple[str, ...]
    impact: tuple[str, ...]
    technical: str
    minang: str


@dataclass(frozen=True, slots=True)
class Since:
    """How somebody says when it began, and what they have thereby said (ISO 8601, +07:00; "" when they do not say)."""

    words: str
    iso: str


def _outage(line: str) -> Outage:
    code, services, what, fails, impact, technical, minang = line.split(" | ")
    return Outage(code, tuple(services.split()), _list(what), _list(fails), _list(impact), technical, minang)


def _list(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(" / "))


def _read() -> Mapping[str, Outage]:
    lines = Path(__file__).with_name("outages.txt").read_text(encoding="utf-8").splitlines()
    found = [_outage(line) for line in lines if line and not line.startswith("#")]
    return MappingProxyType({one.code: one for one in found})


OUTAGES = _read()
"""By code, in the order of the table."""


def day_in_words(moment: datetime) -> str:
    """ "23 November 2026", in WIB."""
    local = moment.astimezone(WIB)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def began(rng: Random, now: datetime) -> datetime:
    """When an outage began that is reported now: mostly minutes ago, sometimes hours, to the minute."""
    minutes = rng.choice((5, 12, 25, 40, 55, 80, 110, 150, 200, 300)) + int(rng.random() * 9)
    return (now - timedelta(minutes=minutes)).replace(second=0, microsecond=0)


def part_of_day(hour: int) -> str:
    for until, name in ((11, "pagi"), (15, "siang"), (18, "sore")):
        if hour < until:
            return name if hour >= 4 else "dini hari"
    return "malam"


def since(rng: Random, start: datetime, now: datetime, style: Style) -> Since:
    """How a hand of that style says since when; now and then it does not."""
    local, today = start.astimezone(WIB), now.astimezone(WIB).date()
    clock, part = f"{local:%H.%M}", part_of_day(local.hour)
    iso = local.isoformat()
    if style in (Style.FORMAL, Style.SECRETARY):
        day = f"hari {DAYS[local.weekday()]} tanggal {day_in_words(local)}"
        return Since(rng.choice((f"sejak {day} pukul {clock} WIB", f"sejak {day} sekitar pukul {clock} WIB")), iso)
    if local.date() != today:
        if local.date() == today - timedelta(days=1):
            return Since(f"sejak kemarin {part} pukul {clock}", iso)
        return Since(f"sejak tanggal {day_in_words(local)} pukul {clock}", iso)
    draw = rng.random()
    if draw < 0.08:
        return Since("", "")
    if style is Style.MINANG:
        return Since(rng.choice((f"sajak jam {clock} tadi", f"dari jam {clock}")), iso)
    if style is Style.MIXER:
        return Since(rng.choice((f"since {clock}", f"dari jam {clock} tadi")), iso)
    if style in (Style.THUMB, Style.DICTATING, Style.EMOJI):
        return Since(rng.choice((f"dari jam {clock}", f"sejak jam {clock} tadi", f"dari tadi jam {clock}")), iso)
    return Since(rng.choice((f"sejak pukul {clock} WIB", f"sejak {part} ini pukul {clock}", f"mulai jam {clock}")), iso)
