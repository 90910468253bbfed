"""What is open has a living deadline, and somebody is asked who serves and was written to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sop.people import WIB, Person
from tests.year.checks.chronicle import Chronicle
from tests.year.checks.clocks import CLOCKS_MAY_DIFFER
from tests.year.checks.invariants import Invariant, broken
from tests.year.checks.second_reading import rules
from tests.year.checks.story import Stay, Story

OVERDUE = timedelta(minutes=3)
"""So long after its time a deadline may still be unheeded."""


LOOKS_WITHIN = timedelta(minutes=70)
"""In the year a desk at rest takes a turn each hour."""


@dataclass(slots=True)
class Waits:
    """Looks at the incidents that are open, however many have ended."""

    told: Chronicle
    _written_to: set[tuple[str, str, int, str]] = field(default_factory=set)
    _unfollowed_since: datetime | None = None

    def after_turn(self, *, whole: bool) -> None:
        self._followed(whole)
        for mail in self.told.rows.queued:
            if mail.asks:
                self._written_to.add((mail.incident, mail.stage, mail.visit, mail.person))
        for story in self.told.open.values():
            if not story.open:
                continue
            if story.current is None:
                broken(Invariant.NOBODY_WAITS, f"{story.number} after {story.stay and story.stay.where()}")
            self._deadline(story, story.current, whole)
            self._asked(story, story.current, whole)

    def at_the_end(self) -> None:
        self.after_turn(whole=True)

    def _followed(self, whole: bool) -> None:
        now = self.told.scene.true_now()
        if not whole or self.told.scene.follows():
            self._unfollowed_since = None
        elif now - (self._unfollowed_since or now) > LOOKS_WITHIN:
            broken(Invariant.NOT_FOLLOWED, f"since {self._unfollowed_since}")
        else:
            self._unfollowed_since = self._unfollowed_since or now

    def _deadline(self, story: Story, stay: Stay, whole: bool) -> None:
        where, row = f"{story.number} {stay.where()}", self.told.rows.waiting.get(story.number)
        if row is None or row.next_deadline is None:
            broken(Invariant.NO_DEADLINE, where)
        if row.next_deadline != stay.due() and not story.set_back:
            broken(Invariant.WRONG_DEADLINE, f"{where} {row.next_deadline}, should be {stay.due()}")
        late = self.told.scene.now() - row.next_deadline
        if whole and late > OVERDUE:
            broken(Invariant.DEAD_DEADLINE, f"{where} overdue by {late}")
        if whole and story.at is not None and story.at > self.told.scene.now() + CLOCKS_MAY_DIFFER:
            broken(Invariant.SLEEPING_DEADLINE, f"{where}, of {story.at}, and it is {self.told.scene.now()}")

    def _asked(self, story: Story, stay: Stay, whole: bool) -> None:
        where, directory = f"{story.number} {stay.where()}", self.told.directory()
        for person in stay.asked:
            written = (story.number, stay.stage, stay.visit, person) in self._written_to
            if not written and person != stay.reinstated and story.number in self.told.touched:
                broken(Invariant.ASKED_WITHOUT_MAIL, f"{where} {person}")
        if not whole or not self.told.scene.follows():
            return
        today = self.told.scene.now().astimezone(WIB).date()
        gone = [one for one in stay.asked.values() if not _serves(directory.person(one.person), one.role, today)]
        if gone:
            broken(Invariant.WAITS_FOR_ONE_WHO_LEFT, f"{where} {[one.person for one in gone]}")
        if not stay.asked:
            role = rules().stages[stay.stage].role
            if directory.holders(role) or directory.deputies(role, today):
                broken(Invariant.NOBODY_ASKED, where)
            self.told.notes.note("nobody to ask", where)


def _serves(person: Person | None, role: str, day: date) -> bool:
    """Whether they still hold the role in which they were asked, on that day."""
    return person is not None and person.role == role and person.may_act_on(day)
