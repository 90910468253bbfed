"""The workbook as a file on somebody's desk: opened, written into, deleted, broken; nothing is lost by any of it."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests import cast
from tests.town import JOURNEY, Town


def workbook(place: Town) -> Path:
    return place.office.register_folder / "register-2026.xlsx"


def rows(place: Town) -> list[tuple[object, ...]]:
    return list(load_workbook(workbook(place))["Register"].iter_rows(values_only=True))


def note(place: Town, text: str) -> None:
    """Somebody writes into "Catatan", the last column, of the first incident, and saves."""
    book = load_workbook(workbook(place))
    sheet = book["Register"]
    sheet.cell(3, sheet.max_column).value = text
    book.save(workbook(place))


@pytest.mark.parametrize("fate", ["deleted", "broken"])
def test_what_staff_wrote_outlives_the_file(place: Town, fate: str) -> None:
    place.to_stage("analisis")
    note(place, "ditelepon Bu Fitria")
    place.work()
    if fate == "deleted":
        workbook(place).unlink()
    else:
        workbook(place).write_bytes(workbook(place).read_bytes()[:4000])
    place.work()
    assert rows(place)[2][0] == "DKL-2026-0001" and rows(place)[2][-1] == "ditelepon Bu Fitria"


def test_a_broken_workbook_is_kept_aside_and_told_once(place: Town, caplog: pytest.LogCaptureFixture) -> None:
    place.to_stage("analisis")
    workbook(place).write_bytes(b"PK rusak")
    for _ in range(3):
        place.work()
    [aside] = workbook(place).parent.glob("register-2026-rusak-*.xlsx")
    assert aside.read_bytes() == b"PK rusak" and aside.name in caplog.text
    told = [mail for mail in place.inbox(cast.HELPDESK) if "Buku register rusak" in mail.subject]
    assert len(told) == 1 and aside.name in told[0].plain


def test_an_open_workbook_is_drawn_when_it_is_closed(place: Town, caplog: pytest.LogCaptureFixture) -> None:
    place.to_stage("analisis")
    lock = workbook(place).with_name(f"~${workbook(place).name}")
    lock.touch()
    place.letter(418)
    with caplog.at_level(logging.INFO):
        place.work()
    assert len(rows(place)) == 3 and "sedang dibuka" in caplog.text
    lock.unlink()
    place.work()
    assert len(rows(place)) == 4


def test_nothing_is_drawn_while_nothing_happens(place: Town) -> None:
    place.may_begin_later = False
    place.to_stage("analisis")
    before = workbook(place).stat().st_mtime_ns
    place.work()
    assert workbook(place).stat().st_mtime_ns == before


def test_papers_that_were_deleted_are_compiled_again(place: Town) -> None:
    place.letter()
    place.work()
    place.reply(cast.HELPDESK, "Mohon analisis", "TIDAK\n\nHanya pemeliharaan.")
    place.work(1)
    folder = place.office.papers_folder / "DKL-2026-0001"
    papers = {path.name for path in folder.iterdir()}
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    place.work()
    assert {path.name for path in folder.iterdir()} == papers


def test_the_workbook_has_one_row_an_incident_with_its_clocks(place: Town) -> None:
    place.to_stage("penerimaan")
    place.reply(*JOURNEY[-1][1:])
    place.work(1)
    book = load_workbook(place.office.register_folder / "register-2026.xlsx")
    rows = list(book["Register"].iter_rows(values_only=True))
    groups, headings, row = rows[0], rows[1], rows[2]
    assert len(rows) == 3 and row[0] == "DKL-2026-0001"
    first = groups.index("Langkah 2: Analisis Helpdesk")
    assert headings[first : first + 6] == ("Baku (menit)", "Mulai", "Dijawab", "Oleh", "Menit", "Tepat waktu")
    assert row[first] == 3 and row[first + 3] == "Dedi Kurniadi, A.Md." and row[first + 5] == "Ya"
