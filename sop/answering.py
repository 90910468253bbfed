"""What an answer does: it decides, is proposed, is noted, comes late, cannot be understood, or may not count."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sop.beside import by
from sop.events import Kind
from sop.facts import (
    ORAL,
    AnswerGiven,
    AnswerProposed,
    AnswerUnclear,
    AnswerUntrusted,
    AnswerWithdrawn,
    Delegated,
    Reassigned,
    Remarked,
)
from sop.incident import Asked, Visit, due
from sop.people import Capacity
from sop.procedure import Effect
from sop.reassigning import Reassigning
from sop.verdict import Outgoing, short_ref

_Heard = AnswerGiven | AnswerUnclear | AnswerWithdrawn | Delegated
_WORD = {AnswerUnclear: "tidak_jelas", AnswerWithdrawn: "ralat", Delegated: "delegasi"}
"""What stands in the record of a late word that decided nothing."""
ASKED_BACK = 3
"""So often one person is asked back in one stage; then Helpdesk must talk to them, and mail alone does not help."""
TOLD_LATE = 2
"""So often one person is told of one stage that it has been decided."""
TOLD_REFUSED, TOLD_REFUSED_IN_ALL = 3, 20
"""Refused answers that are told of: from one sender, and in one incident. The rest is recorded."""


class Answering(Reassigning):
    """The part of the desk that hears the officials."""

    def answer(self, fact: AnswerGiven, note: str = "") -> None:
        found = self.asked_of(fact)
        if found is None:
            return
        visit, asked = found
        record = record_of(fact) | {"capacity": asked.capacity}
        stage = self.procedure.stage(visit.stage)
        reply = stage.reply(fact.decision)
        if reply is None:
            self.unclear(AnswerUnclear(fact.stage, fact.visit, fact.person, fact.text, fact.decision, fact.mail))
            return
        match reply.effect:
            case Effect.RECORD:
                self.record(Kind.RECORDED, **record)
                self.relay(stage, visit, reply, fact)
            case Effect.EXTEND:
                minutes = _more_minutes(fact, due(visit, stage, fact.person.id))
                if minutes <= 0:
                    doubt = "permintaan waktu tambahan yang tidak melampaui batas waktu sekarang"
                    self.unclear(AnswerUnclear(fact.stage, fact.visit, fact.person, fact.text, doubt, fact.mail))
                    return
                self.record(Kind.EXTENDED, **record, minutes=minutes)
                self.relay(stage, visit, reply, fact)
            case _:
                self.record(Kind.ANSWERED, **record)
                self.tell_the_others(stage, visit, fact.person)
        extra = {"catatan": fact.caution}
        if fact.via.startswith(ORAL):  # whoever is said to have said it must be able to deny it
            extra |= {"lisan": fact.via, "keputusan": fact.decision.replace("_", " "), "teks": fact.text}
        self.tell(fact.person.id, "dicatat", "dicatat", fact.mail, stage=fact.stage, visit=fact.visit, extra=extra)
        self.go(reply, note=fact.text if reply.effect is Effect.RETURN else note)

    def asked_of(self, fact: _Heard) -> tuple[Visit, Asked] | None:
        """The wait that `fact` answers, and how its author was asked. None, and all is done, when it decides nothing:
        whoever was never asked only remarks, and what was decided without them stays decided.
        """
        visit = self.incident.visit(fact.stage, fact.visit)
        if visit is None or not visit.was_asked(fact.person.id):
            self.remark(Remarked(fact.person, fact.text, fact.mail))
            return None
        asked = visit.asked_of(fact.person.id, fact.received or self.now)
        if visit is self.incident.current and asked is not None:
            return visit, asked
        self.late(fact, record_of(fact) | {"decision": _WORD.get(type(fact), getattr(fact, "decision", ""))})
        return None

    def proposed(self, fact: AnswerProposed) -> None:
        """Somebody seems to have answered."""
        said = fact.answer
        found = self.asked_of(said)
        if found is None:
            return
        visit, _ = found
        stage = self.procedure.stage(visit.stage)
        if sum(one.person == said.person.id for one in visit.proposed) >= ASKED_BACK:
            # Whoever writes in their name must not use up what they themselves may be asked: this is told to Helpdesk.
            sender = f"{said.person.address} ({stage.label} {visit.number})"
            self.untrusted(AnswerUntrusted(stage.name, sender, fact.reason, said.text, said.mail, said.person.id))
        elif stage.reply(said.decision) is None:
            doubt = said.decision
            self.unclear(AnswerUnclear(said.stage, said.visit, said.person, said.text, doubt, said.mail))
        else:
            self.propose(fact, stage, visit.number)

    def late(self, fact: _Heard, record: dict[str, Any]) -> None:
        """It has been decided, or the incident went on: recorded, and told to whoever wrote."""
        before = self.incident.late.count((fact.person.id, fact.stage, fact.visit))
        self.record(Kind.LATE, **record)
        if before < TOLD_LATE:
            self.tell(fact.person.id, "sudah_diputuskan", "telat", fact.mail, stage=fact.stage, visit=fact.visit)

    def unclear(self, fact: AnswerUnclear) -> None:
        found = self.asked_of(fact)
        if found is None:
            return
        visit, _ = found
        before = visit.unclear.count(fact.person.id)
        self.record(Kind.UNCLEAR, **record_of(fact), understood=fact.understood, question=fact.question)
        stage, helpdesk = self.procedure.stage(visit.stage), self.directory.holders(self.helpdesk())
        relayed = fact.question and fact.person not in helpdesk
        if before >= ASKED_BACK:
            return
        extra = {
            "teks": fact.text,
            "dipahami": fact.understood,
            "pejabat": f"{fact.person.name}, {fact.person.signature_title}",
            "alamat_pejabat": fact.person.address,
        }
        self.letters.append(
            Outgoing(
                key=self.key(stage, visit.number, "perjelas", short_ref(fact.mail, self.incident.seq)),
                template="pertanyaan_diteruskan" if relayed else "mohon_perjelas",
                person=fact.person.id,
                stage=stage.name,
                visit=visit.number,
                asks=True,
                extra=extra,
                offers=fact.offers,
            )
        )
        if relayed:
            self.tell_helpdesk("pertanyaan_pejabat", "pertanyaan", fact.mail, stage=stage.name, extra=extra)
        elif before == ASKED_BACK - 1 and fact.person not in helpdesk:
            self.tell_helpdesk("jawaban_belum_jelas", "belum-jelas", fact.mail, stage=stage.name, extra=extra)

    def untrusted(self, fact: AnswerUntrusted) -> None:
        from_sender, in_all = self.incident.refused.count(fact.sender), len(self.incident.refused)
        self.record(
            Kind.UNTRUSTED,
            stage=fact.stage,
            sender=fact.sender,
            reason=fact.reason,
            text=fact.text,
            mail=fact.mail,
            named=fact.named,
        )
        if from_sender >= TOLD_REFUSED or in_all >= TOLD_REFUSED_IN_ALL:
            return
        last = from_sender == TOLD_REFUSED - 1 or in_all == TOLD_REFUSED_IN_ALL - 1
        extra = {"pengirim": fact.sender, "alasan": fact.reason, "teks": fact.text, "terakhir_dikabarkan": last}
        self.tell_helpdesk("jawaban_tidak_sah", "tidak-sah", fact.mail, stage=fact.stage, extra=extra, but=fact.named)
        if fact.named:
            self.tell(fact.named, "jawaban_atas_nama", "atas-nama", fact.mail, stage=fact.stage, extra=extra)

    def delegated(self, fact: Delegated) -> None:
        """Whoever is asked leaves it to somebody who may stand in for them; nobody passes it on a second time."""
        found = self.asked_of(fact)
        if found is None:
            return
        visit, asked = found
        stage = self.procedure.stage(visit.stage)
        entitled = {person.id: person for person in self.stand_ins(stage)}
        people = [entitled[one] for one in dict.fromkeys(fact.to) if one in entitled and one != fact.person.id]
        if asked.capacity == Capacity.DELEGATE:
            doubt = "pelimpahan lebih lanjut, yang tidak dapat dilakukan oleh penerima pelimpahan"
        elif not people:
            doubt = f"pelimpahan kepada {fact.said}, yang tidak tercatat sebagai wakil atau atasan untuk langkah ini"
        else:
            self.record(Kind.DELEGATED, **words_of(fact), to=[person.id for person in people], said=fact.said)
            self.ask(stage, tuple(people), Capacity.DELEGATE, f"dilimpahkan oleh {fact.person.name}")
            extra = {"kepada": ", ".join(person.name for person in people)}
            self.tell(fact.person.id, "dilimpahkan", "dilimpahkan", fact.mail, stage=stage.name, extra=extra)
            return
        self.unclear(AnswerUnclear(fact.stage, fact.visit, fact.person, fact.text, doubt, fact.mail))


def _more_minutes(fact: AnswerGiven, until_now: datetime) -> int:
    """By how much the deadline moves: by the minutes asked for, or from `until_now` to the moment that was named."""
    until = fact.details.get("until")
    if until is None:
        return int(fact.details.get("minutes") or 0)
    return -((until_now - datetime.fromisoformat(str(until))) // timedelta(minutes=1))


def words_of(fact: _Heard | Reassigned) -> dict[str, Any]:
    return {"stage": fact.stage, "visit": fact.visit, **by(fact.person), "text": fact.text, "mail": fact.mail}


def record_of(fact: _Heard) -> dict[str, Any]:
    record = words_of(fact)
    if isinstance(fact, AnswerGiven):
        capacity = Capacity.DEPUTY if fact.person.acting else Capacity.HOLDER
        record |= {
            "decision": fact.decision,
            "details": dict(fact.details),
            "via": fact.via,
            "caution": fact.caution,
            "capacity": capacity.value,
        }
    return record
