"""Digital PDF: all text, and the label block by geometry."""

from __future__ import annotations

import pypdfium2 as pdfium

from parsers.documents.document import NOT_YET, Document, Reason, unread
from parsers.documents.label_block import Cell, Row, label_block
from parsers.documents.pdf_pages import page_texts


def read_pdf(content: bytes) -> Document:
    """Read a PDF. A password or a broken file is a `problem`; so is a scanned page, beside the text of the others."""
    try:
        pdf = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        return refused(error)
    try:
        texts = page_texts(pdf)
        scanned = [number for number, text in enumerate(texts, 1) if text is None]
        text = "\n".join(filter(None, texts))
        if not text.strip():
            return unread(Reason.NOT_READ, NOT_YET)
        first = next(index for index, own in enumerate(texts) if own and own.strip())
        labels = tuple(label_block(_rows(pdf[first])).items())
        if not scanned:
            return Document(text, labels)
        return Document(text, labels, f"halaman {_listed(scanned)} {NOT_YET}", Reason.NOT_READ)
    except pdfium.PdfiumError as error:
        return refused(error)
    finally:
        pdf.close()


def refused(error: pdfium.PdfiumError) -> Document:
    """What it means that PDFium does not open a file."""
    said = str(error).lower()
    if "password" in said or "security" in said:
        return unread(Reason.LOCKED, "PDF dilindungi kata sandi")
    return unread(Reason.BROKEN, "PDF rusak atau tidak lengkap")


def _listed(pages: list[int]) -> str:
    return ", ".join(map(str, pages)) if len(pages) <= 3 else f"{pages[0]}–{pages[-1]}"


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
