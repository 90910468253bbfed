"""What an answer does: it decides, is proposed, is noted, comes late, cannot be understood, or may not count."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sop import events
from sop.addressee import Addressee
from sop.after_end import answered_after_end, taken_from, takes
from sop.directions import directed, pass_on
from sop.draft import Draft, by
from sop.facts import (
    ORAL,
    AnswerGiven,
    AnswerProposed,
    AnswerUnclear,
    AnswerUntrusted,
    AnswerWithdrawn,
    Delegated,
    Remarked,
)
from sop.incident import Asked, Visit, due, is_own
from sop.ladder import stand_ins
from sop.mail_key import short_ref
from sop.mails import MailTemplate
from sop.people import Capacity, Person
from sop.procedure import Effect, Reply
from sop.remarks import propose, remarked
from sop.revocable import TAKING_BACK, ask_whether_taken_back, is_revocable, may_be_taken_back
from sop.stages import go
from sop.verdict import Outgoing, Said

_Heard = AnswerGiven | AnswerUnclear | AnswerWithdrawn | Delegated
_WORD = {AnswerUnclear: "tidak_jelas", AnswerWithdrawn: "ralat", Delegated: "delegasi"}
"""What stands in the record of a late word that decided nothing."""
ASKED_BACK = 3
"""So often one person is asked back in one stage; then Helpdesk must talk to them, and mail alone does not help."""
WAITED = timedelta(seconds=30)
"""An answer that is taken up later than this after it came in had to wait; its author is measured by when it came."""
TOLD_LATE = 2
"""So often one person is told of one stage that it has been decided."""
TOLD_REFUSED, TOLD_REFUSED_IN_ALL = 3, 20
"""Refused answers that are told of: from one sender, and in one incident. The rest is recorded."""


def answered(draft: Draft, fact: AnswerGiven, note: str = "") -> None:
    if (afterwards := takes(draft, fact)) is not None:
        answered_after_end(draft, fact, afterwards)
        return
    found = _asked_of(draft, fact)
    if found is None:
        return
    visit, asked = found
    stage, author = draft.procedure.stage(visit.stage), by(fact.person, fact.mail)
    said = (fact.stage, fact.visit, fact.text, fact.decision, asked.capacity, fact.details, fact.via, fact.caution)
    reply, together = stage.reply(fact.decision), fact.together or None
    if reply is None:
        unclear(draft, _as_unclear(fact, fact.decision))
        return
    match reply.effect:
        case Effect.RECORD:
            draft.record(events.Recorded(*said, together=together, **author))
            draft.relay(visit, reply, fact)
        case Effect.EXTEND:
            minutes = _more_minutes(fact, due(visit, stage, fact.person.id))
            if minutes <= 0:
                doubt = "permintaan waktu tambahan yang tidak melampaui batas waktu sekarang"
                unclear(draft, _as_unclear(fact, doubt))
                return
            draft.record(events.Extended(*said, minutes, together=together, **author))
            draft.relay(visit, reply, fact)
        case _:
            waited = fact.received is not None and draft.now - fact.received >= WAITED
            draft.record(events.Answered(*said, fact.received if waited else None, together=together, **author))
            draft.tell_the_others(visit, fact.person)
    place = len(draft.mails)
    if not fact.together:
        _echo(draft, fact, visit, reply)
    go(draft, reply, note=fact.text if reply.effect is Effect.RETURN else note)
    told = directed(draft, fact, visit, reply)  # who that is depends on who is asked next
    if told and not fact.together:
        echo = draft.mails[place]
        draft.mails[place] = replace(echo, extra={**echo.extra, "diteruskan_kepada": told})


def _echo(draft: Draft, fact: AnswerGiven, visit: Visit, reply: Reply) -> None:
    """Whoever answered reads what was recorded, and how to take it back where that can be."""
    extra = {"catatan": fact.caution, "keputusan": fact.decision}
    if fact.via.startswith(ORAL):  # whoever is said to have said it must be able to deny it
        extra |= {"lisan": fact.via, "teks": fact.text}
    offers = TAKING_BACK if is_revocable(draft.procedure, visit.stage, reply) else ()
    whom = Addressee(fact.person.id)
    draft.tell(whom, MailTemplate.RECORDED, "dicatat", fact.mail, visit=visit, extra=extra, offers=offers)


def _as_unclear(fact: AnswerGiven, understood: str) -> AnswerUnclear:
    place, words = (fact.stage, fact.visit, fact.person), (fact.text, understood, fact.mail)
    return AnswerUnclear(*place, *words, together=fact.together)


def _asked_of(draft: Draft, fact: _Heard) -> tuple[Visit, Asked] | None:
    """The wait that `fact` answers, and how its author was asked. None, and all is done, when it decides nothing:
    whoever was never asked only remarks, and what was decided without them stays decided.
    """
    visit = draft.incident.visit(fact.stage, fact.visit)
    if visit is None or not visit.was_asked(fact.person.id):
        remarked(draft, Remarked(fact.person, fact.text, fact.mail))
        return None
    asked = visit.asked_of(fact.person.id, fact.received or draft.now)
    if visit is draft.incident.current and asked is not None:
        return visit, asked
    late(draft, fact, visit)
    return None


def proposed(draft: Draft, fact: AnswerProposed) -> None:
    """Somebody seems to have answered."""
    said = fact.answer
    if takes(draft, said) is not None:
        visit = draft.incident.visits[-1]
    else:
        # What may be another's word orders nothing.
        found = _asked_of(draft, replace(said, details=replace(said.details, directions=None)))
        if found is None:
            return
        visit, _ = found
    stage = draft.procedure.stage(visit.stage)
    if sum(one.person == said.person.id for one in visit.proposed) >= ASKED_BACK:
        # Whoever writes in their name must not use up what they themselves may be asked: this is told to Helpdesk.
        sender = f"{said.person.address} ({stage.label} {visit.number})"
        untrusted(draft, AnswerUntrusted(stage.name, sender, fact.reason, said.text, said.mail, said.person.id))
    elif stage.reply(said.decision) is None:
        doubt = said.decision
        unclear(draft, AnswerUnclear(said.stage, said.visit, said.person, said.text, doubt, said.mail))
    else:
        propose(draft, fact, stage, visit.number)


def late(draft: Draft, fact: _Heard, visit: Visit) -> None:
    """It has been decided, or the incident went on: recorded, and told to whoever wrote."""
    before = draft.incident.late.count((fact.person.id, fact.stage, fact.visit))
    words, author = (fact.stage, fact.visit, fact.text), by(fact.person, fact.mail)
    remark, together = fact.remark or None, isinstance(fact, AnswerGiven | AnswerUnclear) and fact.together
    may = isinstance(fact, AnswerGiven | AnswerUnclear) and may_be_taken_back(draft, fact, visit)
    if isinstance(fact, AnswerGiven):
        told = pass_on(draft, fact, fact.person, fact.remark, fact.mail, visit)
        capacity = (Capacity.DEPUTY if fact.person.acting else Capacity.HOLDER).value
        given = events.Late(*words, fact.decision, capacity, fact.details, fact.via, fact.caution, **author)
    else:
        told = pass_on(draft, None, fact.person, fact.remark, fact.mail, visit)
        given = events.Late(*words, _WORD[type(fact)], **author)
    draft.record(replace(given, remark=remark, together=together or None))
    if together or not (told or before < TOLD_LATE):
        return
    if told and may and before < ASKED_BACK and isinstance(fact, AnswerGiven | AnswerUnclear):
        ask_whether_taken_back(draft, fact, visit, told)  # "too late" would not be true
    else:
        tell_late(draft, fact.person, fact.mail, visit, told)


def tell_late(draft: Draft, person: Person, mail: str, visit: Visit, told: str) -> None:
    """Whoever writes late learns that it has been decided, and who is told what they wrote (`told`: titles)."""
    decided = visit.answer is not None and visit.answer.person == person.id
    own = is_own(draft.incident, visit, person.id) and not (decided and not told)
    template = MailTemplate.TOO_LATE_TO_TAKE_BACK if own else MailTemplate.ALREADY_DECIDED
    extra = {"diteruskan_kepada": told} if told else {}
    draft.tell(Addressee(person.id), template, "telat", mail, visit=visit, extra=extra)


def unclear(draft: Draft, fact: AnswerUnclear) -> None:
    may_still = taken_from(draft, fact.stage, fact.visit, fact.person.id, fact.received)
    found = (draft.incident.visits[-1], None) if may_still else _asked_of(draft, fact)
    if found is None:
        return
    visit, _ = found
    before, author = visit.unclear.count(fact.person.id), by(fact.person, fact.mail)
    stage, helpdesk = draft.procedure.stage(visit.stage), draft.directory.holders(draft.helpdesk())
    # Where every answer ends the incident, nobody comes next who would read what is said besides.
    last = all(reply.effect is Effect.CLOSE for reply in stage.replies) and not fact.question
    remark = fact.remark if last and before < ASKED_BACK else ""
    pass_on(draft, None, fact.person, remark, fact.mail, visit)
    said = (fact.text, fact.understood, fact.question, remark or None)
    draft.record(events.Unclear(fact.stage, fact.visit, *said, together=fact.together or None, **author))
    relayed = fact.question and fact.person not in helpdesk
    if before >= ASKED_BACK:
        return
    extra = {
        "teks": fact.text,
        "dipahami": fact.understood,
        "pejabat": f"{fact.person.name}, {fact.person.signature_title}",
        "alamat_pejabat": fact.person.address,
    }
    if not fact.together:
        draft.mails.append(
            Outgoing(
                key=draft.key(stage, visit.number, "perjelas", short_ref(fact.mail, draft.incident.seq)),
                template=MailTemplate.QUESTION_PASSED_ON if relayed else MailTemplate.ASK_BACK,
                person=Addressee(fact.person.id),
                stage=stage.name,
                visit=visit.number,
                asks=not may_still,
                extra=extra,
                offers=(*fact.offers, *draft.teams_offered(stage)) or may_still,
            )
        )
    if relayed:
        draft.tell_helpdesk(MailTemplate.QUESTION, "pertanyaan", fact.mail, stage=stage.name, extra=extra)
    elif before == ASKED_BACK - 1 and fact.person not in helpdesk:
        draft.tell_helpdesk(MailTemplate.UNCLEAR_ANSWER, "belum-jelas", fact.mail, stage=stage.name, extra=extra)


def untrusted(draft: Draft, fact: AnswerUntrusted) -> None:
    from_sender, in_all = draft.incident.refused.count(fact.sender), len(draft.incident.refused)
    draft.record(events.Untrusted(fact.stage, fact.sender, fact.reason, fact.text, fact.mail, fact.named))
    if from_sender >= TOLD_REFUSED or in_all >= TOLD_REFUSED_IN_ALL:
        return
    last = from_sender == TOLD_REFUSED - 1 or in_all == TOLD_REFUSED_IN_ALL - 1
    extra: dict[str, Said] = {"pengirim": fact.sender, "alasan": fact.reason, "teks": fact.text}
    extra["terakhir_dikabarkan"] = last
    draft.tell_helpdesk(
        MailTemplate.UNTRUSTED_ANSWER, "tidak-sah", fact.mail, stage=fact.stage, extra=extra, but=fact.named
    )
    if fact.named:
        draft.tell(
            Addressee(fact.named),
            MailTemplate.ANSWERED_IN_YOUR_NAME,
            "atas-nama",
            fact.mail,
            stage=fact.stage,
            extra=extra,
        )


def delegated(draft: Draft, fact: Delegated) -> None:
    """Whoever is asked leaves it to somebody who may stand in for them; nobody passes it on a second time."""
    found = _asked_of(draft, fact)
    if found is None:
        return
    visit, asked = found
    stage = draft.procedure.stage(visit.stage)
    entitled = {person.id: person for person in stand_ins(draft, stage)}
    people = [entitled[one] for one in dict.fromkeys(fact.to) if one in entitled and one != fact.person.id]
    if asked.capacity == Capacity.DELEGATE:
        doubt = "pelimpahan lebih lanjut, yang tidak dapat dilakukan oleh penerima pelimpahan"
    elif not people:
        doubt = f"pelimpahan kepada {fact.said}, yang tidak tercatat sebagai wakil atau atasan untuk langkah ini"
    else:
        to, author = tuple(person.id for person in people), by(fact.person, fact.mail)
        draft.record(events.Delegated(fact.stage, fact.visit, fact.text, to, fact.said, **author))
        draft.ask(stage, tuple(people), Capacity.DELEGATE, f"dilimpahkan oleh {fact.person.name}")
        extra = {"kepada": ", ".join(person.name for person in people)}
        draft.tell(
            Addressee(fact.person.id), MailTemplate.DELEGATED, "dilimpahkan", fact.mail, stage=stage.name, extra=extra
        )
        return
    unclear(draft, AnswerUnclear(fact.stage, fact.visit, fact.person, fact.text, doubt, fact.mail))


def _more_minutes(fact: AnswerGiven, until_now: datetime) -> int:
    """By how much the deadline moves: by the minutes asked for, or from `until_now` to the moment that was named."""
    if fact.details.until is None:
        return fact.details.minutes or 0
    return -((until_now - fact.details.until) // timedelta(minutes=1))
