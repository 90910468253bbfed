"""The disk is full, or may not be written to: the office says so, loses nothing, and goes on when it may."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

import pytest

from tests.crashes.desk import Trouble
from tests.crashes.ending import difference
from tests.crashes.life import ROUNDS, Undisturbed, new_life

NOBODY = pwd.getpwnam("nobody").pw_uid if os.getuid() == 0 else os.getuid()


@pytest.mark.parametrize("full", [1, 150_000], ids=lambda size: f"{size} bytes")
def test_a_full_disk_in_every_round_loses_nothing_and_doubles_nothing(
    undisturbed: Undisturbed, tmp_path: Path, full: int
) -> None:
    ending, *_ = undisturbed
    with new_life(tmp_path / "kantor") as life:
        stopped = 0
        for number in range(ROUNDS):
            life.arrives(number)
            stopped += life.work(trouble=Trouble(full=full)) == 0
            life.work()
        assert stopped, "the disk was never full"
        assert not (differs := difference(ending, life.ending())), differs


def test_a_folder_that_may_not_be_written_to_loses_nothing_and_doubles_nothing(
    undisturbed: Undisturbed, tmp_path: Path
) -> None:
    ending, *_ = undisturbed
    with new_life(tmp_path / "kantor") as life:
        folder, stopped = life.towns[0].folder / "data", 0
        for number in range(ROUNDS):
            life.arrives(number)
            modes = {path: path.stat().st_mode for path in (folder, *folder.rglob("*"))}
            for path in modes:
                path.chmod(0o555 if path.is_dir() else 0o444)
            stopped += life.work(trouble=Trouble(user=NOBODY)) == 0
            for path, mode in modes.items():
                path.chmod(mode)
            life.work()
        assert stopped == ROUNDS
        assert not (differs := difference(ending, life.ending())), differs
