"""New mail stands in the mailbox: keep its bytes, then enter it in the ledger. Nothing is parsed before that."""

from __future__ import annotations

from sqlalchemy import Connection

from handlers.ports import Ports
from inbox.identity import mail_identity, message_id
from inbox.mailbox import Mailbox
from outbox import queue
from register import ledger
from register.database import Conflict
from register.ledger import Place


def collect_mail(ports: Ports, mailbox: Mailbox) -> int:
    """Archive every mail that is not in the ledger yet. Returns how many were new.

    Raises: MailboxUnavailable, MailboxRefused, OSError (archive full): what was collected before stays collected.
    """

    def known(uidvalidity: int) -> set[int]:
        with ports.database.reading() as tx:
            return ledger.known_uids(tx, mailbox.account, mailbox.folder, uidvalidity)

    new = 0
    for found in mailbox.sweep(known):
        sha256 = ports.archive.put(found.raw)
        place = Place(found.account, found.folder, found.uidvalidity, found.uid)
        identity, own_id = mail_identity(found.raw, found.received), message_id(found.raw)
        try:
            with ports.database.writing() as tx:
                is_new = ledger.enter(
                    tx, place, mail_id=identity, sha256=sha256, message_id=own_id, size=len(found.raw), now=ports.now()
                )
                if is_new and _is_our_copy(ports, tx, identity, own_id):
                    ledger.settle(tx, identity, ledger.OWN_COPY)
                    is_new = False
        except Conflict:
            continue  # another desk entered it in this very moment
        new += is_new
    return new


def _is_our_copy(ports: Ports, tx: Connection, identity: str, own_id: str) -> bool:
    """The archive copy of something we sent: the very same mail, not merely one that bears its Message-ID."""
    ours = queue.by_message_ids(tx, [own_id]) if own_id else []
    return any(mail_identity(ports.archive.get(row.sha256)) == identity for row in ours)
