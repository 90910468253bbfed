"""The mails for what was decided: each reader's own words, the papers and the original letter that go with them."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from handlers.ports import Ports
from handlers.telling.helpdesk import composed, tell_of_fault
from handlers.telling.reminders import Waiting, also_waiting
from handlers.trust.known_reporters import may_be_written_to
from outbox import queue
from outbox.compose import Attachment, Matter, Reader, as_reader
from parsers.letters.original import Original, original
from readers.pool import CannotRead, Overloaded
from register import ledger
from register.archive import ArchiveDamaged
from sop.addressee import Addressee
from sop.events import TookIn
from sop.incident import Incident
from sop.mails import Enclosure, MailTemplate
from sop.people import Directory
from sop.report import NOTHING, Report
from sop.standing import Standing
from sop.verdict import Outgoing
from templates.characters import plain

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Written:
    """A mail to be queued. `named`: which other incidents it reminds of, with the number of their newest event."""

    draft: queue.Draft
    named: Mapping[str, int] = field(default_factory=dict)


def compose_all(
    ports: Ports, standing: Standing, directory: Directory, mails: Sequence[Outgoing], witness: Sequence[str] = ()
) -> list[Written]:
    """`mails` as they go out, their bytes archived; `witness` stands in the foot of each. Whoever has no address gets
    none. `standing`: the incident with what has just been decided.
    """
    procedure, incident = standing.procedure, standing.incident
    written, papers, began_with = list[Written](), dict[str, Attachment](), None
    for letter in mails:
        also = Waiting()
        if letter.template == MailTemplate.REMINDER and procedure.merge_reminders:
            also = also_waiting(ports, letter.person.name, incident.number, procedure.merge_reminders)
        reader = _reader(ports, letter.person, incident, directory)
        if reader is None:
            continue
        if began_with is None:
            began_with = _original(ports, incident.mail)
        attachments: list[Attachment] = []
        for name in letter.attachments:
            if name == Enclosure.ORIGINAL:
                attachments += [Attachment(file.name, file.mime_type, file.content) for file in began_with.files]
            else:
                if name not in papers:
                    paper = ports.papers.make(name, standing, directory)
                    if paper.fault:
                        tell_of_fault(ports, incident.number, paper.filename, paper.fault)
                    papers[name] = Attachment(paper.filename, "application/pdf", paper.content)
                attachments.append(papers[name])
        root = f"{incident.number}@{ports.address.rpartition('@')[2]}".lower()
        theirs = _letter_of(ports, letter.person, incident, began_with)
        thread = [theirs] if theirs else [root]
        text = began_with.text if Enclosure.ORIGINAL in letter.attachments and not began_with.files else ""
        matter = Matter(standing, reader, ports.now(), attachments, thread, text, witness, also.shown, also.more)
        draft, fault = composed(ports, letter, matter)
        if fault:
            tell_of_fault(ports, incident.number, f"surel {draft.subject}", fault)
        written.append(Written(draft, also.named))
    return written


def _original(ports: Ports, mail_id: str) -> Original:
    """The mail an incident began with; nothing of one that nobody wrote, or that cannot be had."""
    if not mail_id:
        return Original()
    with ports.database.reading() as tx:
        row = ledger.collected_mail(tx, mail_id)
    try:
        return ports.readers.again(original, ports.archive.get(row.sha256)) if row else Original()
    except (ArchiveDamaged, CannotRead, Overloaded) as error:  # the SOP goes on without the enclosure
        log.error("surat asli %s tidak dapat dilampirkan: %s", mail_id[:12], error)
        return Original()


def _letter_of(ports: Ports, to: Addressee, incident: Incident, began_with: Original) -> str:
    """Message-ID of the letter a reporter wrote: what they are told belongs to the thread they began. "" for others."""
    if to == Addressee.reporter():
        return began_with.message_id
    linked = _linked(to, incident)
    return _original(ports, linked.letter).message_id if linked else ""


def _reader(ports: Ports, to: Addressee, incident: Incident, directory: Directory) -> Reader | None:
    if not to.is_reporter:
        person = directory.person(to.name)
        return as_reader(person) if person else None
    linked = _linked(to, incident)
    report = incident.report if to == Addressee.reporter() else linked.report if linked else NOTHING
    return reporter_reads(report, to) if may_be_written_to(ports, report) else None


def _linked(to: Addressee, incident: Incident) -> TookIn | None:
    """The report of whoever reported an incident that is worked as part of this one."""
    return next((other for other in incident.joined if to == Addressee.reporter(other.incident)), None)


def reporter_reads(report: Report, to: Addressee) -> Reader | None:
    """Whoever wrote a letter, as the reader of ours. None when no address is known, or none that may be answered."""
    address = "" if report.tanpa_balasan else report.email or ""
    name = report.pengirim or report.opd or "Bapak/Ibu Pelapor"
    reachable = address and " ".join(plain(address).split()) == address  # else no server takes it
    return Reader(to, name, report.jabatan or "", address) if reachable else None
