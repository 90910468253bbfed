"""The journal itself: every event is chained to the one before, and what is kept beside the events agrees with them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from register import journal
from sop.decide import next_deadline
from sop.event_codec import event_of
from sop.fold import fold, folded
from sop.incident import Incident
from sop.load import load_procedure
from sop.procedure import Procedure
from tests.year.checks.chronicle import Chronicle
from tests.year.checks.invariants import Invariant, broken
from tests.year.checks.rows import IncidentRow, RawEvent
from tests.year.checks.story import Story


@dataclass(slots=True)
class Chain:
    """Chain, list and fold. The fold is carried on by what is new, and at the end made once more from nothing."""

    told: Chronicle
    folded: dict[str, Incident] = field(default_factory=dict)
    procedure: Procedure = field(default_factory=load_procedure)

    def hears(self, story: Story, event: RawEvent) -> None:
        if event.seq != story.seq + 1:
            broken(Invariant.CHAIN, f"{event.where()} after {story.seq}")
        said = (story.head, event.incident, str(event.seq), event.at.isoformat(), event.kind, event.text)
        if hashlib.sha256("\x00".join(said).encode()).hexdigest() != event.hash:
            broken(Invariant.CHAIN, event.where())
        before = self.folded.get(event.incident, Incident(event.incident))
        new = event_of(event.seq, event.at, event.kind, event.text)
        self.folded[event.incident] = fold(event.incident, [new], before)

    def after_turn(self, *, whole: bool) -> None:
        for number, story in self.told.touched.items():
            row = self.told.row(story)
            if row is None:
                broken(Invariant.ROW_DIFFERS, f"{number} is not in the list")
            self._row(row, story, self.folded[number])
            self._readings(story, self.folded[number])
        for number, row in self.told.rows.waiting.items():
            if number not in self.told.touched:
                self._row(row, self.told.stories[number], self.folded[number])

    def at_the_end(self) -> None:
        self.after_turn(whole=True)
        for row in self.told.rows.all_incidents():
            if row.number not in self.told.stories:
                broken(Invariant.ROW_DIFFERS, f"{row.number} has no events")
            self._row(row, self.told.stories[row.number], self.folded[row.number])
        with self.told.scene.engine.connect() as tx:
            for number, incident in self.folded.items():
                if fault := journal.chain_of(tx, number).fault:
                    broken(Invariant.CHAIN, fault)
                if folded(number, journal.read_events(tx, number)) != incident:
                    broken(Invariant.READINGS_DIFFER, f"{number} folded at once is another than event by event")

    def _row(self, row: IncidentRow, story: Story, incident: Incident) -> None:
        if (row.seq, row.head) != (story.seq, story.head):
            broken(Invariant.CHAIN, f"{row.number}: the list is at {row.seq}, the events at {story.seq}")
        stage = story.current.stage if story.current else ""
        if (row.stage, row.outcome) != (stage, story.outcome):
            broken(Invariant.ROW_DIFFERS, f"{row.number} {row.stage}/{row.outcome}, {stage}/{story.outcome}")
        if row.next_deadline != next_deadline(self.procedure, incident):
            expected = next_deadline(self.procedure, incident)
            broken(Invariant.ROW_DIFFERS, f"{row.number} due {row.next_deadline}, should be {expected}")

    def _readings(self, story: Story, incident: Incident) -> None:
        linked = incident.linked_to
        if (story.outcome, story.linked, sorted(story.joined)) != (
            incident.outcome,
            linked,
            sorted(other.incident for other in incident.joined),
        ):
            broken(
                Invariant.READINGS_DIFFER,
                f"{story.number} {story.outcome} {story.linked} / {incident.outcome} {linked}",
            )
        mine, theirs = story.current, incident.current
        if (mine and (mine.stage, mine.visit)) != (theirs and (theirs.stage, theirs.number)):
            broken(Invariant.READINGS_DIFFER, f"{story.number} waits: {mine} / {theirs}")
        if mine and theirs and sorted(mine.asked) != sorted(asked.person for asked in theirs.asked):
            broken(Invariant.READINGS_DIFFER, f"{story.number} asked: {sorted(mine.asked)} / {theirs.asked}")
