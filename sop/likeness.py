"""Which open incidents may be the same outage: advice for Helpdesk, who alone links them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

NEAR = timedelta(hours=3)
"""Two reports of one outage name starts that differ by what people noticed when."""
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Reported:
    """An open incident as it was reported. `at` (aware) is when the report came in."""

    number: str
    report: Mapping[str, Any]
    at: datetime


def likely_same(report: Mapping[str, Any], at: datetime, others: Iterable[Reported]) -> tuple[dict[str, str], ...]:
    """Incidents with a service in common that began at about the same time, or that the same address reported in the
    same words; the nearest first (JSON values).
    """
    services = set(report.get("layanan") or ())
    began = _began(report, at)
    near: list[tuple[timedelta, Reported]] = []
    for other in others:
        distance = abs(_began(other.report, other.at) - began)
        alike = services & set(other.report.get("layanan") or ()) or _same_words(report, other.report)
        if alike and distance <= NEAR:
            near.append((distance, other))
    near.sort(key=lambda pair: (pair[0], pair[1].number))
    return tuple(
        {
            "nomor": other.number,
            "opd": str(other.report.get("opd") or ""),
            "hal": str(other.report.get("hal") or ""),
            "waktu_kejadian": str(other.report.get("waktu_kejadian") or ""),
        }
        for _, other in near[:SHOWN]
    )


def _same_words(report: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(report.get(name) and report.get(name) == other.get(name) for name in ("email", "ringkasan"))


def _began(report: Mapping[str, Any], at: datetime) -> datetime:
    """The start that the letter gives with its hour, else when the report came in: a bare date says too little."""
    try:
        began = datetime.fromisoformat(str(report.get("waktu_kejadian") or ""))
    except ValueError:
        return at
    return began if began.tzinfo is not None else at
