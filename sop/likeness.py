"""Which open incidents may be the same outage: advice for Helpdesk, who alone links them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sop.report import Report

NEAR = timedelta(hours=3)
"""Two reports of one outage name starts that differ by what people noticed when."""
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Reported:
    """An open incident as it was reported. `at` (aware) is when the report came in."""

    number: str
    report: Report
    at: datetime


@dataclass(frozen=True, slots=True)
class Similar:
    """An incident that may be the same outage, in the words of its report, as the journal and the templates name them.

    Attributes:
        nomor: the incident's number.
        selesai: "ya" where it has ended.
    """

    nomor: str
    opd: str = ""
    hal: str = ""
    waktu_kejadian: str | None = None
    selesai: str | None = None


def likely_same(report: Report, at: datetime, others: Iterable[Reported]) -> tuple[Similar, ...]:
    """Incidents with a service in common that began at about the same time, or that the same address reported in the
    same words; the nearest first.
    """
    services = set(report.layanan or ())
    began = _began(report, at)
    near: list[tuple[timedelta, Reported]] = []
    for other in others:
        distance = abs(_began(other.report, other.at) - began)
        alike = services & set(other.report.layanan or ()) or _same_words(report, other.report)
        if alike and distance <= NEAR:
            near.append((distance, other))
    near.sort(key=lambda pair: (pair[0], pair[1].number))
    return tuple(similar(other.number, other.report) for _, other in near[:SHOWN])


def similar(number: str, report: Report) -> Similar:
    """Incident `number`, as one is told of that may be the same."""
    return Similar(number, report.opd or "", report.hal or "", report.waktu_kejadian or "")


def _same_words(report: Report, other: Report) -> bool:
    alike = (report.email, report.ringkasan) == (other.email, other.ringkasan)
    return bool(report.email and report.ringkasan) and alike


def _began(report: Report, at: datetime) -> datetime:
    """The start that the letter gives with its hour, else when the report came in: a bare date says too little."""
    try:
        began = datetime.fromisoformat(report.waktu_kejadian or "")
    except ValueError:
        return at
    return began if began.tzinfo is not None else at
