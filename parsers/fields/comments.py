"""Comments in structured header fields (RFC 5322 §3.2.2)."""

from __future__ import annotations

import re

_SIGN = re.compile(r"\\.|[()]", re.DOTALL)


def comment_end(value: str, at: int) -> int:
    """Where the comment that opens at `at` ends, with those within it; -1 if it does not."""
    depth = 0
    for sign in _SIGN.finditer(value, at):
        depth += {"(": 1, ")": -1}.get(sign[0], 0)
        if depth == 0:
            return sign.end()
    return -1
