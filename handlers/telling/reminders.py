"""Several incidents wait for one official: one reminder names them all, each to be answered by a tap.

Which others a reminder names stands in the journal, with how far each had come. Only those count as reminded: what
there was no room for gets a reminder of its own, and so does what has gone on since.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import Connection

from handlers.ports import Ports
from outbox import queue
from outbox.matter import AlsoWaiting
from outbox.queue import QueuedMail
from register import journal
from sop.after_end import may_still_come
from sop.decide import CLOCKS_MAY_DIFFER
from sop.draft import Draft
from sop.events import ClockSetBack, Event
from sop.incident import Incident, Visit, due
from sop.mail_key import MailKey
from sop.mails import MailTemplate

MOST = 30
"""So many a reminder names one by one; nobody answers more before the next one comes."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What else waits for a reader.

    Attributes:
        shown: what the reminder names, as it shows it.
        named: the incidents among them, with the number of their newest event.
        more: how many there was no room for.
    """

    shown: tuple[AlsoWaiting, ...] = ()
    named: Mapping[str, int] = field(default_factory=dict)
    more: int = 0


def also_waiting(ports: Ports, person: str, number: str, span: timedelta) -> Waiting:
    """What else waits for `person` besides incident `number`, the longest first.

    What a reminder not `span` old has told them of is left out: it gives room to what none has.
    """
    with ports.database.reading() as tx:
        seen = {number}
        for reminder, event in _reminders(ports, tx, person, span):
            seen |= {reminder.incident, *named_by(event, reminder.key)}
        return _waiting(ports, tx, person, seen)


def all_waiting(ports: Ports, person: str) -> Waiting:
    """All that waits for `person`, the longest first, whatever they have been reminded of."""
    with ports.database.reading() as tx:
        return _waiting(ports, tx, person, set(), teams=True)


def _waiting(ports: Ports, tx: Connection, person: str, seen: set[str], *, teams: bool = False) -> Waiting:
    """But for the incidents in `seen`, which grows. `teams`: each team is offered too, as in the request."""
    shown, named, more = list[AlsoWaiting](), dict[str, int](), 0
    for row in queue.requests_to(tx, person):
        if row.incident in seen:
            continue  # or somebody who came back, and was asked twice
        incident = journal.read_incident(tx, row.incident)
        visit = incident.current
        if visit is None or (visit.stage, visit.number) != (row.stage, row.visit) or not visit.may_answer(person):
            continue
        seen.add(row.incident)
        if len(shown) == MOST:
            more += 1
            continue
        named[row.incident] = incident.seq
        shown.append(_as_shown(ports, tx, row, incident, visit, teams=teams))
    # In the order of their numbers: so they stand in the journal too, and "yang kedua" means the same there.
    return Waiting(tuple(sorted(shown, key=lambda other: other.nomor)), named, more)


def waiting_now(ports: Ports, tx: Connection, person: str, numbers: Collection[str]) -> tuple[AlsoWaiting, ...]:
    """Those of the incidents `numbers` that wait for `person` now, or take an answer of theirs after the end, in the
    order of their numbers.
    """
    found = dict[str, AlsoWaiting]()
    for number in sorted(numbers):
        found |= _open_after_end(ports, tx, person, number)
    for row in queue.requests_to(tx, person):
        incident = journal.read_incident(tx, row.incident) if row.incident in numbers else None
        visit = incident.current if incident else None
        if incident is None or visit is None or (visit.stage, visit.number) != (row.stage, row.visit):
            continue
        if visit.may_answer(person):
            found[row.incident] = _as_shown(ports, tx, row, incident, visit)
    return tuple(found[number] for number in sorted(found))


def _open_after_end(ports: Ports, tx: Connection, person: str, number: str) -> dict[str, AlsoWaiting]:
    """The incident by its number, with the answers that may still come; nothing where it takes none."""
    standing = journal.read_standing(tx, number)
    incident = standing.incident
    if not incident.outcome:
        return {}
    for row in reversed(queue.of_incident(tx, number)):
        if not row.asks or row.template == MailTemplate.REMINDER or row.person.name != person:
            continue
        place = row.stage, row.visit
        if may := may_still_come(standing.procedure, incident, place, person, ports.now()):
            return {number: _as_shown(ports, tx, row, incident, incident.visits[-1], may=may)}
    return {}


def _as_shown(
    ports: Ports,
    tx: Connection,
    request: QueuedMail,
    incident: Incident,
    visit: Visit,
    *,
    teams: bool = False,
    may: tuple[str, ...] = (),
) -> AlsoWaiting:
    """`may`: the answers that may still come after the end."""
    procedure = journal.pinned_procedure(tx, incident.procedure, incident.version)
    stage = procedure.stage(visit.stage)
    offered = list(may) or [reply.decision for reply in stage.replies]
    if teams:
        offered = [*Draft(procedure, incident, ports.directory(), ports.now()).teams_offered(stage), *offered]
    return AlsoWaiting(
        nomor=incident.number,
        tahap=stage.label,
        opd=incident.report.opd or ports.words.no_office_subject,
        hal=incident.report.hal or "",
        tenggat=None if may else due(visit, stage, request.person.name),
        pilihan=ports.composer.choices(offered, incident.number, request.token),
    )


def just_reminded(ports: Ports, incident: Incident, span: timedelta) -> frozenset[str]:
    """Ids of those who are asked in `incident`, and whom a reminder about another one, not `span` old, told of it."""
    visit = incident.current
    if visit is None or not span:
        return frozenset()
    with ports.database.reading() as tx:
        return frozenset(
            person
            for person in dict.fromkeys(asked.person for asked in visit.asked)
            for reminder, event in _reminders(ports, tx, person, span)
            if named_by(event, reminder.key).get(incident.number) == incident.seq
        )


def named_by(event: Event, key: MailKey) -> Mapping[str, int]:
    """Which other incidents the reminder `key`, which `event` brought about, named; and how far each had come."""
    return event.also_reminded.get(str(key), {})


def named_by_reminder(tx: Connection, reminder: QueuedMail) -> Mapping[str, int]:
    """Which other incidents a reminder named, in its order, with the number of each one's newest event then."""
    for event in journal.read_events(tx, reminder.incident):
        if str(reminder.key) in event.mails:
            return dict(sorted(named_by(event, reminder.key).items()))
    return {}


def _reminders(ports: Ports, tx: Connection, person: str, span: timedelta) -> Iterator[tuple[QueuedMail, Event]]:
    """The reminders to `person` of the last `span`, oldest first, each with the event that brought it about.

    What seems of this minute may be of a clock that has been set back since: one that lies ahead is none of them, nor
    one after which its incident noted the setting back.
    """
    now = ports.now()
    for row in queue.queued_between(tx, MailTemplate.REMINDER, person, now - span, now + CLOCKS_MAY_DIFFER):
        brought: Event | None = None
        for event in journal.read_events(tx, row.incident):
            if str(row.key) in event.mails:
                brought = event
            elif isinstance(event.data, ClockSetBack):
                brought = None
        if brought is not None:
            yield row, brought
