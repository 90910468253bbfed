"""RALAT and BATAL: whoever answered takes it back, as long as nobody has acted on it."""

from __future__ import annotations

from dataclasses import replace

from sop.answering import Answering, record_of, words_of
from sop.events import Kind
from sop.facts import (
    AnswerGiven,
    AnswerProposed,
    AnswerUnclear,
    AnswerUntrusted,
    AnswerWithdrawn,
    AwayNow,
    Delegated,
    Reassigned,
    Remarked,
)
from sop.incident import Visit

Heard = (
    AnswerGiven
    | AnswerProposed
    | AnswerUnclear
    | AnswerUntrusted
    | AnswerWithdrawn
    | Delegated
    | Reassigned
    | Remarked
    | AwayNow
)


class TakingBack(Answering):
    """The part of the desk that undoes an answer."""

    def hear(self, fact: Heard) -> None:
        """Whatever comes from an official, or in the name of one."""
        match fact:
            case AnswerGiven():
                self.answer(fact)
            case AnswerProposed():
                self.proposed(fact)
            case Remarked():
                self.remark(fact)
            case Reassigned():
                self.reassign(fact)
            case AnswerUnclear():
                self.unclear(fact)
            case AnswerUntrusted():
                self.untrusted(fact)
            case AnswerWithdrawn():
                self.take_back(fact)
            case Delegated():
                self.delegated(fact)
            case AwayNow():
                self.away(fact)

    def take_back(self, fact: AnswerWithdrawn) -> None:
        """The stage is waited for again, or answered at once by what is said instead; who was asked next is told."""
        taken, waiting = self._taken_back(fact)
        if taken is None or waiting is None:
            visit = self.incident.visit(fact.stage, fact.visit)
            if visit is not None and visit.was_asked(fact.person.id):
                self.late(fact, record_of(fact) | {"decision": "ralat"})
            else:
                self.remark(Remarked(fact.person, fact.text, fact.mail))
            return
        stage = self.procedure.stage(taken.stage)
        self.record(Kind.WITHDRAWN, **words_of(fact))
        note = f"jawaban sebelumnya diralat oleh {fact.person.name}"
        still = any(person.id == fact.person.id for person in self.stand_ins(stage))
        if fact.instead is not None and stage.reply(fact.instead.decision) and still:
            number = self.begin(stage, note)
            assert taken.answer is not None
            self.record_asked(stage, number, fact.person, taken.answer.capacity, "")
            self.answer(replace(fact.instead, visit=number), note=note)
        else:
            self.start(stage, note)
        now = self.incident.current
        for person in dict.fromkeys(asked.person for asked in waiting.asked):
            if now is None or now.stage != waiting.stage or not now.may_answer(person):
                extra = {"oleh": f"{fact.person.name} ({fact.person.signature_title})"}
                self.tell(
                    person,
                    "permintaan_ditarik",
                    "ditarik",
                    fact.mail,
                    stage=waiting.stage,
                    visit=waiting.number,
                    extra=extra,
                )

    def _taken_back(self, fact: AnswerWithdrawn) -> tuple[Visit | None, Visit | None]:
        """The visit whose answer is taken back, and the one that it led to: None when somebody has acted since."""
        waiting = self.incident.current
        if waiting is None or waiting.recorded or len(self.incident.visits) < 2:
            return None, None
        before = self.incident.visits[-2]
        theirs = before.answer is not None and before.answer.person == fact.person.id
        meant = (before.stage, before.number) == (fact.stage, fact.visit)
        return (before, waiting) if theirs and meant else (None, None)
