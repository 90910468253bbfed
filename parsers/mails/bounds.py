"""Cuts a mail where reading on would take the standard library's parser seconds: bombs of parts, lines or fields."""

from __future__ import annotations

import re

MAX_BOUNDARIES, MAX_DELIMITERS, MAX_FIELDS = 200, 2000, 2000
MAX_LINES = 1_200_000
"""Of a mail: 90 MB of base64 have no more."""
_BOUNDARY = re.compile(rb"boundary\*?\d*\*?\s*=\s*\"?([^\"\s;]{0,200})")
_HEAD_END = re.compile(rb"\r?\n\r?\n")


def bounded(raw: bytes, defects: list[str]) -> bytes:
    """The mail as it is, or its beginning; then `defects` says what there was too much of."""
    raw = _few_fields(raw, defects)
    boundaries = []
    for match in _BOUNDARY.finditer(raw.replace(b"BOUNDARY", b"boundary").replace(b"Boundary", b"boundary")):
        boundaries.append(match)
        if len(boundaries) > MAX_BOUNDARIES:
            defects.append("too many nested parts")
            raw = raw[: match.start()]
            break
    raw = _few_delimiters(raw, {match[1] for match in boundaries}, defects)
    return _few_lines(raw, defects)


def _few_fields(raw: bytes, defects: list[str]) -> bytes:
    end = _HEAD_END.search(raw)
    head = raw[: end.start()] if end else raw
    if head.count(b"\n") <= MAX_FIELDS:
        return raw
    defects.append("too many header fields")
    kept = b"\n".join(head.split(b"\n", MAX_FIELDS)[:MAX_FIELDS])
    return kept + (raw[end.start() :] if end else b"")


def _few_delimiters(raw: bytes, boundaries: set[bytes], defects: list[str]) -> bytes:
    if not boundaries or raw.count(b"\n--") <= MAX_DELIMITERS:
        return raw
    seen = 0
    starts = tuple(b"\n--" + boundary for boundary in boundaries)
    for match in re.finditer(rb"\n--", raw):
        if raw.startswith(starts, match.start()):
            seen += 1
            if seen > MAX_DELIMITERS:
                defects.append("too many parts")
                return raw[: match.start()]
    return raw


def _few_lines(raw: bytes, defects: list[str]) -> bytes:
    if raw.count(b"\n") <= MAX_LINES:
        return raw
    defects.append("too many lines")
    return b"\n".join(raw.split(b"\n", MAX_LINES)[:MAX_LINES])
