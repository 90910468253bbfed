"""A few small years in every run. Many more: `make years`."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.year.plan import Plan, drawn
from tests.year.run import Lived, live

SEEDS = range(1, 7)
SMALL = Plan(days=0.3, letters=10.0, storms=0, strays=10.0, floods=0, edits=20.0, crash_every=400, paint_hours=3.0)


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """What a house in trouble logs is its business."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def held(lived: Lived) -> bool:
    assert not lived.broken, f"{lived.line()}\n{lived.again()}\n{lived.story}"
    return True


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_happens_everything_holds(seed: int) -> None:
    assert held(live(seed, drawn(seed, 0.5).with_options(["storms=0", "floods=0"])))


def test_one_seed_is_one_life_in_whatever_process() -> None:
    program = "from tests.year.run import live; from tests.year.test_year import SMALL; print(live(7, SMALL).digest)"
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert len(said) == 1 and len(said.pop().strip()) == 64


def test_another_seed_is_another_life() -> None:
    assert live(8, SMALL).digest != live(9, SMALL).digest
