"""How an incident goes on: into a stage, whose people are asked, or to its end."""

from __future__ import annotations

from sop.draft import Draft
from sop.events import StageStarted
from sop.people import Capacity, Person
from sop.procedure import Effect, Reply, Stage

NOT_BACK = "belum"
"""What the reporter answers to the closing notice when the outage is not over."""


def go(draft: Draft, reply: Reply, note: str = "") -> None:
    if reply.effect is Effect.CLOSE:
        close(draft, reply.target)
    elif reply.effect in (Effect.ADVANCE, Effect.RETURN):
        start(draft, draft.procedure.stage(reply.target), note)


def start(draft: Draft, stage: Stage, note: str = "") -> None:
    number = begin(draft, stage, note)
    asked = _assigned_team(draft, stage) or draft.directory.on_call(stage.role, draft.now)
    if not asked:
        # An empty role must not stop an emergency: whoever stands in for it is asked at once, and told why.
        asked = draft.directory.deputies(stage.role, draft.today())
        draft.ask(stage, asked, Capacity.DEPUTY, "jabatan sedang kosong")
    else:
        draft.ask(stage, asked, Capacity.HOLDER, "")
    for role in stage.copy_to:
        for person in draft.directory.holders(role):
            if person not in asked:
                draft.copy(stage, number, person)
    if number == 1:
        draft.inform(stage.on_start, (str(stage.step), stage.name), stage)


def begin(draft: Draft, stage: Stage, note: str) -> int:
    """The stage is visited once more; nobody is asked yet. Returns which visit it is."""
    number = 1 + sum(visit.stage == stage.name for visit in draft.incident.visits)
    draft.record(StageStarted(stage.name, number, note))
    return number


def close(draft: Draft, name: str) -> None:
    draft.record_closed(name)
    not_back = draft.procedure.not_back
    offers = (NOT_BACK,) if not_back and name in not_back.outcomes else ()
    draft.inform(draft.procedure.outcome(name).mails, ("selesai", name), offers=offers)


def _assigned_team(draft: Draft, stage: Stage) -> tuple[Person, ...]:
    """Whom the last TUGASKAN named, for a stage that waits for the assigned team."""
    if not stage.assigned:
        return ()
    for visit in reversed(draft.incident.visits):
        answered = visit.answer.details.people if visit.answer else None
        named = visit.given_to or answered
        if named:
            people = (draft.directory.person(person_id) for person_id in named)
            return tuple(person for person in people if person is not None and person.role == stage.role)
    return ()
