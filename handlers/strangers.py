"""Tells a stranger that their answer was not carried out: once ever, and only where the address is really theirs."""

from __future__ import annotations

import hashlib
import re

from sqlalchemy import Connection

from handlers.carry_out import AlsoWrite
from handlers.ports import Ports
from outbox import queue
from outbox.compose import Matter, Reader
from parsers.kind import is_list_mail, machine_kind
from parsers.message import Mail
from sop.verdict import Outgoing

TEMPLATE = "balasan_orang_lain"
_NOBODY = re.compile(
    r"(?:no-?reply|do-?not-?reply|mailer-daemon|postmaster|bounces?|owner-.*|.*-(?:bounces|request))[+@]"
)


def must_not_be_answered(mail: Mail, own: str) -> bool:
    """Lists, machines, the nameless and ourselves get no automatic answer (RFC 3834 §2)."""
    nobody = not mail.sender or mail.sender == own or _NOBODY.match(mail.sender) is not None
    return nobody or is_list_mail(mail) or machine_kind(mail) is not None


def telling_stranger(ports: Ports, mail: Mail, also: AlsoWrite) -> AlsoWrite:
    """`also`, and in the same transaction one word to the sender, unless they have had it."""
    if must_not_be_answered(mail, ports.address):
        return also
    key = f"umum/asing/{hashlib.sha256(mail.sender.encode()).hexdigest()[:32]}"
    reader = Reader("asing", "", "", mail.sender)
    composed = ports.composer.compose(
        Outgoing(key, TEMPLATE, "asing"), Matter(ports.procedure(), (), reader, ports.now())
    )
    draft = queue.Draft(
        key=key,
        incident="",
        stage="",
        visit=0,
        person="asing",
        template=TEMPLATE,
        asks=False,
        sender=ports.address,
        recipient=mail.sender,
        subject=composed.subject,
        message_id=composed.message_id,
        token=composed.token,
        sha256=ports.archive.put(composed.raw),
    )

    def write(tx: Connection, number: str) -> bool:
        if not also(tx, number):
            return False
        if not queue.is_queued(tx, key):
            queue.put(tx, draft, ports.now())
        return True

    return write
