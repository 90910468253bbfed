"""A picture of a page made fit to be read: decoded, the sheet cut out, evenly lit, straight, letters of a known size.

Phones photograph a sheet on a table at an angle in poor light; scanners turn it by a degree or two and add specks.
Everything here works on 8-bit grey, where a page costs nine megabytes. Runs in a reading child only.
"""

from __future__ import annotations

import cv2
import numpy as np

from parsers.documents import sheet
from parsers.documents.document import Reason
from parsers.documents.sheet import Grey, at_most

LONGEST_SIDE = 3600
SHORTEST_SIDE = 200
LETTER_HEIGHT = 30
"""Height of a letter, in pixels, at which Tesseract reads best."""
PRINT_TO_PAPER = 0.45
"""How far from print to paper a grey may lie and still be print; beyond are stamps."""


class Unreadable(Exception):
    """The picture cannot be read; the message says why, in words for a person."""

    def __init__(self, said: str, reason: Reason = Reason.BROKEN) -> None:
        super().__init__(said)
        self.reason = reason


def decoded(content: bytes) -> Grey:
    """The picture in grey, turned as its EXIF says; of an animation the first frame. Raises Unreadable."""
    try:
        pixels = _pixels(content)
    except (cv2.error, MemoryError) as error:
        raise Unreadable("gambar terlalu besar atau rusak") from error
    if pixels is None:
        raise Unreadable("gambar rusak atau jenisnya belum dapat dibaca")
    if min(pixels.shape[:2]) < SHORTEST_SIDE:
        raise Unreadable("gambar terlalu kecil untuk dibaca", Reason.EMPTY)
    return grey(at_most(pixels, LONGEST_SIDE))


def _pixels(content: bytes) -> Grey | None:
    """Eight bits each of blue, green and red; what a PNG leaves transparent is paper."""
    encoded = np.frombuffer(content, np.uint8)
    if not len(encoded):
        return None
    if content[:4] != b"\x89PNG" or content[25:26] != b"\x06":
        return cv2.imdecode(encoded, cv2.IMREAD_COLOR)
    pixels = cv2.imdecode(encoded, cv2.IMREAD_UNCHANGED)
    if pixels is None or pixels.ndim != 3 or pixels.shape[2] != 4:
        return cv2.imdecode(encoded, cv2.IMREAD_COLOR)
    if pixels.dtype == np.uint16:
        pixels = (pixels >> 8).astype(np.uint8)
    pixels[pixels[:, :, 3] == 0] = 255
    return np.ascontiguousarray(pixels[:, :, :3])


def grey(colours: Grey) -> Grey:
    """Black print stays black; the violet or blue of a stamp and of a signature becomes paler than the eye sees it."""
    brightest = cv2.max(cv2.max(colours[:, :, 0], colours[:, :, 1]), colours[:, :, 2])
    return cv2.addWeighted(cv2.cvtColor(colours, cv2.COLOR_BGR2GRAY), 0.5, brightest, 0.5, 0)


def legible(page: Grey) -> Grey:
    """A levelled page as Tesseract likes it: without specks, rules and stamps."""
    return print_only(cv2.medianBlur(page, 3))


def levelled(page: Grey) -> Grey:
    """The sheet alone, evenly lit, straight, with letters of LETTER_HEIGHT; still with all that is on it."""
    page = _lit_evenly(sheet.cut_out(page))
    height = _letter_height(page)
    if height:
        page = _scaled(page, LETTER_HEIGHT / height)
    return straightened(page)


def straightened(page: Grey) -> Grey:
    """Turned by the few degrees that make its lines of text horizontal."""
    angle = skew(page)
    return page if abs(angle) < 0.1 else _turned(page, angle)


def skew(page: Grey) -> float:
    """Degrees by which to turn the page: where ink gathers in rows most sharply."""
    ink = 255 - at_most(page, 1000)
    best = 0.0
    for step, reach in ((1.0, 8), (0.25, 4), (0.1, 3)):
        angles = [best + step * turn for turn in range(-reach, reach + 1)]
        best = max(angles, key=lambda angle: _sharpness(_turned(ink, angle, ground=0)))
    return best


def print_only(page: Grey) -> Grey:
    """Without ruled lines, and without stamps and shine-through, which are paler than print."""
    level, paper = cv2.threshold(page, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    ink = 255 - paper
    if not ink.any():
        return page
    darkness = float(np.percentile(page[paper == 0], 25))
    faint = page > min(level, darkness + PRINT_TO_PAPER * (255 - darkness))
    return np.where(faint | _ruled(ink), 255, page).astype(np.uint8)


def _ruled(ink: Grey) -> Grey:
    """Where only a ruled line is: a stroke that crosses it (the tail of an underlined "y") is no part of it."""
    lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, 4 * LETTER_HEIGHT), np.uint8))
    lines = cv2.dilate(lines, np.ones((5, 9), np.uint8))
    strokes = cv2.bitwise_and(ink, 255 - lines)
    strokes = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, np.ones((LETTER_HEIGHT // 2, 1), np.uint8))
    return (lines > 0) & (strokes == 0)


def _sharpness(ink: Grey) -> float:
    rows = ink.sum(axis=1, dtype=np.float64)
    return float(((rows[1:] - rows[:-1]) ** 2).sum())


def _turned(page: Grey, angle: float, ground: int = 255) -> Grey:
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    return cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=ground)


def _lit_evenly(page: Grey) -> Grey:
    """Shadows and yellowed paper away: each place compared with the paper around it."""
    small = at_most(page, 600)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), 31)
    paper = cv2.resize(paper, page.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    return cv2.divide(page, cv2.max(paper, 16), scale=255)


def _letter_height(page: Grey) -> float:
    """The usual height of a capital, in pixels; 0 where too little looks like letters."""
    _, ink = cv2.threshold(page, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    width, height, area = (stats[1:, column] for column in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA))
    letters = height[(height >= 7) & (height < 150) & (width < 3 * height) & (area > 0.15 * width * height)]
    return float(np.percentile(letters, 75)) if len(letters) >= 30 else 0.0


def _scaled(page: Grey, factor: float) -> Grey:
    longest = max(page.shape)
    factor = min(max(factor, 0.4), 3.0, 1.35 * LONGEST_SIDE / longest)
    if 0.85 < factor < 1.2:
        return page
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return cv2.resize(page, None, fx=factor, fy=factor, interpolation=how)
