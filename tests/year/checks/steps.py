"""Step by step: no stage is skipped or begun twice, nothing acts after the end, the system goes on only where it may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.year.checks import second_reading as sop
from tests.year.checks.chronicle import Chronicle
from tests.year.checks.invariants import Invariant, broken
from tests.year.checks.rows import RawEvent
from tests.year.checks.second_reading import rules
from tests.year.checks.story import Stay, Story

AFTERWARDS = frozenset(
    {
        *("followed_up", "enriched", "corrected", "continued", "late", "remarked", "undelivered", "untrusted"),
        *("clock_set_back", "answered_after_end", "objected", "order_added", "proposed", "unclear"),
    }
)
"""What may still be recorded of an incident that is over."""
ELSEWHERE = AFTERWARDS | {"unlinked", "closed"}
"""What may be recorded of one that is worked as part of another."""
Judge = Callable[[Story, RawEvent], object]
"""What looks at an event of one kind, before it is told into the story. Raises: Broken."""


@dataclass(slots=True)
class Steps:
    """The order of things, by the second reading of the procedure."""

    told: Chronicle
    _ended: list[RawEvent] = field(default_factory=list)
    _judges: dict[str, Judge] = field(init=False)

    def __post_init__(self) -> None:
        self._judges = self._by_kind()

    def hears(self, story: Story, event: RawEvent) -> None:
        if story.outcome and event.kind not in AFTERWARDS:
            broken(Invariant.AFTER_THE_END, event.where())
        if story.linked and event.kind not in ELSEWHERE:
            broken(Invariant.AFTER_THE_END, f"{event.where()}, worked as part of {story.linked}")
        if (judge := self._judges.get(event.kind)) is not None:
            judge(story, event)

    def _by_kind(self) -> dict[str, Judge]:
        return {
            "reported": self._reported,
            "stage_started": self._started,
            "asked": self._asked,
            "released": self._released,
            "ladder_climbed": self._climbed,
            "answered": self._decided,
            "recorded": self._decided,
            "extended": self._decided,
            "delegated": _waits,
            "reassigned": _waits,
            "system_acted": self._by_system,
            "withdrawn": self._withdrawn,
            "continued": self._continued,
            "answered_after_end": self._after_end,
            "closed": self._closed,
        }

    def after_turn(self, *, whole: bool) -> None:
        for event in self._ended:
            other = self.told.stories.get(event.said("with_incident"))
            if other is None or other.outcome != event.said("outcome"):
                broken(Invariant.OTHER_OUTCOME, f"{event.where()} {event.said('outcome')}, with {other}")
        self._ended.clear()
        for number, story in self.told.touched.items():
            if story.open and not story.waiting:
                broken(Invariant.NOBODY_WAITS, f"{number} after {story.stay and story.stay.where()}")

    def at_the_end(self) -> None:
        self.after_turn(whole=True)

    def _reported(self, story: Story, event: RawEvent) -> None:
        if story.seq:
            broken(Invariant.STEP_TWICE, event.where())

    def _started(self, story: Story, event: RawEvent) -> None:
        stage, visit = event.said("stage"), event.number("visit")
        if story.waiting or stage not in story.may_start:
            where = story.stay.where() if story.stay else "nothing"
            broken(Invariant.STEP_SKIPPED, f"{event.where()} after {where}, where {story.may_start} may be begun")
        if visit != 1 + sum(stay.stage == stage for stay in story.stays):
            broken(Invariant.STEP_TWICE, event.where())

    def _asked(self, story: Story, event: RawEvent) -> None:
        if event.said("person") in _waits(story, event).asked:
            broken(Invariant.STEP_TWICE, event.where())

    def _released(self, story: Story, event: RawEvent) -> None:
        if event.said("person") not in _waits(story, event).asked:
            broken(Invariant.RELEASED_NOBODY, event.where())

    def _climbed(self, story: Story, event: RawEvent) -> None:
        stay, index, times = _waits(story, event), event.number("rung"), event.number("times")
        ladder = rules().stages[stay.stage].ladder
        if index >= len(ladder) or ladder[index].does != event.said("action"):
            broken(Invariant.WRONG_RUNG, f"{event.where()} {index} {event.said('action')}")
        rung = ladder[index]
        again = rung.every is not None and stay.rungs == index + 1
        if index < stay.rungs and not (again and times > stay.repeats):
            broken(Invariant.STEP_TWICE, f"{event.where()} rung {index}, times {times}")
        due = stay.started + rung.after + stay.extension
        if again and rung.every is not None:
            due += rung.every * stay.repeats
        if event.at < due and rung.does != sop.ESCALATES and not story.set_back:
            broken(Invariant.TOO_EARLY, f"{event.where()} rung {index} at {event.at}, due {due}")

    def _decided(self, story: Story, event: RawEvent) -> None:
        stay = _waits(story, event)
        leads = rules().stages[stay.stage].decisions.get(event.said("decision"))
        if leads is None:
            broken(Invariant.UNKNOWN_DECISION, event.where())
        if event.kind != {sop.REPORTS: "recorded", sop.EXTENDS: "extended"}.get(leads.how, "answered"):
            broken(Invariant.WRONG_EFFECT, event.where())

    def _by_system(self, story: Story, event: RawEvent) -> None:
        stay = _waits(story, event)
        ladder = rules().stages[stay.stage].ladder
        last = ladder[-1]
        if last.does != sop.BY_ITSELF or event.said("decision") != last.decision or stay.rungs != len(ladder):
            broken(Invariant.SYSTEM_DECIDED, event.where())
        if event.at < stay.started + last.after + stay.extension and not story.set_back:
            broken(Invariant.TOO_EARLY, f"{event.where()} at {event.at}, begun {stay.started}")

    def _withdrawn(self, story: Story, event: RawEvent) -> None:
        taken = story.stays[-2] if story.waiting and len(story.stays) > 1 else None
        meant = (event.said("stage"), event.number("visit"))
        if taken is None or (taken.stage, taken.visit) != meant or taken.by != event.said("person"):
            broken(Invariant.NOT_THEIRS, f"{event.where()}; the last is {taken and (taken.where(), taken.by)}")

    def _continued(self, story: Story, event: RawEvent) -> None:
        if not story.outcome or story.continued_as:
            broken(Invariant.STEP_TWICE, f"{event.where()} as {event.said('incident')}, {story.continued_as}")

    def _after_end(self, story: Story, event: RawEvent) -> None:
        """It follows the other it ended with, or the procedure takes this answer after this end."""
        if other := event.said("with_incident"):
            if story.linked != other or not story.outcome:
                broken(Invariant.ENDED_WRONGLY, f"{event.where()} with {other}, linked to {story.linked!r}")
            self._ended.append(event)
            return
        came = (story.outcome, event.said("stage"), event.said("decision"))
        if rules().afterwards.get(came) != event.said("outcome"):
            broken(Invariant.ENDED_WRONGLY, f"{event.where()} {event.said('outcome')} by {came}")
        stay = story.stay
        if stay is None or (stay.stage, stay.visit) != (event.said("stage"), event.number("visit")):
            broken(Invariant.NOT_WAITING, f"{event.where()} after {stay and stay.where()}")

    def _closed(self, story: Story, event: RawEvent) -> None:
        if other := event.said("with_incident"):
            if story.linked != other:
                broken(Invariant.ENDED_WRONGLY, f"{event.where()} with {other}, linked to {story.linked!r}")
            self._ended.append(event)
        elif story.waiting or event.said("outcome") not in story.may_end:
            broken(Invariant.ENDED_WRONGLY, f"{event.where()} {event.said('outcome')}, not {story.may_end}")


def _waits(story: Story, event: RawEvent) -> Stay:
    """The visit that `event` is about. Raises: Broken where it does not wait."""
    stay = story.current
    if stay is None or (stay.stage, stay.visit) != (event.said("stage"), event.number("visit")):
        broken(Invariant.NOT_WAITING, f"{event.where()} while {stay.where() if stay else 'nothing'} waits")
    return stay
