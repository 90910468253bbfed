"""All that was written about an incident from outside, whole, as it goes with each request to whoever acts now: the
letter it began with, every later word on it, the reports that were linked to it, and the files that came with them.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from handlers.ports import Ports
from handlers.trust.known_reporters import is_known
from outbox import queue
from outbox.letter_text import LetterPart, MailShown
from outbox.matter import Attachment
from parsers.letters.original import MAX_ATTACHED, HeldBack, Original, original
from parsers.mails.our_mail import OurMail
from parsers.mails.what_we_wrote import read_our_mail
from readers.pool import CannotRead, Overloaded
from register import journal, ledger
from register.archive import ArchiveDamaged
from sop.events import Event, FollowedUp
from sop.incident import Incident
from sop.standing import Standing

log = logging.getLogger(__name__)
LONGEST_WORD = 1500
"""Characters of a later word that its mail shows (`kabar_pelapor`)."""
MOST_WORDS, MOST_READ = 40, 10
"""So many later words go along, the newest, and of so many the mail is read anew, with its files: whoever writes
without end must not hold up the desk. Of the others the journal has the words.
"""
MOST_QUOTED = 10
"""Mails of ours that a later word may quote: receipts, and the news of its incident."""
MOST_BEFORE = 3
"""So many incidents are gone back to that this one continues."""
ORAL = ("telepon", "wag")
NO_MAILS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class WholeLetter:
    """`there`: whether the letter itself could be had; else nothing may be said to be enclosed."""

    attachments: tuple[Attachment, ...] = ()
    there: bool = False


@dataclass(frozen=True, slots=True)
class _Source:
    """A mail from outside. `text`: what the journal has of it; `trusted`: its files may be passed on; `answers`: the
    incident whose mails to `sender` it may quote.
    """

    kind: str
    number: str
    mail: str
    text: str = ""
    sender: str = ""
    by_reporter: bool = True
    trusted: bool = True
    answers: str = ""


def read_original(
    ports: Ports, mail_id: str, unlisted: Mapping[str, str] = NO_MAILS, ours: tuple[OurMail, ...] = ()
) -> Original | None:
    """A mail as it is passed on; None for one that nobody wrote, or that cannot be had.

    `unlisted`: by mail, the SHA-256 of what is archived already and stands in the ledger only with what is decided now.
    `ours`: the mails of ours that it may quote, which are left out.
    """
    if not mail_id:
        return None
    with ports.database.reading() as tx:
        row = ledger.collected_mail(tx, mail_id)
    sha256 = row.sha256 if row else unlisted.get(mail_id, "")
    try:
        instead = ports.composer.words.our_quote
        return ports.readers.again(original, ports.archive.get(sha256), ours, instead) if sha256 else None
    except (ArchiveDamaged, CannotRead, Overloaded) as error:  # the SOP goes on without the enclosure
        log.error("surat asli %s tidak dapat dilampirkan: %s", mail_id[:12], error)
        return None


def whole_letter(ports: Ports, standing: Standing, unlisted: Mapping[str, str] = NO_MAILS) -> WholeLetter:
    """What goes with a request about the incident that stands so. `unlisted`: as in `read_original`."""
    sources = list(_sources(ports, standing))
    return _enclosed(ports, standing.number, sources, sources[0].mail, unlisted)


def newest_word(ports: Ports, standing: Standing) -> WholeLetter:
    """What goes with the mail that tells of the newest later word: nothing where that mail already says it all."""
    words = [event for event in standing.events if isinstance(event.data, FollowedUp)]
    if not words:
        return WholeLetter()
    (source,) = _later_words(ports, standing.incident, words[-1:])
    found = read_original(ports, source.mail)
    if found is None or not (len(source.text) > LONGEST_WORD or found.files or found.held_back or len(found.mails) > 1):
        return WholeLetter()
    return _enclosed(ports, standing.number, [source], source.mail)


def _sources(ports: Ports, standing: Standing) -> Iterator[_Source]:
    """In the order in which they are read: the letter, later words, what went before, linked reports."""
    incident = standing.incident
    kind = "lisan" if incident.channel in ORAL else "laporan"
    yield _Source(
        kind, incident.number, incident.mail, sender=incident.report.email or "", answers=incident.continues or ""
    )
    yield from _later_words(ports, incident, standing.events)
    earlier, seen = incident, {incident.mail}
    for _ in range(MOST_BEFORE):
        if earlier.reopened and earlier.reopened.mail not in ("", *seen):
            seen.add(earlier.reopened.mail)
            who = earlier.report.email or ""
            said = (earlier.number, earlier.reopened.mail, earlier.reopened.text)
            yield _Source("dibuka_lagi", *said, who, answers=earlier.continues or earlier.number)
        if not earlier.continues:
            break
        with ports.database.reading() as tx:
            before = journal.read_standing(tx, earlier.continues)
        earlier = before.incident
        if earlier.mail not in seen:
            seen.add(earlier.mail)
            yield _Source("semula", earlier.number, earlier.mail)
        yield from _later_words(ports, earlier, before.events)
    for other in incident.joined:
        yield _Source("gabungan", other.incident, other.letter)


def _later_words(ports: Ports, incident: Incident, events: Sequence[Event]) -> Iterator[_Source]:
    reports = (incident.report, *(other.report for other in incident.joined))
    known = {report.email for report in reports if report.email}
    words = [event.data for event in events if isinstance(event.data, FollowedUp)]
    for number, said in enumerate(words[-MOST_WORDS:], start=MOST_READ - len(words[-MOST_WORDS:])):
        by_reporter = said.sender in known or not known
        trusted = by_reporter or is_known(ports, said.sender)  # a number is easily guessed
        mail = said.mail if number >= 0 else ""
        who = (said.sender, by_reporter, trusted)
        yield _Source("susulan", incident.number, mail, said.text, *who, answers=incident.number)


def _enclosed(
    ports: Ports, number: str, sources: Sequence[_Source], there: str, unlisted: Mapping[str, str] = NO_MAILS
) -> WholeLetter:
    parts, files, seen, size, had = list[LetterPart](), list[Attachment](), set[bytes](), 0, False
    for source in sources:
        found = read_original(ports, source.mail, unlisted, _quotable(ports, source))
        part = _part(source, found)
        held_back = list(part.tidak_disertakan)
        for file in found.files if found else ():
            if file.content in seen:
                continue
            if not source.trusted:
                held_back.append((file.name, "bukan dari pelapor"))
            elif size + len(file.content) > MAX_ATTACHED:
                held_back.append((file.name, HeldBack.TOO_LARGE))
            else:
                seen.add(file.content)
                size += len(file.content)
                files.append(Attachment(file.name, file.mime_type, file.content, file.charset))
        parts.append(replace(part, tidak_disertakan=tuple(held_back)))
        had = had or (found is not None and source.mail == there)
    if not had and not any(part.surel or part.teks for part in parts):
        return WholeLetter()
    return WholeLetter((*files, ports.composer.letter_text(number, parts)), had)


def _quotable(ports: Ports, source: _Source) -> tuple[OurMail, ...]:
    """Our mails that `source` may quote. Where one cannot be had, its quote is passed on."""
    if not source.mail or not source.sender or not source.answers:
        return ()
    with ports.database.reading() as tx:
        rows = queue.written_to(tx, source.answers, source.sender, MOST_QUOTED)
    found = list[OurMail]()
    for sha256 in dict.fromkeys(row.sha256 for row in rows):
        try:
            found.append(ports.readers.again(read_our_mail, ports.archive.get(sha256)))
        except (ArchiveDamaged, CannotRead, Overloaded) as error:
            log.error("surel kami %s tidak dapat dibandingkan: %s", sha256[:12], error)
    return tuple(found)


def _part(source: _Source, found: Original | None) -> LetterPart:
    mails = tuple(
        MailShown(mail.sender, mail.date, mail.subject, mail.text, mail.other, mail.cut)
        for mail in (found.mails if found else ())
    )
    held_back = tuple((name, str(why)) for name, why in found.held_back) if found else ()
    text = "" if found else source.text
    return LetterPart(source.kind, source.number, source.by_reporter, mails, text, held_back)
