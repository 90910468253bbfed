"""A picture of a page made fit to be read: decoded, the sheet cut out, evenly lit, straight, letters of a known size.

Phones photograph a sheet on a table at an angle in poor light; scanners turn it by a degree or two and add specks.
Everything here works on 8-bit grey, where a page costs nine megabytes. Runs inside the sandbox only.
"""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np

Grey = Any
"""A two-dimensional array of bytes, 255 is white."""
LONGEST_SIDE = 3600
SHORTEST_SIDE = 200
LETTER_HEIGHT = 30
"""Height of a letter, in pixels, at which Tesseract reads best."""
PRINT_TO_PAPER = 0.45
"""How far from print to paper a grey may lie and still be print; beyond are stamps."""


class Unreadable(Exception):
    """The picture cannot be read; the message says why, in words for a person."""


def decoded(content: bytes) -> Grey:
    """The picture in grey, turned as its EXIF says; of an animation the first frame. Raises Unreadable."""
    try:
        pixels = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_GRAYSCALE) if content else None
    except (cv2.error, MemoryError) as error:
        raise Unreadable("gambar terlalu besar atau rusak") from error
    if pixels is None:
        raise Unreadable("gambar rusak atau jenisnya belum dapat dibaca")
    if min(pixels.shape[:2]) < SHORTEST_SIDE:
        raise Unreadable("gambar terlalu kecil untuk dibaca")
    return _at_most(pixels, LONGEST_SIDE)


def prepared(grey: Grey) -> Grey:
    """The page as Tesseract likes it."""
    corners = sheet_corners(grey)
    page = _lit_evenly(grey if corners is None else _flattened(grey, corners))
    height = _letter_height(page)
    if height:
        page = _scaled(page, LETTER_HEIGHT / height)
    return print_only(cv2.medianBlur(straightened(page), 3))


def sheet_corners(grey: Grey) -> Grey | None:
    """The four corners of a bright sheet on a darker ground, clockwise from the top left; None if none stands out."""
    small = cv2.GaussianBlur(_at_most(grey, 800), (0, 0), 4)
    level, sheet = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    sheet = cv2.morphologyEx(sheet, cv2.MORPH_CLOSE, np.ones((25, 25), np.uint8))
    outlines, _ = cv2.findContours(sheet, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    largest = max(outlines, key=cv2.contourArea)
    hull = cv2.convexHull(largest)
    share = cv2.contourArea(hull) / small.size
    if not 0.2 < share < 0.97 or cv2.contourArea(largest) < 0.85 * cv2.contourArea(hull):
        return None
    inside = cv2.fillConvexPoly(np.zeros_like(small), hull, 255)
    if cv2.mean(small, inside)[0] - cv2.mean(small, 255 - inside)[0] < 40:
        return None
    for allowance in (0.02, 0.03, 0.05, 0.08):
        corners = cv2.approxPolyDP(hull, allowance * cv2.arcLength(hull, True), True)
        if len(corners) == 4:
            return _clockwise(corners.reshape(4, 2).astype(np.float32) * (max(grey.shape) / max(small.shape)))
    return None


def straightened(page: Grey) -> Grey:
    """Turned by the few degrees that make its lines of text horizontal."""
    angle = skew(page)
    return page if abs(angle) < 0.1 else _turned(page, angle)


def skew(page: Grey) -> float:
    """Degrees by which to turn the page: where ink gathers in rows most sharply."""
    ink = 255 - _at_most(page, 1000)
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
    small = _at_most(page, 600)
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


def _at_most(pixels: Grey, longest: int) -> Grey:
    factor = longest / max(pixels.shape[:2])
    if factor >= 1:
        return pixels
    return cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)


def _clockwise(corners: Grey) -> Grey:
    total, difference = corners.sum(axis=1), corners[:, 1] - corners[:, 0]
    order = [total.argmin(), difference.argmin(), total.argmax(), difference.argmax()]
    return corners[order]


def _flattened(grey: Grey, corners: Grey) -> Grey:
    """The sheet seen from straight above."""
    top_left, top_right, bottom_right, bottom_left = (tuple(map(float, corner)) for corner in corners)
    width = int(max(math.dist(top_left, top_right), math.dist(bottom_left, bottom_right)))
    height = int(max(math.dist(top_left, bottom_left), math.dist(top_right, bottom_right)))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    return cv2.warpPerspective(grey, cv2.getPerspectiveTransform(corners, target), (width, height), borderValue=255)
