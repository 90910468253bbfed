"""Digital PDF: all text, and the label block by geometry."""

from __future__ import annotations

import pypdfium2 as pdfium

from parsers.documents.document import NOT_YET, Document, Reason, unread
from parsers.documents.label_block import label_block
from parsers.documents.pdf_notes import is_made_when_opened, open_forms, values_of_xfa
from parsers.documents.pdf_pages import pages
from parsers.documents.pdf_rows import rows


def read_pdf(content: bytes) -> Document:
    """Read a PDF, with what is filled in and typed over it.

    A password or a broken file is a `problem`; so is a scanned page, beside the text of the others.
    """
    try:
        pdf = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        return refused(error)
    try:
        if is_made_when_opened(pdf):
            return Document(
                values_of_xfa(pdf), problem="formulir yang hanya dapat dibuka dengan Adobe", reason=Reason.UNKNOWN
            )
        open_forms(pdf)
        found = pages(pdf)
        scanned = [number for number, page in enumerate(found, 1) if page.text is None]
        text = "\n".join(filter(None, (page.text or page.notes.text for page in found)))
        if not text.strip():
            return unread(Reason.NOT_READ, NOT_YET)
        first = next((index for index, page in enumerate(found) if page.text and page.text.strip()), 0)
        labels = tuple(label_block(rows(pdf[first], found[first].notes.filled_in)).items())
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
