"""What a hand put on a scanned Lembar Disposisi: which boxes hold ink, and whether the note was read in full.

Judged from the ink itself, since OCR drops empty boxes, reads ticks as letters and loses words of a hand. Runs inside
a reading child only; pages are 8-bit grey, levelled, with letters about LETTER_HEIGHT pixels high.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from parsers.documents.ocr_rows import Word
from parsers.documents.picture import LETTER_HEIGHT
from parsers.documents.sheet import Grey

FILLED, EMPTY, DOUBTFUL = "isi", "kosong", "ragu"
NOTE = "catatan"
_DARK = 185
"""A grey below is ink: paler than print, for pens."""
_BOX = re.compile(r"^[\[\](){}|XxVvOo0DLJIlC✓✔☐☑☒■□_.,'~-]{1,3}$")
_FULL, _BARE = 0.08, 0.012
"""Shares of ink in the middle of a box: from the one on a hand was there, below the other only dust."""
_NOTE_LABEL = re.compile(r"^(?:catatan|isi|instruksi|arahan|petunjuk)\b", re.IGNORECASE)
_SIGNED = re.compile(
    r"^(?:kepala|kabid|kadis|plh|plt|a\.n|sekretaris|padang|nip|pembina|penata|paraf|mengetahui)\b", re.IGNORECASE
)
_SURE_NOTE = 40
"""Tesseract's certainty below which a word of a hand is a guess."""


def sheet_marks(page: Grey, words: list[Word]) -> tuple[tuple[str, str], ...]:
    """State and label of each box, and (DOUBTFUL, NOTE) where the note holds ink that was not read, or hardly."""
    ink = (page < _DARK).astype(np.uint8)
    rows = _rows(words)
    found_boxes = {box for box in (*_brackets(ink), *_squares(ink)) if not any(_cuts(box, word) for word in words)}
    boxes = sorted(found_boxes, key=lambda box: box.left)
    marks = [(_state(ink, box), _label(box, boxes, words)) for box in boxes]
    found = [(state, label) for state, label in marks if re.search(r"[A-Za-z]{3}", label)]
    return (*found, *(((DOUBTFUL, NOTE),) if _note_in_doubt(ink, rows, words) else ()))


@dataclass(frozen=True)
class _Box:
    """The frame of a box, in pixels."""

    left: int
    top: int
    right: int
    bottom: int


def _cuts(box: _Box, word: Word) -> bool:
    """Whether a side of the box is a letter of the word."""
    if _BOX.match(word.text) or not re.match(r"\w{3}", word.text) or word.bottom < box.top or word.top > box.bottom:
        return False
    inset = LETTER_HEIGHT // 4
    return any(word.left + inset < side < word.right + inset for side in (box.left, box.right))


def _brackets(ink: Any) -> Iterator[_Box]:
    """Pairs of "[ ]" or "| |": two straight upright strokes higher than letters, a letter's width or two apart."""
    size = LETTER_HEIGHT
    upright = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((int(1.05 * size), 1), np.uint8))
    strokes = [
        box
        for box in _parts(ink)
        if box.right - box.left < 0.6 * size
        and 1.08 * size <= box.bottom - box.top <= 2 * size
        and upright[box.top : box.bottom, box.left : box.right].any()
    ]
    for left in strokes:
        for right in strokes:
            apart = right.left - left.right
            if (
                0.15 * size <= apart <= 2 * size
                and abs(left.top - right.top) + abs(left.bottom - right.bottom) < 0.5 * size
            ):
                yield _Box(left.right, left.top, right.left, left.bottom)


def _squares(ink: Any) -> Iterator[_Box]:
    """Drawn boxes: straight strokes on all four sides, whatever is written into or across them."""
    size = LETTER_HEIGHT
    run = int(0.6 * size)
    upright = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((run, 1), np.uint8))
    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, run), np.uint8))
    for part in _parts(cv2.bitwise_or(upright, level)):
        if max(part.right - part.left, part.bottom - part.top) > 3 * size:
            continue
        inside = (slice(part.top, part.bottom), slice(part.left, part.right))
        # A stroke across a side lengthens it: the sides are where the long runs are.
        columns = np.flatnonzero(upright[inside].sum(axis=0) > 0.6 * size)
        rows = np.flatnonzero(level[inside].sum(axis=1) > 0.6 * size)
        if not len(columns) or not len(rows):
            continue
        width, height = int(columns[-1] - columns[0]), int(rows[-1] - rows[0])
        edge = max(int(0.2 * size), 3)
        if not (0.65 * size <= width <= 2 * size and 0.65 * size <= height <= 2 * size and 0.6 < width / height < 1.7):
            continue
        left, top = part.left + int(columns[0]), part.top + int(rows[0])
        yield _Box(left + edge, top, left + width - edge, top + height)


def _parts(ink: Any) -> list[_Box]:
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    return [_Box(left, top, left + width, top + height) for left, top, width, height, _ in stats[1:count].tolist()]


def _state(ink: Any, box: _Box) -> str:
    """By the share of ink in the middle of the box."""
    width, height = box.right - box.left, box.bottom - box.top
    margin = int(0.1 * width)
    middle = ink[
        box.top + int(0.22 * height) : box.bottom - int(0.22 * height),
        box.left + margin : max(box.right - margin, box.left + margin + 1),
    ]
    share = float(middle.mean()) if middle.size else 1.0
    return FILLED if share > _FULL else EMPTY if share < _BARE else DOUBTFUL


def _label(box: _Box, boxes: list[_Box], words: list[Word]) -> str:
    """The words to the right of a box, as far as the next box or a wide gap."""
    middle, size = (box.top + box.bottom) / 2, LETTER_HEIGHT
    beside = [
        word
        for word in words
        if abs((word.top + word.bottom) / 2 - middle) < 0.6 * size and (word.left + word.right) / 2 > box.right
    ]
    ends = min(
        (one.left for one in boxes if one.left > box.right and abs((one.top + one.bottom) / 2 - middle) < size),
        default=10**9,
    )
    said, last = [], box.right
    for word in sorted(beside, key=lambda one: one.left):
        if word.left - last > 2 * size or (word.left + word.right) / 2 > ends:
            break
        last = word.right
        if not _BOX.match(word.text):
            said.append(word.text)
    return " ".join(said)


def _rows(words: list[Word]) -> list[list[Word]]:
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda one: one.top + one.bottom):
        if rows and word.top + word.bottom - rows[-1][-1].top - rows[-1][-1].bottom < LETTER_HEIGHT:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda one: one.left) for row in rows]


def _note_in_doubt(ink: Any, rows: list[list[Word]], words: list[Word]) -> bool:
    start = next((index for index, row in enumerate(rows) if _NOTE_LABEL.match(row[0].text)), None)
    if start is None:
        return False
    end = next((index for index in range(start + 1, len(rows)) if _SIGNED.match(rows[index][0].text)), len(rows))
    noted = [word for row in rows[start:end] for word in row if re.search(r"\w", word.text)]
    if any(word.sure < _SURE_NOTE for word in noted):
        return True
    top = min(word.top for word in rows[start]) - LETTER_HEIGHT // 4
    below = min((word.top for word in rows[end]), default=0) if end < len(rows) else ink.shape[0]
    area = ink[max(top, 0) : max(below - LETTER_HEIGHT // 2, top + LETTER_HEIGHT)].copy()
    for word in words:
        pad = LETTER_HEIGHT // 2
        area[
            max(word.top - top - pad, 0) : max(word.bottom - top + pad, 0), max(word.left - pad, 0) : word.right + pad
        ] = 0
    count, _, stats, _ = cv2.connectedComponentsWithStats(area)
    for index in range(1, count):
        width, height, filled = (
            int(stats[index, column]) for column in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA)
        )
        ruled = min(width, height) < 0.5 * LETTER_HEIGHT and max(width, height) > 6 * LETTER_HEIGHT
        frame = width > 12 * LETTER_HEIGHT and filled < 0.1 * width * height
        if max(width, height) >= 0.6 * LETTER_HEIGHT and filled > 0.1 * LETTER_HEIGHT**2 and not ruled and not frame:
            return True
    return False
