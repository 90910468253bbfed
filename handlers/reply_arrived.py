"""An official has answered one of our mails: who is it really, and what was decided?"""

from __future__ import annotations

import re

from handlers.authenticity import failed_authentication
from handlers.carry_out import carry_out_together
from handlers.link_incidents import CannotLinkError, both_sides
from handlers.ports import Ports
from handlers.settle_mail import settling
from handlers.teams import people_of_team
from outbox.queue import QueuedMail
from parsers.answer import Answer, read_answer, reply_text
from parsers.helpdesk_order import Word, read_order
from parsers.message import Mail
from register import journal
from register.ledger import CollectedMail
from sop.facts import AnswerGiven, AnswerUnclear, AnswerUntrusted, Fact
from sop.incident import Incident
from sop.people import Person
from sop.procedure import Procedure

_BARE_PREFIX = re.compile(r"^\s*(?:(?:re|bls|balasan|fwd?|tr)\s*:\s*)*", re.IGNORECASE)


def handle(ports: Ports, collected: CollectedMail, mail: Mail, asked: QueuedMail) -> tuple[str, str]:
    """Carry the answer into the incident. Returns what became of the mail, and the incident's number."""
    with ports.database.reading() as tx:
        incident = journal.read_incident(tx, asked.incident)
        procedure = journal.pinned_procedure(tx, incident.procedure, incident.version)
    facts, became = _facts(ports, collected, mail, asked, incident, procedure)
    carry_out_together(ports, facts, settling(collected, became))
    return became, asked.incident


def _facts(
    ports: Ports, collected: CollectedMail, mail: Mail, asked: QueuedMail, incident: Incident, procedure: Procedure
) -> tuple[dict[str, Fact], str]:
    """What the answer means to the incident; an order to link or to part concerns two."""
    text = reply_text(mail)
    stage, visit = _stage_answered(asked, incident)
    person, doubt = _author(ports, mail, asked, incident, stage, visit)
    if person is None:
        untrusted = AnswerUntrusted(stage, mail.sender, doubt, text, collected.id)
        return {incident.number: untrusted}, "jawaban tidak sah"
    order = read_order(text)
    if order is not None and order.word in (Word.MERGE, Word.PART):
        try:
            return both_sides(ports, incident, order, person, text, collected.id), str(order.word)
        except CannotLinkError as reason:
            unclear = AnswerUnclear(stage, visit, person, text, str(reason), collected.id)
            return {incident.number: unclear}, "jawaban belum jelas"
    fact, became = _fact(ports, collected, mail, person, (stage, visit), procedure)
    return {incident.number: fact}, became


def _fact(
    ports: Ports,
    collected: CollectedMail,
    mail: Mail,
    person: Person,
    answered: tuple[str, int],
    procedure: Procedure,
) -> tuple[Fact, str]:
    text, (stage, visit) = reply_text(mail), answered
    if not stage:
        return AnswerUntrusted(
            "", mail.sender, "surel yang dibalas tidak meminta jawaban", text, collected.id
        ), "tanpa jawaban"
    accepted = [reply.decision for reply in procedure.stage(stage).replies]
    sent = mail.date or ports.now()
    answer = read_answer(text, accepted, sent)
    if not answer.decision:
        answer = _from_subject(mail, accepted, answer, sent)
    if not answer.decision:
        return AnswerUnclear(stage, visit, person, text, answer.understood, collected.id), "jawaban belum jelas"
    details = dict(answer.details)
    if "assignee" in details:
        team = people_of_team(ports.directory(), str(details["assignee"]))
        details["people"] = [member.id for member in team]
    return AnswerGiven(stage, visit, answer.decision, person, answer.text, details, collected.id), "jawaban"


def _stage_answered(asked: QueuedMail, incident: Incident) -> tuple[str, int]:
    """What is answered: what the mail asked; for a mail that only informed, what its reader is being asked now."""
    if asked.asks:
        return asked.stage, asked.visit
    current = incident.current
    if current is not None and current.may_answer(asked.person):
        return current.stage, current.number
    return (asked.stage, asked.visit) if asked.stage else ("", 0)


def _author(
    ports: Ports, mail: Mail, asked: QueuedMail, incident: Incident, stage: str, visit: int
) -> tuple[Person | None, str]:
    """The official who may answer, or None and the reason why the mail does not count."""
    candidates = ports.directory().by_address(mail.sender)
    if not candidates:
        return None, "alamat pengirimnya tidak terdaftar"
    if failed_authentication(mail, ports.authserv_id):
        return None, "server penerima menyatakan pengirimnya tidak asli (DMARC)"
    entry = incident.visit(stage, visit) if stage else None
    for person in candidates:
        if person.id == asked.person or (entry is not None and entry.may_answer(person.id)):
            return person, ""
    return None, "pengirimnya tidak diminta menjawab langkah ini"


def _from_subject(mail: Mail, accepted: list[str], answer: Answer, sent: object) -> Answer:
    """With an empty body, a word its author put into the subject counts: "[DKL-2026-0001] YA (kode)"."""
    if answer.text:
        return answer
    added = re.sub(
        r"\[[A-Z]+-\d{4}-\d+\]|\([a-z2-7]{5}-[a-z2-7]{5}-[a-z2-7]{4}\)", " ", _BARE_PREFIX.sub("", mail.subject)
    )
    words = added.split()
    if not words or len(words) > 3 or mail.date is None:
        return answer
    return read_answer(" ".join(words), accepted, mail.date)
