"""Whoever should act is reminded, but not at night, and not of what does not wait; then others are asked or told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sop.codec import Json
from sop.people import WIB, Directory
from tests.year.checks import second_reading as sop
from tests.year.checks.chronicle import Chronicle
from tests.year.checks.invariants import Invariant, broken
from tests.year.checks.rows import RawEvent
from tests.year.checks.second_reading import Rung, rules
from tests.year.checks.story import Stay, Story

REMINDER = "pengingat"


@dataclass(frozen=True, slots=True)
class Named:
    """A reminder to `person` named an incident when it stood at event `seq`."""

    at: datetime
    person: str
    seq: int


@dataclass(slots=True)
class Reminding:
    """The ladder: what each rung must bring about, and what no rung may."""

    told: Chronicle
    _named: dict[str, list[Named]] = field(default_factory=lambda: defaultdict(list))
    _rung: dict[str, tuple[Story, RawEvent, list[str], int]] = field(default_factory=dict)
    """Reminders that a rung may bring about in this turn, by their keys; with who is awake, and how far the incident had come before."""
    _due: list[tuple[Story, RawEvent, Stay, Rung]] = field(default_factory=list)

    def hears(self, story: Story, event: RawEvent) -> None:
        if event.kind == "ladder_climbed" and story.current is not None:
            self._climbed(story, event, story.current)
        named = event.table("juga_diingatkan")
        for key in named:
            self._also_reminded(event, key, event_table(named, key))

    def after_turn(self, *, whole: bool) -> None:
        for mail in self.told.rows.queued:
            if mail.template != REMINDER:
                continue
            if mail.key not in self._rung:
                broken(Invariant.REMINDED_FOR_NOTHING, mail.key)
            story, event, *_ = self._rung[mail.key]
            if self._asleep(self._role(story, event, mail.person), mail.queued_at):
                broken(Invariant.REMINDED_AT_NIGHT, mail.key)
        for key, (story, event, awake, since) in self._rung.items():
            person = key.rpartition("/")[2]
            if person in awake and key not in self.told.rows.keys:
                self._by_another(story, event, since, person)
        for story, event, stay, rung in self._due:
            self._others(story, event, stay, rung)
        self._rung.clear()
        self._due.clear()

    def at_the_end(self) -> None:
        self.after_turn(whole=True)

    def _climbed(self, story: Story, event: RawEvent, stay: Stay) -> None:
        ladder = rules().stages[stay.stage].ladder
        rung = ladder[event.number("rung")]
        if rung.does == sop.REMINDS:
            place = f"{_place(story, stay)}/ingat-{stay.rungs + 1}-{event.number('times')}"
            awake = [one.person for one in stay.asked.values() if self._awake(one.role, event.at)]
            since = story.before if event.at == story.at else story.seq
            for person in stay.asked:
                self._rung[f"{place}/{person}"] = (story, event, awake, since)
        elif rung.does in (sop.ESCALATES, sop.INFORMS):
            self._due.append((story, event, stay, rung))

    def _also_reminded(self, event: RawEvent, key: str, named: dict[str, int]) -> None:
        """A reminder names what else waits for its reader: rightly?"""
        person = key.rpartition("/")[2]
        for number, seq in named.items():
            other = self.told.stories.get(number)
            waits = other.current if other is not None else None
            if other is None or waits is None or person not in waits.asked or other.seq != seq:
                broken(Invariant.REMINDED_FOR_NOTHING, f"{key} names {number}, which does not wait for {person}")
            self._named[number].append(Named(event.at, person, seq))

    def _by_another(self, story: Story, event: RawEvent, since: int, person: str) -> None:
        """No reminder of its own: then one about another incident has just named this one to the same person."""
        if not self.told.serves(person):
            return
        # Several rungs may be taken at one moment: what counts is how far it had come before the first.
        told = [one for one in self._named[story.number] if one.person == person and since <= one.seq < event.seq]
        if any(abs(one.at - event.at) <= rules().merged for one in told):
            return
        if story.set_back or self.told.clock_moved():
            self.told.notes.note("not reminded after the clock had jumped", f"{event.where()} {person}")
            return
        broken(Invariant.NOT_REMINDED, f"{event.where()} {person} at {event.at}")

    def _others(self, story: Story, event: RawEvent, stay: Stay, rung: Rung) -> None:
        asked = {one.person for one in stay.ever()}
        for person in self._meant(stay, event, rung):
            if rung.does == sop.ESCALATES and person not in asked:
                broken(Invariant.NOT_ESCALATED, f"{event.where()} {rung.to}: {person}")
            key = f"{_place(story, stay)}/terlambat/{event.number('times')}/{person}"
            if rung.does == sop.INFORMS and key not in self.told.rows.keys:
                broken(Invariant.NOT_INFORMED, key)

    def _meant(self, stay: Stay, event: RawEvent, rung: Rung) -> Iterator[str]:
        """Whom a rung concerns by every directory that the house may have gone by."""
        day, role = event.at.astimezone(WIB).date(), rules().stages[stay.stage].role

        def people(directory: Directory) -> list[str]:
            found = [directory.deputies(role, day) if to == sop.DEPUTIES else directory.holders(to) for to in rung.to]
            return [person.id for persons in found for person in persons]

        known = [people(directory) for directory in self.told.lately()]
        return (person for person in known[0] if all(person in others for others in known))

    def _role(self, story: Story, event: RawEvent, person: str) -> str:
        stay = story.visited(event.said("stage"), event.number("visit"))
        return next((one.role for one in stay.ever() if one.person == person), "") if stay else ""

    def _awake(self, role: str, at: datetime) -> bool:
        return not any(directory.is_quiet(role, at) for directory in self.told.lately())

    def _asleep(self, role: str, at: datetime) -> bool:
        return all(directory.is_quiet(role, at) for directory in self.told.lately())


def event_table(named: Mapping[str, Json], key: str) -> dict[str, int]:
    """Which incidents a reminder named, with the number of their newest event then."""
    value = named[key]
    return {str(number): int(str(seq)) for number, seq in value.items()} if isinstance(value, dict) else {}


def _place(story: Story, stay: Stay) -> str:
    return f"{story.number}/{rules().stages[stay.stage].step}/{stay.where()}"
