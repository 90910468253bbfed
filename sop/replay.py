"""What has happened, decided again by the rules as they are now: the same must follow, or the difference is listed.

Pure: it reads events and changes nothing. Each fact is decided from where the incident stood by what was recorded, so
that one difference is listed once and what came after it is judged by itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sop.causes import Group, fact_of, groups
from sop.codec import object_of
from sop.decide import CLOCKS_MAY_DIFFER, decide, next_deadline
from sop.events import Answered, Closed, Data, Event, LadderClimbed
from sop.fold import fold
from sop.incident import Incident
from sop.people import Directory
from sop.procedure import Procedure
from sop.verdict import Outgoing, Verdict

Serving = Callable[[Incident, Group], Directory]
"""Who served when a group of events was recorded of an incident that stood so."""


@dataclass(frozen=True, slots=True)
class History:
    """What was recorded of one incident.

    Attributes:
        events: all of them, oldest first.
        deadlines: by the number of the last event of a group, when the incident was due next then (aware, or None); {}
            where that was not kept.
    """

    number: str
    procedure: Procedure
    events: tuple[Event, ...]
    deadlines: Mapping[int, datetime | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact from which something else follows now.

    Attributes:
        seq, at: of the first event that was recorded after it.
        fact: what kind of fact; "" where none is known that what was recorded could have come of.
        recorded: what followed then, but not now; `now` the other way round. A line each: an event's number, kind and
            data, "surat" and a mail's key, or "tenggat" and a moment.
    """

    incident: str
    seq: int
    at: datetime
    fact: str
    recorded: tuple[str, ...]
    now: tuple[str, ...]


def replay(histories: Sequence[History], serving: Serving, *, beside: Sequence[History] = ()) -> list[Difference]:
    """Decide all of it again. `beside`: others of the same journal, whose reminders may have named these incidents."""
    named, found = _named_by_reminders(beside or histories), list[Difference]()
    for history in histories:
        incident = Incident(history.number)
        for group in groups(history.events):
            told = frozenset(
                person
                for person, at in named.get((incident.number, incident.seq), ())
                if group[0].at - history.procedure.merge_reminders <= at <= group[0].at + CLOCKS_MAY_DIFFER
            )
            found += _compared(history, incident, group, serving(incident, group), told)
            incident = fold(history.number, group, incident)
    return found


def _named_by_reminders(histories: Sequence[History]) -> dict[tuple[str, int], list[tuple[str, datetime]]]:
    """By incident and the number of its newest event then: who was told of it by a reminder about another, and when."""
    named = dict[tuple[str, int], list[tuple[str, datetime]]]()
    for event in (event for history in histories for event in history.events):
        for key, others in event.also_reminded.items():
            for other in others.items():
                named.setdefault(other, []).append((key.rpartition("/")[2], event.at))
    return named


def _compared(
    history: History, incident: Incident, group: Group, directory: Directory, reminded: frozenset[str]
) -> list[Difference]:
    """What differs of one group; nothing, or one difference."""
    fact = fact_of(history.procedure, incident, group, directory, reminded)
    verdict, stumbled = Verdict(incident), list[str]()
    if fact is not None:
        try:
            verdict = decide(history.procedure, incident, fact, directory, group[0].at)
        except Exception as error:  # noqa: BLE001  what the rules stumble over now differs from what they did then
            stumbled = [f"{type(error).__name__}: {error}"]
    pairs = [
        (_mails(group), _written(history, group, verdict.mails)),
        (_kept_due(history, group), _due_now(history, group, verdict)),
    ]
    now_recorded = _as_noted_then(group, verdict.events)
    if [one.data for one in group] != [one.data for one in now_recorded]:
        pairs.insert(0, (_events(group), stumbled + _events(now_recorded)))
    apart = [_apart(then, since) for then, since in pairs]
    then, since = (tuple(line for lines in side for line in lines) for side in zip(*apart, strict=True))
    if not (then or since):
        return []
    kind = type(fact).__name__ if fact else ""
    return [Difference(history.number, group[0].seq, group[0].at, kind, then, since)]


def _as_noted_then(group: Group, since: Sequence[Event]) -> list[Event]:
    """`since` without what was not noted yet when the group was recorded: the holders of roles at the end of an
    incident, why a rung wrote to nobody, and when an answer came in.
    """
    before_holders = any(isinstance(one.data, Closed) and one.data.holders is None for one in group)
    before_held = all(one.data.held is None for one in group if isinstance(one.data, LadderClimbed))
    before_received = all(one.data.received is None for one in group if isinstance(one.data, Answered))
    return [replace(one, data=_less(one.data, before_holders, before_held, before_received)) for one in since]


def _less(data: Data, before_holders: bool, before_held: bool, before_received: bool) -> Data:
    match data:
        case Closed() if before_holders:
            return replace(data, holders=None)
        case LadderClimbed() if before_held:
            return replace(data, held=None)
        case Answered() if before_received:
            return replace(data, received=None)
        case _:
            return data


def _events(happened: Sequence[Event]) -> list[str]:
    """What they say, but for the mails, a line each. What only another version of ours knows is not compared."""
    said = [(one, object_of(replace(one.data, others={}))) for one in happened]
    return [f"{one.seq} {one.kind} {json.dumps(data, ensure_ascii=False, sort_keys=True)}" for one, data in said]


def _mails(group: Group) -> list[str]:
    return [f"surat {key}" for event in group for key in event.mails]


def _written(history: History, group: Group, mails: Sequence[Outgoing]) -> list[str]:
    """The mails that are written now, as lines. A reporter who had got none by then had no address to write to."""
    known = {key.rpartition("/")[2] for one in history.events if one.seq <= group[-1].seq for key in one.mails}
    return [f"surat {mail.key}" for mail in mails if not mail.person.is_reporter or str(mail.person) in known]


def _kept_due(history: History, group: Group) -> list[str]:
    return [_due(history.deadlines[group[-1].seq])] if group[-1].seq in history.deadlines else []


def _due_now(history: History, group: Group, verdict: Verdict) -> list[str]:
    kept = group[-1].seq in history.deadlines
    return [_due(next_deadline(history.procedure, verdict.incident))] if kept else []


def _due(at: datetime | None) -> str:
    return f"tenggat {at.isoformat() if at else '-'}"


def _apart(recorded: list[str], now: list[str]) -> tuple[list[str], list[str]]:
    """What is on one side only; both sides whole where nothing but the order differs."""
    then = [line for line in recorded if line not in now]
    since = [line for line in now if line not in recorded]
    return (recorded, now) if not (then or since) and recorded != now else (then, since)
