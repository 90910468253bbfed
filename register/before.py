"""Mail from before the office began: it is listed, left in its mailbox, and may still be called for."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Row, bindparam, delete, func, select

from register.database import insert_or
from register.ledger import Place
from register.schema import mails, passed_over, secrets, sightings, watermarks

SERVER_MOVES = timedelta(days=7)
"""A mailbox that an office at work sees for the first time may be its old one on a new server: a week of it counts."""
CODE = 8
"""Letters of an id by which people name a mail."""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A mail that stands at `place` and was received (aware) before the office began. `subject` is not decoded."""

    place: Place
    received: datetime
    sender: str = ""
    subject: str = ""

    @property
    def id(self) -> str:
        place = self.place
        return hashlib.sha256(f"{place.account}\0{place.folder}\0{place.uidvalidity}\0{place.uid}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Start:
    """From when on mail of a mailbox is acted on (aware). None: all of it."""

    since: datetime | None


_SECRET = select(secrets.c.value).where(secrets.c.name == bindparam("name"))


def noted_start(tx: Connection, account: str, folder: str) -> Start | None:
    """What was noted when the mailbox was first looked at; None before."""
    value = tx.execute(_SECRET, {"name": _name(account, folder)}).scalar()
    if value is None:
        return None
    return Start(datetime.fromisoformat(bytes(value).decode()) if value else None)


def note_start(tx: Connection, account: str, folder: str, first: datetime | None, now: datetime) -> None:
    """Note it, at the first look, once for ever. `first`: from when on mail counts in a new office; None: from now on.

    A mailbox that was looked at before such moments were noted goes on as it was: all of its mail counts.
    """
    looked_at = any(
        tx.execute(select(table.c.account).where(table.c.account == account, table.c.folder == folder).limit(1)).first()
        for table in (sightings, watermarks)
    )
    at_work = tx.execute(select(mails.c.arrival).limit(1)).first() is not None
    start = None if looked_at else now - SERVER_MOVES if at_work else first or now
    value = start.astimezone(UTC).replace(microsecond=0).isoformat().encode() if start else b""
    tx.execute(
        insert_or(tx.dialect.name, secrets).values(name=_name(account, folder), value=value).on_conflict_do_nothing()
    )


def pass_over(tx: Connection, found: Sequence[PassedOver]) -> None:
    """Enter these. What is known of a folder from before its server began to count anew is forgotten."""
    for place in {(one.place.account, one.place.folder, one.place.uidvalidity) for one in found}:
        account, folder, uidvalidity = place
        here = (passed_over.c.account == account, passed_over.c.folder == folder)
        tx.execute(delete(passed_over).where(*here, passed_over.c.uidvalidity != uidvalidity))
    rows = [
        {
            "id": one.id,
            **asdict(one.place),
            "received": one.received,
            "sender": one.sender[:320],
            "subject": one.subject[:500],
        }
        for one in found
    ]
    if rows:
        tx.execute(insert_or(tx.dialect.name, passed_over).on_conflict_do_nothing(), rows)


def passed(tx: Connection, limit: int) -> list[PassedOver]:
    """The newest first."""
    return [_one(row) for row in tx.execute(select(passed_over).order_by(passed_over.c.received.desc()).limit(limit))]


def count(tx: Connection) -> int:
    return tx.execute(select(func.count()).select_from(passed_over)).scalar_one()


def by_code(tx: Connection, code: str) -> PassedOver | None:
    """The one whose id begins so (hex, at least `CODE` letters); None when there is none, or more than one."""
    if len(code) < CODE:
        return None
    here = (passed_over.c.id >= code, passed_over.c.id < code + "g")  # "g" comes after every hex digit
    found = tx.execute(select(passed_over).where(*here).limit(2)).all()
    return _one(found[0]) if len(found) == 1 else None


def called_for(tx: Connection, mail: PassedOver) -> None:
    """It has been taken in after all."""
    tx.execute(delete(passed_over).where(passed_over.c.id == mail.id))


def _name(account: str, folder: str) -> str:
    return f"mulai {hashlib.sha256(f'{account}{chr(0)}{folder}'.encode()).hexdigest()[:24]}"


def _one(row: Row[tuple[object, ...]]) -> PassedOver:
    place = Place(row.account, row.folder, row.uidvalidity, row.uid)
    return PassedOver(place, row.received, row.sender, row.subject)
