"""Heads over all incidents: each sums up in one hash how far every incident's chain had come, and the head before it.

A head names only the incidents that went on since the head before, so that taking one costs what happened, not what
there is; but because it holds the head before, it commits to every incident there is. Rows are only ever added.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Row, exists, func, insert, select

from register.schema import events, head_states, heads, incidents

FIRST = "0" * 64
RESTORED = "pulih"
"""The note of the head that is taken when a backup was put back: what lies between it and the one before is lost."""
LETTERS = 26
"""Of a hash, as it is printed: 130 bits."""


@dataclass(frozen=True, slots=True)
class State:
    """How far an incident had come: its first `seq` events, and the hash of the last of them."""

    incident: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """`incidents`: how many there were. `hash` is over all of this, the head before, and the states it names."""

    seq: int
    at: datetime
    incidents: int
    note: str
    hash: str


_NEWEST = select(heads).order_by(heads.c.seq.desc()).limit(1)


def newest(tx: Connection) -> Head | None:
    """The head that was taken last; None when there is none."""
    row = tx.execute(_NEWEST).one_or_none()
    return _head(row) if row else None


def all_heads(tx: Connection) -> list[Head]:
    """Every head, oldest first."""
    return [_head(row) for row in tx.execute(select(heads).order_by(heads.c.seq))]


def states_of(tx: Connection) -> Iterator[tuple[int, State]]:
    """The number of a head and a state it names, head by head, incidents in order."""
    for row in tx.execute(select(head_states).order_by(head_states.c.head, head_states.c.incident)):
        yield row.head, State(row.incident, row.seq, row.hash)


def changed(tx: Connection, since: datetime | None) -> list[State]:
    """The incidents no head names as they stand now, in order. `since`: only those with events since then."""
    named = exists().where(head_states.c.incident == incidents.c.number, head_states.c.seq == incidents.c.seq)
    query = select(incidents.c.number, incidents.c.seq, incidents.c.head).where(~named)
    if since is not None:
        query = query.where(incidents.c.number.in_(select(events.c.incident).where(events.c.at >= since)))
    rows = tx.execute(query.order_by(incidents.c.number))
    return sorted((State(row.number, row.seq, row.head) for row in rows), key=lambda state: state.incident)


def count(tx: Connection) -> int:
    """How many incidents there are."""
    return tx.execute(select(func.count()).select_from(incidents)).scalar_one()


def following(before: Head | None, states: Sequence[State], count: int, now: datetime, note: str = "") -> Head:
    """The head that comes after `before` (None: the first), over `states`, of `count` incidents. Nothing is written."""
    seq = (before.seq if before else 0) + 1
    return Head(seq, now, count, note, summed(before.hash if before else FIRST, seq, now, count, note, states))


def write(tx: Connection, head: Head, states: Sequence[State]) -> None:
    """Keep a head. A Conflict when somebody else has taken one meanwhile."""
    tx.execute(insert(heads).values(seq=head.seq, at=head.at, incidents=head.incidents, note=head.note, hash=head.hash))
    if states:
        rows = [{"head": head.seq, "incident": s.incident, "seq": s.seq, "hash": s.hash} for s in states]
        tx.execute(insert(head_states), rows)


def note_restored(tx: Connection, now: datetime) -> None:
    """Take a head that says that a backup was put back: whoever compares witnesses must know what may be missing."""
    before, states = newest(tx), changed(tx, None)
    write(tx, following(before, states, count(tx), now, RESTORED), states)


def summed(before: str, seq: int, at: datetime, count: int, note: str, states: Sequence[State]) -> str:
    """The hash of a head: over the hash before it and all that it says."""
    said = [before, str(seq), at.astimezone(UTC).isoformat(), str(count), note]
    said += [f"{state.incident}/{state.seq} {state.hash}" for state in states]
    return hashlib.sha256("\x00".join(said).encode()).hexdigest()


def printed(digest: str) -> str:
    """A hash (hex) as people get it: letters that no program takes for a link or a number, in four groups."""
    letters = base64.b32encode(bytes.fromhex(digest)).decode().lower()[:LETTERS]
    return f"{letters[:7]}-{letters[7:14]}-{letters[14:20]}-{letters[20:]}"


def _head(row: Row[tuple[object, ...]]) -> Head:
    return Head(row.seq, row.at, row.incidents, row.note, row.hash)
