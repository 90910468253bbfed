"""Digital PDF: all text, and the label block by geometry."""

from __future__ import annotations

import re

import pypdfium2 as pdfium

from parsers.documents.document import NOT_YET, Document
from parsers.documents.label_block import Cell, Row, label_block

MAX_PAGES = 30
_SCANNER_MARK = re.compile(r"^.*(?:cam\s?scanner|adobe scan|scanned (?:by|with)|dipindai dengan).*$", re.I | re.M)
"""What phones print under each picture of a page: the only text of such a PDF, and not the letter's."""


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
        if len(_SCANNER_MARK.sub("", text).strip()) < 20:
            return Document(problem=NOT_YET)
        labels = label_block(_rows(pages[0])) if pages else {}
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
