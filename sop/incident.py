"""One incident as it stands: where it is, who is waited for, and how the time was spent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sop.details import NO_DETAILS, Details
from sop.events import Holder, Proposed, TookIn
from sop.facts import Reopening
from sop.likeness import Similar
from sop.procedure import Procedure, Stage
from sop.report import NOTHING, Report


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who may answer a stage; `title`, `nip` and `mandate` as they stood in the directory then."""

    person: str
    name: str
    title: str
    role: str
    capacity: str
    at: datetime
    until: datetime | None = None
    """When they were released from it."""
    nip: str = ""
    mandate: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as it stands in the record. `person` is "" when the system acted."""

    decision: str
    at: datetime
    person: str = ""
    name: str = ""
    title: str = ""
    capacity: str = ""
    text: str = ""
    details: Details = NO_DETAILS
    received: datetime | None = None
    """When it came in, where it had to wait for the desk."""

    @property
    def came(self) -> datetime:
        """When it came in: nobody is late because the desk was."""
        return self.received or self.at


@dataclass(frozen=True, slots=True)
class Correction:
    """Who mended which fields of the card; none of them: what they wrote could not be carried out."""

    at: datetime
    person: str
    name: str
    title: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Visit:
    """One stay in a stage. The same stage can be visited again when something is returned."""

    stage: str
    number: int
    started: datetime
    note: str = ""
    asked: tuple[Asked, ...] = ()
    released: tuple[Asked, ...] = ()
    """Who is no longer waited for; once for each time."""
    rungs: int = 0
    repeats: int = 0
    climbed: datetime | None = None
    """When the last rung was taken."""
    early: timedelta = timedelta()
    """By how much sooner its last rung is repeated: it was taken by a clock that has been set back since."""
    extension: timedelta = timedelta()
    recorded: tuple[Answered, ...] = ()
    unclear: tuple[str, ...] = ()
    """Who answered so that it could not be understood; once for each time."""
    proposed: tuple[Proposed, ...] = ()
    """What looked like answers: each counts only by its author's own OK to the mail that asks them for it."""
    away: tuple[str, ...] = ()
    """For whom a machine answered that they are absent."""
    unreached: tuple[str, ...] = ()
    """Whom a mail that asks for an answer did not reach."""
    answer: Answered | None = None
    left: bool = False
    """Nobody is waited for any more, although nobody answered: called off, or worked on in another incident."""
    left_at: datetime | None = None
    given_to: tuple[str, ...] = ()
    """Who works on it instead of the team that was silent."""
    given_by: str = ""

    @property
    def ended(self) -> datetime | None:
        """When its wait was over, with an answer or without."""
        return max(self.answer.came, self.started) if self.answer else self.left_at

    @property
    def called_off(self) -> bool:
        """Nobody answers it, nor somebody else instead: its time is nobody's."""
        return self.left and not self.given_to

    def may_answer(self, person: str) -> bool:
        return any(asked.person == person for asked in self.asked)

    def asked_of(self, person: str, at: datetime) -> Asked | None:
        """How `person` was asked, if they are, or still were when their mail came in (`at`, aware)."""
        then = (one for one in self.released if one.until is not None and one.at <= at < one.until)
        return next((one for one in (*self.asked, *then) if one.person == person), None)

    def was_asked(self, person: str) -> bool:
        """Whether `person` was ever asked here."""
        return self.how_asked(person) is not None

    def how_asked(self, person: str) -> Asked | None:
        """How `person` was asked here the last time, whether they still are or not."""
        return next((one for one in (*self.asked, *reversed(self.released)) if one.person == person), None)


@dataclass(frozen=True, slots=True)
class StepClock:
    """How one SOP step spent its time, as the register shows it.

    Each official of a step was promised the allowance of their own stage: the step's standard is the sum of these
    promises, and its time the sum of the stays in its stages. So no step is late in which everybody was in time.

    Attributes:
        standard: what was promised, extensions granted included; of a stage that was not come to, its allowance.
        spent: the stays in its stages; what was done elsewhere between two of them is not counted.
        started, answered: aware; None while it has not come to that.
        by: names of those who answered, in order; "Siaga (otomatis)" where the system acted.
        called_off: it was begun, and is waited for no more without an answer.
        on_time: None while open, or called off.
    """

    step: int
    standard: timedelta
    started: datetime | None = None
    answered: datetime | None = None
    by: tuple[str, ...] = ()
    called_off: bool = False
    spent: timedelta = timedelta()

    @property
    def on_time(self) -> bool | None:
        if self.started is None or self.answered is None:
            return None
        return self.spent <= self.standard

    @property
    def minutes(self) -> float | None:
        if self.started is None or self.answered is None:
            return None
        return round(self.spent.total_seconds() / 60, 1)


SYSTEM = "Siaga (otomatis)"


@dataclass(frozen=True, slots=True)
class Incident:
    """The state of one incident after its events so far."""

    number: str
    seq: int = 0
    opened: datetime | None = None
    received: datetime | None = None
    channel: str = ""
    mail: str = ""
    report: Report = NOTHING
    procedure: str = ""
    version: int = 0
    visits: tuple[Visit, ...] = ()
    follow_ups: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    like: tuple[Similar, ...] = ()
    """Incidents that may be the same outage, as seen when it was reported."""
    linked_to: str = ""
    """The incident this one is worked as part of."""
    joined: tuple[TookIn, ...] = ()
    """The reports that are worked as part of this one."""
    late: tuple[tuple[str, str, int], ...] = ()
    """(person, stage, visit) of every answer to what had been decided."""
    remarks: tuple[str, ...] = ()
    """Who said something that decides nothing, but is passed on; once for each time."""
    objections: tuple[tuple[str, str, int], ...] = ()
    """(person, stage, visit) of every doubt of an answer by whoever gave it."""
    directions: tuple[Answered, ...] = ()
    """The answers that ordered something besides (`details.directions`), oldest first."""
    receipt: Answered | None = None
    """The answer that came when it had ended, and made the end what it is."""
    reporter_asked: bool = False
    """Whether the reporter has been asked if a word about the ended incident was theirs."""
    refused: tuple[str, ...] = ()
    """Senders of answers that did not count; once for each time."""
    continues: str = ""
    """The ended incident whose outage this is, still or again."""
    continued_as: str = ""
    """The incident in which this one's outage is worked on again."""
    reopened: Reopening | None = None
    """Who had the work that it continues begin again; None if unknown."""
    continued_by: Reopening | None = None
    """Who had its own work begin again, after it had ended; likewise."""
    outcome: str = ""
    closed: datetime | None = None
    holders: tuple[Holder, ...] = ()
    """Who held, at its end, the roles in which nobody was ever asked."""
    last: datetime | None = None
    """When its newest event was recorded."""

    @property
    def current(self) -> Visit | None:
        """The visit that is waiting for an answer, if any."""
        if self.outcome or self.linked_to or not self.visits or self.visits[-1].answer is not None:
            return None
        return self.visits[-1]

    @property
    def corrected(self) -> dict[str, Correction]:
        """By field of the report, who corrected it last."""
        return {name: correction for correction in self.corrections for name in correction.fields}

    def was_asked(self, person: str) -> bool:
        """Whether `person` is or was asked in any step."""
        return any(visit.was_asked(person) for visit in self.visits)

    @property
    def also_hit(self) -> tuple[str, ...]:
        """The offices whose reports are worked as part of this one."""
        return tuple(dict.fromkeys(other.report.opd or other.incident for other in self.joined))

    def visit(self, stage: str, number: int) -> Visit | None:
        return next((v for v in self.visits if v.stage == stage and v.number == number), None)

    def asked_in(self, role: str) -> tuple[Asked, ...]:
        """Who was asked in `role` in the last visit in which somebody was: those who still are, in order, and then
        whoever was released, the last one first.
        """
        for visit in reversed(self.visits):
            if found := [one for one in (*visit.asked, *reversed(visit.released)) if one.role == role]:
                return tuple(found)
        return ()

    def last_answer(self, stage: str) -> Answered | None:
        answers = [visit.answer for visit in self.visits if visit.stage == stage and visit.answer]
        return answers[-1] if answers else None

    def step_clocks(self, procedure: Procedure) -> tuple[StepClock, ...]:
        """One clock for every step of the procedure, in order."""
        return tuple(self._clock(procedure, step.number) for step in procedure.steps)

    def _clock(self, procedure: Procedure, number: int) -> StepClock:
        step = procedure.step(number)
        if not step.stages:
            reporter = self.report.pengirim or self.report.opd or procedure.role_label("pelapor")
            # From when the mail server had the report until it was taken up: a desk that was down shows here, under its
            # own name. Everybody else's clock starts when they are asked: nobody is late because the desk was down.
            waited = self.opened is not None and self.received is not None and self.opened - self.received
            whose = SYSTEM if waited and waited > step.allowance else reporter
            spent = self.opened - self.received if self.opened and self.received else timedelta()
            return StepClock(number, step.allowance, self.received, self.opened, (whose,), spent=spent)
        names = {stage.name for stage in step.stages}
        visits = [visit for visit in self.visits if visit.stage in names]
        counted = [visit for visit in visits if not visit.called_off]
        standard = sum((_standard(stage, counted) for stage in step.stages), timedelta())
        clock = StepClock(number, standard)
        if not visits:
            return clock
        by = tuple(dict.fromkeys((visit.answer.name or SYSTEM) for visit in visits if visit.answer))
        # A step is over when the incident has left it; between two of its stages it still runs.
        left = visits[-1].answer is not None and (self.current is None or self.current.stage not in names)
        answered = visits[-1].ended if left and visits[-1].answer else None
        called_off = answered is None and visits[-1].left
        spent = sum((visit.ended - visit.started for visit in counted if visit.ended), timedelta())
        started = visits[0].started
        return replace(clock, started=started, answered=answered, by=by, called_off=called_off, spent=spent)


def _standard(stage: Stage, visits: list[Visit]) -> timedelta:
    """What was promised for all stays in a stage."""
    promises = [promised(visit, stage) for visit in visits if visit.stage == stage.name]
    return sum(promises, timedelta()) if promises else stage.allowance


def promised(visit: Visit, stage: Stage) -> timedelta:
    """For how long a visit may last: the allowance and extensions; longer where it was handed on while that still ran,
    for whoever is asked later gets the allowance from then on. Whoever steps in after it was over adds nothing.
    """
    allowed = stage.allowance + visit.extension
    until = visit.started + allowed
    for asked in sorted((*visit.released, *visit.asked), key=lambda one: one.at):
        if asked.at < until:
            until = max(until, asked.at + allowed)
    return until - visit.started


def is_own(incident: Incident, visit: Visit, person: str) -> bool:
    """Whether `person` (id) gave the answer of `visit`, or the receipt that came when it had ended the incident."""
    given = [visit.answer, incident.receipt if visit is incident.visits[-1] else None]
    return any(answer is not None and answer.person == person for answer in given)


def due(visit: Visit, stage: Stage, person: str = "") -> datetime:
    """The deadline the official is told: start plus allowance plus extensions.

    Whoever is asked later, as a deputy or superior, gets the allowance from then on; the step's clock runs on.
    """
    asked = max((asked.at for asked in visit.asked if asked.person == person), default=visit.started)
    return max(asked, visit.started) + stage.allowance + visit.extension


def next_rung(visit: Visit, stage: Stage) -> datetime | None:
    """When the ladder must be climbed next, or None when it has been climbed to its end."""
    if visit.rungs < len(stage.ladder):
        return visit.started + stage.ladder[visit.rungs].after + visit.extension
    last = stage.ladder[-1]
    if last.repeat is None:
        return None
    return visit.started + last.after + visit.extension + last.repeat * visit.repeats - visit.early
