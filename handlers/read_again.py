"""What could not be read at once (a scan, a photo) is read: a letter's card is completed, a filled-in sheet decides.

No mail waits for this: Helpdesk gets the original at once, and is told afterwards what became known.
"""

from __future__ import annotations

import logging
from dataclasses import replace

from handlers.carry_out import carry_out
from handlers.mail_arrived import act_on_mail
from handlers.meaning.letter_report import letter_in, report_of
from handlers.ports import Ports
from host.logs import about
from readers.pool import CannotRead, Interrupted, Overloaded
from register import journal, leases, ledger
from register.archive import ArchiveDamaged
from register.database import JournalUnavailable
from sop.facts import ReadAgain
from sop.report import NOTHING

log = logging.getLogger(__name__)
READ_BETTER = ("jenis", "hal", "ringkasan")
"""Taken from the accompanying mail for want of anything better; the letter itself says them better."""


def read_what_is_unread(ports: Ports) -> list[str]:
    """Read what could not be read at once, one after the other. Returns the incidents concerned."""
    done = list[str]()
    with ports.database.reading() as tx:
        put_off = ledger.to_read_slowly(tx)
    for mail in put_off:
        if not _is_ours(ports):
            return done
        done.append(act_on_mail(ports, mail, slow=ports.reads_scans).incident)
    for number in still_unread(ports) if ports.reads_scans else ():
        if not _is_ours(ports):
            break  # another desk does it
        try:
            with about(number):
                read_again(ports, number)
        except (OSError, JournalUnavailable, Interrupted):
            raise
        except Overloaded:
            continue
        except Exception:  # what breaks us is noted as read, or it would be tried for ever
            log.exception("lampiran %s tidak dapat dibaca ulang", number)
            carry_out(ports, number, ReadAgain())
        done.append(number)
    return done


def _is_ours(ports: Ports) -> bool:
    with ports.database.writing() as tx:
        return leases.hold(tx, leases.READING_AGAIN, ports.desk, ports.now())


def still_unread(ports: Ports) -> list[str]:
    """Open incidents with an attachment that nobody has read again yet."""
    with ports.database.reading() as tx:
        return journal.unread_incidents(tx)


def read_again(ports: Ports, number: str) -> None:
    """Read an incident's letter once more, with OCR; what cannot be read stays so. Raises: Overloaded, Interrupted."""
    with ports.database.reading() as tx:
        incident = journal.read_incident(tx, number)
        row = ledger.collected_mail(tx, incident.mail) if incident.mail else None
    said = better = NOTHING
    letter = None
    if row is not None:
        try:
            with ports.readers.open(ports.archive.get(row.sha256), slow=True) as reading:
                letter = letter_in(ports, reading, row.received)
        except (ArchiveDamaged, CannotRead) as error:
            log.warning("surat %s tidak dapat dibaca ulang: %s", number, error)
    if letter is not None and len(letter.unread) < len(incident.report.belum_terbaca or ()):
        read = report_of(letter)
        read = read.only(name for name in read.said() if read.knows(name))
        said, better = read.without(READ_BETTER), replace(read.only(READ_BETTER), belum_terbaca=letter.unread)
    carry_out(ports, number, ReadAgain(said, better))
