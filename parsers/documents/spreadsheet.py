"""Workbooks (XLSX, XLSM, XLSB, XLS, ODS) by calamine: one row a line, cells between tabs. Runs in a reading child only."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from parsers.documents.document import Document, Reason, unread

MAX_SHEETS, MAX_ROWS, MAX_COLUMNS = 10, 2000, 60
Cell = int | float | str | bool | time | date | datetime | timedelta


def read_spreadsheet(content: bytes) -> Document:
    """Read the sheets that are not hidden. Never raises for what the file is."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        lines = [line for name in _sheets(workbook) for line in _lines(workbook, name)]
    except PasswordError:
        return unread(Reason.LOCKED, "lembar kerja dilindungi kata sandi")
    except (CalamineError, OSError, ValueError, TypeError, OverflowError):
        return unread(Reason.BROKEN, "lembar kerja rusak atau tidak lengkap")
    except BaseException as error:
        # The library is not written in Python: its panics are no Exception.
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        return unread(Reason.BROKEN, "lembar kerja rusak atau tidak lengkap")
    return Document("\n".join(lines), data=True) if lines else unread(Reason.EMPTY, "lembar kerja kosong")


def _sheets(workbook: CalamineWorkbook) -> list[str]:
    shown = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]
    return shown[:MAX_SHEETS]


def _lines(workbook: CalamineWorkbook, name: str) -> Iterator[str]:
    for row in workbook.get_sheet_by_name(name).to_python(nrows=MAX_ROWS):
        # A label and its value may stand columns apart: an empty cell between them says nothing.
        cells = [text for text in map(_text, row[:MAX_COLUMNS]) if text]
        if cells:
            yield "\t".join(cells)


def _text(cell: Cell) -> str:
    """A cell as a clerk would write it."""
    if isinstance(cell, bool):
        return "ya" if cell else "tidak"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))  # telephone numbers and NIP are kept as numbers
    if isinstance(cell, datetime):
        return cell.strftime("%d-%m-%Y" if cell.time() == time(0) else "%d-%m-%Y %H.%M")
    if isinstance(cell, date):
        return cell.strftime("%d-%m-%Y")
    if isinstance(cell, time):
        return cell.strftime("%H.%M")
    return " ".join(str(cell).split())
