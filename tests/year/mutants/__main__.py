"""Plants one fault after the other in a copy of the project, lives some weeks with it, and says what noticed it.

`python -m tests.year.mutants [NUMBERS] [--workers N] [--out FILE]`; NUMBERS as in `3,7,20-25`. First the same weeks are
lived without a fault: if anything is noticed there, the year is wrong or has found a bug, and no kill means anything.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from scripts.project_copy import copy_project
from tests.year.mutants.fault import Planted
from tests.year.mutants.planted import PLANTED
from tests.year.mutants.report import Fate, Tried, fate_of, table

COMMAND = (
    *("-m", "tests.year.run", "1", "--to", "8", "--days", "0.7", "--until-broken", "--no-shrink"),
    *("storms=0", "floods=0", "letters=12", "edits=300", "strays=40", "faults=True", "crash_every=500"),
)
"""What is lived with each fault, and without one. Code 0: all invariants held; else `seed N: BROKEN name: what`."""
ENOUGH = 0.9
"""Of the faults that were planted: so many must be noticed."""
CONTROL_SECONDS = 3600
PATIENCE, AT_LEAST_SECONDS = 4, 60
"""A run with a fault that takes so many times as long as the control has no end."""


def main() -> int:
    arguments = _arguments()
    numbers = _numbers(arguments.numbers)
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copies: SimpleQueue[Path] = SimpleQueue()
        for worker in range(arguments.workers):
            copies.put(copy_project(Path(folder) / str(worker)))
        code, said, control = _lived(Path(folder) / "0", CONTROL_SECONDS)
        if code != 0:
            print(said, file=sys.stderr)
            print(f"Without any fault the run ended with {code}: nothing can be said of faults.", file=sys.stderr)
            return 2
        print(f"control: held ({control:.0f} s)", flush=True)
        limit = max(PATIENCE * control, AT_LEAST_SECONDS)

        def tried(number: int) -> tuple[int, Tried]:
            copy = copies.get()
            try:
                done = _tried(PLANTED[number - 1], copy, limit)
            finally:
                copies.put(copy)
            print(f"{number:2d} {done.fate} {done.fault.name}: {done.what} ({done.seconds:.0f} s)", flush=True)
            return number, done

        with ThreadPoolExecutor(arguments.workers) as workers:
            results = list(workers.map(tried, numbers))
    written = table(results, control)
    if arguments.out:
        arguments.out.write_text(written, encoding="utf-8")
    print(f"\n{written}")
    killed = sum(one.fate is Fate.KILLED for _, one in results)
    return 0 if killed >= ENOUGH * len(results) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.year.mutants", description="Does the year notice faults?")
    parser.add_argument("numbers", nargs="?", default="", help="which, as in 3,7,20-25; all without")
    parser.add_argument("--workers", type=int, default=1, help="runs at a time")
    parser.add_argument("--out", type=Path, help="the table goes to this file, too")
    return parser.parse_args()


def _numbers(said: str) -> list[int]:
    """Raises: SystemExit for what is no number of a fault."""
    numbers = list[int]()
    for part in said.split(",") if said else [f"1-{len(PLANTED)}"]:
        first, _, last = part.partition("-")
        try:
            numbers += range(int(first), int(last or first) + 1)
        except ValueError:
            sys.exit(f"no number: {part}")
    if not numbers or not all(1 <= number <= len(PLANTED) for number in numbers):
        sys.exit(f"the faults bear the numbers 1 to {len(PLANTED)}")
    return numbers


def _tried(fault: Planted, copy: Path, limit: float) -> Tried:
    file = copy / fault.file
    before = file.read_text(encoding="utf-8")
    file.write_text(fault.into(before), encoding="utf-8")
    try:
        code, said, seconds = _lived(copy, limit)
    finally:
        file.write_text(before, encoding="utf-8")
    if code is None:
        return Tried(fault, Fate.KILLED, f"no end within {limit:.0f} s", "", seconds)
    return fate_of(fault, code, said, seconds)


def _lived(copy: Path, limit: float) -> tuple[int | None, str, float]:
    """The code with which the run in `copy` ended (None: not within `limit` seconds), what it said, how long it took."""
    began = time.monotonic()
    # A stale cache of the file without the fault, of the same size and second, would be believed.
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    with subprocess.Popen(
        [sys.executable, *COMMAND],
        cwd=copy,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            said, _ = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # readers of its own die with it
            said, _ = process.communicate()
            return None, said, time.monotonic() - began
        return process.returncode, said, time.monotonic() - began


if __name__ == "__main__":
    sys.exit(main())
