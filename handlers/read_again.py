"""An attachment that could not be read at once (a scan, a photo) has been read since: the card is completed.

The first mail never waits for this: Helpdesk gets the original at once, and is told afterwards what became known.
"""

from __future__ import annotations

import logging
from typing import Protocol

from handlers.carry_out import carry_out
from handlers.ports import Ports
from parsers.enclosed import Opener
from parsers.letter import read_letter
from register import journal, leases, ledger
from register.archive import ArchiveDamaged
from register.database import JournalUnavailable
from sop.facts import ReadAgain

log = logging.getLogger(__name__)
READ_BETTER = ("jenis", "hal", "ringkasan")
"""Taken from the accompanying mail for want of anything better; the letter itself says them better."""


class SlowPorts(Ports, Protocol):
    """The ports, and somebody who opens what takes time."""

    slow_opener: Opener | None
    """None where nothing is installed that could read scans: then they wait until it is."""


def read_what_is_unread(ports: SlowPorts) -> list[str]:
    """Read again what could not be read at once, one incident after the other. Returns the incidents concerned."""
    opener, done = ports.slow_opener, list[str]()
    if opener is None:
        return done
    for number in still_unread(ports):
        with ports.database.writing() as tx:
            if not leases.hold(tx, leases.READING_AGAIN, ports.desk, ports.now()):
                break  # another desk does it
        try:
            read_again(ports, number, opener)
        except (OSError, JournalUnavailable):
            raise
        except Exception:  # what breaks us is noted as read, or it would be tried for ever
            log.exception("lampiran %s tidak dapat dibaca ulang", number)
            carry_out(ports, number, ReadAgain())
        done.append(number)
    return done


def still_unread(ports: Ports) -> list[str]:
    """Open incidents with an attachment that nobody has read again yet."""
    with ports.database.reading() as tx:
        return journal.unread_incidents(tx)


def read_again(ports: Ports, number: str, opener: Opener) -> None:
    """Read an incident's letter once more with `opener`, which may take its time."""
    with ports.database.reading() as tx:
        incident = journal.read_incident(tx, number)
        row = ledger.read_mail(tx, incident.mail) if incident.mail else None
    fields, better = dict[str, object](), dict[str, object]()
    try:
        letter = read_letter(ports.archive.get(row.sha256), ports.offices, opener=opener) if row else None
    except ArchiveDamaged:
        letter = None
    if letter is not None and len(letter.unread) < len(incident.report.get("belum_terbaca", ())):
        for name, value in letter.as_report().items():
            if value:
                (better if name in READ_BETTER else fields)[name] = value
        better["belum_terbaca"] = list(letter.unread)
    carry_out(ports, number, ReadAgain(fields, better))
