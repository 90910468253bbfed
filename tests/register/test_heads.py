"""Heads over all incidents, on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from register import heads, journal
from register.database import Conflict, Database
from register.heads import Head
from register.history import tell_anew
from sop.events import Closed, Event
from sop.fold import fold
from tests.register.test_journal import NOW, opened, write_one


def take(database: Database, minutes: int = 0, *, everything: bool = True) -> tuple[Head, list[str]]:
    now = NOW + timedelta(minutes=minutes)
    with database.reading() as tx:
        before, count = heads.newest(tx), heads.count(tx)
        states = heads.changed(tx, None if everything else NOW - timedelta(hours=1))
    head = heads.following(before, states, count, now)
    with database.writing() as tx:
        heads.write(tx, head, states)
    return head, [state.incident for state in states]


def test_a_head_names_what_went_on_and_holds_the_one_before(database: Database) -> None:
    write_one(database, "DKL-2026-0002")
    write_one(database, "DKL-2026-0001")
    first, named = take(database)
    assert (first.seq, first.incidents, named) == (1, 2, ["DKL-2026-0001", "DKL-2026-0002"])
    write_one(database, "DKL-2026-0003")
    second, named = take(database, 15, everything=False)
    assert (second.seq, second.incidents, named) == (2, 3, ["DKL-2026-0003"])
    with database.reading() as tx:
        history = tell_anew(tx, [("DKL-2026-0001", 1)])
        assert heads.all_heads(tx) == [first, second] and heads.newest(tx) == second
    assert history.heads == {1: first.hash, 2: second.hash} and history.damage == []


def test_an_incident_that_goes_on_after_a_head_takes_nothing_from_it(database: Database) -> None:
    write_one(database)
    head, _ = take(database)
    before, _ = opened()
    event = Event(before.seq + 1, NOW, Closed("selesai"))
    with database.writing() as tx:
        journal.append(tx, before, fold(before.number, [event], before), [event], None)
    with database.reading() as tx:
        history = tell_anew(tx, ())
    assert history.heads == {1: head.hash} and history.damage == []


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE head_states SET hash = 'x' WHERE head = 1",
        "UPDATE head_states SET seq = seq - 1 WHERE head = 1",
        "UPDATE heads SET hash = 'x' WHERE seq = 1",
        "UPDATE heads SET note = 'pulih' WHERE seq = 1",
        "DELETE FROM head_states WHERE head = 1",
        "DELETE FROM heads WHERE seq = 1",
    ],
)
def test_whatever_is_done_to_a_head_is_found(database: Database, deed: str) -> None:
    write_one(database)
    take(database)
    write_one(database, "DKL-2026-0002")
    take(database, 15)
    with database.writing() as tx:
        tx.execute(text(deed))
    with database.reading() as tx:
        assert tell_anew(tx, ()).damage


def test_two_desks_take_one_head(database: Database) -> None:
    write_one(database)
    with database.reading() as tx:
        states = heads.changed(tx, None)
    head = heads.following(None, states, 1, NOW)
    with database.writing() as tx:
        heads.write(tx, head, states)
    with pytest.raises(Conflict), database.writing() as tx:
        heads.write(tx, head, states)


def test_a_printed_hash_holds_130_bits_and_is_no_token() -> None:
    printed = heads.printed("00" * 31 + "01")
    assert len(printed.replace("-", "")) == heads.LETTERS == 26
    assert printed == "aaaaaaa-aaaaaaa-aaaaaa-aaaaaa"
