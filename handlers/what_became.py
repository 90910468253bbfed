"""Says in the ledger what became of a mail, and gives to Helpdesk what nobody could read."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Sequence

from sqlalchemy import Connection

from handlers.carry_out import AlsoWrite, nothing_else
from handlers.ports import Ports
from handlers.telling.helpdesk import helpdesk_drafts
from outbox import queue
from register import ledger
from register.database import Conflict, JournalUnavailable
from register.ledger import CollectedMail, State
from sop.mails import MailTemplate

log = logging.getLogger(__name__)
ATTEMPTS = 3


def settling(collected: CollectedMail, became: str, note: str = "") -> AlsoWrite:
    """For `carry_out`: settle the mail in the same transaction; refuses when it was settled meanwhile."""

    def settle(tx: Connection, number: str) -> bool:
        return ledger.settle(tx, collected.id, became, number, note)

    return settle


def queueing(ports: Ports, drafts: Sequence[queue.Draft], also: AlsoWrite) -> AlsoWrite:
    """`also`, and in the same transaction those of `drafts` that have not been queued before."""

    def write(tx: Connection, number: str) -> bool:
        if not also(tx, number):
            return False
        for draft in drafts:
            if not queue.is_queued(tx, draft.key):
                queue.put(tx, draft, ports.now())
        return True

    return write


def settled(ports: Ports, collected: CollectedMail, became: str, incident: str = "", note: str = "") -> str:
    """Settle a mail that needs no word to anybody: it was an order that is carried out, or stands in `incident`."""
    with ports.database.writing() as tx:
        ledger.settle(tx, collected.id, became, incident, note)
    return became


def set_apart(ports: Ports, collected: CollectedMail, kind: str, note: str = "") -> str:
    """Put a mail into the list of what was not acted on, which Helpdesk gets each morning."""
    with ports.database.writing() as tx:
        ledger.set_apart(tx, collected.id, kind, note)
    return kind


def put_off(ports: Ports, collected: CollectedMail) -> str:
    """What it says is in a picture: the mails behind it do not wait until that has been read."""
    with ports.database.writing() as tx:
        ledger.put_off(tx, collected.id)
    return State.PUT_OFF.value


def begun(ports: Ports, collected: CollectedMail) -> int:
    """Note that a mail is about to be read, before it can do any harm. Returns how often that has been so."""
    with ports.database.writing() as tx:
        return ledger.begin(tx, collected.id)


def not_counted(ports: Ports, collected: CollectedMail, error: Exception) -> None:
    """Take back an attempt that `error` ended, unless it may be the mail's doing: where the disk takes other files."""
    with contextlib.suppress(OSError, JournalUnavailable, Conflict):
        if isinstance(error, OSError) and _disk_is_well(ports):
            return
        with ports.database.writing() as tx:
            ledger.take_back(tx, collected.id)


def _disk_is_well(ports: Ports) -> bool:
    try:
        ports.archive.check()
    except OSError:
        return False
    return True


def set_aside(ports: Ports, collected: CollectedMail, error: str, *, for_good: bool = False) -> str:
    """Note a failed attempt; at the last one, or `for_good` at once, the mail goes to Helpdesk as it came."""
    said = "".join(letter if letter.isprintable() else " " for letter in error[:300])
    drafts = []
    try:
        drafts = helpdesk_drafts(ports, collected.id, collected.sha256, MailTemplate.UNREADABLE, {"alasan": said})
    except (OSError, JournalUnavailable):
        raise
    except Exception:  # then it is set aside without a word; `siaga doctor` counts it
        log.exception("kabar tentang surat %s tidak dapat ditulis", collected.id[:12])
    with ports.database.writing() as tx:
        state = ledger.fail(tx, collected, said, give_up_after=1 if for_good else ATTEMPTS)
        if state is State.UNREADABLE:
            queueing(ports, drafts, nothing_else)(tx, "")
    return state.value
