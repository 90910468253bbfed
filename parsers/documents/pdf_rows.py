"""A page of a PDF as rows of cells, by where its words stand. Runs inside the sandbox only."""

from __future__ import annotations

from collections.abc import Iterable

import pypdfium2 as pdfium

from parsers.documents.label_block import Cell, Row
from parsers.documents.pdf_notes import Box


def rows(page: pdfium.PdfPage, filled_in: Iterable[Box] = ()) -> list[Row]:
    """The rows of a page from top to bottom, with what is filled in where it stands. Raises PdfiumError."""
    textpage = page.get_textpage()
    boxes = list(filled_in)
    for index in range(min(textpage.count_rects(), 3000)):
        left, bottom, right, top = textpage.get_rect(index)
        text = textpage.get_text_bounded(left, bottom, right, top).replace("\r\n", " ").strip()
        if text:
            boxes.append((left, bottom, right, top, text))
    boxes.sort(key=lambda box: (-(box[1] + box[3]) / 2, box[0]))
    lines: list[tuple[float, list[tuple[float, float, float, float, str]]]] = []
    for box in boxes:
        middle = (box[1] + box[3]) / 2
        for line in lines[-3:]:
            if abs(line[0] - middle) < 0.5 * max(box[3] - box[1], 11):
                line[1].append(box)
                break
        else:
            lines.append((middle, [box]))
    return [(middle, _cells(sorted(line))) for middle, line in lines]


def _cells(boxes: list[tuple[float, float, float, float, str]]) -> list[Cell]:
    """Join boxes that stand close together; a gap of more than a letter's height starts a new cell."""
    cells: list[Cell] = []
    for left, bottom, right, top, text in boxes:
        if cells:
            last_left, last_right, last_text = cells[-1]
            gap = left - last_right
            if gap < 1.1 * max(top - bottom, 8) and last_text != ":" and not text.startswith(":"):
                cells[-1] = (last_left, right, last_text + (" " if gap > 0.8 else "") + text)
                continue
        cells.append((left, right, text))
    return cells
