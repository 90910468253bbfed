"""Files are lost: the journal, a mail in the archive. What is left is not taken for a new office, and says what to do."""

from __future__ import annotations

import io
import sqlite3
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from handlers.care.back_up import back_up, restore
from handlers.rounds.intake import collect_waiting_mail
from office.build import build_office
from office.first_day import JournalLost
from office.outside import Outside
from office.settings import read_settings
from register.database import JournalUnavailable, open_database
from register.ledger import State, everything
from siaga.cli import siaga
from tests import cast
from tests.attacks import some
from tests.siaga.test_commands import run
from tests.town import Town, empty_journal

COMMANDS = {
    "incidents": (),
    "show": ("DKL-2026-0001",),
    "surat": (),
    "verify": (),
    "register": (),
    "replay": (),
    "backup": ("cadangan-baru.tar",),
    "restore": ("cadangan.tar",),
    "report": ("telepon", "--opd", "Dinas Kesehatan", "--uraian", "Internet mati sejak pagi"),
    "up": ("--once",),
    "doctor": (),
}
"""Every command that opens the journal, with what it needs."""


def journal_file(place: Town) -> Path:
    return place.office.settings.data / "jurnal.db"


def gone(file: Path) -> None:
    for path in file.parent.glob("jurnal.db*"):
        path.unlink()


def no_bytes(file: Path) -> None:
    gone(file)
    file.touch()


def emptied(file: Path) -> None:
    _execute(file, *(f"DELETE FROM {table}" for table in _tables(file) if table != "alembic_version"))


def emptied_but_for_its_keys(file: Path) -> None:
    kept = ("alembic_version", "secrets", "procedures")
    _execute(file, *(f"DELETE FROM {table}" for table in _tables(file) if table not in kept))


def fresh(file: Path) -> None:
    gone(file)
    open_database(f"sqlite:///{file}").close()


def _tables(file: Path) -> list[str]:
    with sqlite3.connect(file) as database:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    database.close()
    return [name for name in names if not name.startswith("sqlite_")]


def _execute(file: Path, *statements: str) -> None:
    database = sqlite3.connect(file)
    database.execute("PRAGMA foreign_keys=OFF")
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()


def fault(place: Town, name: str, *, code: int = 1) -> str:
    """The one line a command says."""
    arguments = [str(place.folder / word) if word.endswith(".tar") else word for word in COMMANDS[name]]
    said = run(name, *arguments, "--config", place.settings_file, code=code)
    assert "Traceback" not in said, said
    return said


@pytest.fixture
def at_work(place: Town) -> Town:
    """An office with one incident, a backup of it, and nobody at the desk."""
    place.letter()
    place.work()
    back_up(place.office, place.folder / "cadangan.tar", {})
    place.office.close()
    return place


def test_every_command_is_in_the_list_here() -> None:
    assert set(COMMANDS) == set(siaga.commands) - {"demo", "init", "read"}


@pytest.mark.parametrize("loss", [gone, no_bytes, emptied, emptied_but_for_its_keys, fresh])
def test_a_journal_that_is_suddenly_empty_is_no_new_office(at_work: Town, loss: Callable[[Path], None]) -> None:
    at_work.restart()  # it has been opened since its first mail
    at_work.office.close()
    loss(journal_file(at_work))
    before = sorted(path.name for path in at_work.office.settings.data.glob("jurnal.db*"))
    for _ in range(2):  # the first refusal leaves nothing behind that would pass for a journal
        with pytest.raises(JournalLost, match="siaga restore"):
            at_work.open()
    if loss in (gone, no_bytes):
        assert sorted(path.name for path in at_work.office.settings.data.glob("jurnal.db*")) == before
    office = build_office(read_settings(at_work.settings_file), Outside(at_work.clock), restoring=True)
    if loss is not emptied_but_for_its_keys:
        restore(office, at_work.folder / "cadangan.tar")
        office.close()
        at_work.office = at_work.open()
        assert at_work.numbers() == ["DKL-2026-0001"]
        at_work.write(cast.SAMSAT, "Internet mati", "Internet kantor Samsat mati total sejak pukul 08.00.")
        at_work.work(1)
        assert at_work.numbers() == ["DKL-2026-0001", "DKL-2026-0002"]
    at_work.office.close()


@pytest.mark.parametrize("name", some(sorted(COMMANDS.keys() - {"restore"})))
def test_every_command_says_in_one_line_that_the_journal_is_lost(at_work: Town, name: str) -> None:
    no_bytes(journal_file(at_work))
    said = fault(at_work, name)
    assert "kosong (0 bita)" in said and "siaga restore" in said
    assert name == "doctor" or said.count("\n") == 1


def test_whoever_moves_the_old_things_away_begins_anew(at_work: Town) -> None:
    data = at_work.office.settings.data
    gone(journal_file(at_work))
    for folder in ("arsip", "register", "laporan"):
        if (data / folder).exists():
            (data / folder).rename(data.parent / f"{folder}-lama")
    office = at_work.open()
    office.close()


def test_a_workbook_alone_tells_of_a_past(at_work: Town) -> None:
    data = at_work.office.settings.data
    gone(journal_file(at_work))
    (data / "arsip").rename(data.parent / "arsip-lama")
    with pytest.raises(JournalLost, match="register"):
        at_work.open()


def test_a_desk_killed_at_its_very_first_mail_is_no_office_that_lost_its_journal(place: Town) -> None:
    place.office.archive.put(b"From: a@contoh.example\r\n\r\nInternet mati")  # and no row: the power went
    place.restart()
    place.letter()
    place.work()
    assert place.numbers() == ["DKL-2026-0001"]


def test_an_empty_postgresql_beside_a_full_archive_is_no_new_office(place: Town, postgres_url: str) -> None:
    heir = Town(place.folder / "pg", place.house, journal_url=postgres_url)
    empty_journal(heir.office.database)
    heir.restart()
    heir.letter()
    heir.work()
    empty_journal(heir.office.database)
    heir.office.close()
    with pytest.raises(JournalLost, match="kosong"):
        heir.open()


@pytest.mark.parametrize("name", some(sorted(COMMANDS)))
def test_a_newer_journal_is_one_clear_line_at_every_command(at_work: Town, name: str) -> None:
    _execute(journal_file(at_work), "UPDATE alembic_version SET version_num = '9999'")
    said = fault(at_work, name)
    assert "versi Siaga yang lebih baru" in said
    assert name == "doctor" or said.count("\n") == 1


@pytest.mark.parametrize("name", some(sorted(COMMANDS)))
def test_a_file_that_is_no_database_is_one_clear_line_at_every_command(at_work: Town, name: str) -> None:
    gone(journal_file(at_work))
    journal_file(at_work).write_bytes(b"bukan basis data" * 500)
    said = fault(at_work, name)
    assert "rusak" in said and "siaga restore" in said
    assert name == "doctor" or said.count("\n") == 1


@pytest.mark.parametrize("name", some(sorted(COMMANDS.keys() - {"restore"})))
def test_a_damaged_archive_is_one_clear_line_at_every_command(place: Town, name: str) -> None:
    place.letter()
    place.work()
    place.write(cast.SAMSAT, "Internet mati", "Internet kantor Samsat mati total sejak pukul 08.00.")
    collect_waiting_mail(place.office)  # it waits, and its bytes will be gone
    place.office.close()
    for file in place.office.archive.folder.rglob("*.eml"):
        file.write_bytes(file.read_bytes()[:10])
    said = fault(place, name, code={"verify": 1, "backup": 3}.get(name, 0))
    if name in ("verify", "backup"):
        assert "telah berubah" in said


def test_a_backup_of_a_newer_version_is_one_clear_line(place: Town, tmp_path: Path) -> None:
    lines = b'{"siaga":1}\n{"table":"masa_depan","row":{"a":1}}\n{"rows":1}\n'
    with tarfile.open(place.folder / "cadangan.tar", "w") as tar:
        info = tarfile.TarInfo("jurnal.jsonl")
        info.size = len(lines)
        tar.addfile(info, io.BytesIO(lines))
    place.office.close()
    assert "versi Siaga yang lebih baru" in fault(place, "restore")


@pytest.mark.parametrize("damage", ["short", "missing", "same length"])
def test_a_letter_that_comes_again_heals_the_archive(place: Town, damage: str) -> None:
    place.letter()
    place.work()
    with place.office.database.reading() as tx:
        sha256 = next(mail.sha256 for mail in everything(tx) if mail.incident)
    file = place.office.archive.path(sha256)
    whole = file.read_bytes()
    if damage == "missing":
        file.unlink()
    else:
        file.write_bytes(whole[:100] if damage == "short" else b"x" + whole[1:])
    place.post(cast.SAMSAT, whole)  # by another way, so with other trace fields
    place.work(1)
    with place.office.database.reading() as tx:
        row = next(mail for mail in everything(tx) if mail.incident)
    assert place.office.archive.holds(row.sha256)
    assert place.numbers() == ["DKL-2026-0001"]
    assert place.office.archive.put(whole) == sha256 and place.office.archive.get(sha256) == whole


def test_a_letter_whose_bytes_were_lost_before_it_was_read_is_read_when_it_comes_again(place: Town) -> None:
    place.letter()
    collect_waiting_mail(place.office)
    with place.office.database.reading() as tx:
        file = place.office.archive.path(everything(tx)[0].sha256)
    whole = file.read_bytes()
    file.write_bytes(b"")
    place.work(1)
    with place.office.database.reading() as tx:
        assert everything(tx)[0].state is State.UNREADABLE
    assert "tidak" in place.last(cast.HELPDESK, "terbaca").plain
    place.post(cast.SAMSAT, whole)
    place.work(1)
    assert place.numbers() == ["DKL-2026-0001"]


def test_a_lost_journal_is_unavailable_like_any_other() -> None:
    assert issubclass(JournalLost, JournalUnavailable)
