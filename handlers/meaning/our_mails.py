"""Our own mails that a mail may quote: the one it answers, those it refers to, and the newest of that incident to its
author. What stands in them is none of its author's words.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from handlers.ports import Ports
from outbox import queue
from outbox.queue import QueuedMail
from parsers.mails.message import Mail
from parsers.mails.our_mail import OurMail
from parsers.mails.reply_words import reply_text
from parsers.mails.what_we_wrote import read_our_mail
from readers.pool import CannotRead, Overloaded, Reading
from register.archive import ArchiveDamaged

log = logging.getLogger(__name__)
MOST = 10
"""Requests, reminders and echoes of one incident that are quoted below each other."""


def our_mails(ports: Ports, mail: Mail, asked: QueuedMail | None, incident: str = "") -> Sequence[OurMail]:
    """What `mail` may quote of ours, the mail it answers first. `incident`: whose mails, when not that of `asked`."""
    incident = incident or (asked.incident if asked else "")
    readers = dict.fromkeys(address for address in (asked.recipient if asked else "", mail.sender) if address)
    with ports.database.reading() as tx:
        rows = [asked] if asked else []
        rows += queue.by_message_ids(tx, [*mail.in_reply_to, *mail.references])
        for reader in readers if incident else ():
            rows += queue.written_to(tx, incident, reader, MOST)
    return read_ours(ports, [row.sha256 for row in rows])


def said_by_author(ports: Ports, reading: Reading, asked: QueuedMail | None, incident: str = "") -> str:
    """The author's own words in the mail that is read. `asked`, `incident`: as of `our_mails`."""
    return reading.ask(reply_text, reading.mail, our_mails(ports, reading.mail, asked, incident))


def read_ours(ports: Ports, archived: Sequence[str]) -> tuple[OurMail, ...]:
    """Mails of ours by the SHA-256 of their bytes, each once; what cannot be had is left out."""
    return tuple(read for sha256 in list(dict.fromkeys(archived))[:MOST] if (read := _read(ports, sha256)))


def _read(ports: Ports, sha256: str) -> OurMail | None:
    try:
        return ports.readers.again(read_our_mail, ports.archive.get(sha256))
    except (ArchiveDamaged, CannotRead, Overloaded) as error:  # marks and attributions must do
        log.error("surel kami %s tidak dapat dibandingkan: %s", sha256[:12], error)
        return None
