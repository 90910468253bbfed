"""New mail stands in a mailbox: keep its bytes, then enter it in the ledger. Nothing is parsed before that."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from handlers.ports import Ports
from handlers.telling.helpdesk import notify_helpdesk
from inbox.head import field
from inbox.identity import author, mail_identity, message_id
from inbox.mailbox import FoundMail, Mailbox, MailWithheld, Seen
from inbox.received import received_at
from outbox import queue
from outbox.queue import QueuedMail
from register import before, ledger
from register.archive import ArchiveDamaged
from register.before import PassedOver
from register.database import Conflict
from register.ledger import Known, Place
from sop.mails import MailTemplate

log = logging.getLogger(__name__)
ATTEMPTS = 5
AT_ONCE = 500


def collect_mail(ports: Ports, mailbox: Mailbox) -> int:
    """Archive every mail that is not in the ledger yet. Returns how many were new.

    What the server took before the office began is listed and left where it is.

    Raises: MailboxError, OSError (archive full): what was collected before stays collected.
    """
    looked: dict[int, Known] = {}
    since = _since(ports, mailbox)

    def seen(uidvalidity: int) -> Seen:
        with ports.database.reading() as tx:
            known = ledger.known_uids(tx, mailbox.account, mailbox.folder, uidvalidity, ports.now())
        looked[uidvalidity] = known
        return Seen(known.upto, known.beyond, since)

    new, newest, old = 0, dict[int, int](), list[PassedOver]()
    try:
        for found in mailbox.sweep(seen):
            received = received_at(found.raw, found.received, ports.now())
            if found.left or (since is not None and received < since):
                old.append(_passed_over(found, received))
            else:
                new += enter_found(ports, found, received)
            newest[found.uidvalidity] = max(found.uid, newest.get(found.uidvalidity, 0))
            if len(old) >= AT_ONCE:
                _pass_over(ports, old)
    except MailWithheld as fault:
        _tell_withheld(ports, mailbox, fault)
        raise
    finally:
        _pass_over(ports, old)
    for uidvalidity, known in looked.items():
        _raise_watermark(ports, mailbox, uidvalidity, known, max([newest.get(uidvalidity, 0), *known.beyond]))
    return new


def _since(ports: Ports, mailbox: Mailbox) -> datetime | None:
    """From when on this mailbox's mail is acted on: as the settings say, else as was noted at its first look."""
    said = ports.begins(mailbox.account, mailbox.folder)
    if said is not None:
        return said
    for _ in range(2):
        with ports.database.reading() as tx:
            noted = before.noted_start(tx, mailbox.account, mailbox.folder)
        if noted is not None:
            return noted.since
        with ports.database.writing() as tx:
            before.note_start(tx, mailbox.account, mailbox.folder, ports.first_begins, ports.now())
    raise Conflict(f"{mailbox.account}/{mailbox.folder}")


def _passed_over(found: FoundMail, received: datetime) -> PassedOver:
    subject = field(found.raw, b"subject").decode("utf-8", "replace")
    return PassedOver(_place(found), received, author(found.raw), subject)


def _pass_over(ports: Ports, old: list[PassedOver]) -> None:
    if old:
        with ports.database.writing() as tx:
            before.pass_over(tx, old)
        old.clear()


def _place(found: FoundMail) -> Place:
    return Place(found.account, found.folder, found.uidvalidity, found.uid)


def enter_found(ports: Ports, found: FoundMail, received: datetime) -> bool:
    """Archive a mail and enter it in the ledger. Returns whether it was new to us. One whose bytes were lost has them
    again, and is read if it could not be read without them.

    Raises: OSError (archive full), Conflict.
    """
    identity, own_id = mail_identity(found.raw, found.received), message_id(found.raw)
    with ports.database.reading() as tx:
        known = ledger.collected_mail(tx, identity)
        ours = queue.by_message_ids(tx, [own_id]) if own_id and known is None else []
    lost = known is not None and not ports.archive.holds(known.sha256)
    became = ledger.OWN_COPY if _is_copy_of(ports, ours, identity) else ""
    sha256 = ports.archive.put(found.raw)
    for _ in range(ATTEMPTS):
        try:
            with ports.database.writing() as tx:
                is_new = ledger.enter(
                    tx,
                    _place(found),
                    mail_id=identity,
                    sha256=sha256,
                    message_id=own_id,
                    size=len(found.raw),
                    now=ports.now(),
                    received=received,
                    author=author(found.raw),
                    became=became,
                )
                if lost:
                    ledger.came_again(tx, identity, sha256)
        except Conflict:
            continue  # another desk was at it in this very moment: look again what is there now
        return is_new and not became
    raise Conflict(f"UID {found.uid}")


def _is_copy_of(ports: Ports, ours: Sequence[QueuedMail], identity: str) -> bool:
    """The archive copy of something we sent: the very same mail, not merely one that bears its Message-ID."""
    try:
        return any(mail_identity(ports.archive.get(row.sha256)) == identity for row in ours)
    except ArchiveDamaged as error:  # must not stop the mail behind it; `siaga verify` tells of it
        log.error("salinan surat sendiri %s tidak dapat dibandingkan: %s", identity[:12], error)
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
        notify_helpdesk(ports, ref, MailTemplate.WITHHELD, extra)
