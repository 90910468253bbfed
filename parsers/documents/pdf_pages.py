"""Which pages of a PDF say something themselves, and which are pictures of paper. Runs in a reading child only.

Scanners and phones put a layer of invisible text over their pictures: often none, often noise, seldom right. A page
whose picture fills it is believed only where its text reads like language.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from parsers.documents.everyday import A_LETTER, everyday_words
from parsers.documents.pdf_notes import Notes, notes
from parsers.documents.pdf_rows import rows

MAX_PAGES = 30
_SCANNER_MARK = re.compile(r"^.*(?:cam\s?scanner|adobe scan|scanned (?:by|with)|dipindai dengan).*$", re.I | re.M)
"""What phones print under each picture of a page: the only text of such a PDF, and not the letter's."""
_FILLS = 0.6
"""Of the page's area: a picture that large is the page; letterheads and photos in a report are smaller."""
_FEW, _LANGUAGE = 20, 0.6
"""Characters below which a page says nothing; share of its words that look like words."""
_WORD = re.compile(r"\W*(?:[A-Za-zÀ-ÿ][a-zà-ÿ]*(?:[aiueoéAIUEO][a-zà-ÿ]*)|[A-Z]{2,}|[\d][\d./:,-]*|[A-Za-z]\.|\S)\W*")
_UNMAPPED = re.compile(r"[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]")
"""What a font without a table of its letters gives."""


@dataclass(frozen=True, slots=True)
class Page:
    """Attributes:
    text: what it says, with what is written onto it; "" for an empty one, None for one that only OCR can read.
    notes: what is written onto it, also where that is all that can be read at once.
    """

    text: str | None
    notes: Notes


def pages(pdf: pdfium.PdfDocument) -> list[Page]:
    """The pages of a file whose forms have been opened. Raises PdfiumError."""
    return [_page(pdf[index], pdf.formenv) for index in range(min(len(pdf), MAX_PAGES))]


def _page(page: pdfium.PdfPage, forms: object) -> Page:
    written = notes(page, forms)
    own = _text(page, of_notes=len(written.text))
    if own is None or not written.text:
        return Page(own, written)
    if written.filled_in:
        own = "\n".join("  ".join(cell[2] for cell in cells) for _, cells in rows(page, written.filled_in))
    return Page("\n".join([own, *written.beside]), written)


def _text(page: pdfium.PdfPage, of_notes: int) -> str | None:
    text = page.get_textpage().get_text_bounded()
    text = re.sub(r"-?\ufffe", "", text.replace("\r\n", "\n"))
    own = _SCANNER_MARK.sub("", text).strip()
    if _is_noise(own):
        return None
    if _is_picture(page):
        reads = len(own) >= _FEW and everyday_words(own.split()) >= A_LETTER and _is_language(own)
        return text if reads else None
    return text if len(own) + of_notes >= _FEW or not _has_drawings(page) else None


def _is_noise(text: str) -> bool:
    return len(_UNMAPPED.findall(text)) > 0.2 * max(len(text), 1)


def _is_language(text: str) -> bool:
    words = text.split()
    return sum(_WORD.fullmatch(word) is not None for word in words) >= _LANGUAGE * len(words)


def _is_picture(page: pdfium.PdfPage) -> bool:
    """Whether pictures fill the page; scanners may cut one page into strips."""
    width, height = page.get_size()
    covered = 0.0
    for image in _objects(page, pdfium_c.FPDF_PAGEOBJ_IMAGE):
        with contextlib.suppress(pdfium.PdfiumError, RuntimeError):
            left, bottom, right, top = image.get_bounds()
            covered += max(0, min(right, width) - max(left, 0)) * max(0, min(top, height) - max(bottom, 0))
    return bool(covered >= _FILLS * width * height > 0)


def _has_drawings(page: pdfium.PdfPage) -> bool:
    return next(_objects(page, None), None) is not None


def _objects(page: pdfium.PdfPage, kind: int | None) -> Iterator[pdfium.PdfObject]:
    found = page.get_objects(filter=None if kind is None else [kind], max_depth=3)
    return islice(found, 500)
