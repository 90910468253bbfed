"""Cells of the workbook: styles, heights, pages, and what text from a mail may look like in one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties

from templates import phrasing
from templates.characters import plain

_MAX_TEXT, _CUT = 32_767, " … [dipotong]"
_FIRST_YEAR = 1900
_THIN = Side(style="thin", color="FFB7BEC8")


def append_row(sheet: Any, row: list[WriteOnlyCell], widths: Sequence[int] = ()) -> None:
    """Add a row, as high as its longest text needs: programs that open the file do not work that out."""
    lines = 1
    for cell, width in zip(row, widths, strict=False):
        text = cell.value if isinstance(cell.value, str) else ""
        lines = max(lines, sum(-(-len(line) // max(width - 1, 1)) or 1 for line in text.split("\n")))
    sheet.row_dimensions[len(sheet.row_dimensions) + 1].height = 15 * min(lines, 12) + 2
    sheet.append(row)


def written(iso: Any) -> Any:
    """A date or a moment as a letter gave it, as a real one where it is one, and Excel can show it."""
    try:
        read = date.fromisoformat(str(iso)) if len(str(iso)) == 10 else datetime.fromisoformat(str(iso))
    except ValueError:
        return iso
    return read if read.year > _FIRST_YEAR else iso


def set_page(sheet: Any, *, pages_wide: int, head_rows: int) -> None:
    """A3 landscape; on every page the headings and the incident's number are repeated."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages_wide, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows, sheet.print_title_cols = f"1:{head_rows}", "A:A"
    sheet.oddFooter.right.text = "Hal &P / &N"


class Styles:
    """One style object a kind of cell, shared by all its cells: half the time and a fraction of the memory."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        border = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
        wrap = Alignment(wrap_text=True, vertical="top")
        head = {"font": Font(bold=True, color="FFFFFFFF"), "alignment": Alignment(wrap_text=True, vertical="center")}
        late = PatternFill("solid", fgColor="FFF8D7DA")
        self.styles = {
            "text": self._style(border=border, alignment=wrap, number_format="@"),
            "day": self._style(border=border, alignment=wrap, number_format="dd/mm/yyyy"),
            "time": self._style(border=border, alignment=wrap, number_format="dd/mm/yyyy hh:mm"),
            "number": self._style(border=border, alignment=wrap),
            "late": self._style(border=border, alignment=wrap, fill=late, font=Font(bold=True, color="FF842029")),
            "own": self._style(border=border, alignment=wrap, fill=PatternFill("solid", fgColor="FFFFF8E1")),
            "head": self._style(border=border, fill=PatternFill("solid", fgColor="FF1F4E79"), **head),
            "group": self._style(fill=PatternFill("solid", fgColor="FF163A5C"), font=head["font"]),
        }

    def _style(self, **attributes: Any) -> Any:
        cell = WriteOnlyCell(self.sheet)
        for name, value in attributes.items():
            setattr(cell, name, value)
        return cell._style

    def cell(self, value: Any, kind: str) -> WriteOnlyCell:
        cell = WriteOnlyCell(self.sheet)
        if isinstance(value, datetime):
            cell.value = _local(value) if value.tzinfo else value
        elif isinstance(value, str):
            cell._value, cell.data_type = _safe(value), "s"  # text is always text: no formula comes out of a mail
        elif value is not None:
            try:
                cell.value = value
            except ValueError:  # nothing that Excel knows
                cell._value, cell.data_type = _safe(str(value)), "s"
        cell._style = self.styles[kind]
        return cell


def _local(at: datetime) -> datetime | str:
    try:
        return at.astimezone(phrasing.WIB).replace(tzinfo=None)
    except OverflowError:  # the last night of the year 9999
        return at.isoformat()


def _safe(text: str) -> str:
    """What a cell may hold: no control characters, no broken ones, at most 32,767, of which an emoji counts as two."""
    units = plain(text).encode("utf-16-le")
    cut = len(units) > 2 * _MAX_TEXT
    return units[: 2 * (_MAX_TEXT - 20)].decode("utf-16-le", "ignore") + _CUT if cut else units.decode("utf-16-le")
