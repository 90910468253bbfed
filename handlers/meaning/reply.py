"""A mail that answers one of ours, with whoever may be said to have written it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from handlers.meaning.card_names import card_names
from handlers.meaning.our_mails import our_mails
from handlers.meaning.our_numbers import our_numbers
from handlers.ports import Ports
from handlers.trust.ruling import Ruling
from outbox.queue import QueuedMail
from parsers.mails.date_field import sent_at
from parsers.mails.message import Mail
from parsers.replies.whole_answer import Question
from readers.pool import Reading
from register.ledger import CollectedMail
from sop.after_end import still_taken
from sop.incident import Incident
from sop.mails import MailTemplate
from sop.people import Person
from sop.procedure import Procedure
from sop.reassigning import may_reassign
from sop.standing import Standing

TELLS_OF_LATENESS = (MailTemplate.LATE, MailTemplate.REASSIGNED, MailTemplate.ASK_BACK)
"""Mails to whoever may name another team: that one is late, that another works, that none is known by that name."""

OFFERS_LATE = (MailTemplate.WENT_ON_BY_ITSELF, MailTemplate.ASK_BACK)
"""Mails that say which answer may still come after the end."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A mail, what it answers, and who may be said to have written it.

    Attributes:
        stage, visit: what it answers; "" and 0 where its author is only kept informed.
    """

    ports: Ports
    collected: CollectedMail
    reading: Reading
    asked: QueuedMail
    standing: Standing
    stage: str
    visit: int
    ruling: Ruling
    doubt: str = ""
    """Why it may not be its author's word to us, to be read after "karena"."""

    @property
    def incident(self) -> Incident:
        return self.standing.incident

    @property
    def procedure(self) -> Procedure:
        return self.standing.procedure

    @property
    def mail(self) -> Mail:
        return self.reading.mail

    @property
    def sent(self) -> datetime:
        """When its author wrote, as far as that can be believed."""
        return sent_at(self.mail.date, self.collected.received) or self.collected.received

    @property
    def waits(self) -> bool:
        """Whether what it answers is being waited for."""
        current = self.incident.current
        return current is not None and (current.stage, current.number) == (self.stage, self.visit)

    def offered_late(self, decision: str) -> bool:
        """Whether it answers a mail that offers it although the incident has ended."""
        return self.asked.template in OFFERS_LATE and self.takes(decision)

    def takes(self, decision: str) -> bool:
        """Whether `decision` still counts although the incident has ended."""
        return still_taken(self.procedure, self.incident, self.stage, decision) is not None

    @property
    def reassigns(self) -> bool:
        """Whether it answers the word that a team is late, by one who may name another."""
        person = self.ruling.person
        told = self.asked.template in TELLS_OF_LATENESS and not self.stage and person is not None
        return told and person is not None and may_reassign(self.procedure, self.incident, person)

    def names_a_team(self, said: str, decision: str) -> bool:
        """Whether whoever may name another team does, or seems to: `said` has the word that does so."""
        words = said.lower()
        return self.reassigns and (bool(decision) or any(word in words for word in self.accepted(self.stage)))

    def accepted(self, stage: str) -> list[str]:
        if self.reassigns and self.incident.current is not None:
            return list(self.procedure.assigns(self.procedure.stage(self.incident.current.stage)))
        return [reply.decision for reply in self.procedure.stage(stage).replies] if stage else []

    def question(self) -> Question:
        behind = {address for person in self._aided() for address in person.addresses}
        return Question(
            self.accepted(self.stage),
            self.incident.number,
            self.sent,
            self.asked.subject,
            behind,
            our_numbers(self.ports),
            our_mails(self.ports, self.mail, self.asked),
            card_names(self.ports.words),
        )

    def _aided(self) -> tuple[Person, ...]:
        return self.ports.directory().by_aide(self.mail.sender)
