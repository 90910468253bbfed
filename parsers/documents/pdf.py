"""Digital PDF: all text, and the label block by geometry.

A value that wraps continues where it began, at the same x; a line regex cannot know that.
"""

from __future__ import annotations

import re

import pypdfium2 as pdfium

from parsers.documents.document import Document
from parsers.labels import label_name

MAX_PAGES = 30
Cell = tuple[float, float, str]
"""Left edge, right edge, text."""
Row = tuple[float, list[Cell]]
"""Vertical middle, cells from left to right."""


def read_pdf(content: bytes) -> Document:
    """Read a PDF. A password or a broken file is a `problem`, not an exception."""
    try:
        pdf = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        return Document(problem="PDF dilindungi kata sandi" if locked else "PDF rusak atau tidak lengkap")
    try:
        pages = [pdf[index] for index in range(min(len(pdf), MAX_PAGES))]
        text = "\n".join(page.get_textpage().get_text_bounded() for page in pages)
        text = re.sub(r"-?\ufffe", "", text.replace("\r\n", "\n"))
        if len(text.strip()) < 20:
            return Document(problem="PDF tanpa teks (hasil pindai)")
        labels = _labels(_rows(pages[0])) if pages else {}
        return Document(text, tuple(labels.items()))
    except pdfium.PdfiumError:
        return Document(problem="PDF rusak atau tidak lengkap")
    finally:
        pdf.close()


def _rows(page: pdfium.PdfPage) -> list[Row]:
    textpage = page.get_textpage()
    boxes = []
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


def _labels(rows: list[Row]) -> dict[str, str]:
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
