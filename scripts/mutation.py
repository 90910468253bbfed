"""Do tests notice it when a room's code is changed? `make mutation`, or `python -m scripts.mutation ROOM …`.

A sample of all small changes to a room, each tried by itself in a copy of the project: the tests that call the changed
function, the quickest first, until one fails.
"""

from __future__ import annotations

import argparse
import builtins
import difflib
import importlib
import json
import multiprocessing
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from scripts.mutations import PROBE, Mutation, mutations_of, sample, with_probes
from scripts.project_copy import ROOT, copy_project

ROOMS = ("sop", "register", "outbox")
TESTS = (
    *("tests/sop", "tests/register"),
    *(f"tests/outbox/test_{name}.py" for name in ("compose", "deliver", "doubt", "exchange_copies", "lanes")),
    *(f"tests/outbox/test_{name}.py" for name in ("maildir_copies", "smtp_faults")),
    *(f"tests/handlers/test_{name}.py" for name in ("after_the_end", "standing_in", "taking_back", "whole_sop")),
)
"""The rooms' own tests but those that need servers of somebody else's, and the quicker ones of the handlers, which show
much of what the rooms do.
"""
TOOL = ROOT / "build" / "cosmic-ray"
"""Where `make mutation` puts Cosmic Ray; its own versions of other libraries come after the project's."""
LONGEST = 10.0
"""Seconds, as taken without a change: so long the tests of one change may take together, the quickest first."""
PATIENCE, AT_LEAST_SECONDS = 5, 60


@dataclass(frozen=True, slots=True)
class Reach:
    """Which tests call which functions of the rooms.

    `seconds`: of each test, by its id; `calls`: the (file, first line) of a function to the ids of those that call it.
    """

    seconds: dict[str, float]
    calls: dict[tuple[str, int], list[str]]

    def of(self, mutation: Mutation) -> list[str]:
        """The tests that can notice `mutation`, the quickest first; for what runs at import: any."""
        ids = self.calls.get((mutation.file, mutation.function), []) if mutation.function else list(self.seconds)
        chosen, left = list[str](), LONGEST
        for test in sorted(ids, key=lambda one: (self.seconds[one], one)):
            left -= self.seconds[test]
            if left < 0 and chosen:
                break
            chosen.append(test)
        return chosen


class Recorder:
    """A plugin of pytest: notes how long each test takes, and which probed functions it calls."""

    def __init__(self) -> None:
        self._ran: set[tuple[str, int]] = set()
        self.seconds: dict[str, float] = {}
        self.calls: dict[tuple[str, int], list[str]] = {}
        vars(builtins)[PROBE] = self._ran.add

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self._ran.clear()
        self._began = time.perf_counter()

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        self.seconds[nodeid] = time.perf_counter() - self._began
        for function in self._ran.copy():
            self.calls.setdefault(function, []).append(nodeid)


def main() -> int:
    arguments = _arguments()
    sys.path.append(str(arguments.tool))
    try:
        importlib.import_module("cosmic_ray.mutating")
    except ModuleNotFoundError:
        sys.exit(
            "Cosmic Ray is not there; `make mutation` gets it, or: pip install --target build/cosmic-ray cosmic-ray"
        )
    arguments.out.mkdir(parents=True, exist_ok=True)
    memory = Path("/dev/shm")  # noqa: S108  a journal writes through to the disk: in memory that costs nothing
    with tempfile.TemporaryDirectory(prefix="mutation-", dir=memory if memory.is_dir() else None) as folder:
        copy = copy_project(Path(folder) / "project")
        reach = _reach(copy)
        for room in arguments.rooms or ROOMS:
            _try_room(copy, room, reach, arguments)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.mutation", description=__doc__)
    parser.add_argument("rooms", nargs="*", choices=[*ROOMS, []], help="all without")
    parser.add_argument("--sample", type=int, default=200, help="changes to a room")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60, help="for a room; what was tried by then is a sample, too")
    parser.add_argument("--tool", type=Path, default=TOOL, help="the folder that Cosmic Ray was installed to")
    parser.add_argument(
        "--out", type=Path, default=ROOT / "build" / "mutation", help="one line of JSON for each change"
    )
    return parser.parse_args()


def _try_room(copy: Path, room: str, reach: Reach, arguments: argparse.Namespace) -> None:
    end = time.monotonic() + 60 * arguments.minutes
    everything = mutations_of(copy, room)
    fates = Counter[str]()
    with (arguments.out / f"{room}.jsonl").open("w", encoding="utf-8") as file:
        for number, mutation in enumerate(sample(everything, arguments.sample, arguments.seed)):
            if time.monotonic() > end:
                break
            change, fate = _change(copy, mutation), _fate(copy, mutation, reach, number)
            fates[fate] += 1
            said = {"fate": fate, "file": mutation.file, "line": mutation.line, "operator": mutation.operator}
            file.write(json.dumps({**said, "change": change}, ensure_ascii=False) + "\n")
            file.flush()
    counted = ", ".join(f"{count} {fate}" for fate, count in sorted(fates.items()))
    print(  # noqa: T201
        f"{room}: of {fates.total()} changes {counted}; a sample of {len(everything)} with seed {arguments.seed}",
        flush=True,
    )


def _fate(copy: Path, mutation: Mutation, reach: Reach, number: int) -> str:
    tests = reach.of(mutation)
    if not tests:
        return "not reached"
    path = copy / mutation.file
    before, stamp = path.read_text(encoding="utf-8"), path.stat()
    path.write_text(mutation.into(before), encoding="utf-8")
    # A cache is believed by size and second: each change needs a second of its own.
    os.utime(path, (stamp.st_atime, stamp.st_mtime + 2 * number + 2))
    patience = max(AT_LEAST_SECONDS, PATIENCE * sum(reach.seconds[test] for test in tests))
    try:
        return "killed" if _failed(copy, tests, patience) else "survived"
    finally:
        path.write_text(before, encoding="utf-8")
        os.utime(path, (stamp.st_atime, stamp.st_mtime))


def _change(copy: Path, mutation: Mutation) -> list[str]:
    source = (copy / mutation.file).read_text(encoding="utf-8")
    changed = mutation.into(source)
    return list(difflib.unified_diff(source.splitlines(), changed.splitlines(), n=0, lineterm=""))[3:]


def _reach(copy: Path) -> Reach:
    """Run all tests once, with a probe in each function of the rooms. Raises: SystemExit when they fail."""
    probed = {path: path.read_text(encoding="utf-8") for room in ROOMS for path in (copy / room).glob("*.py")}
    for path, source in probed.items():
        path.write_text(with_probes(source, path.relative_to(copy).as_posix()), encoding="utf-8")
    here, there = multiprocessing.Pipe(duplex=False)

    def record() -> None:
        recorder = Recorder()
        code = _pytest(copy, TESTS, [recorder])
        libraries = [
            name for name, one in sys.modules.items() if "site-packages" in (getattr(one, "__file__", "") or "")
        ]
        there.send((code, recorder.seconds, recorder.calls, libraries))
        os._exit(0)

    child = multiprocessing.get_context("fork").Process(target=record)
    child.start()
    code, seconds, calls, libraries = here.recv()
    child.join()
    if code:
        sys.exit("the tests fail without any change")
    for name in libraries:  # what every child would have to load
        with suppress(ImportError):
            importlib.import_module(name)
    for path, source in probed.items():
        path.write_text(source, encoding="utf-8")
    return Reach(seconds, calls)


def _failed(copy: Path, tests: Sequence[str], seconds: float) -> bool:
    """Whether a test fails, or they come to no end within `seconds`."""
    child = multiprocessing.get_context("fork").Process(target=lambda: os._exit(_pytest(copy, tests, [])))
    child.start()
    child.join(seconds)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid or 0, signal.SIGKILL)  # whatever it has started ends with it
    child.join()
    return child.exitcode != 0


def _pytest(copy: Path, tests: Sequence[str], plugins: list[object]) -> int:
    """In a child: pytest over `tests` in `copy`, without what needs PostgreSQL. Returns its code."""
    os.setsid()
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    os.chdir(copy)
    sys.path[0] = str(copy)
    os.environ["PYTHONPATH"] = str(copy)
    options = ["-x", "-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
    where = ["--basetemp", str(copy.parent / "tmp"), "-k", "not postgresql"]
    pytest = importlib.import_module("pytest")
    return int(pytest.main([*options, *where, *tests], plugins=plugins))


if __name__ == "__main__":
    sys.exit(main())
