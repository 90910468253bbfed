"""A small office without mail: facts reach its incidents, and what follows is recorded as the journal would.

What belongs to the handlers is done here as they do it: both sides of a link together, incidents that end with another,
reminders that name what else waits, deadlines that are looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from sop.decide import CLOCKS_MAY_DIFFER, decide, next_deadline
from sop.events import Event
from sop.facts import EndedWith, Fact, PeopleChanged, TimePassed
from sop.incident import Incident
from sop.mails import MailTemplate
from sop.people import Directory
from sop.procedure import Procedure
from sop.verdict import Outgoing, Verdict
from tests.histories.people import changed

PREFIX = "DKL-2026-"


@dataclass(slots=True)
class Case:
    """One incident. `served`: by number of an event, which of the life's directories it was decided by."""

    incident: Incident
    events: list[Event] = field(default_factory=list)
    served: dict[int, int] = field(default_factory=dict)
    deadlines: dict[int, datetime | None] = field(default_factory=dict)


class Life:
    """An office from one letter until nothing waits. `now`: its clock (aware), which may be set back."""

    def __init__(self, procedure: Procedure, chance: Random, people: Directory, now: datetime, first: int) -> None:
        self.procedure, self.chance, self.now, self._next = procedure, chance, now, first
        self.directories, self.cases = [people], dict[str, Case]()
        self.kinds = set[str]()
        self._reminders = list[tuple[str, datetime, Mapping[str, int]]]()

    @property
    def people(self) -> Directory:
        return self.directories[-1]

    def new_number(self) -> str:
        self._next += 1
        return f"{PREFIX}{self._next:04d}"

    def incident(self, number: str) -> Incident:
        return self.cases[number].incident if number in self.cases else Incident(number)

    def open(self) -> list[str]:
        return [number for number, case in self.cases.items() if not case.incident.outcome]

    def happens(self, facts: Mapping[str, Fact]) -> bool:
        """Carry out one fact each on several incidents, all or none. Returns whether anything was recorded."""
        self.now += timedelta(milliseconds=1)  # a clock goes on between any two facts
        verdicts = {number: self._decided(number, fact) for number, fact in facts.items()}
        if not all(verdict.took_effect for verdict in verdicts.values()):
            return False
        ending = [EndedWith(v.incident.outcome) for v in verdicts.values() if v.incident.outcome]
        linked = {
            other.incident: ending[0]
            for number, verdict in verdicts.items()
            if verdict.incident.outcome and verdict.incident.outcome != self.incident(number).outcome
            for other in verdict.incident.joined
        }
        verdicts |= {number: self._decided(number, fact) for number, fact in linked.items()}
        self.kinds |= {type(fact).__name__ for fact in (*facts.values(), *linked.values())}
        for number, verdict in verdicts.items():
            self._write(number, verdict)
        return True

    def time_goes_on(self, by: timedelta) -> None:
        self.now += by
        self.look_at_deadlines()

    def look_at_deadlines(self) -> None:
        for number in self.open():
            at, last = next_deadline(self.procedure, self.incident(number)), self.incident(number).last
            ahead = last is not None and at is not None and last > self.now + CLOCKS_MAY_DIFFER
            if ahead or (at is not None and at <= self.now):
                self.happens({number: TimePassed(self._just_reminded(number))})

    def people_change(self) -> None:
        self.directories.append(changed(self.people, self.chance, self.now))
        self.follow_directory()

    def follow_directory(self) -> None:
        for number in self.open():
            self.happens({number: PeopleChanged()})

    def _decided(self, number: str, fact: Fact) -> Verdict:
        return decide(self.procedure, self.incident(number), fact, self.people, self.now)

    def _write(self, number: str, verdict: Verdict) -> None:
        case = self.cases.setdefault(number, Case(Incident(number)))
        case.incident = verdict.incident
        if not verdict.events:
            return
        written = [mail for mail in verdict.mails if _has_address(verdict.incident, mail)]
        named = {str(mail.key): also for mail in written if (also := self._also_waiting(mail, number))}
        for key, also in named.items():
            self._reminders.append((key.rpartition("/")[2], self.now, also))
        mails = tuple(str(mail.key) for mail in written)
        case.events += [*verdict.events[:-1], replace(verdict.events[-1], mails=mails, also_reminded=named)]
        case.served |= {event.seq: len(self.directories) - 1 for event in verdict.events}
        case.deadlines[verdict.events[-1].seq] = next_deadline(self.procedure, verdict.incident)

    def _also_waiting(self, mail: Outgoing, number: str) -> dict[str, int]:
        if mail.template != MailTemplate.REMINDER:
            return {}
        return {
            other: case.incident.seq
            for other, case in self.cases.items()
            if other != number and case.incident.current and case.incident.current.may_answer(mail.person.name)
        }

    def _just_reminded(self, number: str) -> frozenset[str]:
        since, seq = self.now - self.procedure.merge_reminders, self.incident(number).seq
        told = (one for one in self._reminders if one[2].get(number) == seq)
        return frozenset(person for person, at, _ in told if since <= at <= self.now + CLOCKS_MAY_DIFFER)


def _has_address(incident: Incident, mail: Outgoing) -> bool:
    if not mail.person.is_reporter:
        return True
    linked = next((one.report for one in incident.joined if one.incident == mail.person.incident), incident.report)
    return bool(linked.email) and not linked.tanpa_balasan
