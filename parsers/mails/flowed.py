"""Text in format=flowed (RFC 3676): a line that ends in a blank goes on in the next one."""

from __future__ import annotations

NARROWEST = 40
"""Characters: clients break lines near 72; the blank behind a shorter one was left there by a thumb."""


def unflowed(text: str, *, delsp: bool = False) -> str:
    """`text` with its paragraphs whole. `delsp`: the blank itself is no part of the text (RFC 3676 §4.5)."""
    lines: list[str] = []
    open_depth = -1  # quote depth of a line that goes on
    for raw in text.replace("\r\n", "\n").split("\n"):
        depth = len(raw) - len(raw.lstrip(">"))
        line = raw[depth:].removeprefix(" ")
        flows = line.endswith(" ") and line != "-- " and len(raw) >= NARROWEST
        bare = line[:-1] if flows and delsp else line
        if depth == open_depth and line != "-- ":
            lines[-1] += bare
        else:
            lines.append(f"{'>' * depth} {bare}" if depth else bare)
        open_depth = depth if flows else -1
    return "\n".join(lines)
