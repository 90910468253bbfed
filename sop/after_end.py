"""An answer that comes when the incident has ended, and that the procedure still takes: a receipt, after step 8 has
ended by itself. What was decided stays; only how it ended is known better.
"""

from __future__ import annotations

from datetime import datetime

from sop import events
from sop.addressee import Addressee
from sop.directions import directed
from sop.draft import Draft, by
from sop.facts import AnswerGiven
from sop.incident import Incident
from sop.mails import MailTemplate
from sop.procedure import Afterwards, Procedure, Stage
from sop.verdict import Said


def still_taken(procedure: Procedure, incident: Incident, stage: str, decision: str) -> Afterwards | None:
    """What `decision`, as an answer of `stage`, still makes of the end of the incident; None where it does nothing."""
    last = incident.visits[-1] if incident.visits else None
    if not incident.outcome or incident.linked_to or last is None or last.stage != stage:
        return None
    return procedure.outcome(incident.outcome).after(stage, decision)


def may_come(procedure: Procedure, stage: Stage, outcome: str) -> tuple[str, ...]:
    """The answers of `stage` that still count after the end `outcome`."""
    return tuple(one.decision for one in procedure.outcome(outcome).afterwards if one.stage == stage.name)


def taken_from(draft: Draft, stage: str, visit: int, person: str, received: datetime | None) -> tuple[str, ...]:
    """The answers that `person`, who was asked in the very visit that ended it, may still give after the end."""
    return may_still_come(draft.procedure, draft.incident, (stage, visit), person, received or draft.now)


def may_still_come(
    procedure: Procedure, incident: Incident, place: tuple[str, int], person: str, at: datetime
) -> tuple[str, ...]:
    """As `taken_from`, of a mail that came in `at` (aware); `place`: a stage, and which visit of it."""
    last = incident.visits[-1] if incident.outcome and incident.visits else None
    if last is None or incident.linked_to or (last.stage, last.number) != place or last.asked_of(person, at) is None:
        return ()
    return may_come(procedure, procedure.stage(last.stage), incident.outcome)


def takes(draft: Draft, fact: AnswerGiven) -> Afterwards | None:
    """What an answer does after the end; only one of somebody who was asked in the very visit that ended it."""
    may_still = taken_from(draft, fact.stage, fact.visit, fact.person.id, fact.received)
    return still_taken(draft.procedure, draft.incident, fact.stage, fact.decision) if may_still else None


def answered_after_end(draft: Draft, fact: AnswerGiven, made: Afterwards) -> None:
    visit = draft.incident.visits[-1]
    asked = visit.asked_of(fact.person.id, fact.received or draft.now)
    assert asked is not None, "it was taken"
    said = (fact.stage, fact.visit, fact.text, fact.decision, asked.capacity, fact.details, fact.via, fact.caution)
    author, together = by(fact.person, fact.mail), fact.together or None
    draft.record(events.AnsweredAfterEnd(*said, made.outcome, together=together, **author))
    reply = draft.procedure.stage(visit.stage).reply(fact.decision)
    assert reply is not None, "the procedure has been checked"
    extra: dict[str, Said] = {"catatan": fact.caution, "susulan": True, "keputusan": fact.decision}
    extra["diteruskan_kepada"] = directed(draft, fact, visit, reply)
    if fact.together:
        return
    draft.tell(Addressee(fact.person.id), MailTemplate.RECORDED, "dicatat", fact.mail, visit=visit, extra=extra)
