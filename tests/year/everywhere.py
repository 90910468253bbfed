"""Kills the process at every single operation of a small life, one life for each. `python -m tests.year.everywhere SEED`

Nothing else fails in these lives, so whatever breaks is the crash's doing. Code 0: everything held.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

from tests.year.life import Life
from tests.year.plan import Plan
from tests.year.run import Lived, live, no_check

SMALL = Plan(days=0.05, letters=60.0, storms=0, strays=40.0, floods=0, edits=0.0, faults=False, paint_hours=0.6)
"""An hour with three letters."""


def operations(seed: int) -> int:
    """How many there are in the life."""
    with tempfile.TemporaryDirectory() as folder:
        life = Life(seed, SMALL, Path(folder), no_check)
        life.live()
    return life.faults.points


def killed_at(seed: int, places: range) -> Iterator[Lived]:
    """The life once for each of `places`, killed there."""
    yield from (live(seed, replace(SMALL, crash_at=place)) for place in places)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.year.everywhere", description="Kills a life everywhere.")
    parser.add_argument("seed", type=int)
    parser.add_argument("--every", type=int, default=1, help="only every so many operations")
    parser.add_argument("--jobs", type=int, default=1, help="lives at the same time")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.ERROR, handlers=[logging.NullHandler()])
    places = range(1, operations(arguments.seed) + 1, arguments.every)
    broken = 0
    with ProcessPoolExecutor(arguments.jobs) as jobs:
        plans = [replace(SMALL, crash_at=place) for place in places]
        for lived in jobs.map(live, [arguments.seed] * len(plans), plans, chunksize=8):
            if lived.broken:
                broken += 1
                print(f"{lived.line()}\n  again: {lived.again()}\n{lived.story}", flush=True)
    print(f"killed at {len(places)} of {places.stop - 1} operations: {broken} broken")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
