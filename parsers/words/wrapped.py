"""Lines that a mail client wrapped, whole again."""

from __future__ import annotations

import re

NARROWEST, WIDEST = 64, 90
"""Characters: margins at which clients break lines (72 to 78 nearly always)."""
_OWN_LINE = re.compile(
    r"\s*(?:$|[-–—•·*+>#|_=~]|\d{1,3}[.)]\s|\(?[a-z\d]{1,2}\)\s|\[.\]|[☐☑☒✓✔]|[A-Za-z][\w /.()-]{0,30}\s{0,8}[:=](?:\s|$)|https?://)"
)
"""A blank line, an item of a list, a quote, a rule, a label: what begins a line of its own."""


def unwrapped(text: str) -> str:
    """`text` with the lines joined that a client broke: where the next word had no room any more.

    A line end that its author may have meant stays: below a short line, above an item of a list, a label, a blank line.
    """
    lines: list[str] = []
    room = 0  # of the last physical line
    for line in text.split("\n"):
        word = line.split(maxsplit=1)[0] if line.strip() else ""
        full = room + 1 + len(word) > NARROWEST and room <= WIDEST
        room = len(line.rstrip())
        if lines and word and full and lines[-1].strip() and not _OWN_LINE.match(line):
            lines[-1] = f"{lines[-1].rstrip()} {line.lstrip()}"
        else:
            lines.append(line)
    return "\n".join(lines)
