"""What is asked on a mail's way and in an idle second goes through no events but those it is about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from register import journal
from register.database import open_database

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def plans(folder: Path, ask: Callable[[Connection], object]) -> list[str]:
    """How SQLite goes about what `ask` asks, of a journal whose tables it knows nothing of."""
    asked: list[tuple[str, Any]] = []
    database = open_database(f"sqlite:///{folder / 'jurnal.db'}")
    event.listen(
        database.engine,
        "before_cursor_execute",
        lambda _c, _cur, statement, values, _x, _m: asked.append((statement, values)),
    )
    with database.reading() as tx:
        asked.clear()
        ask(tx)
        found = [
            str(row[3])
            for statement, values in asked[:]
            for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
    database.close()
    return found


def test_whether_the_clock_was_set_back_is_asked_of_the_events_that_lie_ahead(tmp_path: Path) -> None:
    found = plans(tmp_path, lambda tx: journal.next_moment(tx, NOW))
    assert any("ix_events_at" in plan for plan in found), found
    assert not [plan for plan in found if plan.startswith("SCAN") and plan != "SCAN CONSTANT ROW"], found


@pytest.mark.parametrize(
    "ask",
    [
        lambda tx: journal.reported_since(tx, NOW),
        lambda tx: journal.by_letter_number(tx, "500/417", NOW, "Dinas Kesehatan"),
        journal.unread_incidents,
    ],
)
def test_what_incidents_began_with_is_found_without_going_through_all_events(
    ask: Callable[[Connection], object], tmp_path: Path
) -> None:
    found = plans(tmp_path, ask)
    assert any("SEARCH events" in plan for plan in found), found
    assert not [plan for plan in found if plan.startswith("SCAN events")], found
