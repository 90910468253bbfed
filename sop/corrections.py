"""RALAT and BATAL: whoever answered takes it back, as long as nobody has acted on it."""

from __future__ import annotations

from dataclasses import replace

from sop.addressee import Addressee
from sop.answers import answered, late
from sop.draft import Draft, by
from sop.events import Withdrawn
from sop.facts import AnswerWithdrawn, Remarked
from sop.incident import Visit
from sop.ladder import stand_ins
from sop.mails import MailTemplate
from sop.remarks import remarked
from sop.stages import begin, start


def withdrawn(draft: Draft, fact: AnswerWithdrawn) -> None:
    """The stage is waited for again, or answered at once by what is said instead; who was asked next is told."""
    taken, waiting = _taken_back(draft, fact)
    if taken is None or waiting is None:
        visit = draft.incident.visit(fact.stage, fact.visit)
        if visit is not None and visit.was_asked(fact.person.id):
            late(draft, fact, visit)
        else:
            remarked(draft, Remarked(fact.person, fact.text, fact.mail))
        return
    stage = draft.procedure.stage(taken.stage)
    draft.record(Withdrawn(fact.stage, fact.visit, fact.text, **by(fact.person, fact.mail)))
    note = f"jawaban sebelumnya diralat oleh {fact.person.name}"
    still = any(person.id == fact.person.id for person in stand_ins(draft, stage))
    if fact.instead is not None and stage.reply(fact.instead.decision) and still:
        number = begin(draft, stage, note)
        assert taken.answer is not None
        draft.record_asked(stage, number, fact.person, taken.answer.capacity, "")
        answered(draft, replace(fact.instead, visit=number), note=note)
    else:
        start(draft, stage, note)
    now = draft.incident.current
    for person in dict.fromkeys(asked.person for asked in waiting.asked):
        if now is None or now.stage != waiting.stage or not now.may_answer(person):
            extra = {"oleh": f"{fact.person.name} ({fact.person.signature_title})"}
            draft.tell(
                Addressee(person), MailTemplate.REQUEST_WITHDRAWN, "ditarik", fact.mail, visit=waiting, extra=extra
            )


def _taken_back(draft: Draft, fact: AnswerWithdrawn) -> tuple[Visit | None, Visit | None]:
    """The visit whose answer is taken back, and the one that it led to: None when somebody has acted since."""
    waiting = draft.incident.current
    if waiting is None or waiting.recorded or len(draft.incident.visits) < 2:
        return None, None
    before = draft.incident.visits[-2]
    theirs = before.answer is not None and before.answer.person == fact.person.id
    meant = (before.stage, before.number) == (fact.stage, fact.visit)
    return (before, waiting) if theirs and meant else (None, None)
