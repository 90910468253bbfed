"""The workbook: drawn from the journal, safe from what mails contain, kind to what staff wrote."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from office.words_file import read_words
from register.database import Database
from register.own_columns import WorkbookBroken, keep_columns, kept_columns, read_columns
from register.workbook import SHEET, Entry, WorkbookBusy, draw_workbook
from sop.decide import decide
from sop.facts import Opened
from sop.incident import Incident
from sop.load import load_procedure
from sop.people import Directory
from sop.report import Report
from tests.sop.test_decide import Journey
from tests.sop.test_taking_back import take_back

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
PROCEDURE = load_procedure()
WICKED = [
    "=1+1",
    "+62 811",
    "@SUM(A1)",
    "\t=cmd|' /C calc'!A0",
    "a\x0bb\x00",
    "x" * 40_000,
    "\ud800",
    "'=kutip",
    "1E5",
    "#REF!",
]


def entry(number: str = "DKL-2026-0001", **report: str) -> Entry:
    fact = Opened("surat", NOW, replace(Report(opd="Dinas Kesehatan"), **report))  # type: ignore[arg-type]
    return Entry(decide(PROCEDURE, Incident(number), fact, Directory(()), NOW).incident, PROCEDURE)


def drawn(path: Path, *entries: Entry) -> list[tuple[object, ...]]:
    draw_workbook(path, entries, read_words(), read_columns(path) or {})
    return list(load_workbook(path)[SHEET].iter_rows(values_only=True))


@pytest.mark.parametrize("wicked", WICKED, ids=[repr(text[:9]) for text in WICKED])
def test_text_from_a_mail_is_only_ever_text(tmp_path: Path, wicked: str) -> None:
    draw_workbook(tmp_path / "r.xlsx", [entry(hal=wicked)], read_words(), {})
    cells = [cell for row in load_workbook(tmp_path / "r.xlsx")[SHEET].iter_rows(min_row=3) for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_times_are_shown_in_wib(tmp_path: Path) -> None:
    assert drawn(tmp_path / "r.xlsx", entry())[2][1] == datetime(2026, 11, 23, 10, 0)  # noqa: DTZ001


def test_columns_that_staff_added_survive_and_stay_with_their_incident(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    rows = drawn(path, entry())
    book = load_workbook(path)
    sheet, column = book[SHEET], len(rows[1]) + 1
    sheet.cell(2, column).value = "Biaya"
    sheet.cell(3, column).value = 125000
    sheet.cell(3, column - 1).value = "ditelepon Bu Fitria"
    book.save(path)
    again = drawn(path, entry("DKL-2026-0000"), entry())
    assert again[1][-2:] == ("Catatan", "Biaya")
    assert again[2][-2:] == (None, None) and again[3][-2:] == ("ditelepon Bu Fitria", 125000)


@pytest.mark.parametrize("lock", ["~$register.xlsx", ".~lock.register.xlsx#"])
def test_an_open_workbook_is_left_alone(tmp_path: Path, lock: str) -> None:
    path = tmp_path / "register.xlsx"
    drawn(path, entry())
    before = path.read_bytes()
    (tmp_path / lock).touch()
    with pytest.raises(WorkbookBusy):
        draw_workbook(path, [entry(), entry("DKL-2026-0002")], read_words(), {})
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"PK broken", b"PK\x03\x04" + b"\0" * 500], ids=["empty", "cut", "zeros"])
def test_a_broken_workbook_is_told_from_one_that_is_not_there(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "register.xlsx"
    assert read_columns(path) is None
    path.write_bytes(content)
    with pytest.raises(WorkbookBroken):
        read_columns(path)


def test_what_staff_wrote_is_kept_by_the_journal_as_it_was_written(database: Database) -> None:
    numbers = ["DKL-2026-0001", "DKL-2026-0002"]
    own = {
        "Biaya": {numbers[0]: 125000.5},
        "Selesai": {numbers[0]: datetime(2026, 11, 24, 8, 0)},  # noqa: DTZ001
        "Ya": {numbers[1]: True},
    }
    with database.writing() as tx:
        keep_columns(tx, "satu", own | {"Lain": {"DKL-2025-0009": "tahun lain"}}, numbers)
    with database.reading() as tx:
        assert kept_columns(tx, "satu", numbers) == own
    with database.writing() as tx:
        keep_columns(tx, "dua", {}, numbers)
        keep_columns(tx, "satu", {"Biaya": {numbers[1]: 1}}, numbers)
    with database.reading() as tx:
        assert kept_columns(tx, "satu", numbers) == {"Biaya": {numbers[1]: 1}}, "a cleared cell came back"


def test_every_damage_is_noticed_as_such(tmp_path: Path) -> None:
    path, chance = tmp_path / "register.xlsx", random.Random(7)
    drawn(path, entry())
    whole = path.read_bytes()
    for _ in range(60):
        content = bytearray(whole)
        for _ in range(3):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        path.write_bytes(content)
        with suppress(WorkbookBroken):
            read_columns(path)


def test_an_emptied_sheet_is_a_broken_workbook_and_clears_nothing(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    drawn(path, entry())
    book = load_workbook(path)
    book[SHEET].delete_rows(1, 10)
    book.save(path)
    with pytest.raises(WorkbookBroken):
        read_columns(path)


def test_two_columns_of_one_name_and_one_without_a_name_are_all_kept(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    width = len(drawn(path, entry())[1])
    book = load_workbook(path)
    for column, (heading, value) in enumerate((("Biaya", 1), ("Biaya", 2), (None, 3)), start=width + 1):
        book[SHEET].cell(2, column).value, book[SHEET].cell(3, column).value = heading, value
    book.save(path)
    own = read_columns(path)
    assert own is not None
    assert sorted(value for values in own.values() for value in values.values()) == [1, 2, 3]


def test_a_workbook_that_was_saved_while_it_was_drawn_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    drawn(path, entry())
    before = path.read_bytes()
    with pytest.raises(WorkbookBusy, match="disimpan"):
        draw_workbook(path, [entry()], read_words(), {}, still=lambda: False)
    assert path.read_bytes() == before


def test_a_wait_that_was_called_off_says_so_instead_of_standing_open(tmp_path: Path) -> None:
    journey = Journey().to("penerusan_analisis")
    take_back(journey, "helpdesk", "tidak")
    path = tmp_path / "register-2026.xlsx"
    drawn(path, Entry(journey.incident, journey.procedure))
    decisions = [str(row[8].value) for row in load_workbook(path)["Waktu Langkah"].iter_rows(min_row=2)]
    assert decisions == ["YA, keadaan darurat", "tidak dilanjutkan", "TIDAK"]
