"""Who served when something was recorded, as far as the journal itself shows it: it keeps no directories.

Whoever was asked, wrote, or was written to served then; a role of which a group of events does not speak was served by
whoever was asked for it last. So a replay sees when another role is asked or told, in another capacity, for another
reason, or nobody. It cannot see whether all who held a role were asked, who was on duty, or which hours were quiet.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Generic, TypeVar

from sop import events
from sop.causes import Group, groups
from sop.fold import fold
from sop.incident import Incident
from sop.people import Capacity, Directory, Duty, Person
from sop.procedure import Procedure, RungAction
from sop.replay import History

_ACTING = ("Plh.", "Plt.")
_ALL_DAY = (time(0, 0), time(23, 59, 59, 999999))
T = TypeVar("T")


class Served:
    """Directories from all that one journal holds. `today`: who serves now, for those whom nobody was seen to ask."""

    def __init__(self, histories: Sequence[History], today: Directory) -> None:
        self._today = today
        self._procedures = {history.number: history.procedure for history in histories}
        officials, holders = list[tuple[datetime, events.Asked]](), list[tuple[datetime, str, tuple[str, ...]]]()
        for history in histories:
            incident = Incident(history.number)
            for group in groups(history.events):
                incident = fold(history.number, group, incident)
                officials += [(one.at, one.data) for one in group if isinstance(one.data, events.Asked)]
                holders += [(group[0].at, *held) for held in _holders(history.procedure, incident, group)]
        self._of_person, self._of_role = dict[str, _Past[events.Asked]](), dict[str, _Past[tuple[str, ...]]]()
        for at, asked in sorted(officials, key=lambda one: one[0]):
            self._of_person.setdefault(asked.person, _Past()).add(at, asked)
        for at, role, people in sorted(holders, key=lambda one: one[0]):
            self._of_role.setdefault(role, _Past()).add(at, people)

    def serving(self, incident: Incident, group: Group) -> Directory:
        """As `sop.replay` asks for it."""
        at, released = group[0].at, {one.data.person for one in group if isinstance(one.data, events.Released)}
        procedure = self._procedures[incident.number]
        found = {name: self._person(name, at) for name in (*_asked(incident), *_named(group)) if name not in released}
        people = {name: person for name, person in found.items() if person is not None}
        people |= {one.id: one for one in _copied(procedure, group) if one.id not in people}
        for asked in _all_asked(group):
            people[asked.person] = _official(asked, people.get(asked.person))
        for noted in _noted(group):
            people[noted.person] = _holder(noted, people.get(noted.person))
        vacant = {role for role, held in _of_started(procedure, group) if not held}
        silent = {role for role, _ in procedure.roles} - vacant - {person.role for person in people.values()}
        for role in sorted(silent):
            others = (self._person(name, at) for name in self._last_asked(role, at) if name not in released)
            people |= {one.id: one for one in others if one is not None and one.role == role}
        return Directory(_in_order(people, group), _duties(group), quiet=_quiet(incident, group, people))

    def _person(self, name: str, at: datetime) -> Person | None:
        """As they were last asked by then, else first afterwards, else as they are known today."""
        past, known = self._of_person.get(name), self._today.person(name)
        return _official(past.by(at), known) if past else known

    def _last_asked(self, role: str, at: datetime) -> tuple[str, ...]:
        past = self._of_role.get(role)
        return past.by(at) if past else tuple(person.id for person in self._today.holders(role))


class _Past(Generic[T]):
    """What held from when on, oldest first."""

    def __init__(self) -> None:
        self._moments, self._said = list[datetime](), list[T]()

    def add(self, at: datetime, said: T) -> None:
        self._moments.append(at)
        self._said.append(said)

    def by(self, at: datetime) -> T:
        """What held at `at`; before the first, that."""
        return self._said[max(bisect_right(self._moments, at) - 1, 0)]


def _holders(procedure: Procedure, incident: Incident, group: Group) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Roles, and who was seen to hold them when `group` had been recorded, after which the incident stands so."""
    yield from _of_started(procedure, group)
    superiors = [asked for asked in _all_asked(group) if asked.capacity == Capacity.SUPERIOR]
    for role in dict.fromkeys(asked.role for asked in superiors):
        yield role, tuple(asked.person for asked in superiors if asked.role == role)
    if isinstance(group[0].data, events.Released | events.Asked) and incident.current is not None:
        role = procedure.stage(incident.current.stage).role
        held = (one for one in incident.current.asked if one.role == role and one.capacity == Capacity.HOLDER)
        yield role, tuple(one.person for one in held)


def _of_started(procedure: Procedure, group: Group) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The roles of the stages that began, and who was asked for them; nobody: the role was vacant."""
    asked = [one for one in _all_asked(group) if one.capacity == Capacity.HOLDER]
    for data in (event.data for event in group):
        if isinstance(data, events.StageStarted):
            stage = procedure.stage(data.stage)
            people = (one.person for one in asked if (one.stage, one.visit) == (data.stage, data.visit))
            yield stage.role, tuple(people)


def _all_asked(group: Group) -> list[events.Asked]:
    return [event.data for event in group if isinstance(event.data, events.Asked)]


def _noted(group: Group) -> tuple[events.Holder, ...]:
    """Who held the roles in which nobody had been asked, where these events end the incident."""
    closed = (event.data for event in group if isinstance(event.data, events.Closed))
    return next((data.holders for data in closed if data.holders), ())


def _official(asked: events.Asked, known: Person | None) -> Person:
    """Who was asked so; `known`: what else is known of them."""
    acting, _, title = asked.title.partition(" ")
    acting, title = (acting, title) if acting in _ACTING else ("", asked.title)
    other = known or Person(asked.person, asked.role, asked.name, title, ("",))
    other = replace(other, nip=asked.nip or "", mandate=asked.mandate or "", first_day=None, last_day=None)
    return replace(other, role=asked.role, name=asked.name, title=title, acting=acting)


def _holder(noted: events.Holder, known: Person | None) -> Person:
    """Likewise, who held a role when the incident ended."""
    other = known or Person(noted.person, noted.role, noted.name, noted.title, ("",))
    nip = noted.nip or ""
    return replace(other, role=noted.role, name=noted.name, title=noted.title, nip=nip, acting="", mandate="")


def _asked(incident: Incident) -> list[str]:
    return [asked.person for asked in incident.current.asked] if incident.current else []


def _named(group: Group) -> Iterator[str]:
    """Ids of whoever these events name, and of whoever else got a mail after them."""
    for event in group:
        match event.data:
            case events.Asked(person=name) | events.Undelivered(person=name) | events.Untrusted(named=name):
                yield name
            case events.Delegated(person=name, to=others) | events.Reassigned(person=name, people=others):
                yield from (name, *others)
            case events.Answer(person=name, details=details):
                yield from (name, *(details.people or ()))
            case events.ByOfficial(person=name):
                yield name
            case _:
                pass
    yield from _written_to(group)


def _written_to(group: Group) -> Iterator[str]:
    """Whatever may be an id in the keys of mails."""
    yield from (part for event in group for key in event.mails for part in key.split("/")[3:])


def _copied(procedure: Procedure, group: Group) -> Iterator[Person]:
    """Whoever got a copy: of which role, the stage says, where it is one."""
    for parts in (key.split("/") for event in group for key in event.mails if "/tembusan/" in key):
        roles = procedure.stage(parts[2].rpartition("-")[0]).copy_to
        if len(roles) == 1:
            yield Person(parts[4], roles[0], "", "", ("",))


def _in_order(people: dict[str, Person], group: Group) -> tuple[Person, ...]:
    """In the order in which they were last asked or written to; with the address at which a mail did not reach them."""
    last = {name: index for index, name in enumerate([*(one.person for one in _all_asked(group)), *_written_to(group)])}
    unreached = {one.data.person: one.data.to for one in group if isinstance(one.data, events.Undelivered)}
    known = sorted(people.values(), key=lambda person: last.get(person.id, -1))
    return tuple(replace(one, addresses=(unreached[one.id],)) if one.id in unreached else one for one in known)


def _duties(group: Group) -> tuple[Duty, ...]:
    """Of all who hold a role, those who were asked for it."""
    at, holders = group[0].at, (asked for asked in _all_asked(group) if asked.capacity == Capacity.HOLDER)
    return tuple(Duty(asked.role, asked.person, at, at + timedelta(minutes=1)) for asked in holders)


def _quiet(incident: Incident, group: Group, people: dict[str, Person]) -> dict[str, tuple[time, time]]:
    """Roles of which nobody was reminded when those who were asked were."""
    climbed = [one.data for one in group if isinstance(one.data, events.LadderClimbed)]
    reminders = [data for data in climbed if data.action == RungAction.REMIND]
    if not reminders:
        return {}
    told = {key.rpartition("/")[2] for event in group for key in event.mails if "/ingat-" in key}
    asked = [people[name] for name in (*_asked(incident), *(one.person for one in _all_asked(group))) if name in people]
    awake = {person.role for person in asked if person.id in told}
    if any(data.held == events.Held.TOLD_WITH_ANOTHER for data in reminders):
        awake |= {people[name].role for name in _asked(incident) if name in people}
    return {person.role: _ALL_DAY for person in asked if person.role not in awake}
