"""Columns that staff added to the workbook: read back before it is drawn anew, and kept in the journal.

The journal keeps them because the file may be deleted or break; what was read last is then drawn again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from sqlalchemy import Connection, delete, select

from register.database import insert_or
from register.schema import staff_notes
from register.workbook import CLOCK, FIXED, HEAD_ROWS, SHEET, Cell, OwnColumns
from templates import phrasing


class WorkbookBroken(Exception):
    """The file is there and is no workbook of ours any more."""


def read_columns(path: Path) -> OwnColumns | None:
    """What staff wrote into columns of their own; None where there is no workbook.

    Raises: WorkbookBroken; OSError when the file cannot be read now.
    """
    if not path.exists():
        return None
    try:
        book = load_workbook(path, read_only=True, data_only=False)
        rows = list(book[SHEET].iter_rows(values_only=True))
        book.close()
    except OSError:
        raise
    except Exception as error:  # a damaged file raises whatever the layer it breaks in likes to raise
        raise WorkbookBroken(f"{type(error).__name__}: {error}") from error
    if len(rows) < HEAD_ROWS:
        raise WorkbookBroken("lembar Register kosong")
    groups, headings = rows[0], rows[1]
    ours = {index for index, group in enumerate(groups) if index < len(FIXED) or _is_step_group(groups, index)}
    own: dict[str, dict[str, Cell]] = {}
    for index, heading in enumerate(headings):
        if index in ours:
            continue
        cells = [(str(row[0]), row[index]) for row in rows[HEAD_ROWS:] if row[0]]
        values = {number: value for number, value in cells if value is not None}
        if heading is not None or values:
            own[_unused(str(heading or f"Kolom {get_column_letter(index + 1)}")[:190], own)] = values
    return own


def _unused(heading: str, own: OwnColumns) -> str:
    """Two columns may bear one heading; both are kept."""
    return next(name for name in (heading, *(f"{heading} ({n})" for n in range(2, 99))) if name not in own)


def keep_columns(tx: Connection, place: str, own: OwnColumns, numbers: Sequence[str]) -> None:
    """Make the journal's copy for `numbers` what the workbook at `place` says; a cleared cell is cleared."""
    here = (staff_notes.c.place == place, staff_notes.c.incident.in_(numbers))
    tx.execute(delete(staff_notes).where(*here))
    for heading, values in own.items():
        for number, value in values.items():
            if number in numbers:
                row = insert_or(tx.dialect.name, staff_notes).values(
                    place=place, incident=number, heading=heading, value=_text(value)
                )
                tx.execute(row.on_conflict_do_nothing())


def filled(own: OwnColumns) -> OwnColumns:
    """Only the columns in which something is written, as `kept_columns` gives them."""
    return {heading: dict(values) for heading, values in own.items() if values}


def kept_columns(tx: Connection, place: str, numbers: Sequence[str]) -> OwnColumns:
    """What the journal keeps for the incidents `numbers` of the workbook at `place`."""
    own: dict[str, dict[str, Cell]] = {}
    query = select(staff_notes).where(staff_notes.c.place == place, staff_notes.c.incident.in_(numbers))
    for row in tx.execute(query.order_by(staff_notes.c.heading)):
        own.setdefault(row.heading, {})[row.incident] = _value(row.value)
    return own


def set_aside(path: Path, now: datetime) -> Path:
    """Move a broken workbook out of the way, under a dated name. Returns where it is. Raises: OSError."""
    aside = path.with_name(f"{path.stem}-rusak-{now.astimezone(phrasing.WIB):%Y%m%d-%H%M%S}{path.suffix}")
    path.replace(aside)
    return aside


def _is_step_group(groups: Sequence[Cell | None], index: int) -> bool:
    """Whether a column stands under a heading "Langkah n": headings span the columns of their group."""
    for position in range(index, max(index - len(CLOCK), -1), -1):
        if groups[position] is not None:
            return re.match(r"Langkah \d+", str(groups[position])) is not None
    return False


def _text(value: Cell) -> str:
    if isinstance(value, (date, datetime)):
        return json.dumps({"waktu": value.isoformat()})
    return json.dumps(value if isinstance(value, (str, int, float, bool)) else str(value), ensure_ascii=False)


def _value(text: str) -> Cell:
    value = json.loads(text)
    if not isinstance(value, dict):
        return value
    iso = value["waktu"]
    return datetime.fromisoformat(iso) if "T" in iso else date.fromisoformat(iso)
