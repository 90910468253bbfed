"""The mails for what was decided: each reader's own words, the papers and the original letter that go with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from handlers.ports import Ports
from handlers.telling.helpdesk import composed, tell_of_fault
from handlers.telling.reminders import Waiting, also_waiting
from handlers.telling.whole_letter import NO_MAILS, WholeLetter, newest_word, read_original, whole_letter
from handlers.trust.known_reporters import may_be_written_to
from outbox import queue
from outbox.matter import Attachment, Matter, Reader, as_reader
from parsers.letters.original import Original
from sop.addressee import Addressee
from sop.events import TookIn
from sop.incident import Incident
from sop.mails import Enclosure, MailTemplate
from sop.people import Directory
from sop.report import NOTHING, Report
from sop.standing import Standing
from sop.verdict import Outgoing
from templates.characters import plain


@dataclass(frozen=True, slots=True)
class Written:
    """A mail to be queued. `named`: which other incidents it reminds of, with the number of their newest event."""

    draft: queue.Draft
    named: Mapping[str, int] = field(default_factory=dict)


def compose_all(
    ports: Ports,
    standing: Standing,
    directory: Directory,
    mails: Sequence[Outgoing],
    witness: Sequence[str] = (),
    unlisted: Mapping[str, str] = NO_MAILS,
) -> list[Written]:
    """`mails` as they go out, their bytes archived; `witness` stands in the foot of each. Whoever has no address gets
    none. `standing`: the incident with what has just been decided; `unlisted`: as in `read_original`.
    """
    procedure, incident = standing.procedure, standing.incident
    written, enclosures, began_with = list[Written](), _Enclosures(ports, standing, directory, unlisted), None
    for letter in mails:
        also = Waiting()
        if letter.template == MailTemplate.REMINDER and procedure.merge_reminders:
            also = also_waiting(ports, letter.person.name, incident.number, procedure.merge_reminders)
        reader = _reader(ports, letter.person, incident, directory)
        if reader is None:
            continue
        if began_with is None:
            began_with = _original(ports, incident.mail)
        attachments = [file for name in letter.attachments for file in enclosures.of(name)]
        whole = Enclosure.ORIGINAL in letter.attachments and enclosures.letter.there
        root = f"{incident.number}@{ports.address.rpartition('@')[2]}".lower()
        theirs = _letter_of(ports, letter.person, incident, began_with)
        thread = [theirs] if theirs else [root]
        text = began_with.text if Enclosure.ORIGINAL in letter.attachments and not began_with.files else ""
        matter = Matter(standing, reader, ports.now(), attachments, thread, text, witness, also.shown, also.more, whole)
        draft, fault = composed(ports, letter, matter)
        if fault:
            tell_of_fault(ports, incident.number, f"surel {draft.subject}", fault)
        written.append(Written(draft, also.named))
    return written


@dataclass(slots=True)
class _Enclosures:
    """What goes with the mails of one verdict: each paper made, and the letter fetched, once and when it is needed."""

    ports: Ports
    standing: Standing
    directory: Directory
    unlisted: Mapping[str, str]
    _papers: dict[str, Attachment] = field(default_factory=dict)
    _letter: WholeLetter | None = None

    @property
    def letter(self) -> WholeLetter:
        if self._letter is None:
            self._letter = whole_letter(self.ports, self.standing, self.unlisted)
        return self._letter

    def of(self, name: str) -> Sequence[Attachment]:
        """What the enclosure called `name` is. Raises: KeyError for one that does not exist."""
        if name == Enclosure.ORIGINAL:
            return self.letter.attachments
        if name == Enclosure.WORD:
            return newest_word(self.ports, self.standing).attachments
        if name not in self._papers:
            paper = self.ports.papers.make(name, self.standing, self.directory)
            if paper.fault:
                tell_of_fault(self.ports, self.standing.number, paper.filename, paper.fault)
            self._papers[name] = Attachment(paper.filename, "application/pdf", paper.content)
        return (self._papers[name],)


def _original(ports: Ports, mail_id: str) -> Original:
    """The mail an incident began with; nothing of one that nobody wrote, or that cannot be had."""
    return read_original(ports, mail_id) or Original()


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
