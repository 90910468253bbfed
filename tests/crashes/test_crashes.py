"""kill -9 at any I/O operation: nothing lost, nothing doubled, the same register. `make chaos` runs many more."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from siaga.demo import cast
from siaga.demo.house import MailHouse
from tests.crashes.life import ROUNDS, Ending, Failpoint, Life, failpoints

SEED = int(os.environ.get("CHAOS_SEED", "20261123"))
CRASHES = int(os.environ.get("CHAOS_CRASHES", "4"))


def new_life(folder: Path) -> Iterator[Life]:
    with MailHouse(dict.fromkeys(cast.ADDRESSES, cast.PASSWORD)) as house:
        yield Life(folder, house)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ending, list[Failpoint]]:
    folder = tmp_path_factory.mktemp("undisturbed")
    for life in new_life(folder / "kantor"):
        life.whole_sop(record=folder)
        return life.ending(), failpoints(folder)
    raise AssertionError


def test_an_undisturbed_life_is_whole(undisturbed: tuple[Ending, list[Failpoint]]) -> None:
    ending, points = undisturbed
    assert ending.damage == () and all(count == 1 for *_, count in ending.mails)
    labels = {point.label for point in points}
    for boundary in (
        "sweep socket read",
        "put fsync",
        "put rename",
        "send socket write",
        "commit",
        "child process",
        "draw_workbook",
    ):
        assert any(boundary in label for label in labels), f"{boundary} is not watched"
    assert {point.round for point in points} == set(range(ROUNDS))


def test_killed_anywhere_the_office_ends_as_if_nothing_had_happened(
    undisturbed: tuple[Ending, list[Failpoint]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ending, points = undisturbed
    chosen = random.Random(SEED).sample(points, min(CRASHES, len(points)))
    rows = []
    for number, point in enumerate(chosen):
        for life in new_life(tmp_path / str(number)):
            met = life.whole_sop(point)
            after = life.ending()
            lost = set(ending.events) - set(after.events) or {m[:2] for m in ending.mails} - {
                m[:2] for m in after.mails
            }
            doubled = [mail for mail in after.mails if mail[2] > 1] or set(after.events) - set(ending.events)
            differs = after.register != ending.register or after.damage
            rows.append((point, met, bool(lost), bool(doubled), bool(differs)))
    with capsys.disabled():
        print(f"\n  {len(rows)} of {len(points)} failpoints, seed {SEED}")
        print(f"  {'killed at':<78} met lost doubled register")
        for point, *verdict in rows:
            signs = "   ".join("yes" if bad else " - " for bad in verdict)
            print(f"  {f'round {point.round}: {point.label} #{point.occurrence}':<78} {signs}")
    assert not [row for row in rows if any(row[2:])]


@pytest.mark.parametrize("disk", [1, 150_000], ids=lambda size: f"{size} bytes")
def test_a_full_disk_in_every_round_loses_nothing_and_doubles_nothing(
    undisturbed: tuple[Ending, list[Failpoint]], tmp_path: Path, disk: int
) -> None:
    ending, _ = undisturbed
    for life in new_life(tmp_path / "kantor"):
        assert life.whole_sop(disk=disk), "the disk was never full"
        after = life.ending()
    assert (after.events, after.mails, after.damage) == (ending.events, ending.mails, ())
    assert after.register == ending.register
