"""New mail stands in a mailbox: keep its bytes, then enter it in the ledger. Nothing is parsed before that."""

from __future__ import annotations

import logging

from sqlalchemy import Connection

from handlers.ports import Ports
from handlers.tell_helpdesk import notify_helpdesk
from inbox.identity import mail_identity, message_id
from inbox.mailbox import FoundMail, Mailbox, MailWithheld, Seen
from outbox import queue
from register import ledger
from register.archive import ArchiveDamaged
from register.database import Conflict
from register.ledger import Known, Place

log = logging.getLogger(__name__)
ATTEMPTS = 5


def collect_mail(ports: Ports, mailbox: Mailbox) -> int:
    """Archive every mail that is not in the ledger yet. Returns how many were new.

    Raises: MailboxError, OSError (archive full): what was collected before stays collected.
    """
    looked: dict[int, Known] = {}

    def seen(uidvalidity: int) -> Seen:
        with ports.database.reading() as tx:
            known = ledger.known_uids(tx, mailbox.account, mailbox.folder, uidvalidity, ports.now())
        looked[uidvalidity] = known
        return Seen(known.upto, known.beyond)

    new, newest = 0, dict[int, int]()
    try:
        for found in mailbox.sweep(seen):
            new += _entered(ports, found)
            newest[found.uidvalidity] = max(found.uid, newest.get(found.uidvalidity, 0))
    except MailWithheld as fault:
        _tell_withheld(ports, mailbox, fault)
        raise
    for uidvalidity, known in looked.items():
        _raise_watermark(ports, mailbox, uidvalidity, known, max([newest.get(uidvalidity, 0), *known.beyond]))
    return new


def _entered(ports: Ports, found: FoundMail) -> bool:
    """Whether the mail was new to us."""
    sha256 = ports.archive.put(found.raw)
    place = Place(found.account, found.folder, found.uidvalidity, found.uid)
    identity, own_id = mail_identity(found.raw, found.received), message_id(found.raw)
    for _ in range(ATTEMPTS):
        try:
            with ports.database.writing() as tx:
                is_new = ledger.enter(
                    tx, place, mail_id=identity, sha256=sha256, message_id=own_id, size=len(found.raw), now=ports.now()
                )
                if is_new and _is_our_copy(ports, tx, identity, own_id):
                    ledger.settle(tx, identity, ledger.OWN_COPY)
                    is_new = False
        except Conflict:
            continue  # another desk was at it in this very moment: look again what is there now
        return is_new
    raise Conflict(f"UID {found.uid}")


def _is_our_copy(ports: Ports, tx: Connection, identity: str, own_id: str) -> bool:
    """The archive copy of something we sent: the very same mail, not merely one that bears its Message-ID."""
    ours = queue.by_message_ids(tx, [own_id]) if own_id else []
    try:
        return any(mail_identity(ports.archive.get(row.sha256)) == identity for row in ours)
    except ArchiveDamaged as error:  # must not stop the mail behind it; `siaga verify` tells of it
        log.error("salinan surat sendiri tidak dapat dibandingkan: %s", error)
        return True


def _raise_watermark(ports: Ports, mailbox: Mailbox, uidvalidity: int, known: Known, newest: int) -> None:
    if newest > known.upto:
        with ports.database.writing() as tx:
            ledger.took_all(tx, mailbox.account, mailbox.folder, uidvalidity, known, newest, ports.now())


def _tell_withheld(ports: Ports, mailbox: Mailbox, fault: MailWithheld) -> None:
    """A mail that the server will not hand over may be an emergency: a human must know that it is there."""
    for uid, about in zip(fault.uids, fault.about, strict=True):
        ref = f"{mailbox.account}/{mailbox.folder}/{fault.uidvalidity}/{uid}"
        place = f"folder {mailbox.folder}, UID {uid}" + (f" ({about})" if about else "")
        extra = {"alasan": str(fault), "tempat": place}
        notify_helpdesk(ports, ref, "surat_tertahan", extra)
