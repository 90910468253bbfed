"""The label block of a letter ("Nomor : …", "Hal : …") by geometry.

A value that wraps continues where it began, at the same x; a line regex cannot know that.
"""

from __future__ import annotations

import re

from parsers.words.labels import label_name

Cell = tuple[float, float, str]
"""Left edge, right edge, text."""
Row = tuple[float, list[Cell]]
"""Vertical middle, upwards, in points; cells from left to right."""


def label_block(rows: list[Row]) -> dict[str, str]:
    """Label to value, wrapped values joined. Rows come from top to bottom."""
    found: dict[str, str] = {}
    for index, (_, cells) in enumerate(rows):
        for position, (left, _, text) in enumerate(cells):
            match = re.match(r"([A-Za-z.]+)\s*(:)?\s*(.*)$", text)
            label = label_name(match[1]) if match else ""
            if not match or not label or label in found:
                continue
            rest = cells[position + 1 :]
            value, value_left = "", left
            if match[2] and match[3]:
                value = match[3]
            elif rest and rest[0][2].startswith(":"):
                own = rest[0][2].lstrip(": ")
                cell = rest[0] if own else (rest[1] if len(rest) > 1 else None)
                if cell:
                    value, value_left = cell[2].lstrip(": "), cell[0]
            elif match[2] and rest:
                value, value_left = rest[0][2], rest[0][0]
            if value:
                found[label] = _continued(value, value_left, left, rows, index)
    return found


def _continued(value: str, value_left: float, label_left: float, rows: list[Row], index: int) -> str:
    if value_left <= label_left:  # the label and its value are one cell: no column to continue in
        return value
    for middle, cells in rows[index + 1 : index + 4]:
        if any(abs(cell[0] - label_left) < 6 for cell in cells) or rows[index][0] - middle > 60:
            break
        below = [cell[2] for cell in cells if value_left - 6 <= cell[0] <= value_left + 10]
        if below:
            value += ("" if value.endswith("/") else " ") + below[0]
    return value
