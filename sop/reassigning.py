"""A team that stays silent: whoever is told that it is late may give the work to another (SOP step 5)."""

from __future__ import annotations

from sop.beside import Beside, by
from sop.events import Kind
from sop.facts import Reassigned, Remarked
from sop.incident import Incident
from sop.people import Directory, Person
from sop.procedure import Procedure, Stage


def may_reassign(procedure: Procedure, incident: Incident, person: Person) -> bool:
    """Whether `person` holds a role that has been told how late the assigned team is."""
    visit = incident.current
    if visit is None or not procedure.stage(visit.stage).assigned:
        return False
    told = [rung for rung in procedure.stage(visit.stage).ladder[: visit.rungs] if rung.informs]
    return any(person.role in rung.to for rung in told)


class Reassigning(Beside):
    """The part of the desk that gives the work to another team."""

    def reassign(self, fact: Reassigned) -> None:
        visit = self.incident.current
        late = visit is not None and (visit.stage, visit.number) == (fact.stage, fact.visit)
        if visit is None or not late or not may_reassign(self.procedure, self.incident, fact.person):
            self.remark(Remarked(fact.person, fact.text, fact.mail))
            return
        stage = self.procedure.stage(visit.stage)
        team = team_of(self.directory, stage, fact.people)
        if not team:
            self.remark(Remarked(fact.person, fact.text, fact.mail))
            return
        people = [person.id for person in team]
        self.record(
            Kind.REASSIGNED,
            stage=stage.name,
            visit=visit.number,
            **by(fact.person),
            people=people,
            said=fact.said,
            text=fact.text,
            mail=fact.mail,
        )
        whom = f"{fact.person.name} ({fact.person.signature_title})"
        self.start(stage, f"dialihkan dari tim sebelumnya oleh {whom}")
        for asked in dict.fromkeys(asked.person for asked in visit.asked):
            if asked not in people:
                self.tell(
                    asked,
                    "permintaan_ditarik",
                    "ditarik",
                    fact.mail,
                    stage=stage.name,
                    visit=visit.number,
                    extra={"oleh": whom, "alasan": "menugaskan tim lain"},
                )
        extra = {"kepada": ", ".join(f"{person.name} ({person.signature_title})" for person in team)}
        self.tell(fact.person.id, "dialihkan", "dialihkan", fact.mail, stage=stage.name, extra=extra)


def team_of(directory: Directory, stage: Stage, people: tuple[str, ...]) -> tuple[Person, ...]:
    """Those of `people` (ids) who hold the role of an assigned stage."""
    found = (directory.person(person) for person in people)
    return tuple(person for person in found if person is not None and person.role == stage.role)
