"""From events to the incident as it stands. The same events always give the same incident."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sop.events import Event, Kind
from sop.incident import Answered, Asked, Incident, Joined, Proposed, Visit


def fold(number: str, events: Iterable[Event], onto: Incident | None = None) -> Incident:
    """The incident after `events`, in order. `onto` continues from a state folded before."""
    incident = onto or Incident(number)
    for event in events:
        incident = replace(_apply(incident, event), seq=event.seq, last=event.at)
    return incident


def _apply(incident: Incident, event: Event) -> Incident:
    data = event.data
    match event.kind:
        case Kind.REPORTED:
            return replace(
                incident,
                opened=event.at,
                received=datetime.fromisoformat(data["received"]),
                channel=data["channel"],
                mail=data.get("mail", ""),
                report=data["report"],
                like=tuple(data.get("like", ())),
                continues=data.get("continues", ""),
                reopened=data.get("reopened", {}),
                procedure=data["procedure"],
                version=data["version"],
            )
        case Kind.FOLLOWED_UP:
            known = {**incident.report, **data.get("report", {})}
            asked = incident.reporter_asked or bool(data.get("reporter_asked"))
            texts = (*incident.follow_ups, data.get("text", ""))
            return replace(incident, follow_ups=texts, report=known, reporter_asked=asked)
        case Kind.ENRICHED:
            return replace(incident, report={**incident.report, **data["report"]})
        case Kind.STAGE_STARTED:
            visit = Visit(data["stage"], data["visit"], event.at, data.get("note", ""))
            return replace(incident, visits=(*incident.visits, visit))
        case Kind.LINKED | Kind.UNLINKED | Kind.TOOK_IN | Kind.LET_GO:
            return _apply_link(incident, event)
        case Kind.CLOSED:
            return replace(_left(incident), outcome=data["outcome"], closed=event.at)
        case Kind.CLOCK_SET_BACK:
            return _set_back(incident, event.at, timedelta(seconds=data["seconds"]))
        case Kind.WITHDRAWN:
            return _left(incident)
        case Kind.DELEGATED:
            return incident
        case Kind.UNDELIVERED | Kind.LATE | Kind.UNTRUSTED | Kind.REMARKED | Kind.CONTINUED:
            return _apply_aside(incident, event)
        case _:
            return _apply_to_visit(incident, event)


def _left(incident: Incident) -> Incident:
    """Whoever is waited for is waited for no more."""
    if not incident.visits or incident.visits[-1].answer is not None:
        return incident
    return replace(incident, visits=(*incident.visits[:-1], replace(incident.visits[-1], left=True)))


def _apply_link(incident: Incident, event: Event) -> Incident:
    """Several reports of one outage."""
    data = event.data
    match event.kind:
        case Kind.LINKED:
            return replace(_left(incident), linked_to=data["to"])
        case Kind.UNLINKED:
            return replace(incident, linked_to="")
        case Kind.TOOK_IN:
            other = Joined(data["incident"], data["report"], data.get("letter", ""))
            return replace(incident, joined=(*incident.joined, other))
        case _:
            left = tuple(other for other in incident.joined if other.number != data["incident"])
            return replace(incident, joined=left)


def _apply_aside(incident: Incident, event: Event) -> Incident:
    """What changes no wait."""
    data = event.data
    match event.kind:
        case Kind.UNDELIVERED:
            return _unreached(incident, data) if data.get("asks") else incident
        case Kind.LATE:
            return replace(incident, late=(*incident.late, (data["person"], data["stage"], data["visit"])))
        case Kind.REMARKED:
            return replace(incident, remarks=(*incident.remarks, data["person"]))
        case Kind.UNTRUSTED:
            return replace(incident, refused=(*incident.refused, data["sender"]))
        case _:
            return replace(incident, continued_as=data["incident"], continued_by=data.get("reopened", {}))


def _unreached(incident: Incident, data: Mapping[str, Any]) -> Incident:
    """A mail that asked for an answer came back; one of a visit that is over says nothing about the present one."""
    visit = incident.current
    if visit is None or (visit.stage, visit.number) != (data["stage"], data["visit"]):
        return incident
    unreached = tuple(dict.fromkeys((*visit.unreached, data["person"])))
    return replace(incident, visits=(*incident.visits[:-1], replace(visit, unreached=unreached)))


def _apply_to_visit(incident: Incident, event: Event) -> Incident:
    data, visit = event.data, incident.visits[-1]
    match event.kind:
        case Kind.ASKED:
            asked = Asked(data["person"], data["role"], data["capacity"], event.at, data.get("reason", ""))
            visit = replace(visit, asked=(*visit.asked, asked))
        case Kind.RELEASED:
            still = tuple(asked for asked in visit.asked if asked.person != data["person"])
            gone = [replace(asked, until=event.at) for asked in visit.asked if asked.person == data["person"]]
            reached = tuple(person for person in visit.unreached if person != data["person"])
            visit = replace(visit, asked=still, released=(*visit.released, *gone[-1:]), unreached=reached)
        case Kind.UNCLEAR:
            visit = replace(visit, unclear=(*visit.unclear, data["person"]))
        case Kind.PROPOSED:
            said = Proposed(data["key"], data["person"], data["decision"], data["text"], data["details"])
            visit = replace(visit, proposed=(*visit.proposed, said))
        case Kind.REASSIGNED:
            visit = replace(visit, left=True, given_to=tuple(data["people"]), given_by=data["person"])
        case Kind.AWAY:
            visit = replace(visit, away=(*visit.away, data["person"]))
        case Kind.LADDER_CLIMBED:
            visit = replace(visit, rungs=data["rung"] + 1, repeats=data["times"], climbed=event.at)
        case Kind.ANSWERED | Kind.SYSTEM_ACTED:
            visit = replace(visit, answer=_answer(event))
        case Kind.RECORDED:
            visit = replace(visit, recorded=(*visit.recorded, _answer(event)))
        case Kind.EXTENDED:
            extension = visit.extension + timedelta(minutes=data["minutes"])
            visit = replace(visit, recorded=(*visit.recorded, _answer(event)), extension=extension)
    return replace(incident, visits=(*incident.visits[:-1], visit))


def _answer(event: Event) -> Answered:
    data = event.data
    return Answered(
        decision=data["decision"],
        at=event.at,
        person=data.get("person", ""),
        name=data.get("name", ""),
        title=data.get("title", ""),
        capacity=data.get("capacity", ""),
        text=data.get("text", ""),
        via=data.get("via", "sistem"),
        details=data.get("details", {}),
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
            answer=replace(visit.answer, at=real(visit.answer.at)) if visit.answer else None,
        )

    return replace(
        incident,
        opened=incident.opened and real(incident.opened),
        received=incident.received and real(incident.received),
        closed=incident.closed and real(incident.closed),
        visits=tuple(visit_then(visit) for visit in incident.visits),
    )


def _moments(visits: tuple[Visit, ...]) -> list[datetime]:
    answers = [answer for visit in visits for answer in (*visit.recorded, *([visit.answer] if visit.answer else []))]
    asked = [asked.at for visit in visits for asked in visit.asked]
    return [*(visit.started for visit in visits), *asked, *(answer.at for answer in answers)]
