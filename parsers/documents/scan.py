"""Which OCR reads what: pictures as they are, pages of a PDF drawn first."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import Any

from parsers.documents.document import NO_OCR, Document, Reason, unread
from parsers.documents.programs import Programs

MAX_PAGES = 6
DOTS_PER_INCH = 300
MAX_SIDE = 3600
"""Pixels: a poster is drawn no larger than a sheet of A4."""


def read_scan(content: bytes, format_name: str, programs: Programs) -> Document:
    """Read a picture, or a PDF of which pages are pictures. Never raises for what it shows."""
    if not programs.can_read_scans():
        return unread(Reason.NOT_READ, NO_OCR)
    import cv2

    cv2.setNumThreads(1)
    if format_name == "image":
        from parsers.documents.ocr import read_picture

        return read_picture(content, programs)
    return _read_pages(content, programs)


def _read_pages(content: bytes, programs: Programs) -> Document:
    """Each page as it wants to be read, in their order; a photo among pages of text is no letter and no problem."""
    import pypdfium2 as pdfium

    from parsers.documents.ocr import read_pictures
    from parsers.documents.pdf import read_pdf, refused
    from parsers.documents.pdf_notes import open_forms
    from parsers.documents.pdf_pages import pages

    try:
        pdf = pdfium.PdfDocument(content)
        try:
            open_forms(pdf)
            found = pages(pdf)
            texts = [page.text for page in found]
            scanned = [index for index, text in enumerate(texts) if text is None]
            if len(scanned) == len(texts) or not any(texts):
                read_all = read_pictures((_drawn(page) for page in islice(pdf, MAX_PAGES)), programs)
                written = [
                    page.notes.text for page in found if page.notes.text
                ]  # OCR may miss what is typed over a scan
                return replace(read_all, text="\n".join([read_all.text, *written])) if written else read_all
            read = {index: read_pictures([_drawn(pdf[index])], programs) for index in scanned[:MAX_PAGES]}
            whole = [
                f"{page.text}\n{found[index].notes.text}" if (page := read.get(index)) else text
                for index, text in enumerate(texts)
            ]
            first = next(index for index, text in enumerate(texts) if text)
            before = next((page.labels for index, page in read.items() if index < first and page.labels), ())
            after = next((page.labels for page in read.values() if page.labels), ())
            labels = before or read_pdf(content).labels or after
            return Document("\n".join(filter(None, whole)), labels, scanned=bool(read))
        finally:
            pdf.close()
    except pdfium.PdfiumError as error:
        return refused(error)


def _drawn(page: Any) -> Any:
    from parsers.documents import picture

    scale = min(DOTS_PER_INCH / 72, MAX_SIDE / max(*page.get_size(), 1))
    return picture.grey(page.render(scale=scale).to_numpy())
