"""Which OCR reads what: pictures as they are, pages of a PDF drawn first. Runs inside the sandbox only."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from typing import Any

from parsers.documents.document import NO_OCR, Document

MAX_PAGES = 6
DOTS_PER_INCH = 300
MAX_SIDE = 3600
"""Pixels: a poster is drawn no larger than a sheet of A4."""


def can_read_scans() -> bool:
    """Whether the system's Tesseract and the extra "ocr" are there."""
    return shutil.which("tesseract") is not None and find_spec("cv2") is not None and find_spec("numpy") is not None


def read_scan(content: bytes, format_name: str) -> Document:
    """Read a picture, or a PDF that is one. Never raises for what it shows."""
    if not can_read_scans():
        return Document(problem=NO_OCR)
    import cv2

    cv2.setNumThreads(1)
    if format_name == "image":
        from parsers.documents.ocr import read_picture

        return read_picture(content)
    return _read_pages(content)


def _read_pages(content: bytes) -> Document:
    import pypdfium2 as pdfium

    from parsers.documents import picture
    from parsers.documents.ocr import read_pictures

    def drawn(page: Any) -> Any:
        scale = min(DOTS_PER_INCH / 72, MAX_SIDE / max(*page.get_size(), 1))
        return picture.grey(page.render(scale=scale).to_numpy())

    try:
        pdf = pdfium.PdfDocument(content)
        try:
            return read_pictures(drawn(pdf[index]) for index in range(min(len(pdf), MAX_PAGES)))
        finally:
            pdf.close()
    except (pdfium.PdfiumError, MemoryError):
        return Document(problem="PDF rusak atau tidak lengkap")
