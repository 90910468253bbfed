"""Which mail goes first when there are more than may go at once."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, event

from outbox import queue
from outbox.lanes import ASKS, RECEIPT, lane
from register.backup import dump, load
from register.database import MIGRATIONS, Database, open_database
from register.schema import OPEN_STATES, REST
from sop.addressee import Addressee
from sop.mail_key import MailKey

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def draft(name: str, template: str, *, asks: bool = False, incident: str = "", person: str = "helpdesk") -> queue.Draft:
    recipient = f"{person}@contoh.example"
    return queue.Draft(
        MailKey(name),
        incident,
        "",
        0,
        Addressee.parse(person),
        template,
        asks,
        "a",
        recipient,
        name,
        name,
        name,
        "0" * 64,
    )


def sent_in_order(database: Database, count: int) -> list[str]:
    """The keys in the order in which they are claimed; each is sent at once."""
    keys = []
    for _ in range(count):
        with database.writing() as tx:
            mail = queue.claim(tx, "meja", NOW)
            assert mail is not None
            queue.mark(tx, mail, "meja", queue.State.SENT, sent_at=NOW, lease_until=None)
            keys.append(str(mail.key))
    return keys


def test_requests_go_first_then_receipts_then_the_rest_each_in_their_order(database: Database) -> None:
    kinds = {
        "kabar 1": draft("kabar 1", "kabar_penanganan", incident="DKL-1"),
        "terima 1": draft("terima 1", "tanda_terima", incident="DKL-1", person="pelapor"),
        "kabar 2": draft("kabar 2", "tembusan", incident="DKL-2"),
        "minta 1": draft("minta 1", "minta_analisis", incident="DKL-3", asks=True),
        "terima 2": draft("terima 2", "tanda_terima", incident="DKL-2", person="pelapor:DKL-4"),
        "ingat 1": draft("ingat 1", "pengingat", incident="DKL-5", asks=True),
        "daftar": draft("daftar", "karantina"),
    }
    with database.writing() as tx:
        for one in kinds.values():
            queue.put(tx, one, NOW)
    order = ["minta 1", "ingat 1", "daftar", "terima 1", "terima 2", "kabar 1", "kabar 2"]
    assert sent_in_order(database, len(kinds)) == order


def test_what_its_reader_must_have_before_a_request_goes_with_it(database: Database) -> None:
    with database.writing() as tx:
        for number in range(5):
            queue.put(tx, draft(f"lain {number}", "tembusan", incident=f"DKL-{number}", person="kadis"), NOW)
        queue.put(tx, draft("dicatat", "dicatat", incident="DKL-9", person="kabid"), NOW)
        queue.put(tx, draft("minta", "minta_disposisi", incident="DKL-9", person="kabid", asks=True), NOW)
        queue.put(tx, draft("sesudah", "tembusan", incident="DKL-9", person="kabid"), NOW)
    assert sent_in_order(database, 3) == ["dicatat", "minta", "lain 0"]


def test_the_limit_of_a_minute_holds_for_all_lanes_together(database: Database) -> None:
    with database.writing() as tx:
        for number, asks in enumerate((True, False, True)):
            queue.put(tx, draft(f"surat {number}", "pengingat", incident=f"DKL-{number}", asks=asks), NOW)
        for _ in range(2):
            mail = queue.claim(tx, "meja", NOW)
            assert mail is not None and queue.dot(tx, mail, "meja", NOW)
        assert queue.full_until(tx, NOW, 2) == NOW + timedelta(minutes=1)
        assert queue.full_until(tx, NOW, 3) is None


def test_the_lane_is_said_by_the_mail_and_by_nothing_else() -> None:
    assert lane("minta_analisis", Addressee("helpdesk"), asks=True) == ASKS
    assert lane("tanda_terima", Addressee.reporter(), asks=False) == RECEIPT
    assert (
        lane("tanda_terima", Addressee("kadis"), asks=False)
        == REST
        == lane("penutupan", Addressee.reporter(), asks=False)
    )
    assert lane("kabar_pelapor", Addressee("helpdesk"), asks=False) == ASKS, (
        "it asks for an order about what may be an emergency"
    )


def test_the_states_of_the_index_are_those_of_an_open_mail() -> None:
    assert {queue.State.QUEUED.value, queue.State.SENDING.value, queue.State.DOT.value} == set(OPEN_STATES)


def test_the_next_mail_is_found_without_looking_through_what_was_sent(database: Database) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL plans by what a table holds")
    asked: list[tuple[str, Any]] = []
    event.listen(
        database.engine,
        "before_cursor_execute",
        lambda _c, _cur, statement, values, _x, _m: asked.append((statement, values)),
    )
    with database.writing() as tx:
        queue.put(tx, draft("surat", "tembusan", incident="DKL-1"), NOW)
        asked.clear()
        queue.claim(tx, "meja", NOW)
        queue.claim(tx, "meja", NOW, 120)
        queue.next_due(tx, NOW)
        queue.sent_lately(tx, NOW, 5)
        queue.refused_untold(tx)
        queue.unsent(tx)
        plans = [
            row[3]
            for statement, values in asked[:]
            if statement.startswith(("SELECT", "UPDATE"))
            for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
    assert any("ix_outbox_lane_id" in plan for plan in plans), plans
    assert not [plan for plan in plans if plan.startswith("SCAN") and "USING" not in plan], plans
    assert not [plan for plan in plans if "TEMP B-TREE FOR ORDER" in plan], plans


def test_mails_from_before_there_were_lanes_get_theirs(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'jurnal.db'}"
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = create_engine(url)
    columns = (
        "id, key, incident, stage, visit, person, template, asks, sender, recipient, subject, message_id, token, sha256, "
        "state, attempts, queued_at, not_before, owner, reply"
    )
    with engine.begin() as tx:
        config.attributes["connection"] = tx
        command.upgrade(config, "0003")
        old = (("tembusan", 0), ("tanda_terima", 0), ("minta_analisis", 1), ("karantina", 0))
        for number, (template, asks) in enumerate(old):
            values = (number, f"k{number}", "", "", 0, "p", template, asks, "a", "b", "s", f"m{number}", f"t{number}")
            rest = ("0" * 64, "antre", 0, "2026-11-23 02:00:00", "2026-11-23 02:00:00", "", "")
            marks = ", ".join("?" * 20)
            tx.exec_driver_sql(f"INSERT INTO outbox ({columns}) VALUES ({marks})", (*values, *rest))
    engine.dispose()
    database = open_database(url)
    assert sent_in_order(database, 4) == ["k2", "k3", "k1", "k0"]
    database.close()


def test_a_backup_from_before_there_were_lanes_keeps_requests_first(tmp_path: Path) -> None:
    old, new = (open_database(f"sqlite:///{tmp_path / name}.db") for name in ("lama", "baru"))
    with old.writing() as tx:
        queue.put(tx, draft("kabar", "tembusan"), NOW)
        queue.put(tx, draft("minta", "minta_analisis", asks=True, incident="DKL-1"), NOW)
    with old.reading() as tx:
        lines = [re.sub(r',"lane":\d', "", line) for line in dump(tx)]
    assert not any("lane" in line for line in lines)
    with new.writing() as tx:
        load(tx, lines)
    assert sent_in_order(new, 2) == ["minta", "kabar"]
    for database in (old, new):
        database.close()
