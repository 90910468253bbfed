"""An official answers the list of what waits for them (STATUS), as if it were a reminder.

Nothing is decided by it: only an answer to the request itself is (ADR 31). It is never left without a word either: the
list is sent once more, with what was written and how to answer. What may be a report is read as a letter first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers.meaning.asked_together import as_listed
from handlers.meaning.our_mails import said_by_author
from handlers.meaning.our_numbers import our_numbers
from handlers.ports import Ports
from handlers.status_asked import told_officials, too_often, vouched_for
from handlers.telling.reminders import all_waiting
from handlers.too_often.flood import list_at_once, what_is_said
from handlers.trust.may_be_answered import must_not_be_answered
from handlers.what_became import queueing, settled, settling
from outbox.queue import Draft, QueuedMail
from parsers.letters.later_word import reports_outage
from parsers.mails.date_field import sent_at
from parsers.replies.answer import read_answer
from parsers.replies.courtesy import is_courtesy
from parsers.replies.listed_incidents import Listed
from parsers.replies.several import read_several
from readers.pool import Reading
from register import journal
from register.ledger import CollectedMail
from sop.mails import MailTemplate
from sop.people import Person
from sop.verdict import Said

LIST_ANSWERED, COURTESY = "jawaban atas daftar", "ucapan"


def handle(ports: Ports, collected: CollectedMail, reading: Reading, asked: QueuedMail) -> tuple[str, str] | None:
    """Tell whoever answers the list `asked` that it has decided nothing. None where it is none, where nobody vouches
    for its author, and where it may be a report: `told_again` then goes with what becomes of it.
    """
    people = _authors(ports, collected, reading, asked)
    if not people:
        return None
    text = said_by_author(ports, reading, asked)
    if reading.ask(is_courtesy, text):
        return settled(ports, collected, COURTESY), ""
    if not _answers(ports, collected, reading, text, people) and _may_report(reading, text, asked):
        return None
    drafts = _drafts(ports, collected, reading, text, people)
    if too_often(ports, collected, drafts[0]):  # they have been told; what they decide must not wait for the morning
        return list_at_once(ports, collected, reading.mail, what_is_said(reading.mail, text)), ""
    with ports.database.writing() as tx:
        queueing(ports, drafts, settling(collected, LIST_ANSWERED))(tx, "")
    return LIST_ANSWERED, ""


def told_again(ports: Ports, collected: CollectedMail, reading: Reading, asked: QueuedMail | None) -> Sequence[Draft]:
    """The list once more for whoever answered it with what reports nothing; none where it is no such answer."""
    people = _authors(ports, collected, reading, asked) if asked is not None else ()
    if not people:
        return ()
    drafts = _drafts(ports, collected, reading, said_by_author(ports, reading, asked), people)
    return () if too_often(ports, collected, drafts[0]) else drafts


def _authors(ports: Ports, collected: CollectedMail, reading: Reading, asked: QueuedMail) -> tuple[Person, ...]:
    """Whom to take for the author, if it answers a list and may be answered."""
    mail, directory = reading.mail, ports.directory()
    if asked.template != MailTemplate.STATUS or must_not_be_answered(mail, ports.address):
        return ()
    people = directory.by_address(mail.sender) or directory.by_aide(mail.sender)
    return vouched_for(ports, collected, reading, people)


def _answers(ports: Ports, collected: CollectedMail, reading: Reading, text: str, people: Sequence[Person]) -> bool:
    """Whether it names one of what waits for `people`, or would answer it: then it reports nothing new."""
    listed, numbers = _waiting(ports, people), our_numbers(ports)
    if not listed or not text.strip():
        return False
    sent = sent_at(reading.mail.date, collected.received) or collected.received
    if reading.ask(read_several, text, listed, sent, numbers).named:
        return True
    alike = {one.accepted: one for one in listed}.values()
    return any(reading.ask(read_answer, text, one.accepted, sent, one.number, numbers).decision for one in alike)


def _waiting(ports: Ports, people: Sequence[Person]) -> tuple[Listed, ...]:
    """What they may answer, without the names of the offices: of one of these a new report may speak as well."""
    found = list[Listed]()
    numbers = sorted({number for person in people for number in all_waiting(ports, person.id).named})
    with ports.database.reading() as tx:
        for number in numbers:
            standing = journal.read_standing(tx, number)
            if (visit := standing.incident.current) is not None:
                stage = standing.procedure.stage(visit.stage)
                found.append(replace(as_listed(ports, number, stage, standing.incident.report), names=()))
    return tuple(found)


def _may_report(reading: Reading, text: str, asked: QueuedMail) -> bool:
    """Below words a picture is a signature's; without any it may be the letter."""
    beside = ("image/",) if text.strip() else ()
    if any(not part.mime_type.startswith(beside) for part in reading.mail.attachments):
        return True
    return reading.ask(reports_outage, reading.mail, text, asked.subject)


def _drafts(
    ports: Ports, collected: CollectedMail, reading: Reading, text: str, people: Sequence[Person]
) -> list[Draft]:
    answered: Mapping[str, Said] = {"belum_memutuskan": True, "teks": text}
    return told_officials(ports, collected, reading, people, our_numbers(ports).within(text), answered)
