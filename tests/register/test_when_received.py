"""When mail was received, who its author is, and what came before the office began: in the journal, and by index."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, event, text

from outbox import queue
from register import before, ledger
from register.backup import dump, load
from register.before import PassedOver
from register.database import MIGRATIONS, Database, open_database
from register.ledger import CollectedMail, Known, Place

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
OLD = datetime(2024, 3, 5, 1, 0, tzinfo=UTC)
BOX = ("darurat di mail.contoh.example", "INBOX")


def place(uid: int, uidvalidity: int = 7) -> Place:
    return Place(*BOX, uidvalidity, uid)


def enter(database: Database, mail_id: str, uid: int, **values: Any) -> CollectedMail:
    with database.writing() as tx:
        ledger.enter(tx, place(uid), mail_id=mail_id, sha256="s" * 64, message_id=mail_id, size=1, now=NOW, **values)
        found = ledger.collected_mail(tx, mail_id)
    assert found is not None
    return found


def test_a_mail_keeps_when_its_server_took_it_and_whose_it_is(database: Database) -> None:
    mail = enter(database, "a", 1, received=NOW - timedelta(hours=2), author="rina@opd.example")
    assert (mail.received, mail.collected_at, mail.author) == (NOW - timedelta(hours=2), NOW, "rina@opd.example")
    assert enter(database, "b", 2).received == NOW


def test_the_last_mails_of_an_author_are_those_before_and_no_copies(database: Database) -> None:
    mails = [enter(database, name, uid, author="rina@opd.example") for uid, name in enumerate("abcd", start=1)]
    enter(database, "e", 9, author="lain@opd.example")
    with database.writing() as tx:
        ledger.settle(tx, "b", ledger.COPY)
        assert [mail.id for mail in ledger.earlier_by(tx, mails[3], 5)] == ["c", "a"]
        assert [mail.id for mail in ledger.earlier_by(tx, mails[3], 1)] == ["c"]


def test_mail_from_before_is_known_and_listed_the_newest_first(database: Database) -> None:
    old = [PassedOver(place(uid), OLD + timedelta(days=uid), "a@opd.example", "halo") for uid in range(1, 4)]
    with database.writing() as tx:
        before.pass_over(tx, old)
        before.pass_over(tx, old)
    with database.reading() as tx:
        assert ledger.known_uids(tx, *BOX, 7, NOW) == Known(0, frozenset({1, 2, 3}))
        assert before.passed(tx, 2) == [old[2], old[1]] and before.count(tx) == 3
        assert before.by_code(tx, old[0].id[:8]) == old[0] and before.by_code(tx, old[0].id[:7]) is None
    with database.writing() as tx:
        before.called_for(tx, old[0])
        assert before.count(tx) == 2


def test_where_the_server_counts_anew_what_was_listed_before_is_forgotten(database: Database) -> None:
    with database.writing() as tx:
        before.pass_over(tx, [PassedOver(place(1), OLD)])
        before.pass_over(tx, [PassedOver(place(5, uidvalidity=8), OLD)])
        assert [one.place.uid for one in before.passed(tx, 9)] == [5]


def test_the_beginning_is_noted_once(database: Database) -> None:
    with database.writing() as tx:
        assert before.noted_start(tx, *BOX) is None
        before.note_start(tx, *BOX, None, NOW)
        before.note_start(tx, *BOX, None, NOW + timedelta(days=3))
        assert before.noted_start(tx, *BOX) == before.Start(NOW)


def test_a_mailbox_that_was_looked_at_before_has_no_beginning_and_a_new_one_that_of_the_week(
    database: Database,
) -> None:
    enter(database, "a", 1)
    with database.writing() as tx:
        before.note_start(tx, *BOX, None, NOW)
        before.note_start(tx, "lain", "INBOX", None, NOW)
        assert before.noted_start(tx, *BOX) == before.Start(None)
        assert before.noted_start(tx, "lain", "INBOX") == before.Start(NOW - before.SERVER_MOVES)


def test_of_mail_from_before_this_was_noted_it_is_when_it_was_collected(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'lama.db'}"
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = create_engine(url)
    with engine.begin() as tx:
        config.attributes["connection"] = tx
        command.upgrade(config, "0002")
        tx.execute(
            text(
                "INSERT INTO mails (id, sha256, message_id, size, collected_at, state, attempts, became, incident, note) "
                "VALUES ('a', 's', 'm', 1, '2026-11-23 03:00:00.000000', 'baru', 0, '', '', '')"
            )
        )
    engine.dispose()
    database = open_database(url)
    with database.reading() as tx:
        mail = ledger.collected_mail(tx, "a")
    database.close()
    assert mail is not None and mail.received == mail.collected_at == NOW and mail.author == ""


def test_a_backup_from_before_this_was_noted_is_restored(database: Database, tmp_path: Path) -> None:
    enter(database, "a", 1)
    with database.reading() as tx:
        lines = [
            line.replace(',"received":"2026-11-23T03:00:00+00:00"', "").replace(',"author":""', "") for line in dump(tx)
        ]
    assert not any('"received"' in line for line in lines)
    other = open_database(f"sqlite:///{tmp_path / 'baru.db'}")
    with other.writing() as tx:
        load(tx, lines)
        mail = ledger.collected_mail(tx, "a")
    other.close()
    assert mail is not None and mail.received == NOW


def test_no_question_on_a_mails_way_looks_through_everything(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'jurnal.db'}")
    mail = enter(database, "a", 1, author="a@opd.example")
    asked: list[tuple[str, Any]] = []
    event.listen(
        database.engine,
        "before_cursor_execute",
        lambda _c, _cur, statement, values, _x, _m: asked.append((statement, values)),
    )
    with database.reading() as tx:
        ledger.earlier_by(tx, mail, 4)
        ledger.known_uids(tx, *BOX, 7, NOW)
        ledger.by_message_ids(tx, ["m"])
        before.noted_start(tx, *BOX)
        before.by_code(tx, "0" * 8)
        before.passed(tx, 50)
        queue.unsent(tx)
        plans = [
            row[3]
            for statement, values in asked[:]
            if statement.lstrip().upper().startswith("SELECT")
            for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
    database.close()
    assert plans and not [plan for plan in plans if plan.startswith("SCAN") and "USING" not in plan], plans
