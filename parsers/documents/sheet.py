"""A sheet of paper photographed on a table, cut out and seen from straight above. Runs in a reading child only."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np

Grey = Any
"""A two-dimensional array of bytes, 255 is white."""
VIEW = 800
"""The sheet is looked for in a view of this many pixels."""
EDGE_STEP = 0.1
"""By how much the table just outside a sheet's edge must be darker than the paper inside: a shadow has no edge."""


def cut_out(grey: Grey) -> Grey:
    """The sheet alone, or the picture as it is where no sheet stands out from its ground."""
    view = at_most(grey, VIEW)
    corners = sheet_corners(view)
    return grey if corners is None else _flattened(grey, corners * (max(grey.shape) / max(view.shape)))


def sheet_corners(view: Grey) -> Grey | None:
    """The four corners of a bright sheet on a darker ground, clockwise from the top left; None if none stands out."""
    smooth = cv2.GaussianBlur(view, (0, 0), 3)
    for outline in _outlines(smooth):
        hull = cv2.convexHull(outline)
        for allowance in (0.02, 0.03, 0.05, 0.08):
            found = cv2.approxPolyDP(hull, allowance * cv2.arcLength(hull, True), True)
            if len(found) == 4:
                corners = _clockwise(found.reshape(4, 2).astype(np.float32))
                if _has_edges(smooth, corners):
                    return corners
                break
    return None


def _outlines(smooth: Grey) -> Iterator[Grey]:
    """Outlines that may be a sheet's, by its brightness, then by its edges for a pale table or a deep shadow."""
    closing = np.ones((25, 25), np.uint8)
    _, bright = cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    edges = [cv2.dilate(cv2.Canny(smooth, low, 2.5 * low), np.ones((5, 5), np.uint8)) for low in (30, 15, 8)]
    for mask in (cv2.morphologyEx(bright, cv2.MORPH_CLOSE, closing), *edges):
        outlines, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
        for outline in sorted(outlines, key=cv2.contourArea, reverse=True)[:4]:
            area, hull_area = cv2.contourArea(outline), cv2.contourArea(cv2.convexHull(outline))
            if 0.2 < hull_area / smooth.size < 0.97 and area > 0.85 * hull_area:
                yield outline


def _has_edges(smooth: Grey, corners: Grey) -> bool:
    """Whether the sheet ends where its outline says, on at least two sides, and on none goes on beyond it."""
    height, width = smooth.shape[:2]
    centre, seen = corners.mean(axis=0), 0
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = np.linspace(0.1, 0.9, 40)[:, None]
        points = start + along * (end - start)
        normal = np.array([end[1] - start[1], start[0] - end[0]]) / max(math.dist(start, end), 1)
        outward = normal * np.sign(np.dot(normal, (start + end) / 2 - centre))
        outside, inside = points + 10 * outward, points - 10 * outward
        if not ((outside >= 0) & (outside < [width, height])).all():
            continue  # this side lies on the picture's own border
        steps = 1 - _at(smooth, outside) / np.maximum(_at(smooth, inside), 1)
        if np.median(steps) < EDGE_STEP:
            return False
        seen += 1
    return seen >= 2


def _at(view: Grey, points: Grey) -> Grey:
    rows, columns = points[:, 1].astype(int), points[:, 0].astype(int)
    return view[rows.clip(0, view.shape[0] - 1), columns.clip(0, view.shape[1] - 1)].astype(float)


def _clockwise(corners: Grey) -> Grey:
    total, difference = corners.sum(axis=1), corners[:, 1] - corners[:, 0]
    return corners[[total.argmin(), difference.argmin(), total.argmax(), difference.argmax()]]


def _flattened(grey: Grey, corners: Grey) -> Grey:
    """The sheet seen from straight above."""
    top_left, top_right, bottom_right, bottom_left = (tuple(map(float, corner)) for corner in corners)
    width = int(max(math.dist(top_left, top_right), math.dist(bottom_left, bottom_right)))
    height = int(max(math.dist(top_left, bottom_left), math.dist(top_right, bottom_right)))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    return cv2.warpPerspective(grey, cv2.getPerspectiveTransform(corners, target), (width, height), borderValue=255)


def at_most(pixels: Grey, longest: int) -> Grey:
    factor = longest / max(pixels.shape[:2])
    if factor >= 1:
        return pixels
    return cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
