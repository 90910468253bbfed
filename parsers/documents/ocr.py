"""Pictures of pages → text, by the Tesseract program of the system. Runs inside the sandbox only.

Tesseract tells words with their places; lines and columns are made here, since its own idea of columns tears
"Nomor" from its value. What it usually misreads in official letters is put right in `ocr_repair`.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import mean, median

import cv2

from parsers.documents import ocr_repair, picture
from parsers.documents.document import Document
from parsers.documents.label_block import Row
from parsers.documents.sheet import Grey

LANGUAGES = "ind+eng"
"""English too: Indonesian alone reads the slash of a letter number as "!"."""
NO_LETTER = "gambar tanpa surat yang terbaca"
A_LETTER = 4
"""So many different everyday words make a page a letter; a photo of a broken router has none."""
FAILED = "hasil pindai; OCR tidak dapat dijalankan"
SURE_WORD = 15
"""Below, a word is taken for dust; not one with digits: of letter numbers Tesseract is never sure."""
_EVERYDAY = re.compile(
    r"dan|di|yang|dengan|untuk|pada|ini|kami|dari|ke|tidak|dapat|nomor|hal|perihal|sifat|lampiran|tanggal|kepala|dinas|"
    r"provinsi|sumatera|barat|hormat|terima|kasih|demikian|mohon|bantuan|saudara|nip|jalan|telp|layanan|surat"
)
_COLUMN_GAP = 2.0
_POINTS = 12 / picture.LETTER_HEIGHT
"""Pixels to the measure in which `label_block` thinks: a letter of text is about twelve points high with its line."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word on a page, in pixels from the top left."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    sure: float


def read_pictures(pages: Iterable[Grey]) -> Document:
    """Read pages in order. A page that cannot be read is a problem, and so is a picture of anything but a letter."""
    texts: list[str] = []
    labels: tuple[tuple[str, str], ...] = ()
    most = 0
    try:
        for page in pages:
            words = _best_words(picture.prepared(page))
            text, found = ocr_repair.repaired(_rows(words))
            labels, most = labels or tuple(found.items()), max(most, _everyday_words(words))
            texts.append(text)
    except picture.Unreadable as problem:
        return Document(problem=str(problem))
    return Document("\n".join(texts), labels) if most >= A_LETTER else Document(problem=NO_LETTER)


def read_picture(content: bytes) -> Document:
    """Read one picture file."""
    return read_pictures(picture.decoded(one) for one in (content,))


def _best_words(page: Grey) -> list[Word]:
    """The page as it lies; turned by quarters only where that says nothing, since each try costs a second."""
    words = _words(page)
    if _everyday_words(words) > 1:
        return words
    for turn in (cv2.ROTATE_180, cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_90_COUNTERCLOCKWISE):
        tried = _words(picture.straightened(cv2.rotate(page, turn)))
        if _everyday_words(tried) >= A_LETTER:
            return tried
    return words


def _everyday_words(words: list[Word]) -> int:
    """How many words hardly a letter lacks. Certainty would not do: Tesseract is sure of much nonsense."""
    return sum(_EVERYDAY.fullmatch(text) is not None for text in {word.text.lower().strip(".,:;") for word in words})


def _words(page: Grey) -> list[Word]:
    command = ["tesseract", "stdin", "stdout", "--dpi", "300", "--psm", "4", "-l", LANGUAGES, "tsv"]
    picture_file = cv2.imencode(".bmp", page)[1].tobytes()
    # With more threads than one Tesseract is twenty times as slow on a busy machine.
    env = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    told = subprocess.run(command, input=picture_file, capture_output=True, check=False, env=env)
    if told.returncode != 0:  # a language that is not installed, or no memory left
        raise picture.Unreadable(FAILED)
    return list(_parsed(told.stdout.decode("utf-8", "replace")))


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


def _rows(words: list[Word]) -> list[Row]:
    """Words sorted into rows of cells: what stands on one height is one row, a wide gap begins a new cell."""
    if not words:
        return []
    usual = median(map(_height, words))
    rows: list[list[Word]] = []
    for word in sorted((word for word in words if not _is_drawing(word, usual)), key=_middle):
        if rows and _middle(word) - mean(map(_middle, rows[-1][-4:])) < 0.5 * usual:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [(-_POINTS * mean(map(_middle, row)), _cells(row, usual)) for row in rows if not _is_scrawl(row)]


def _is_drawing(word: Word, usual: float) -> bool:
    """A coat of arms or a stamp taken for a word: too tall, and Tesseract itself doubts it."""
    return word.sure < 70 and _height(word) > 1.7 * usual and word.text not in ":-"


def _is_scrawl(row: list[Word]) -> bool:
    """A signature taken for a row: a few letters, none of them sure."""
    return all(len(word.text) < 4 and word.sure < 75 and word.text not in ":-" for word in row)


def _cells(row: list[Word], usual: float) -> list[tuple[float, float, str]]:
    cells: list[tuple[float, float, str]] = []
    last = 0
    for word in sorted(row, key=lambda one: one.left):
        if cells and word.left - last < _COLUMN_GAP * usual and not word.text.startswith(":") and cells[-1][2] != ":":
            cells[-1] = (cells[-1][0], word.right * _POINTS, f"{cells[-1][2]} {word.text}")
        else:
            cells.append((word.left * _POINTS, word.right * _POINTS, word.text))
        last = word.right
    return cells


def _height(word: Word) -> int:
    return word.bottom - word.top


def _middle(word: Word) -> float:
    return (word.top + word.bottom) / 2
