"""RALAT and BATAL: whoever answered takes it back, as long as nobody has acted on it. Doubts of one's own answer, and
orders that are added to it.
"""

from __future__ import annotations

from dataclasses import replace

from sop.addressee import Addressee
from sop.answers import ASKED_BACK, TOLD_LATE, answered, late, tell_late, unclear
from sop.details import Details
from sop.directions import pass_on
from sop.draft import Draft, by
from sop.events import Objected, OrderAdded, Withdrawn
from sop.facts import AnswerGiven, AnswerUnclear, AnswerWithdrawn, Remarked
from sop.facts import Objected as ObjectedTo
from sop.facts import OrderAdded as Added
from sop.incident import is_own
from sop.ladder import stand_ins
from sop.mails import MailTemplate
from sop.people import Capacity
from sop.remarks import TOLD_REMARKS, remarked
from sop.revocable import ask_whether_taken_back, may_be_taken_back, taken_back
from sop.stages import begin, start
from sop.verdict import Said


def withdrawn(draft: Draft, fact: AnswerWithdrawn) -> None:
    """The stage is waited for again, or answered at once by what is said instead; who was asked next is told."""
    taken, waiting = taken_back(draft, fact)
    if taken is None or waiting is None:
        _not_taken_back(draft, fact)
        return
    stage = draft.procedure.stage(taken.stage)
    draft.record(Withdrawn(fact.stage, fact.visit, fact.text, **by(fact.person, fact.mail)))
    note = f"jawaban sebelumnya diralat oleh {fact.person.name}"
    still = any(person.id == fact.person.id for person in stand_ins(draft, stage))
    assert taken.answer is not None
    if fact.instead is not None and stage.reply(fact.instead.decision) and still:
        number = begin(draft, stage, note)
        draft.record_asked(stage, number, fact.person, taken.answer.capacity, "")
        answered(draft, replace(fact.instead, visit=number), note=note)
    else:
        start(draft, stage, note)
        if still:  # a deputy who took it back is waited for, too, and not only whom they stand in for
            draft.ask(stage, (fact.person,), Capacity(taken.answer.capacity), "jawaban sebelumnya ditarik")
    now = draft.incident.current
    for person in dict.fromkeys(asked.person for asked in waiting.asked):
        if now is None or now.stage != waiting.stage or not now.may_answer(person):
            extra = {"oleh": f"{fact.person.name} ({fact.person.signature_title})"}
            draft.tell(
                Addressee(person), MailTemplate.REQUEST_WITHDRAWN, "ditarik", fact.mail, visit=waiting, extra=extra
            )


def objected(draft: Draft, fact: ObjectedTo) -> None:
    """Not plainly taken back, so nothing is changed. Whoever holds the incident reads it; as long as nobody has acted
    on the answer, its author is asked if it shall be taken back.
    """
    visit = draft.incident.visit(fact.stage, fact.visit)
    if visit is None or not is_own(draft.incident, visit, fact.person.id):
        remarked(draft, Remarked(fact.person, fact.text, fact.mail))
        return
    place = (fact.person.id, fact.stage, fact.visit)
    before, may = draft.incident.objections.count(place), may_be_taken_back(draft, fact, visit)
    told = pass_on(draft, None, fact.person, fact.text, fact.mail, visit)
    draft.record(Objected(fact.stage, fact.visit, fact.text, **by(fact.person, fact.mail)))
    if may and before < ASKED_BACK:
        ask_whether_taken_back(draft, fact, visit, told)
    elif told or before < TOLD_LATE:
        tell_late(draft, fact.person, fact.mail, visit, told)


def order_added(draft: Draft, fact: Added) -> None:
    """It goes to whom the procedure names and to whoever holds the incident; the answer stays as it is."""
    incident, person = draft.incident, fact.person
    visit = incident.visit(fact.stage, fact.visit)
    if visit is None or not is_own(incident, visit, person.id):
        remarked(draft, Remarked(person, fact.text, fact.mail))
        return
    answer = visit.answer if visit.answer and visit.answer.person == person.id else incident.receipt
    assert answer is not None, "it is their own"
    details = Details(directions=fact.directions)
    given = AnswerGiven(fact.stage, fact.visit, answer.decision, person, fact.text, details, fact.mail)
    before = incident.remarks.count(person.id)
    told = pass_on(draft, given, person, fact.directions, fact.mail, visit)
    draft.record(OrderAdded(fact.stage, fact.visit, fact.text, fact.directions, fact.caution, **by(person, fact.mail)))
    if told or before < TOLD_REMARKS + TOLD_LATE:
        extra: dict[str, Said] = {"arahan": True, "kepada": told, "catatan": fact.caution}
        whom = Addressee(person.id)
        draft.tell(whom, MailTemplate.REMARK_RECORDED, "arahan-dicatat", fact.mail, visit=visit, extra=extra)


def _not_taken_back(draft: Draft, fact: AnswerWithdrawn) -> None:
    visit, current = draft.incident.visit(fact.stage, fact.visit), draft.incident.current
    if visit is None or not visit.was_asked(fact.person.id):
        remarked(draft, Remarked(fact.person, fact.text, fact.mail))
    elif current is None or current.stage != fact.stage or not current.may_answer(fact.person.id):
        late(draft, fact, visit)
    elif fact.instead is not None:  # it has been taken back already, and this is what they say now
        answered(draft, replace(fact.instead, visit=current.number))
    else:
        doubt = "penarikan jawaban yang sudah ditarik"
        place = (current.stage, current.number, fact.person)
        unclear(draft, AnswerUnclear(*place, fact.text, doubt, fact.mail, fact.received))
