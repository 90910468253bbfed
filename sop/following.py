"""What happens to a wait when it cannot go on as it began: people changed, or a request never reached its reader."""

from __future__ import annotations

from sop.events import Kind
from sop.facts import Undelivered
from sop.incident import Asked
from sop.people import Capacity, Person
from sop.procedure import DEPUTY, Rung, RungAction, Stage
from sop.verdict import Drafting

CHANGED = "daftar pejabat diperbarui"


class Following(Drafting):
    """The part of the desk that keeps a wait in step with the directory and with what could be delivered."""

    def people_changed(self) -> None:
        """Whoever left is no longer waited for; whoever came gets the request that waits."""
        visit = self.incident.current
        if visit is None:
            return
        stage = self.procedure.stage(visit.stage)
        for asked in visit.asked:
            if not self._still_in_office(asked):
                self.record(
                    Kind.RELEASED,
                    stage=stage.name,
                    visit=visit.number,
                    person=asked.person,
                    role=asked.role,
                    reason=CHANGED,
                )
        left = self.incident.visits[-1]
        holders = self.directory.on_call(stage.role, self.now)
        if not (stage.assigned and left.asked):  # a team that was named stays the one that works
            self.ask(stage, tuple(p for p in holders if not left.may_answer(p.id)), Capacity.HOLDER, CHANGED)
        climbed = any(r.action is RungAction.ESCALATE and DEPUTY in r.to for r in stage.ladder[: left.rungs])
        if climbed or not holders:
            deputies = self.directory.deputies(stage.role, self.today())
            self.ask(stage, tuple(p for p in deputies if not left.may_answer(p.id)), Capacity.DEPUTY, CHANGED)

    def _still_in_office(self, asked: Asked) -> bool:
        person = self.directory.person(asked.person)
        return person is not None and person.role == asked.role and person.may_act_on(self.today())

    def go_past(self, fact: Undelivered) -> None:
        """A request that did not reach its reader is not waited for: the next in the ladder is asked at once."""
        visit = self.incident.current
        if visit is None:
            return
        stage = self.procedure.stage(visit.stage)
        requests = {self.key(stage, visit.number, asked.person): asked for asked in visit.asked}
        asked = requests.get(fact.key)
        if asked is None:
            return
        for index in range(visit.rungs, len(stage.ladder)):
            rung = stage.ladder[index]
            if rung.action is RungAction.AUTOMATIC:
                return  # the machine goes on by itself only when the time is over
            people = [pair for pair in self.targets(rung, stage) if not visit.may_answer(pair[0].id)]
            if rung.action is RungAction.ESCALATE and people:
                self.record(
                    Kind.LADDER_CLIMBED,
                    stage=stage.name,
                    visit=visit.number,
                    rung=index,
                    times=1,
                    action=rung.action.value,
                )
                for person, capacity in people:
                    self.ask(stage, (person,), capacity, f"surel kepada {fact.to} tidak sampai")
                return

    def targets(self, rung: Rung, stage: Stage) -> list[tuple[Person, Capacity]]:
        """Whom a rung escalates to."""
        found: list[tuple[Person, Capacity]] = []
        for target in rung.to if rung.action is RungAction.ESCALATE else ():
            if target == DEPUTY:
                found += [(p, Capacity.DEPUTY) for p in self.directory.deputies(stage.role, self.today())]
            else:
                found += [(p, Capacity.SUPERIOR) for p in self.directory.holders(target)]
        return found
