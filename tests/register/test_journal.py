"""The journal on SQLite and on PostgreSQL."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from register import faces, journal
from register.database import Conflict, Database
from register.faces import Face
from register.schema import metadata
from sop.decide import decide
from sop.events import Closed, Event
from sop.facts import Opened
from sop.fold import fold
from sop.incident import Incident
from sop.load import load_procedure
from sop.people import Directory
from sop.report import Report

NOW = datetime(2026, 11, 23, 3, 4, 5, 678901, tzinfo=UTC)
PROCEDURE = load_procedure()


def opened(number: str = "DKL-2026-0001") -> tuple[Incident, tuple[Event, ...]]:
    report = Report(opd="Dinas Kesehatan", hal="Jaringan “putus” 🔥")
    verdict = decide(PROCEDURE, Incident(number), Opened("surat", NOW, report), Directory(()), NOW)
    return verdict.incident, verdict.events


def write_one(database: Database, number: str = "DKL-2026-0001", deadline: datetime | None = None) -> None:
    after, events = opened(number)
    with database.writing() as tx:
        journal.append(tx, Incident(number), after, events, deadline)


def test_what_is_written_is_read_back_the_same(database: Database) -> None:
    after, events = opened()
    write_one(database)
    with database.reading() as tx:
        assert journal.read_events(tx, "DKL-2026-0001") == events
        assert journal.read_incident(tx, "DKL-2026-0001") == after


def test_one_reading_sees_one_state_of_the_journal(database: Database) -> None:
    write_one(database, "DKL-2026-0001")
    with database.reading() as tx:
        before = journal.all_incidents(tx)
        write_one(database, "DKL-2026-0002")
        assert journal.all_incidents(tx) == before, "a backup would hold an incident without its events"
    with database.reading() as tx:
        assert len(journal.all_incidents(tx)) == 2


@pytest.mark.parametrize(
    ("odd", "readable"),
    [
        ('{"report":{"asal":{"nomor":["surat terlampir",0.9,"halaman 2"]},"nomor":"1/X","opd":"Dinkes"}}', True),
        ('{"report":{"asal":{"nomor":["surat terlampir"]},"nomor":"1/X","opd":"Dinkes"}}', False),
        ('{"report":{"asal":3,"nomor":"1/X","opd":"Dinkes"}}', False),
        ('{"report":"tidak ada","nomor":"1/X"}', False),
        ('{"lain":{},"nomor":"1/X"}', False),
    ],
)
def test_a_report_that_cannot_be_read_holds_up_no_other_letter(database: Database, odd: str, readable: bool) -> None:
    write_one(database, "DKL-2026-0001")
    write_one(database, "DKL-2026-0002")
    with database.writing() as tx:
        tx.execute(text("UPDATE events SET data = :odd WHERE incident = 'DKL-2026-0001' AND seq = 1"), {"odd": odd})
    with database.reading() as tx:
        known = {one.number for one in journal.reported_since(tx, NOW - timedelta(hours=1))}
        found = journal.by_letter_number(tx, "1/X", NOW - timedelta(hours=1), "Dinkes")
    assert known == {"DKL-2026-0002"} | ({"DKL-2026-0001"} if readable else set())
    assert found == ("DKL-2026-0001" if readable else "")


def test_two_writers_on_the_same_state_and_one_must_decide_again(database: Database) -> None:
    write_one(database)
    before, _ = opened()
    event = Event(before.seq + 1, NOW, Closed("selesai"))
    after = fold(before.number, [event], before)
    with database.writing() as tx:
        journal.append(tx, before, after, [event], None)
    with pytest.raises(Conflict), database.writing() as tx:
        journal.append(tx, before, after, [event], None)
    with database.reading() as tx:
        assert len(journal.read_events(tx, before.number)) == before.seq + 1


def test_the_same_incident_cannot_be_opened_twice(database: Database) -> None:
    write_one(database)
    with pytest.raises(Conflict):
        write_one(database)


def test_numbers_are_given_once_and_without_gaps_to_many_at_a_time(database: Database) -> None:
    taken: list[str] = []

    def take() -> None:
        for _ in range(5):
            while True:
                try:
                    with database.writing() as tx:
                        number = journal.take_number(tx, "DKL", 2026)
                    break
                except Conflict:
                    continue
            taken.append(number)

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [f"DKL-2026-{n:04d}" for n in range(1, 21)]


def test_a_number_is_given_back_when_the_transaction_fails(database: Database) -> None:
    with pytest.raises(RuntimeError), database.writing() as tx:
        journal.take_number(tx, "DKL", 2026)
        raise RuntimeError
    with database.writing() as tx:
        assert journal.take_number(tx, "DKL", 2026) == "DKL-2026-0001"


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE events SET data = replace(data, 'putus', 'putut') WHERE seq = 1",
        "UPDATE events SET kind = 'closed' WHERE seq = 2",
        "DELETE FROM events WHERE seq = 2",
        "DELETE FROM events WHERE seq = (SELECT max(seq) FROM events)",
    ],
)
def test_a_changed_or_missing_event_breaks_the_chain(database: Database, damage: str) -> None:
    write_one(database)
    with database.reading() as tx:
        assert journal.chain_of(tx, "DKL-2026-0001").fault == ""
    with database.writing() as tx:
        tx.execute(text(damage))
    with database.reading() as tx:
        assert "DKL-2026-0001" in journal.chain_of(tx, "DKL-2026-0001").fault


def test_incidents_ahead_of_a_clock_that_was_set_back_are_due_at_once(database: Database) -> None:
    write_one(database, "DKL-2026-0001", NOW + timedelta(minutes=2))
    earlier = NOW - timedelta(hours=1)
    with database.reading() as tx:
        assert journal.ahead_of(tx, NOW) == [] and journal.ahead_of(tx, NOW - timedelta(seconds=30)) == []
        assert journal.ahead_of(tx, earlier) == ["DKL-2026-0001"]
        assert journal.next_moment(tx, earlier) == earlier


def test_what_is_due_comes_in_the_order_of_its_deadlines(database: Database) -> None:
    write_one(database, "DKL-2026-0001", NOW + timedelta(minutes=2))
    write_one(database, "DKL-2026-0002", NOW + timedelta(minutes=1))
    write_one(database, "DKL-2026-0003", None)
    with database.reading() as tx:
        assert journal.next_moment(tx, NOW) == NOW + timedelta(minutes=1)
        assert journal.due_incidents(tx, NOW) == []
        assert journal.due_incidents(tx, NOW + timedelta(minutes=2)) == ["DKL-2026-0002", "DKL-2026-0001"]


def test_an_incident_keeps_the_procedure_it_began_with(database: Database) -> None:
    with database.writing() as tx:
        journal.pin_procedure(tx, PROCEDURE)
        journal.pin_procedure(tx, PROCEDURE)
    with database.reading() as tx:
        assert journal.pinned_procedure(tx, PROCEDURE.code, PROCEDURE.version) == PROCEDURE


def test_a_procedure_changed_under_the_same_version_is_refused(database: Database) -> None:
    from dataclasses import replace

    with database.writing() as tx:
        journal.pin_procedure(tx, PROCEDURE)
    with pytest.raises(ValueError, match="naikkan `versi`"), database.writing() as tx:
        journal.pin_procedure(tx, replace(PROCEDURE, text=PROCEDURE.text + "\n# lain"))


def test_faces_fall_behind_and_catch_up(database: Database) -> None:
    write_one(database)
    after, _ = opened()
    with database.reading() as tx:
        assert faces.behind(tx, faces.WORKBOOK) == ["DKL-2026-0001"]
    with database.writing() as tx:
        faces.mark_drawn(tx, faces.WORKBOOK, Face("DKL-2026-0001", after.seq))
        faces.mark_drawn(tx, faces.CASE_FILE, Face("DKL-2026-0001", after.seq - 1, "run"))
    with database.reading() as tx:
        assert faces.behind(tx, faces.WORKBOOK) == []
        assert faces.behind(tx, faces.CASE_FILE) == ["DKL-2026-0001"]
        assert faces.read_face(tx, faces.CASE_FILE, "DKL-2026-0001").ref == "run"


def test_the_migrations_lead_to_the_schema_the_code_uses(database: Database) -> None:
    with database.reading() as tx:
        differences = compare_metadata(MigrationContext.configure(tx), metadata)
    assert differences == []
