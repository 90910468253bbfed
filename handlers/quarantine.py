"""Spam, phishing and newsletters are kept apart and listed for Helpdesk once a day: a letter among them is not lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from handlers.flood import FLOOD
from handlers.ports import Ports
from handlers.tell_helpdesk import helpdesk, word_to
from outbox import queue
from parsers.readers.pool import CannotRead, Overloaded
from register import ledger
from register.archive import ArchiveDamaged
from register.database import Conflict
from register.ledger import CollectedMail
from templates import phrasing

LISTED_AT = time(7, 0, tzinfo=phrasing.WIB)
MOST = 200
"""Of a flood the list names so many; the rest follows the next day."""


def list_quarantined(ports: Ports) -> int:
    """Send Helpdesk the list of what was set apart before seven this morning. Returns how many mails it names."""
    until = _latest(ports.now())
    with ports.database.reading() as tx:
        apart = ledger.quarantined(tx, until)
    mails = [mail for mail in apart if mail.became != FLOOD][:MOST]
    floods = _by_sender([mail for mail in apart if mail.became == FLOOD])
    rows = [_row(ports, mail) for mail in mails] + [_flood_row(ports, sender, of) for sender, of in floods.items()]
    mails += [mail for of in floods.values() for mail in of]
    if not mails:
        return 0
    extra = {"daftar": rows, "jumlah": len(mails)}
    ref = mails[0].id[:16]
    drafts = [
        word_to(ports, person, f"umum/{ref}/karantina/{person.id}", "karantina", extra) for person in helpdesk(ports)
    ]
    try:
        with ports.database.writing() as tx:
            if ledger.listed(tx, [mail.id for mail in mails]) != len(mails):
                raise Conflict("listed by another desk")
            for draft in drafts:
                queue.put(tx, draft, ports.now())
    except Conflict:
        return 0
    return len(mails)


def _by_sender(floods: Sequence[CollectedMail]) -> dict[str, list[CollectedMail]]:
    """The mails of those who wrote too much; of very many senders the first, the rest follows the next day."""
    senders: dict[str, list[CollectedMail]] = {}
    for mail in floods:
        if mail.note in senders or len(senders) < MOST:
            senders.setdefault(mail.note, []).append(mail)
    return senders


def _flood_row(ports: Ports, sender: str, mails: Sequence[CollectedMail]) -> dict[str, str]:
    """One line for one sender, with how much it was."""
    row = _row(ports, mails[0])
    said = f"{len(mails)} surel, yang pertama: {row['subjek']}"
    return row | {"pengirim": sender[:120] or row["pengirim"], "subjek": said}


def _latest(now: datetime) -> datetime:
    """The last seven o'clock (WIB) that has passed."""
    local = now.astimezone(phrasing.WIB)
    today = datetime.combine(local.date(), LISTED_AT)
    return today if today <= local else today - timedelta(days=1)


def _row(ports: Ports, collected: CollectedMail) -> dict[str, str]:
    """What Helpdesk needs to recognise a letter: no link and no file of it, it may bite."""
    try:
        mail = ports.readers.mail(ports.archive.get(collected.sha256))
        sender, subject = mail.sender or "tanpa alamat pengirim", mail.subject or "tanpa subjek"
    except ArchiveDamaged:
        sender, subject = "arsip rusak", ""
    except (CannotRead, Overloaded):
        sender, subject = "tidak terbaca", ""
    return {
        "kode": collected.id[:8],
        "pengirim": sender[:120],
        "subjek": subject[:160],
        "jam": phrasing.clock(collected.collected_at),
        "jenis": collected.became,
    }
