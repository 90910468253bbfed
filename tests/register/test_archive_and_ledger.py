"""Bytes are kept for ever; the ledger knows each mail once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from register import ledger
from register.archive import Archive, ArchiveDamaged
from register.database import Database
from register.ledger import Known, Place, State

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def enter(database: Database, mail_id: str, uid: int, folder: str = "INBOX", uidvalidity: int = 7) -> bool:
    with database.writing() as tx:
        place = Place("darurat@contoh.example", folder, uidvalidity, uid)
        return ledger.enter(tx, place, mail_id=mail_id, sha256="s" * 64, message_id="m@x", size=1, now=NOW)


def test_bytes_come_back_as_they_were(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    sha256 = archive.put(b"\x00surat\r\n")
    assert archive.put(b"\x00surat\r\n") == sha256
    assert archive.get(sha256) == b"\x00surat\r\n"
    assert [path.suffix for path in tmp_path.rglob("*") if path.is_file()] == [".eml"]


@pytest.mark.parametrize("damage", ["change", "remove"])
def test_a_damaged_file_is_noticed(tmp_path: Path, damage: str) -> None:
    archive = Archive(tmp_path)
    sha256 = archive.put(b"surat")
    if damage == "change":
        archive.path(sha256).write_bytes(b"surat.")
    else:
        archive.path(sha256).unlink()
    with pytest.raises(ArchiveDamaged):
        archive.get(sha256)


def test_a_mail_seen_in_two_places_is_one_mail(database: Database) -> None:
    assert enter(database, "a", 1)
    assert not enter(database, "a", 9, folder="Arsip")
    assert not enter(database, "a", 1, uidvalidity=8)  # the server started counting anew
    with database.reading() as tx:
        assert [mail.id for mail in ledger.waiting(tx)] == ["a"]
        assert ledger.known_uids(tx, "darurat@contoh.example", "INBOX", 7, NOW) == Known(0, frozenset({1}))


def test_mails_wait_in_the_order_in_which_they_came(database: Database) -> None:
    for uid, mail_id in enumerate("zmab"):
        enter(database, mail_id, uid)
    with database.reading() as tx:
        assert [mail.id for mail in ledger.waiting(tx)] == list("zmab")


def test_a_server_that_promises_nothing_is_not_believed(database: Database) -> None:
    enter(database, "a", 1, uidvalidity=0)
    with database.reading() as tx:
        assert ledger.known_uids(tx, "darurat@contoh.example", "INBOX", 0, NOW) == Known()


def test_only_one_can_settle_a_mail(database: Database) -> None:
    enter(database, "a", 1)
    with database.writing() as tx:
        assert ledger.settle(tx, "a", "insiden", "DKL-2026-0001")
        assert not ledger.settle(tx, "a", "insiden", "DKL-2026-0002")
    with database.reading() as tx:
        mail = ledger.collected_mail(tx, "a")
    assert mail is not None and (mail.state, mail.incident) == (State.DONE, "DKL-2026-0001")


def test_a_mail_that_fails_three_times_is_set_aside(database: Database) -> None:
    enter(database, "a", 1)
    states = []
    for _ in range(3):
        with database.writing() as tx:
            mail = ledger.collected_mail(tx, "a")
            assert mail is not None
            ledger.begin(tx, "a")
            states.append(ledger.fail(tx, mail, "rusak"))
    assert states == [State.NEW, State.NEW, State.UNREADABLE]
