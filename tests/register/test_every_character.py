"""Any character in any cell: the workbook is written, and opens."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from office.words_file import read_words
from register.cells import Styles
from register.workbook import SHEET, draw_workbook
from templates.characters import plain
from tests.characters import EVERY, ODD, in_parts
from tests.register.test_workbook import entry

FIELDS = (
    "opd",
    "nomor",
    "tanggal",
    "sifat",
    "hal",
    "lokasi",
    "waktu_kejadian",
    "pengirim",
    "telepon",
    "ringkasan",
)


def test_every_character_there_is_may_stand_in_a_cell(tmp_path: Path) -> None:
    parts = in_parts(EVERY, 160)
    rows = [entry(f"DKL-2026-{n:04}", **{field: next(parts) for field in FIELDS}) for n in range(1, 17)]
    draw_workbook(tmp_path / "r.xlsx", rows, read_words(), {"Catatan": {"DKL-2026-0001": ODD}, ODD: {}})
    read = list(load_workbook(tmp_path / "r.xlsx", read_only=True)[SHEET].iter_rows(min_row=3, values_only=True))
    assert [row[0] for row in read] == [row.incident.number for row in rows]
    assert "🙏" in "".join(str(cell) for row in read for cell in row) and "华" in "".join(map(str, read[0] + read[1]))


@pytest.mark.parametrize(
    "moment", ["9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+07:00", "0001-01-01", "1899-12-31", "9999-12-31"]
)
def test_impossible_moments_stop_no_workbook(tmp_path: Path, moment: str) -> None:
    draw_workbook(tmp_path / "r.xlsx", [entry(tanggal=moment, waktu_kejadian=moment)], read_words(), {})
    row = next(load_workbook(tmp_path / "r.xlsx")[SHEET].iter_rows(min_row=3, values_only=True))
    assert str(row[5])[:4] == moment[:4] == str(row[10])[:4]


def test_a_cell_holds_what_excel_counts_as_32767_characters() -> None:
    styles = Styles(Workbook(write_only=True).create_sheet())
    for text in ("🙏" * 20_000, "x" * 40_000, "\x00" * 40_000 + "x"):
        held = styles.cell(text, "text").value
        assert len(held.encode("utf-16-le")) <= 2 * 32_767
        assert held.endswith("[dipotong]") or held == plain(text)
    values = (["daftar"], {"a": 1}, float("nan"), ODD, None, b"\xff", cycle)
    assert all(styles.cell(value, "text") is not None for value in values)
