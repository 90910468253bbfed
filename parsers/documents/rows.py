"""How a row of a table is written down, whatever format it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def row_lines(cells: Iterable[Iterable[str]]) -> Iterator[str]:
    """A row of one-line cells is one line; a cell that holds a block of its own keeps its lines."""
    filled = [[line for line in cell if line.strip()] for cell in cells]
    if all(len(lines) <= 1 for lines in filled):
        yield "\t".join(lines[0] if lines else "" for lines in filled)
    else:
        for lines in filled:
            yield from lines
