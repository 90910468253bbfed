"""From events to the incident as it stands. The same events always give the same incident."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from operator import is_

from sop import events as happened
from sop.details import NO_DETAILS, Details
from sop.events import Event
from sop.incident import Answered, Asked, Correction, Incident, Visit

_MOST_KEPT = 256
_kept: dict[str, tuple[tuple[Event, ...], Incident]] = {}
"""By number, what an incident came to when it was folded last."""


def fold(number: str, events: Iterable[Event], onto: Incident | None = None) -> Incident:
    """The incident after `events`, in order. `onto` continues from a state folded before."""
    return folded(number, events, onto) if onto is not None else _from_the_first(number, tuple(events))


def _from_the_first(number: str, events: tuple[Event, ...]) -> Incident:
    """Only what is new is folded, where the events begin with the very same that were folded the last time."""
    before, came_to = _kept.get(number, ((), Incident(number)))
    if len(before) > len(events) or not all(map(is_, before, events)):
        before, came_to = (), Incident(number)
    if len(before) < len(events):
        came_to = folded(number, events[len(before) :], came_to)
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[number] = (events, came_to)
    return came_to


def folded(number: str, events: Iterable[Event], onto: Incident | None = None) -> Incident:
    """As `fold`, of nothing but the events."""
    incident = onto or Incident(number)
    newest: Event | None = None
    for newest in events:
        incident = _apply(incident, newest)
    return replace(incident, seq=newest.seq, last=newest.at) if newest else incident


def _apply(incident: Incident, event: Event) -> Incident:
    if isinstance(event.data, happened.Answer | happened.Late | happened.OrderAdded):
        incident = _directed(incident, event.data, event.at)
    match event.data:
        case happened.Reported() as data:
            return replace(
                incident,
                opened=event.at,
                received=data.received,
                channel=data.channel,
                mail=data.mail,
                report=data.report,
                like=data.like or (),
                continues=data.continues or "",
                reopened=data.reopened,
                procedure=data.procedure,
                version=data.version,
            )
        case happened.FollowedUp() as data:
            known = incident.report.updated(data.report)
            asked = incident.reporter_asked or bool(data.reporter_asked)
            return replace(incident, follow_ups=(*incident.follow_ups, data.text), report=known, reporter_asked=asked)
        case happened.Enriched() as data:
            return replace(incident, report=incident.report.updated(data.report))
        case happened.Corrected() as data:
            return _corrected(incident, event.at, data)
        case happened.StageStarted() as data:
            visit = Visit(data.stage, data.visit, event.at, data.note)
            return replace(incident, visits=(*incident.visits, visit))
        case happened.Closed() as data:
            return replace(_left(incident, event.at), outcome=data.outcome, closed=event.at, holders=data.holders or ())
        case happened.ClockSetBack() as data:
            return _set_back(incident, event.at, timedelta(seconds=data.seconds))
        case happened.Withdrawn():
            return _left(incident, event.at)
        case happened.Continued() as data:
            return replace(incident, continued_as=data.incident, continued_by=data.reopened)
        case _:
            return _apply_aside(incident, event)


def _directed(
    incident: Incident, data: happened.Answer | happened.Late | happened.OrderAdded, at: datetime
) -> Incident:
    """What an answer orders besides, whatever became of the answer itself, or what was added to one."""
    if isinstance(data, happened.OrderAdded):
        details = Details(directions=data.directions)
        order = Answered("", at, data.person, data.name, data.title, text=data.text, details=details)
        return replace(incident, directions=(*incident.directions, order))
    if data.details is None or not data.details.directions:
        return incident
    return replace(incident, directions=(*incident.directions, _answer(data, at)))


def _corrected(incident: Incident, at: datetime, data: happened.Corrected) -> Incident:
    now = incident.report
    fields = tuple(name for name in data.report.said() if getattr(data.report, name) != getattr(now, name))
    correction = Correction(at, data.person, data.name, data.title, fields)
    like = incident.like if data.like is None else data.like
    corrections = (*incident.corrections, correction)
    return replace(incident, report=now.updated(data.report), corrections=corrections, like=like)


def _left(incident: Incident, at: datetime) -> Incident:
    """Whoever is waited for is waited for no more."""
    if not incident.visits or incident.visits[-1].answer is not None:
        return incident
    return replace(incident, visits=(*incident.visits[:-1], replace(incident.visits[-1], left=True, left_at=at)))


def _apply_aside(incident: Incident, event: Event) -> Incident:
    """Other reports of the same outage, and what changes no wait."""
    match event.data:
        case happened.Linked() as data:
            return replace(_left(incident, event.at), linked_to=data.to)
        case happened.Unlinked():
            return replace(incident, linked_to="")
        case happened.TookIn() as data:
            return replace(incident, joined=(*incident.joined, data))
        case happened.LetGo() as data:
            left = tuple(other for other in incident.joined if other.incident != data.incident)
            return replace(incident, joined=left)
        case happened.Undelivered() as data:
            return _unreached(incident, data) if data.asks else incident
        case happened.Late() as data:
            passed_on = (data.person,) if data.remark else ()
            late = (*incident.late, (data.person, data.stage, data.visit))
            return replace(incident, late=late, remarks=(*incident.remarks, *passed_on))
        case happened.Objected() as data:
            objections = (*incident.objections, (data.person, data.stage, data.visit))
            return replace(incident, objections=objections, remarks=(*incident.remarks, data.person))
        case happened.AnsweredAfterEnd() as data:
            receipt = _answer(data, event.at) if data.person else None
            return replace(incident, outcome=data.outcome, receipt=receipt)
        case happened.Remarked() | happened.OrderAdded() as data:
            return replace(incident, remarks=(*incident.remarks, data.person))
        case happened.Untrusted() as data:
            return replace(incident, refused=(*incident.refused, data.sender))
        case happened.Delegated():
            return incident
        case _:
            return _apply_to_visit(incident, event)


def _unreached(incident: Incident, data: happened.Undelivered) -> Incident:
    """A mail that asked for an answer came back; one of a visit that is over says nothing about the present one."""
    visit = incident.current
    if visit is None or (visit.stage, visit.number) != (data.stage, data.visit):
        return incident
    unreached = tuple(dict.fromkeys((*visit.unreached, data.person)))
    return replace(incident, visits=(*incident.visits[:-1], replace(visit, unreached=unreached)))


def _apply_to_visit(incident: Incident, event: Event) -> Incident:
    visit = incident.visits[-1]
    match event.data:
        case happened.Asked() as data:
            official = (data.person, data.name, data.title, data.role, data.capacity)
            asked = Asked(*official, event.at, nip=data.nip or "", mandate=data.mandate or "")
            visit = replace(visit, asked=(*visit.asked, asked))
        case happened.Released() as data:
            still = tuple(asked for asked in visit.asked if asked.person != data.person)
            gone = [replace(asked, until=event.at) for asked in visit.asked if asked.person == data.person]
            reached = tuple(person for person in visit.unreached if person != data.person)
            visit = replace(visit, asked=still, released=(*visit.released, *gone[-1:]), unreached=reached)
        case happened.Unclear() as data:
            visit = replace(visit, unclear=(*visit.unclear, data.person))
            incident = replace(incident, remarks=(*incident.remarks, *([data.person] if data.remark else [])))
        case happened.Proposed() as data:
            visit = replace(visit, proposed=(*visit.proposed, data))
        case happened.Reassigned() as data:
            visit = replace(visit, left=True, left_at=event.at, given_to=data.people, given_by=data.person)
        case happened.Away() as data:
            visit = replace(visit, away=(*visit.away, data.person))
        case happened.LadderClimbed() as data:
            visit = replace(visit, rungs=data.rung + 1, repeats=data.times, climbed=event.at)
        case happened.Answered() as data:
            visit = replace(visit, answer=_answer(data, event.at))
        case happened.SystemActed() as data:
            visit = replace(visit, answer=Answered(data.decision, event.at))
        case happened.Recorded() as data:
            visit = replace(visit, recorded=(*visit.recorded, _answer(data, event.at)))
        case happened.Extended() as data:
            extension = visit.extension + timedelta(minutes=data.minutes)
            visit = replace(visit, recorded=(*visit.recorded, _answer(data, event.at)), extension=extension)
    return replace(incident, visits=(*incident.visits[:-1], visit))


def _answer(data: happened.Answer | happened.Late, at: datetime) -> Answered:
    return Answered(
        decision=data.decision,
        at=at,
        person=data.person,
        name=data.name,
        title=data.title,
        capacity=data.capacity or "",
        text=data.text,
        details=data.details or NO_DETAILS,
        received=data.received if isinstance(data, happened.Answered) else None,
    )


def _set_back(incident: Incident, now: datetime, span: timedelta) -> Incident:
    """What lies ahead of `now` was recorded by a clock that ran ahead by `span`: the waits keep their length."""

    known = [m for m in (incident.opened, incident.received, *_moments(incident.visits)) if m is not None and m <= now]
    earliest = max(known, default=now - span)

    def real(moment: datetime) -> datetime:
        return max(moment - span, earliest) if moment > now else moment

    def visit_then(visit: Visit) -> Visit:
        started, climbed = real(visit.started), visit.climbed and real(visit.climbed)
        # What has been repeated is repeated no later than that long after it, however far the clock had run ahead.
        ahead = visit.climbed - climbed if visit.climbed and climbed else timedelta()
        return replace(
            visit,
            started=started,
            climbed=climbed,
            early=visit.early + max(ahead - (visit.started - started), timedelta()),
            asked=tuple(replace(asked, at=real(asked.at)) for asked in visit.asked),
            released=tuple(
                replace(asked, at=real(asked.at), until=asked.until and real(asked.until)) for asked in visit.released
            ),
            recorded=tuple(replace(answer, at=real(answer.at)) for answer in visit.recorded),
            answer=_answered_at(visit.answer, real) if visit.answer else None,
            left_at=visit.left_at and real(visit.left_at),
        )

    return replace(
        incident,
        opened=incident.opened and real(incident.opened),
        received=incident.received and real(incident.received),
        closed=incident.closed and real(incident.closed),
        directions=tuple(replace(said, at=real(said.at)) for said in incident.directions),
        receipt=incident.receipt and replace(incident.receipt, at=real(incident.receipt.at)),
        visits=tuple(visit_then(visit) for visit in incident.visits),
    )


def _answered_at(answer: Answered, real: Callable[[datetime], datetime]) -> Answered:
    return replace(answer, at=real(answer.at), received=answer.received and real(answer.received))


def _moments(visits: tuple[Visit, ...]) -> list[datetime]:
    answers = [answer for visit in visits for answer in (*visit.recorded, *([visit.answer] if visit.answer else []))]
    asked = [asked.at for visit in visits for asked in visit.asked]
    return [*(visit.started for visit in visits), *asked, *(answer.at for answer in answers)]
