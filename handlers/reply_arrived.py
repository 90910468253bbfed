"""An official has answered one of our mails: who is it really, and what was decided?"""

from __future__ import annotations

import re

from handlers.carry_out import carry_out_together
from handlers.link_incidents import CannotLinkError, both_sides, concerns_a_link
from handlers.ports import Ports
from handlers.settle_mail import settling
from handlers.strangers import telling_stranger
from handlers.teams import people_of_team
from handlers.trust import Ruling, Shown, rule, shown_by
from outbox.queue import QueuedMail
from parsers.answer import Answer, read_answer
from parsers.helpdesk_order import read_order
from parsers.message import Mail
from parsers.reply import reply_text
from register import journal
from register.ledger import CollectedMail
from sop.facts import AnswerGiven, AnswerUnclear, AnswerUntrusted, Fact
from sop.incident import Incident
from sop.procedure import Procedure

_BARE_PREFIX = re.compile(r"^\s*(?:(?:re|bls|balasan|fwd?|tr)\s*:\s*)*", re.IGNORECASE)


def handle(ports: Ports, collected: CollectedMail, mail: Mail, asked: QueuedMail, has_token: bool) -> tuple[str, str]:
    """Carry the answer into the incident. Returns what became of the mail, and the incident's number."""
    with ports.database.reading() as tx:
        incident = journal.read_incident(tx, asked.incident)
        procedure = journal.pinned_procedure(tx, incident.procedure, incident.version)
    stage, visit = _stage_answered(asked, incident)
    ruling = rule(_shown(ports, mail, asked, has_token, incident, stage, visit), ports.directory())
    facts, became = _facts(ports, collected, mail, ruling, incident, (stage, visit), procedure)
    also = settling(collected, became)
    if ruling.write_to_stranger:
        also = telling_stranger(ports, mail, also)
    carry_out_together(ports, facts, also)
    return became, asked.incident


def _facts(
    ports: Ports,
    collected: CollectedMail,
    mail: Mail,
    ruling: Ruling,
    incident: Incident,
    answered: tuple[str, int],
    procedure: Procedure,
) -> tuple[dict[str, Fact], str]:
    """What the answer means to the incident; an order to link or to part concerns two."""
    text, order = reply_text(mail), read_order(reply_text(mail))
    if ruling.person is not None and order is not None and concerns_a_link(ports, order, ruling.person):
        try:
            return both_sides(ports, incident, order, ruling.person, text, collected.id), str(order.word)
        except CannotLinkError as reason:
            unclear = AnswerUnclear(*answered, ruling.person, text, str(reason), collected.id)
            return {incident.number: unclear}, "jawaban belum jelas"
    fact, became = _fact(ports, collected, mail, ruling, incident.number, answered, procedure)
    return {incident.number: fact}, became


def _fact(
    ports: Ports,
    collected: CollectedMail,
    mail: Mail,
    ruling: Ruling,
    number: str,
    answered: tuple[str, int],
    procedure: Procedure,
) -> tuple[Fact, str]:
    text, person, (stage, visit) = reply_text(mail), ruling.person, answered
    if person is None:
        refused = AnswerUntrusted(stage, mail.sender, ruling.reason, text, collected.id, ruling.named)
        return refused, "jawaban tidak sah"
    if not stage:
        return AnswerUntrusted(
            "", mail.sender, "surel yang dibalas tidak meminta jawaban", text, collected.id
        ), "tanpa jawaban"
    accepted = [reply.decision for reply in procedure.stage(stage).replies]
    sent = mail.date or ports.now()
    answer = read_answer(text, accepted, sent, number)
    if not answer.decision:
        answer = _from_subject(mail, accepted, answer, sent)
    if not answer.decision:
        return AnswerUnclear(stage, visit, person, text, answer.understood, collected.id), "jawaban belum jelas"
    details = dict(answer.details)
    if "assignee" in details:
        team = people_of_team(ports.directory(), str(details["assignee"]))
        details["people"] = [member.id for member in team]
    return AnswerGiven(
        stage, visit, answer.decision, person, answer.text, details, collected.id, caution=ruling.caution
    ), "jawaban"


def _stage_answered(asked: QueuedMail, incident: Incident) -> tuple[str, int]:
    """What is answered: what the mail asked; for a mail that only informed, what its reader is being asked now."""
    if asked.asks:
        return asked.stage, asked.visit
    current = incident.current
    if current is not None and current.may_answer(asked.person):
        return current.stage, current.number
    return (asked.stage, asked.visit) if asked.stage else ("", 0)


def _shown(
    ports: Ports, mail: Mail, asked: QueuedMail, has_token: bool, incident: Incident, stage: str, visit: int
) -> Shown:
    """What the mail shows about its author. Without a stage only whoever we wrote to may speak."""
    entry = incident.visit(stage, visit) if stage else None
    # Whoever we wrote to may answer; whether it still decides anything is for the SOP to say ("sudah diputuskan").
    may_answer = {asked.person, *(one.person for one in entry.asked)} if entry else {asked.person}
    return shown_by(ports, mail, asked, has_token=has_token, may_answer=may_answer)


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
