"""Workbooks and papers drawn from nothing are those that were drawn along the way."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from handlers.faces.compile_papers import compile_papers
from handlers.faces.draw_register import draw_register
from handlers.ports import Ports
from tests.year.checks.invariants import Invariant, broken


def faces_equal(ports: Ports, register: Path, papers: Path, empty: Path) -> None:
    """Draw everything anew into the folder `empty`, and compare it with what stands in `register` and `papers`.

    Both must be up to date with the journal. Raises: Broken.
    """
    draw_register(ports, empty / "register", all_years=True)
    fresh, grown = _files(empty / "register", "*.xlsx"), _files(register, "*.xlsx")
    if sorted(fresh) != sorted(grown):
        broken(Invariant.FACES_DIFFER, f"workbooks {sorted(grown)}, should be {sorted(fresh)}")
    for name in sorted(fresh):
        _same_cells(fresh[name], grown[name])
    drawn = _files(papers, "*/*")
    for number in sorted({name.partition("/")[0] for name in drawn}):
        compile_papers(ports, empty / "papers", number)
    anew = _files(empty / "papers", "*/*")
    if sorted(anew) != sorted(drawn):
        broken(Invariant.FACES_DIFFER, f"papers {sorted(set(anew) ^ set(drawn))}")
    for name in sorted(anew):
        if anew[name].read_bytes() != drawn[name].read_bytes():
            broken(Invariant.FACES_DIFFER, f"{name} has other bytes")


def _files(folder: Path, pattern: str) -> dict[str, Path]:
    return {str(path.relative_to(folder)): path for path in sorted(folder.glob(pattern)) if path.is_file()}


def _same_cells(one: Path, other: Path) -> None:
    new, old = load_workbook(one), load_workbook(other)
    if new.sheetnames != old.sheetnames:
        broken(Invariant.FACES_DIFFER, f"{other.name}: sheets {old.sheetnames}")
    for sheet in new.sheetnames:
        rows = [[tuple(row) for row in book[sheet].iter_rows(values_only=True)] for book in (new, old)]
        for count, (fresh, grown) in enumerate(zip(*rows, strict=False), start=1):
            if fresh != grown:
                broken(Invariant.FACES_DIFFER, f"{other.name} {sheet} row {count}: {grown}, should be {fresh}")
        if len(rows[0]) != len(rows[1]):
            broken(Invariant.FACES_DIFFER, f"{other.name} {sheet}: {len(rows[1])} rows, should be {len(rows[0])}")
