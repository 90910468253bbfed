"""A mail's header fields as bytes, before anybody has read it."""

from __future__ import annotations

MOST_HEAD, MOST_FIELD = 200_000, 2_000


def field(raw: bytes, name: bytes) -> bytes:
    """The first header field called `name` (lower case), unfolded, at most `MOST_FIELD` bytes; b"" if there is none."""
    head = raw[:MOST_HEAD].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    for line in head.replace(b"\n ", b" ").replace(b"\n\t", b" ").split(b"\n"):
        found, _, value = line.partition(b":")
        if found.strip().lower() == name:
            return value.strip()[:MOST_FIELD]
    return b""
