"""One desk at a time holds a lease, on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from register import leases
from register.database import Database

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def holds(database: Database, owner: str, now: datetime) -> bool:
    with database.writing() as tx:
        return leases.hold(tx, leases.INTAKE, owner, now)


def test_whoever_comes_first_holds_it_and_renews_it_while_it_lives(database: Database) -> None:
    assert holds(database, "satu", NOW)
    assert not holds(database, "dua", NOW + timedelta(seconds=59))
    assert holds(database, "satu", NOW + timedelta(seconds=59))
    assert not holds(database, "dua", NOW + timedelta(seconds=118))


def test_it_goes_to_another_when_it_has_ended_or_was_let_go(database: Database) -> None:
    assert holds(database, "satu", NOW)
    assert holds(database, "dua", NOW + leases.SPAN)
    assert not holds(database, "satu", NOW + leases.SPAN)
    with database.writing() as tx:
        leases.let_go(tx, leases.INTAKE, "dua")
    assert holds(database, "satu", NOW + leases.SPAN)


def test_what_lies_further_ahead_than_one_span_was_taken_by_a_clock_set_back_since(database: Database) -> None:
    assert holds(database, "satu", NOW)
    assert not holds(database, "dua", NOW)
    assert holds(database, "dua", NOW - timedelta(seconds=1))


def test_it_is_renewed_when_half_of_it_is_over_and_not_at_every_look(database: Database) -> None:
    def need_not_renew(owner: str, now: datetime) -> bool:
        with database.reading() as tx:
            return leases.held(tx, leases.INTAKE, owner, now)

    assert not need_not_renew("satu", NOW)
    assert holds(database, "satu", NOW)
    assert need_not_renew("satu", NOW + leases.SPAN / 2) and not need_not_renew("dua", NOW)
    assert not need_not_renew("satu", NOW + leases.SPAN / 2 + timedelta(seconds=1))
    assert not need_not_renew("satu", NOW - timedelta(seconds=1)), "the clock has been set back since"
