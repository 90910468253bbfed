"""A team that stays silent: whoever is told that it is late may give the work to another (SOP step 5)."""

from __future__ import annotations

from sop import events
from sop.addressee import Addressee
from sop.draft import Draft, by
from sop.facts import Reassigned, Remarked
from sop.incident import Incident, Visit
from sop.mails import MailTemplate
from sop.people import Directory, Person
from sop.procedure import Procedure, RungAction, Stage
from sop.remarks import TOLD_REMARKS, remarked
from sop.stages import start


def may_reassign(procedure: Procedure, incident: Incident, person: Person) -> bool:
    """Whether `person` holds a role that has been told how late the assigned team is, or has named this team, which
    has said nothing yet: whoever named the wrong one names another.
    """
    visit = incident.current
    if visit is None or not procedure.stage(visit.stage).assigned:
        return False
    before = incident.visits[-2:-1]
    if before and before[0].given_by == person.id and not visit.recorded:
        return True
    told = [rung for rung in procedure.stage(visit.stage).ladder[: visit.rungs] if rung.action is RungAction.INFORM]
    return any(person.role in rung.to for rung in told)


def reassigned(draft: Draft, fact: Reassigned) -> None:
    visit = draft.incident.current
    late = visit is not None and (visit.stage, visit.number) == (fact.stage, fact.visit)
    if visit is None or not late or not may_reassign(draft.procedure, draft.incident, fact.person):
        remarked(draft, Remarked(fact.person, fact.text, fact.mail))
        return
    stage = draft.procedure.stage(visit.stage)
    team = team_of(draft.directory, stage, fact.people)
    asked = [one.person for one in visit.asked]
    if not team or {person.id for person in team} <= set(asked):
        _not_another(draft, fact, stage, visit)
        return
    people, author = [person.id for person in team], by(fact.person, fact.mail)
    draft.record(events.Reassigned(stage.name, visit.number, fact.text, tuple(people), fact.said, **author))
    whom = f"{fact.person.name} ({fact.person.signature_title})"
    start(draft, stage, f"dialihkan dari tim sebelumnya oleh {whom}")
    extra = {"oleh": whom, "alasan": "menugaskan tim lain"}
    for person in dict.fromkeys(asked):
        if person not in people:
            draft.tell(
                Addressee(person), MailTemplate.REQUEST_WITHDRAWN, "ditarik", fact.mail, visit=visit, extra=extra
            )
    named = ", ".join(f"{person.name} ({person.signature_title})" for person in team)
    extra = {"kepada": named, "catatan": fact.caution}
    offers = draft.teams_for(stage, tuple(people))
    draft.tell(
        Addressee(fact.person.id),
        MailTemplate.REASSIGNED,
        "dialihkan",
        fact.mail,
        stage=stage.name,
        extra=extra,
        offers=offers,
    )


def _not_another(draft: Draft, fact: Reassigned, stage: Stage, visit: Visit) -> None:
    """Nobody is known by that name, or they work on it already: whoever wrote it is told whom they may name."""
    before = draft.incident.remarks.count(fact.person.id)
    draft.record(events.Remarked(fact.text, **by(fact.person, fact.mail)))
    if before >= TOLD_REMARKS:
        return
    said = f"penugasan kepada {fact.said or 'tim yang tidak disebut'}, yang bukan tim lain yang tercatat"
    extra = {"teks": fact.text, "dipahami": said}
    offers = draft.teams_for(stage, tuple(one.person for one in visit.asked))
    draft.tell(
        Addressee(fact.person.id),
        MailTemplate.ASK_BACK,
        "perjelas-tim",
        fact.mail,
        stage=stage.name,
        extra=extra,
        offers=offers,
    )


def team_of(directory: Directory, stage: Stage, people: tuple[str, ...]) -> tuple[Person, ...]:
    """Those of `people` (ids) who hold the role of an assigned stage."""
    found = (directory.person(person) for person in people)
    return tuple(person for person in found if person is not None and person.role == stage.role)
