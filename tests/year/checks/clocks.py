"""The clocks add up: of events, of steps, of what came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sop.clocks import Punctual, official_clocks
from tests.year.checks.chain import Chain
from tests.year.checks.chronicle import Chronicle
from tests.year.checks.invariants import Invariant, broken
from tests.year.checks.rows import RawEvent
from tests.year.checks.story import Story

CLOCKS_MAY_DIFFER = timedelta(minutes=1)


@dataclass(slots=True)
class Clocks:
    """Times, by the machine's clock and by the world's. `chain` has each incident folded."""

    told: Chronicle
    chain: Chain

    def hears(self, story: Story, event: RawEvent) -> None:
        if story.at is not None and event.at < story.at and event.kind != "clock_set_back":
            broken(Invariant.TIME_BACKWARDS, f"{event.where()} at {event.at}, after {story.at}")
        now, before = self.told.now, self.told.before
        if now is not None and event.at > now + CLOCKS_MAY_DIFFER:
            broken(Invariant.TIME_THAT_WAS_NOT, f"{event.where()} at {event.at}, and it is {now}")
        if now is not None and before is not None and event.at < min(now, before) - CLOCKS_MAY_DIFFER:
            broken(Invariant.TIME_THAT_WAS_NOT, f"{event.where()} at {event.at}, looked at {before} last")
        if event.kind == "reported" and not event.table("reopened"):
            self._received(event)

    def after_turn(self, *, whole: bool) -> None:
        for mail in self.told.rows.arrived:
            said = self.told.truth.said.get(mail.id)
            # What a machine whose clock is slow takes from a server's future, it has as received now.
            slow = max(-self.told.wrong, timedelta()) + CLOCKS_MAY_DIFFER
            if said is not None and mail.received < said.at - slow and not self.told.clock_moved():
                broken(Invariant.RECEIVED_TOO_SOON, f"{mail.received}: {said}")
        for number, story in self.told.touched.items():
            if story.outcome:
                self._steps(number)

    def at_the_end(self) -> None:
        self.after_turn(whole=True)
        for number in self.told.stories:
            self._steps(number)

    def _received(self, event: RawEvent) -> None:
        mail = self.told.rows.mails.get(event.said("mail"))
        received = datetime.fromisoformat(event.said("received"))
        if mail is not None and event.said("channel") not in ("telepon", "wag") and received != mail.received:
            broken(Invariant.RECEIVED_OTHERWISE, f"{event.where()} {received}, the ledger has {mail.received}")

    def _steps(self, number: str) -> None:
        incident = self.chain.folded[number]
        officials = official_clocks(incident, self.chain.procedure)
        for clock in incident.step_clocks(self.chain.procedure):
            kept = {one.punctual for one in officials if one.stage.step == clock.step}
            if clock.on_time is False and kept == {Punctual.ON_TIME}:
                broken(Invariant.STEP_CLOCK, f"{number} step {clock.step} is late, and everybody was in time")
        for visit in incident.visits:
            if visit.answer is not None and visit.answer.at < visit.started:
                broken(Invariant.STEP_CLOCK, f"{number} {visit.stage}: {visit.started}, {visit.answer.at}")
