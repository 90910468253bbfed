"""Whose minutes they were: for each official who was asked, what they were promised and what they took.

A step's clock (`sop.incident.StepClock`) adds up the stays in its stages against what was promised for them; here
every official is measured by their own promise alone, so that nobody is late by what another did.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sop.incident import Answered, Asked, Incident, Visit
from sop.procedure import Procedure, Stage


class Punctual(StrEnum):
    """How an official kept the time that was promised."""

    ON_TIME = "tepat"
    LATE = "terlambat"
    SILENT = "tidak menjawab"
    """Their time was over, and they had said nothing."""
    NOT_MEASURED = ""
    """Still waited for; or somebody else answered in time; or they were away, not reached or no longer asked."""


@dataclass(frozen=True, slots=True)
class OfficialClock:
    """How one official who was asked in one visit of a stage spent the time.

    Attributes:
        standard: what they were promised from `asked` on, extensions included.
        until: aware; when they answered, somebody else did, or they were released; None while they are waited for.
        answer: theirs, if they gave it.
    """

    stage: Stage
    visit: Visit
    official: Asked
    standard: timedelta
    until: datetime | None
    answer: Answered | None
    punctual: Punctual

    @property
    def minutes(self) -> float | None:
        if self.until is None:
            return None
        return round((self.until - self.official.at).total_seconds() / 60, 1)


def official_clocks(incident: Incident, procedure: Procedure) -> tuple[OfficialClock, ...]:
    """One for each official who was asked, in the order of the visits and in them of asking."""
    return tuple(
        _clock(procedure.stage(visit.stage), visit, official)
        for visit in incident.visits
        for official in sorted((*visit.released, *visit.asked), key=lambda one: one.at)
    )


def _clock(stage: Stage, visit: Visit, official: Asked) -> OfficialClock:
    answer = visit.answer if visit.answer and official is _answered_by(visit, visit.answer) else None
    standard = stage.allowance + visit.extension
    until = _until(visit, official, answer)
    return OfficialClock(stage, visit, official, standard, until, answer, _punctual(visit, official, standard, answer))


def _until(visit: Visit, official: Asked, answer: Answered | None) -> datetime | None:
    if answer is not None:
        return max(answer.came, official.at)
    ends = [moment for moment in (official.until, visit.ended) if moment is not None]
    return max(min(ends), official.at) if ends else None


def _punctual(visit: Visit, official: Asked, standard: timedelta, answer: Answered | None) -> Punctual:
    until = _until(visit, official, answer)
    if until is None:
        return Punctual.NOT_MEASURED
    in_time = until - official.at <= standard
    if answer is not None:
        return Punctual.ON_TIME if in_time else Punctual.LATE
    unable = official.until is not None or official.person in (*visit.away, *visit.unreached)
    return Punctual.NOT_MEASURED if in_time or unable else Punctual.SILENT


def _answered_by(visit: Visit, answer: Answered) -> Asked | None:
    """How whoever answered was asked: those who still are, then whoever was released last."""
    return visit.how_asked(answer.person) if answer.person else None
