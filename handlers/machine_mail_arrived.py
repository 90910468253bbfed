"""A machine wrote: bounce, delay, auto-reply, read receipt, calendar. Never answered (RFC 3834), and never passed over:
what no incident takes up is shown to Helpdesk at once where it speaks of trouble, else in the list of the morning.
"""

from __future__ import annotations

from dataclasses import replace

from handlers.carry_out import carry_out, carry_out_together
from handlers.meaning.our_mails import said_by_author
from handlers.meaning.undelivered import undelivered
from handlers.meaning.which_incident import Belongs
from handlers.no_emergency import show_helpdesk, shown_to_helpdesk
from handlers.ports import Ports
from handlers.too_often.repeated import keep_repeated
from handlers.trust.authenticity import failed_authentication
from handlers.what_became import queueing, set_apart, settling
from outbox import queue
from outbox.queue import QueuedMail
from parsers.letters.kind import MachineMail
from parsers.letters.values import MailKind
from parsers.mails.absence import says_absent
from parsers.mails.came_back import came_back
from readers.pool import Reading
from register import journal, ledger
from register.ledger import CollectedMail
from sop.facts import AwayNow
from sop.people import Person


def handle(
    ports: Ports, collected: CollectedMail, reading: Reading, machine: MachineMail, belongs: Belongs
) -> tuple[str, str]:
    """Tie a bounce to the mail that bounced, an absence to who is asked; Helpdesk is told of everything else."""
    mail, kind, asked = reading.mail, machine.kind, belongs.proven
    if kind is MailKind.AUTO_REPLY and asked is not None and (absent := _absent(ports, collected, reading, asked)):
        told = shown_to_helpdesk(ports, collected, mail, str(kind)) if machine.trouble else []
        facts = _in_all_that_waits(ports, absent) or {asked.incident: absent}
        carry_out_together(ports, facts, queueing(ports, told, settling(collected, ledger.ABSENT)))
        return ledger.ABSENT, asked.incident
    bounced = belongs.asked if kind is MailKind.BOUNCE else None
    if machine.trouble and bounced is None:
        if kept := keep_repeated(ports, collected, reading, asked):
            return kept, ""
        return show_helpdesk(ports, collected, mail, str(kind), urgent=True), ""
    if bounced is None or not bounced.incident:
        return set_apart(ports, collected, str(kind), mail.sender), ""
    said = reading.ask(came_back, mail).status or "ditolak server penerima"
    carry_out(ports, bounced.incident, undelivered(bounced, said, collected.id), settling(collected, str(kind)))
    return str(kind), bounced.incident


def _absent(ports: Ports, collected: CollectedMail, reading: Reading, asked: QueuedMail) -> AwayNow | None:
    """What an official's own machine says in answer to our request: that they are away, and who stands in."""
    directory, mail = ports.directory(), reading.mail
    asked_of = asked.person.name
    if not asked.asks or asked_of not in {person.id for person in directory.by_address(mail.sender)}:
        return None
    text = said_by_author(ports, reading, asked)
    if failed_authentication(mail, ports.authserv_id) or not reading.ask(says_absent, mail.subject, text):
        return None
    named = tuple(person.id for person in directory.people if person.id != asked_of and _names(text, person))
    return AwayNow(asked.stage, asked.visit, asked_of, named, collected.id)


def _in_all_that_waits(ports: Ports, absent: AwayNow) -> dict[str, AwayNow]:
    """By incident: whatever waits for them. Such a machine answers us once in days, however often we ask."""
    found = dict[str, AwayNow]()
    with ports.database.reading() as tx:
        for number in dict.fromkeys(row.incident for row in queue.requests_to(tx, absent.person)):
            visit = journal.read_incident(tx, number).current
            if visit is not None and visit.may_answer(absent.person) and absent.person not in visit.away:
                found[number] = replace(absent, stage=visit.stage, visit=visit.number)
    return found


def _names(text: str, person: Person) -> bool:
    said = " ".join(text.lower().split())
    return any(address in said for address in person.addresses) or person.name.partition(",")[0].lower() in said
