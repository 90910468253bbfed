"""kill -9 at one failpoint, once: nothing lost, nothing doubled, the same register. `make chaos` runs every failpoint."""

from __future__ import annotations

import os
import random
from collections.abc import Callable

import pytest

from tests.crashes.ending import Difference, Ending, difference
from tests.crashes.life import ROUNDS, Failpoint, Moment, Undisturbed, life_from

SEED = int(os.environ.get("CHAOS_SEED", "20261123"))
CRASHES = int(os.environ.get("CHAOS_CRASHES", "6"))
EVERYWHERE = ("put fsync", "put rename", "commit", "wire.py:send socket write", "draw_workbook")
WATCHED = {
    "imap": ("imap_answers.py:_asked socket read", "smtp.py:send socket write"),
    "exchange": ("exchange.py:_fetched socket read", "exchange.py:send socket write", "numbers.py:of book of numbers"),
    "maildir": ("maildir.py:_read file read", "smtp.py:send socket write", "numbers.py:of book of numbers"),
    "exchange smtp": ("exchange.py:_fetched socket read", "smtp.py:send socket write"),
}
"""Boundaries of each kind that must be among the failpoints."""
PART, PARTS = map(int, os.environ.get("CHAOS_PART", "1/1").split("/"))


def test_an_undisturbed_life_is_whole_and_every_boundary_is_watched(
    undisturbed_on: Callable[[str], Undisturbed], kind: str
) -> None:
    ending, moments, points = undisturbed_on(kind)
    assert ending.damage == () and all(count == 1 for *_, count in ending.mails)
    assert not (differs := difference(undisturbed_on("imap")[0], ending)), f"the office does other things: {differs}"
    labels = {point.kill.label for point in points}
    for boundary in (*EVERYWHERE, *WATCHED[kind]):
        assert any(boundary in label for label in labels), f"{boundary} is not watched"
    assert {point.round for point in points} == set(range(ROUNDS)) and len(moments) == ROUNDS


def test_killed_anywhere_the_office_ends_as_if_nothing_had_happened(
    undisturbed_on: Callable[[str], Undisturbed], capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    ending, moments, points = undisturbed_on(kind)
    shuffled = random.Random(SEED).sample(points, len(points))
    chosen, others = shuffled[:CRASHES][PART - 1 :: PARTS], shuffled[CRASHES:]
    rows = [(point, *killed_at(point, moments[point.round], ending)) for point in sorted(chosen, key=str)]
    # How often a folder is made depends on what bytes are kept: another point takes the place of one that did not come.
    for point in others[: sum(not met for _, met, _ in rows) * 2]:
        rows += [(point, *killed_at(point, moments[point.round], ending))]
    with capsys.disabled():
        print_matrix(kind, rows, len(points))
    assert not [row for row in rows if row[2]]
    assert sum(met for _, met, _ in rows) >= 0.9 * len(chosen), "most failpoints were not met: this proves little"


def killed_at(point: Failpoint, moment: Moment, undisturbed: Ending) -> tuple[bool, Difference]:
    """Die there, come back, finish the SOP. Whether the failpoint was met, and what differs at the end."""
    with life_from(moment) as life:
        met = life.work(point.kill) == 0
        if met:
            life.work()
            life.pass_time(seconds=3)  # after which a doubt is decided
        return met, difference(undisturbed, life.finish(point.round + 1))


def print_matrix(kind: str, rows: list[tuple[Failpoint, bool, Difference]], of: int) -> None:
    print(f"\n  {kind}: {len(rows)} of {of} failpoints, seed {SEED}, part {PART} of {PARTS}")
    print(f"  {'killed at':<88} met lost doubled register")
    for point, met, bad in rows:
        print(f"  {point!s:<88} {'yes' if met else 'no':<3} {len(bad.lost):4} {len(bad.doubled):7} {bad.register:8}")
    met, lost = sum(row[1] for row in rows), sum(bool(row[2].lost) for row in rows)
    doubled, register = sum(bool(row[2].doubled) for row in rows), sum(row[2].register for row in rows)
    print(f"  {'together':<88} {met:<3} {lost:4} {doubled:7} {register:8}")
