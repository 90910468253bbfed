"""Mail is due: send it, and tell Helpdesk what was refused for good."""

from __future__ import annotations

import logging
from typing import Protocol

from sqlalchemy import Connection

from handlers.carry_out import carry_out
from handlers.meaning.undelivered import undelivered
from handlers.ports import Ports
from outbox import queue
from outbox.deliver import Delivery, Postman
from register.database import JournalUnavailable

log = logging.getLogger(__name__)


class SendingPorts(Ports, Protocol):
    """The ports, and somebody who sends."""

    postman: Postman


def send_due_mail(ports: SendingPorts) -> list[Delivery]:
    """Send one portion of what is due, and what follows from a refusal. Returns what came of each that was tried."""
    tried = ports.postman.deliver_due()
    if _tell_refusals(ports):
        tried += ports.postman.deliver_due()
    return tried


def _tell_refusals(ports: Ports) -> int:
    """Every refusal becomes an event of its incident once, whenever the desk died in between."""
    with ports.database.reading() as tx:
        refused = queue.refused_untold(tx)
    for mail in refused:

        def told(tx: Connection, _number: str, mail: queue.QueuedMail = mail) -> bool:
            return queue.mark_told(tx, mail)

        if mail.incident:
            try:
                carry_out(ports, mail.incident, undelivered(mail, mail.reply), told)
            except (OSError, JournalUnavailable):
                raise
            except Exception:  # one refusal that cannot be told must not keep the others from being told
                log.exception("penolakan surat %s belum dikabarkan", mail.key)
        else:
            with ports.database.writing() as tx:
                queue.mark_told(tx, mail)
    return len(refused)
