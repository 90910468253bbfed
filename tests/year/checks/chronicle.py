"""Tells every incident's story on, event by event in the order in which they were written, and lets the checks listen.

It is the first of the checks: the others look at what it has read in the same turn.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from sop.people import Directory
from tests.year.checks.rows import IncidentRow, RawEvent, Rows
from tests.year.checks.story import Story
from tests.year.witness import Notes, Scene, Truth

LATELY = timedelta(minutes=2)
"""So long a change of the directory's file may go unnoticed."""
UNSETTLED = timedelta(hours=2)
"""So long a clock that was set may be felt."""


class Hearer(Protocol):
    """A check that judges single events."""

    def hears(self, story: Story, event: RawEvent) -> None:
        """`event` has happened; `story` is the incident's before it. Raises: Broken."""


@dataclass(slots=True)
class Chronicle:
    """What all checks share: the rows, the stories, and what is worth counting.

    Attributes:
        open: the stories of incidents that are not over, by number.
        touched: the stories that went on with the last look.
        now, before: what the machine's clock said at the last look and the one before.
        wrong: by how much it was wrong; `moved`: when that last changed (true clock).
    """

    scene: Scene
    notes: Notes
    rows: Rows
    stories: dict[str, Story] = field(default_factory=dict)
    open: dict[str, Story] = field(default_factory=dict)
    touched: dict[str, Story] = field(default_factory=dict)
    hearers: list[Hearer] = field(default_factory=list)
    now: datetime | None = None
    before: datetime | None = None
    wrong: timedelta = timedelta()
    moved: datetime | None = None

    def after_turn(self, *, whole: bool) -> None:
        self.before, self.now = self.now, self.scene.now()
        true_now = self.scene.true_now()
        if self.now - true_now != self.wrong:
            self.wrong, self.moved = self.now - true_now, true_now
        self.rows.look()
        self.touched = {}
        for event in self.rows.events:
            story = self.stories.setdefault(event.incident, Story(event.incident))
            for hearer in self.hearers:
                hearer.hears(story, event)
            story.tell(event)
            self.touched[event.incident] = story
        for number, story in self.touched.items():
            if story.outcome:
                self.open.pop(number, None)
            else:
                self.open[number] = story

    def at_the_end(self) -> None:
        self.after_turn(whole=True)

    def row(self, story: Story) -> IncidentRow | None:
        return self.rows.incidents.get(story.number)

    @property
    def truth(self) -> Truth:
        return self.scene.truth

    def directory(self) -> Directory:
        """The officials as the file names them now."""
        return self.truth.directories[-1].directory

    def directories(self, since: datetime) -> list[Directory]:
        """The directories that were in force at some moment from `since` (aware, true clock) until now."""
        found = list[Directory]()
        for one in reversed(self.truth.directories):
            found.append(one.directory)
            if one.since < since:
                break
        return found

    def lately(self) -> list[Directory]:
        """The directories that the house may have gone by in this turn."""
        return self.directories(self.scene.true_now() - LATELY)

    def clock_moved(self) -> bool:
        """Whether somebody has set the machine's clock lately: what is reckoned from it may be a little off."""
        return self.moved is not None and self.scene.true_now() - self.moved < UNSETTLED

    def serves(self, person: str) -> bool:
        """Whether the directory names them, whichever the house goes by."""
        return all(directory.person(person) is not None for directory in self.lately())
