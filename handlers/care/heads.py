"""Heads over all incidents are taken at intervals and go out in mails: what stands in others' mailboxes cannot be
rewritten by whoever holds the journal and every key.

No writer of an incident waits for it: what went on is read in one view, and what it comes to is one small write.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import Connection

from handlers.ports import Ports
from handlers.telling.helpdesk import helpdesk, word_to
from outbox import queue
from register import heads, journal, ledger
from register.database import Conflict
from register.heads import Head
from sop.addressee import Addressee
from sop.events import Event
from sop.mail_key import MailKey
from sop.mails import MailTemplate
from sop.standing import Standing
from sop.verdict import Said
from templates import phrasing

EVERY = timedelta(minutes=15)
MORNING = time(7, 0, tzinfo=phrasing.WIB)
PORTION = 2_000
"""So many incidents one head names at most: the first head of an old journal is several, each a small write."""
LATE = timedelta(hours=1)
"""So much later than it says may an event be written: it is dated when it is decided."""


def take_head(ports: Ports) -> None:
    """Take a head if it is time for one: each morning over whatever there is, else when something happened.

    The morning's goes to Helpdesk, in a mail of its own where no list of letters set apart will carry it.
    """
    now = ports.now()
    morning = last_morning(now)
    with ports.database.reading() as tx:
        before = heads.newest(tx)
        daily = before is None or before.at < morning
        if before is not None and not daily and abs(now - before.at) < EVERY:
            return
        states = heads.changed(tx, None if before is None or daily else min(before.at, now) - LATE)
        if not states and (before is None or not daily):
            return
        count, listed = heads.count(tx), bool(ledger.quarantined(tx, morning, now))
    goes_out = before is not None and daily and states and not listed
    portions = [states[start : start + PORTION] for start in range(0, len(states), PORTION)] or [[]]
    for portion in portions:
        head = heads.following(before, portion, count, now)
        drafts = _mails(ports, head) if goes_out and portion is portions[-1] else []
        try:
            with ports.database.writing() as tx:
                heads.write(tx, head, portion)
                for draft in drafts:
                    queue.put(tx, draft, now)
        except Conflict:
            return  # another desk took it in this very moment
        before = head


def last_morning(now: datetime) -> datetime:
    """The last seven o'clock (WIB) that has passed."""
    local = now.astimezone(phrasing.WIB)
    today = datetime.combine(local.date(), MORNING)
    return today if today <= local else today - timedelta(days=1)


def office_line(tx: Connection) -> tuple[str, ...]:
    """What the foot of a mail says of all incidents: the newest head; nothing where none has been taken."""
    head = heads.newest(tx)
    return (_line(head),) if head else ()


def closing_lines(ports: Ports, before: Standing, new: Sequence[Event]) -> tuple[str, ...]:
    """What the foot of the mails says that go out when an incident ends.

    `before` is how it stood before `new`. The last event names these very mails, so it is not in it.
    """
    last, grown = new[-1].seq - 1, journal.grown(before.head, before.number, new[:-1])
    own = phrasing.witness(f"{before.number}/{last}", ports.now(), heads.printed(grown))
    with ports.database.reading() as tx:
        return (*((own,) if last else ()), *office_line(tx))


def _mails(ports: Ports, head: Head) -> list[queue.Draft]:
    extra: dict[str, Said] = {"jumlah": head.incidents, "sampai": phrasing.moment(head.at)}
    drafts = []
    for person in helpdesk(ports):
        key = MailKey.general(head.hash, "sidik", Addressee(person.id))
        drafts.append(word_to(ports, person, key, MailTemplate.HEAD, extra, (_line(head),)))
    return drafts


def _line(head: Head) -> str:
    return phrasing.witness(f"register {head.seq}", head.at, heads.printed(head.hash))
