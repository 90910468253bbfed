"""Words on a page → rows of cells. Tesseract's own idea of columns tears "Nomor" from its value."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import mean, median

from parsers.documents.label_block import Row
from parsers.documents.picture import LETTER_HEIGHT

_COLUMN_GAP = 2.0
_POINTS = 12 / LETTER_HEIGHT
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


def rows_of(words: list[Word]) -> list[Row]:
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
    return word.sure < 70 and _height(word) > 1.5 * usual and word.text not in ":-"


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
