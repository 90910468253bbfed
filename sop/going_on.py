"""How an incident goes on: into a stage, whose people are asked, or to its end."""

from __future__ import annotations

from sop.events import Kind
from sop.people import Capacity, Person
from sop.procedure import Effect, Reply, Stage
from sop.verdict import Drafting

NOT_BACK = "belum"
"""What the reporter answers to the closing notice when the outage is not over."""


class GoingOn(Drafting):
    """The part of the desk that starts stages and ends incidents."""

    def go(self, reply: Reply, note: str = "") -> None:
        if reply.effect is Effect.CLOSE:
            self.close(reply.target)
        elif reply.effect in (Effect.ADVANCE, Effect.RETURN):
            self.start(self.procedure.stage(reply.target), note)

    def start(self, stage: Stage, note: str = "") -> None:
        number = self.begin(stage, note)
        asked = self.assigned_team(stage) or self.directory.on_call(stage.role, self.now)
        if not asked:
            # An empty role must not stop an emergency: whoever stands in for it is asked at once, and told why.
            asked = self.directory.deputies(stage.role, self.today())
            self.ask(stage, asked, Capacity.DEPUTY, "jabatan sedang kosong")
        else:
            self.ask(stage, asked, Capacity.HOLDER, "")
        for role in stage.copy_to:
            for person in self.directory.holders(role):
                if person not in asked:
                    self.copy(stage, number, person)
        if number == 1:
            self.inform(stage.on_start, f"{stage.step}/{stage.name}", stage)

    def begin(self, stage: Stage, note: str) -> int:
        """The stage is visited once more; nobody is asked yet. Returns which visit it is."""
        number = 1 + sum(visit.stage == stage.name for visit in self.incident.visits)
        self.record(Kind.STAGE_STARTED, stage=stage.name, visit=number, note=note)
        return number

    def close(self, name: str) -> None:
        self.record(Kind.CLOSED, outcome=name)
        not_back = self.procedure.not_back
        offers = (NOT_BACK,) if not_back and name in not_back.outcomes else ()
        self.inform(self.procedure.outcome(name).letters, f"selesai/{name}", offers=offers)

    def assigned_team(self, stage: Stage) -> tuple[Person, ...]:
        """Whom the last TUGASKAN named, for a stage that waits for the assigned team."""
        if not stage.assigned:
            return ()
        for visit in reversed(self.incident.visits):
            answered = visit.answer.details.get("people") if visit.answer else None
            named = visit.given_to or answered
            if named:
                people = (self.directory.person(person_id) for person_id in named)
                return tuple(person for person in people if person is not None and person.role == stage.role)
        return ()
