"""Pictures of pages → text, by the Tesseract program of the system.

What it usually misreads in official letters is put right in `ocr_repair`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import cv2

from parsers.documents import ocr_repair, picture
from parsers.documents.document import SHEET_TITLE, Document, Reason, unread
from parsers.documents.everyday import A_LETTER, everyday_words
from parsers.documents.ocr_rows import Word, rows_of
from parsers.documents.programs import ProgramFailed, Programs
from parsers.documents.sheet import Grey
from parsers.documents.sheet_ink import DOUBTFUL, NOTE, sheet_marks

NO_LETTER = "gambar tanpa surat yang terbaca"
FAILED = "hasil pindai; OCR tidak dapat dijalankan"
SURE_WORD = 15
"""Below, a word is taken for dust; not one with digits: of letter numbers Tesseract is never sure."""


def read_pictures(pages: Iterable[Grey], programs: Programs) -> Document:
    """Read pages in order. A page that cannot be read is a problem, and so is a picture of anything but a letter."""
    texts: list[str] = []
    labels: tuple[tuple[str, str], ...] = ()
    marks: tuple[tuple[str, str], ...] = ()
    most = 0
    try:
        for page in pages:
            level = picture.levelled(page)
            words, turned = _best_words(picture.legible(level), programs)
            text, found = ocr_repair.repaired(rows_of(words))
            labels, most = labels or tuple(found.items()), max(most, _everyday_words(words))
            texts.append(text)
            if SHEET_TITLE.search(text):
                marks += ((DOUBTFUL, NOTE),) if turned else sheet_marks(level, words)
    except picture.Unreadable as problem:
        return unread(problem.reason, str(problem))
    return (
        Document("\n".join(texts), labels, scanned=True, marks=marks)
        if most >= A_LETTER
        else unread(Reason.EMPTY, NO_LETTER)
    )


def read_picture(content: bytes, programs: Programs) -> Document:
    """Read one picture file."""
    return read_pictures((picture.decoded(one) for one in (content,)), programs)


def _best_words(page: Grey, programs: Programs) -> tuple[list[Word], bool]:
    """The page as it lies, or turned by quarters where that says nothing, and whether it was: each try costs a second."""
    words = _words(page, programs)
    if _everyday_words(words) > 1:
        return words, False
    for turn in (cv2.ROTATE_180, cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_90_COUNTERCLOCKWISE):
        tried = _words(picture.straightened(cv2.rotate(page, turn)), programs)
        if _everyday_words(tried) >= A_LETTER:
            return tried, True
    return words, False


def _everyday_words(words: list[Word]) -> int:
    """How many words hardly a letter lacks. Certainty would not do: Tesseract is sure of much nonsense."""
    return everyday_words(word.text for word in words)


def _words(page: Grey, programs: Programs) -> list[Word]:
    try:
        table = programs.page_words(cv2.imencode(".bmp", page)[1].tobytes())
    except ProgramFailed as error:
        raise picture.Unreadable(FAILED, Reason.NOT_READ) from error
    return list(_parsed(table))


def _parsed(table: str) -> Iterator[Word]:
    """Words of Tesseract's TSV: level, page, block, paragraph, line, word, left, top, width, height, conf, text."""
    for line in table.splitlines()[1:]:
        cells = line.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        left, top, width, height = map(int, cells[6:10])
        word = Word(cells[11].strip(), left, top, left + width, top + height, float(cells[10]))
        if word.sure >= SURE_WORD or word.text in ":-" or sum(map(str.isdigit, word.text)) >= 3:
            yield word
