"""Who has had our receipt for a report that came by their own mail."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from outbox.queue import State
from register.schema import mails, outbox
from sop.mails import MailTemplate


def has_our_receipt(tx: Connection, address: str) -> bool:
    """Whether an incident began with a mail from `address` (lower case), and our receipt went out to it.

    What others reported in its name does not count: a note of a telephone call has no author.
    """
    query = select(outbox.c.id).join_from(mails, outbox, mails.c.incident == outbox.c.incident)
    theirs = (mails.c.author == address, mails.c.became == "insiden", func.lower(outbox.c.recipient) == address)
    sent = (outbox.c.template == MailTemplate.RECEIPT.value, outbox.c.state == State.SENT.value)
    return tx.execute(query.where(*theirs, *sent).limit(1)).first() is not None
