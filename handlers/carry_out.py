"""Carries out what `decide()` says: events, next deadline and outgoing mails in one transaction.

Reading, deciding and composing happen before the transaction, so that nobody waits for a PDF; if the incident went on
meanwhile, the transaction fails and everything is decided again from the new state.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from handlers.ports import Ports
from outbox import queue
from outbox.compose import Attachment, Matter, Reader, as_reader
from parsers.message import Mail, read_mail
from register import journal, ledger
from register.archive import ArchiveDamaged
from register.database import Conflict
from sop.decide import decide, next_deadline
from sop.events import Event
from sop.facts import Fact, Opened
from sop.incident import Incident
from sop.people import Directory
from sop.procedure import REPORTER, Procedure
from sop.verdict import Outgoing, Verdict
from templates.phrasing import WIB

log = logging.getLogger(__name__)
ATTEMPTS = 10
MAX_ATTACHED = 10_000_000
AlsoWrite = Callable[[Connection, str], bool]
"""Something to write in the same transaction; gets the incident's number; False: somebody else did it already."""


def nothing_else(tx: Connection, number: str) -> bool:
    return True


def carry_out(ports: Ports, number: str, fact: Fact, also: AlsoWrite = nothing_else) -> Verdict | None:
    """Apply `fact` to an incident. None when `also` said that somebody else had done it.

    Raises: KeyError for an unknown incident, Conflict when ten others were always faster.
    """
    for _ in range(ATTEMPTS):
        with ports.database.reading() as tx:
            events = journal.read_events(tx, number)
            incident = journal.read_incident(tx, number)
            if not incident.seq:
                raise KeyError(number)
            procedure = journal.pinned_procedure(tx, incident.procedure, incident.version)
        try:
            return _settle(ports, procedure, incident, events, fact, also)
        except Conflict as conflict:
            log.info("%s: decided again (%s)", number, conflict)
    raise Conflict(number)


def open_incident(ports: Ports, fact: Opened, also: AlsoWrite = nothing_else) -> Verdict | None:
    """Give a report its number and start the procedure. None when `also` said that somebody else had done it."""
    procedure = ports.procedure()
    year = ports.now().astimezone(WIB).year
    for _ in range(ATTEMPTS):
        with ports.database.reading() as tx:
            number = journal.next_number(tx, procedure.prefix, year)

        def take(tx: Connection, expected: str) -> bool:
            if journal.take_number(tx, procedure.prefix, year) != expected:
                raise Conflict(f"{expected} was taken")
            journal.pin_procedure(tx, procedure)
            return also(tx, expected)

        try:
            return _settle(ports, procedure, Incident(number), (), fact, take)
        except Conflict as conflict:
            log.info("number taken again (%s)", conflict)
    raise Conflict("incident number")


def _settle(
    ports: Ports,
    procedure: Procedure,
    before: Incident,
    events: tuple[Event, ...],
    fact: Fact,
    also: AlsoWrite,
) -> Verdict | None:
    now, directory = ports.now(), ports.directory()
    verdict = decide(procedure, before, fact, directory, now)
    all_events = (*events, *verdict.events)
    drafts = compose_all(ports, procedure, directory, verdict.incident, all_events, verdict.letters)
    new = _with_letters(verdict.events, drafts)
    try:
        with ports.database.writing() as tx:
            if not also(tx, before.number):
                raise _AlreadyDone
            journal.append(tx, before, verdict.incident, new, next_deadline(procedure, verdict.incident))
            doubtful = journal.restored_lately(tx, now)
            for draft in drafts:
                queue.put(tx, draft, now, doubtful=doubtful)
    except _AlreadyDone:
        return None
    return verdict


def _with_letters(events: tuple[Event, ...], drafts: Sequence[queue.Draft]) -> tuple[Event, ...]:
    """The chain also holds which mails a decision caused: a row missing from the outbox can be proved missing."""
    if not events or not drafts:
        return events
    last = events[-1]
    return (*events[:-1], replace(last, data={**last.data, "surat": [draft.key for draft in drafts]}))


class _AlreadyDone(Exception):
    """Rolls the transaction back: what was to be done has been done by somebody else."""


def compose_all(
    ports: Ports,
    procedure: Procedure,
    directory: Directory,
    incident: Incident,
    events: tuple[Event, ...],
    letters: Sequence[Outgoing],
) -> list[queue.Draft]:
    """The mails for `letters`, their bytes archived. Whoever has no address gets none."""
    drafts, papers, original = [], dict[str, Attachment](), None
    for letter in letters:
        reader = _reader(letter.person, incident, directory)
        if reader is None:
            continue
        if original is None:
            original = _original(ports, incident)
        attachments: list[Attachment] = []
        for name in letter.attachments:
            if name == "surat_asli":
                attachments += original.files
            else:
                if name not in papers:
                    paper = ports.papers.make(name, incident.number, events, procedure, directory)
                    papers[name] = Attachment(paper.filename, "application/pdf", paper.content)
                attachments.append(papers[name])
        root = f"{incident.number}@{ports.address.rpartition('@')[2]}".lower()
        thread = [original.message_id] if letter.person == REPORTER and original.message_id else [root]
        text = original.text if "surat_asli" in letter.attachments and not original.files else ""
        matter = Matter(procedure, events, reader, ports.now(), attachments, thread, text)
        composed = ports.composer.compose(letter, matter)
        drafts.append(
            queue.Draft(
                key=letter.key,
                incident=incident.number,
                stage=letter.stage,
                visit=letter.visit,
                person=letter.person,
                template=letter.template,
                asks=letter.asks,
                sender=ports.address,
                recipient=reader.address,
                subject=composed.subject,
                message_id=composed.message_id,
                token=composed.token,
                sha256=ports.archive.put(composed.raw),
            )
        )
    return drafts


class _Original:
    """The mail an incident began with: its files, its text, its Message-ID."""

    def __init__(self, mail: Mail | None) -> None:
        self.message_id = mail.message_id if mail else ""
        self.text = mail.plain.strip() if mail else ""
        self.files: list[Attachment] = []
        for part in mail.attachments if mail else ():
            size = sum(len(file.content) for file in self.files)
            if part.attached and size + len(part.content) <= MAX_ATTACHED:
                self.files.append(Attachment(part.filename or "lampiran", part.mime_type, part.content))


def _original(ports: Ports, incident: Incident) -> _Original:
    if not incident.mail:
        return _Original(None)
    with ports.database.reading() as tx:
        row = ledger.read_mail(tx, incident.mail)
    try:
        return _Original(read_mail(ports.archive.get(row.sha256)) if row else None)
    except ArchiveDamaged as error:  # the SOP goes on without the enclosure; `siaga verify` tells of it
        log.error("surat asli %s tidak dapat dilampirkan: %s", incident.number, error)
        return _Original(None)


def _reader(person_id: str, incident: Incident, directory: Directory) -> Reader | None:
    if person_id == REPORTER:
        address = str(incident.report.get("email") or "")
        name = str(incident.report.get("pengirim") or incident.report.get("opd") or "Bapak/Ibu Pelapor")
        return Reader(REPORTER, name, str(incident.report.get("jabatan") or ""), address) if address else None
    person = directory.person(person_id)
    return as_reader(person) if person else None
