"""What happens to a wait when it cannot go on as it began: people changed, a request never reached its reader, or its
reader is away.
"""

from __future__ import annotations

from sop.events import Kind
from sop.facts import AwayNow, Undelivered
from sop.going_on import GoingOn
from sop.incident import Asked, Visit
from sop.people import Capacity, Person
from sop.procedure import DEPUTY, Rung, RungAction, Stage

CHANGED = "daftar pejabat diperbarui"


class Following(GoingOn):
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
            self.ask(stage, holders, Capacity.HOLDER, CHANGED)
        climbed = any(r.action is RungAction.ESCALATE and DEPUTY in r.to for r in stage.ladder[: left.rungs])
        if climbed or not holders:
            self.ask(stage, self.directory.deputies(stage.role, self.today()), Capacity.DEPUTY, CHANGED)

    def _still_in_office(self, asked: Asked) -> bool:
        person = self.directory.person(asked.person)
        return person is not None and person.role == asked.role and person.may_act_on(self.today())

    def go_past(self, fact: Undelivered, visit: Visit | None) -> None:
        """Whoever is asked and could not be reached is not waited for: the next in the ladder is asked at once.

        `visit` is the wait as it was before. Whichever mail asked them, the first, one sent anew, a reminder, or one
        that asked back: once they are known to be out of reach, the next one that comes back changes nothing.
        """
        if visit is None or not fact.asks or (visit.stage, visit.number) != (fact.stage, fact.visit):
            return
        if visit.may_answer(fact.person) and fact.person not in visit.unreached:
            self.escalate_now(self.procedure.stage(visit.stage), visit, f"surel kepada {fact.to} tidak sampai")

    def away(self, fact: AwayNow) -> None:
        """Whoever is asked is absent: the substitute their machine names is asked at once, if they may stand in; else
        the next in the ladder. An absence alone releases nobody: who answers first decides.
        """
        visit = self.incident.current
        if visit is None or (visit.stage, visit.number) != (fact.stage, fact.visit) or fact.person in visit.away:
            return
        stage = self.procedure.stage(visit.stage)
        asked = next((asked for asked in visit.asked if asked.person == fact.person), None)
        person = self.directory.person(fact.person)
        if asked is None or person is None:
            return
        self.record(
            Kind.AWAY,
            stage=stage.name,
            visit=visit.number,
            person=person.id,
            name=person.name,
            title=person.signature_title,
            mail=fact.mail,
        )
        reason = f"{person.name} sedang tidak di tempat menurut balasan otomatisnya"
        named = [one for one in self.stand_ins(stage) if one.id in fact.named and not visit.may_answer(one.id)]
        if named:
            self.ask(stage, tuple(named), Capacity.DEPUTY, reason)
        elif not any(other.person not in (*visit.away, *visit.unreached, person.id) for other in visit.asked):
            self.escalate_now(stage, visit, reason)  # nobody else is asked who could answer

    def escalate_now(self, stage: Stage, visit: Visit, reason: str) -> None:
        """Take the next rung that asks somebody else, without waiting until it is due."""
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
                    self.ask(stage, (person,), capacity, reason)
                return

    def stand_ins(self, stage: Stage) -> tuple[Person, ...]:
        """Who may stand in for whoever is asked: the others who hold the role, deputies whose mandate covers today, and
        whoever the ladder would escalate to.
        """
        people = [*self.directory.holders(stage.role), *self.directory.deputies(stage.role, self.today())]
        people += [person for rung in stage.ladder for person, _ in self.targets(rung, stage)]
        return tuple(dict.fromkeys(people))

    def targets(self, rung: Rung, stage: Stage) -> list[tuple[Person, Capacity]]:
        """Whom a rung escalates to."""
        found: list[tuple[Person, Capacity]] = []
        for target in rung.to if rung.action is RungAction.ESCALATE else ():
            if target == DEPUTY:
                found += [(p, Capacity.DEPUTY) for p in self.directory.deputies(stage.role, self.today())]
            else:
                found += [(p, Capacity.SUPERIOR) for p in self.directory.holders(target)]
        return found
