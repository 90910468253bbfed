"""A mail from before the office began counts after all: it is fetched and acted on as if it had come now."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.collect_mail import enter_found
from handlers.ports import Ports
from inbox.mailbox import FoundMail, Mailbox, Seen, all_but
from register import before
from register.before import PassedOver


def take_up(ports: Ports, mailboxes: Sequence[Mailbox], code: str) -> PassedOver:
    """Take in the mail that is listed under `code`. Whoever acts on mail finds it waiting.

    Raises: ValueError when no mail has that code or it stands in its mailbox no more; MailboxError, OSError.
    """
    with ports.database.reading() as tx:
        listed = before.by_code(tx, code.strip().lower())
    if listed is None:
        raise ValueError(f"tidak ada surat dengan kode {code}; lihat: siaga surat --sebelum")
    found = _fetched(mailboxes, listed)
    if found is None:
        raise ValueError(f"surat {code} sudah tidak ada di folder {listed.place.folder} {listed.place.account}")
    enter_found(ports, found, ports.now())
    with ports.database.writing() as tx:
        before.called_for(tx, listed)
    return listed


def _fetched(mailboxes: Sequence[Mailbox], listed: PassedOver) -> FoundMail | None:
    place = listed.place

    def only(_uidvalidity: int) -> Seen:
        return all_but(place.uid)

    for mailbox in mailboxes:
        if (mailbox.account, mailbox.folder) == (place.account, place.folder):
            for found in mailbox.sweep(only):
                if (found.uidvalidity, found.uid) == (place.uidvalidity, place.uid):
                    return found
    return None
