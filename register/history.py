"""The journal told anew: what chains and heads come to by what the events say now, whatever hashes are stored."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from sqlalchemy import Connection, select

from register import heads, journal
from register.heads import FIRST, RESTORED, Head, State, summed
from register.schema import events, incidents

Point = tuple[str, int]
"""An incident, and how many of its events."""


@dataclass(slots=True)
class History:
    """Attributes:
    lengths: how many events each incident has.
    hashes: what an incident comes to at the points that were asked for.
    heads: what each head comes to, by its number.
    mails: keys of the mails that the events say they caused.
    lost: spans (aware) of which a restored backup knows nothing.
    damage: a line for each thing that is not as it was written.
    named: incidents that heads name and that are gone.
    """

    lengths: dict[str, int] = field(default_factory=dict)
    hashes: dict[Point, str] = field(default_factory=dict)
    heads: dict[int, str] = field(default_factory=dict)
    mails: set[str] = field(default_factory=set)
    lost: list[tuple[datetime | None, datetime]] = field(default_factory=list)
    damage: list[str] = field(default_factory=list)
    named: set[str] = field(default_factory=set)


def tell_anew(tx: Connection, asked: Collection[Point]) -> History:
    """Follow every chain, then every head. `asked`: where somebody wants to know what a chain comes to."""
    history, states = History(), [state for _, state in heads.states_of(tx)]
    wanted: dict[str, set[int]] = {}
    for number, seq in (*asked, *((state.incident, state.seq) for state in states)):
        wanted.setdefault(number, set()).add(seq)
    for number in tx.execute(select(incidents.c.number).order_by(incidents.c.number)).scalars().all():
        chain = journal.chain_of(tx, number)
        history.lengths[number] = len(chain.hashes)
        history.mails.update(chain.mails)
        history.damage += [chain.fault] if chain.fault else []
        for seq in wanted.get(number, ()):
            if 0 < seq <= len(chain.hashes):
                history.hashes[number, seq] = chain.hashes[seq - 1]
    orphans = select(events.c.incident).where(events.c.incident.not_in(select(incidents.c.number))).distinct()
    history.named.update(tx.execute(orphans).scalars())
    _follow_heads(tx, history)
    return history


def _follow_heads(tx: Connection, history: History) -> None:
    by_head = {
        number: [state for _, state in rows] for number, rows in groupby(heads.states_of(tx), lambda row: row[0])
    }
    before: Head | None = None
    told = FIRST
    for head in heads.all_heads(tx):
        states = sorted(by_head.pop(head.seq, []), key=lambda state: state.incident)
        history.damage += _missing(before, head)
        said = (head.seq, head.at, head.incidents, head.note)
        if summed(before.hash if before else FIRST, *said, states) != head.hash:
            history.damage.append(f"sidik register no. {head.seq} diubah setelah dicatat")
        true = [State(s.incident, s.seq, history.hashes.get((s.incident, s.seq), "")) for s in states]
        history.damage += list(_changed(history, head, states))
        told = summed(told, *said, true)
        history.heads[head.seq] = told
        if head.note == RESTORED:
            history.lost.append((before.at if before else None, head.at))
        before = head
    history.damage += [f"sidik register no. {number} hilang" for number in by_head]


def _missing(before: Head | None, head: Head) -> Iterator[str]:
    for number in range((before.seq if before else 0) + 1, head.seq):
        yield f"sidik register no. {number} hilang"


def _changed(history: History, head: Head, states: list[State]) -> Iterator[str]:
    """What the incidents say differently now from what they said when the head was taken."""
    for state in states:
        length = history.lengths.get(state.incident)
        if length is None:
            history.named.add(state.incident)
        elif state.seq > length:
            gone = state.seq - length
            yield f"{state.incident}: {gone} peristiwa terakhir hilang sejak sidik register no. {head.seq}"
        elif history.hashes.get((state.incident, state.seq)) != state.hash:
            yield f"{state.incident}: {state.seq} peristiwa pertamanya diubah sejak sidik register no. {head.seq}"
