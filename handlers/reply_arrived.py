"""An official has answered one of our mails: who is it really, and what was decided?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from handlers.carry_out import carry_out_together
from handlers.flood import FLOOD
from handlers.letter_arrived import open_as_ordered
from handlers.link_incidents import CannotLinkError, both_sides, concerns_a_link
from handlers.no_emergency import show_helpdesk
from handlers.not_over import go_on, may_be_corrected, may_be_ordered
from handlers.our_mails import our_mails
from handlers.our_numbers import our_numbers
from handlers.ports import Ports
from handlers.settle_mail import put_off, set_apart, settled, settling
from handlers.strangers import telling_stranger
from handlers.teams import people_called, people_of_team, teams_named
from handlers.trust import Ruling, Shown, rule, shown_by
from outbox.queue import QueuedMail
from parsers.letters.values import MailKind
from parsers.mails.date_field import sent_at
from parsers.mails.headers import automation
from parsers.mails.message import Mail
from parsers.readers.pool import Reading
from parsers.replies.answer import Answer, read_answer, reply_text
from parsers.replies.courtesy import is_courtesy
from parsers.replies.helpdesk_order import Word, read_order
from parsers.replies.hesitation import QUESTION
from parsers.replies.whole_answer import Question, WholeAnswer, read_whole_answer
from register import journal, ledger
from register.ledger import CollectedMail
from sop.facts import AnswerGiven, AnswerUnclear, AnswerUntrusted, AnswerWithdrawn, Delegated, Fact
from sop.incident import Incident
from sop.people import Person
from sop.procedure import Procedure

_CORRECTION = re.compile(r"^\W*(?:ralat|koreksi)\W+", re.IGNORECASE)
MOST_REFUSED = 200
"""Answers that may not count, in one incident; what follows is set apart, or its story would be theirs."""
ANSWERED, UNCLEAR, REFUSED, NO_ANSWER = "jawaban", "jawaban belum jelas", "jawaban tidak sah", "tanpa jawaban"
TAKEN_BACK, DELEGATED, GOES_ON, COURTESY = "ralat", "pelimpahan", "dibuka lagi", "ucapan"


@dataclass(frozen=True, slots=True)
class _Reply:
    """A mail, what it answers, and who may be said to have written it."""

    ports: Ports
    collected: CollectedMail
    reading: Reading
    asked: QueuedMail
    incident: Incident
    procedure: Procedure
    stage: str
    visit: int
    ruling: Ruling

    @property
    def mail(self) -> Mail:
        return self.reading.mail

    @property
    def sent(self) -> datetime:
        """When its author wrote, as far as that can be believed."""
        return sent_at(self.mail.date, self.collected.received) or self.collected.received

    def accepted(self, stage: str) -> list[str]:
        return [reply.decision for reply in self.procedure.stage(stage).replies] if stage else []


def handle(
    ports: Ports, collected: CollectedMail, reading: Reading, asked: QueuedMail, has_token: bool
) -> tuple[str, str]:
    """Carry the answer into the incident. Returns what became of the mail, and the incident's number."""
    with ports.database.reading() as tx:
        incident = journal.read_incident(tx, asked.incident)
        procedure = journal.pinned_procedure(tx, incident.procedure, incident.version)
    stage, visit = _stage_answered(asked, incident)
    ruling = rule(_shown(ports, collected, reading.mail, asked, has_token, incident, stage, visit), ports.directory())
    reply = _Reply(ports, collected, reading, asked, incident, procedure, stage, visit, ruling)
    if ruling.person is None:
        return _refused(reply), asked.incident
    whole = reading.ask(read_whole_answer, reading.mail, _question(reply), reading.opener)
    if whole.slow and ports.reads_scans and not reading.slow:
        return put_off(ports, collected), asked.incident
    if automation(reading.mail) and not whole.answer.decision:
        # Asked back, a mailbox that forwards everything would ask us again.
        return show_helpdesk(ports, collected, reading.mail, str(MailKind.AUTO_REPLY)), ""
    if not _waits(incident, stage, visit) and reading.ask(is_courtesy, whole.text):
        return settled(ports, collected, COURTESY, asked.incident), asked.incident
    word = _word_shown(reply, ruling.person) if whole.answer.kind == "darurat" else None
    if word is not None and word.incident == incident.number:
        return GOES_ON, open_as_ordered(ports, collected, incident, word)
    if word is not None:
        said = f"surat itu sudah dicatat sebagai {word.incident}"
        carry_out_together(
            ports, {incident.number: _unclear(reply, ruling.person, whole.text, said)}, settling(collected, UNCLEAR)
        )
        return UNCLEAR, asked.incident
    if whole.answer.kind == "darurat" and may_be_ordered(incident, procedure, ruling.person):
        return GOES_ON, go_on(ports, incident, settling(collected, GOES_ON))
    if whole.answer.kind == "ralat" and may_be_corrected(incident, procedure, ruling.person):
        return TAKEN_BACK, go_on(ports, incident, settling(collected, TAKEN_BACK))
    facts, became = _facts(reply, ruling.person, whole)
    carry_out_together(ports, facts, settling(collected, became))
    return became, asked.incident


def _word_shown(reply: _Reply, person: Person) -> CollectedMail | None:
    """The later mail of a reporter that our mail showed to Helpdesk, unless they are being asked something else."""
    current, helpdesk = reply.incident.current, reply.procedure.first_stage().role
    if reply.asked.template != "kabar_pelapor" or person.role != helpdesk:
        return None
    if current is not None and current.may_answer(person.id):
        return None
    with reply.ports.database.reading() as tx:
        return ledger.by_prefix(tx, reply.asked.key.split("/")[-2])


def _waits(incident: Incident, stage: str, visit: int) -> bool:
    current = incident.current
    return current is not None and (current.stage, current.number) == (stage, visit)


def _question(reply: _Reply) -> Question:
    directory = reply.ports.directory()
    behind = {address for person in directory.by_aide(reply.mail.sender) for address in person.addresses}
    return Question(
        reply.accepted(reply.stage),
        reply.incident.number,
        reply.sent,
        reply.asked.subject,
        behind,
        our_numbers(reply.ports),
        our_mails(reply.ports, reply.mail, reply.asked),
    )


def _refused(reply: _Reply) -> str:
    """It may not count: recorded, shown to Helpdesk and to whoever's name was used."""
    ports, ruling = reply.ports, reply.ruling
    if len(reply.incident.refused) >= MOST_REFUSED:
        return set_apart(ports, reply.collected, FLOOD, reply.mail.sender)
    text = reply.reading.ask(reply_text, reply.mail, our_mails(ports, reply.mail, reply.asked))
    fact = AnswerUntrusted(reply.stage, reply.mail.sender, ruling.reason, text, reply.collected.id, ruling.named)
    also = settling(reply.collected, REFUSED)
    if ruling.write_to_stranger:
        also = telling_stranger(ports, reply.mail, also)
    carry_out_together(ports, {reply.incident.number: fact}, also)
    return REFUSED


def _facts(reply: _Reply, person: Person, whole: WholeAnswer) -> tuple[dict[str, Fact], str]:
    """What the answer means to the incident; an order to link or to part concerns two."""
    incident, text = reply.incident, whole.text
    order = reply.reading.ask(read_order, text, our_numbers(reply.ports))
    if order is not None and concerns_a_link(reply.ports, order, person):
        try:
            facts = both_sides(reply.ports, incident, order, person, text, reply.collected.id)
            return facts, str(order.word)
        except CannotLinkError as reason:
            return {incident.number: _unclear(reply, person, text, str(reason))}, UNCLEAR
    fact, became = _fact(reply, person, whole)
    return {incident.number: fact}, became


def _fact(reply: _Reply, person: Person, whole: WholeAnswer) -> tuple[Fact, str]:
    answer, mail = whole.answer, reply.collected.id
    if answer.kind == "ralat" and (taken := _taken_back(reply, person, whole)):
        return taken, TAKEN_BACK
    if not reply.stage:
        reason = "surel yang dibalas tidak meminta jawaban"
        return AnswerUntrusted("", reply.mail.sender, reason, whole.text, mail), NO_ANSWER
    if answer.kind == "delegasi":
        said = str(answer.details["delegate_to"])
        people = people_called(reply.ports.directory(), dict(reply.procedure.roles), said)
        ids = tuple(one.id for one in people)
        return Delegated(reply.stage, reply.visit, person, ids, said, whole.text, mail), DELEGATED
    if not answer.decision:
        return _unclear(reply, person, whole.text, answer.understood, answer), UNCLEAR
    if nobody := _assigns_nobody(reply, answer):
        return _unclear(reply, person, whole.text, nobody), UNCLEAR
    return _given(reply, person, answer, (reply.stage, reply.visit)), ANSWERED


def _assigns_nobody(reply: _Reply, answer: Answer) -> str:
    """What is wrong with an assignment to somebody whom the directory does not know; "" for nothing."""
    directory, named = reply.ports.directory(), str(answer.details.get("assignee", ""))
    if not named or people_of_team(directory, named):
        return ""
    teams = teams_named(directory)
    return f"penugasan kepada {named}, yang tidak tercatat dalam daftar pejabat (yang tercatat: {teams})"


def _unclear(reply: _Reply, person: Person, text: str, understood: str, answer: Answer | None = None) -> AnswerUnclear:
    kind, details = (answer.kind, answer.details) if answer else ("", {})
    offers = (f"{Word.MERGE} {details['incident']}",) if kind == "gabung" else ()
    question = understood == QUESTION
    return AnswerUnclear(
        reply.stage, reply.visit, person, text, understood, reply.collected.id, question=question, offers=offers
    )


def _given(reply: _Reply, person: Person, answer: Answer, answered: tuple[str, int]) -> AnswerGiven:
    details = dict(answer.details)
    if "assignee" in details:
        team = people_of_team(reply.ports.directory(), str(details["assignee"]))
        details["people"] = [member.id for member in team]
    stage, visit = answered
    caution = reply.ruling.caution
    return AnswerGiven(stage, visit, answer.decision, person, answer.text, details, reply.collected.id, caution=caution)


def _taken_back(reply: _Reply, person: Person, whole: WholeAnswer) -> AnswerWithdrawn | None:
    """A correction concerns the answer that its author gave last, whichever of our mails it answers."""
    given = [visit for visit in reply.incident.visits if visit.answer and visit.answer.person == person.id]
    if not given:
        return None
    stage, visit = given[-1].stage, given[-1].number
    said = str(whole.answer.details.get("instead", ""))  # words without case; what follows "Ralat:" is kept as written
    said = _CORRECTION.sub("", whole.text) if said and _CORRECTION.match(whole.text) else said
    answer = None
    if said:
        numbers, sent = our_numbers(reply.ports), reply.sent
        answer = reply.reading.ask(read_answer, said, reply.accepted(stage), sent, reply.incident.number, numbers)
    instead = _given(reply, person, answer, (stage, visit)) if answer and answer.decision else None
    return AnswerWithdrawn(stage, visit, person, whole.text, reply.collected.id, instead)


def _stage_answered(asked: QueuedMail, incident: Incident) -> tuple[str, int]:
    """What is answered: what the mail asked; for a mail that only informed, what its reader is being asked now."""
    if asked.asks:
        return asked.stage, asked.visit
    current = incident.current
    if current is not None and current.may_answer(asked.person):
        return current.stage, current.number
    return (asked.stage, asked.visit) if asked.stage else ("", 0)


def _shown(
    ports: Ports,
    collected: CollectedMail,
    mail: Mail,
    asked: QueuedMail,
    has_token: bool,
    incident: Incident,
    stage: str,
    visit: int,
) -> Shown:
    """What the mail shows about its author. Without a stage only whoever we wrote to may speak."""
    entry = incident.visit(stage, visit) if stage else None
    # Whoever we wrote to may answer; whether it still decides anything is for the SOP to say ("sudah diputuskan").
    may_answer = {asked.person, *(one.person for one in entry.asked)} if entry else {asked.person}
    return shown_by(ports, collected, mail, asked, has_token=has_token, may_answer=may_answer)
