"""Lives years. `python -m tests.year.run SEED [--to SEED | --lives N] [--days N | --weeks N] [--jobs N] [OPTION=VALUE …]`

Each seed has a plan of its own (`plan.drawn`); OPTIONs change it. One line a seed; where an invariant does not hold, the
command that lives just that life again, and its story. Code 0: everything held.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.year.checks.all import every_check
from tests.year.life import Life
from tests.year.plan import Plan, drawn
from tests.year.shrink import shrunk
from tests.year.story import told
from tests.year.witness import Broken, Check, Notes, Scene

MEMORY = Path("/dev/shm")
"""Files that outlive no life are kept there, where there is such a place."""


@dataclass(slots=True)
class Lived:
    """What came of one life.

    Attributes:
        broken: which invariant did not hold; "" where all did. `what`: how.
        mails: in and out.
        incidents, events: in the journal.
        lives: how often a process died.
    """

    seed: int
    plan: Plan
    broken: str = ""
    what: str = ""
    story: str = ""
    digest: str = ""
    days: float = 0.0
    seconds: float = 0.0
    incidents: int = 0
    mails: int = 0
    lives: int = 0
    notes: Notes = field(default_factory=Notes)
    count: Counter[str] = field(default_factory=Counter)

    def line(self) -> str:
        pace = self.mails / self.seconds if self.seconds else 0
        held = f"BROKEN {self.broken}: {self.what}" if self.broken else f"held  {self.digest[:12]}"
        return (
            f"seed {self.seed}: {held}  ({self.days:.1f} days, {self.incidents} incidents, {self.mails} mails, "
            f"{self.lives} crashes, {self.seconds:.1f} s CPU, {pace:.0f} mails/s)"
        )

    def again(self) -> str:
        """The command that lives it again."""
        options = self.plan.as_options(drawn(self.seed, self.plan.days))
        return f"python -m tests.year.run {self.seed} --days {self.plan.days:g} {options}".strip()


def live(seed: int, plan: Plan, *, checked: bool = True) -> Lived:
    """One life, to its end or to the first invariant that does not hold."""
    lived = Lived(seed, plan)
    began = time.process_time()
    where = MEMORY if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="siaga-year-", dir=where) as folder:
        life = Life(seed, plan, Path(folder), every_check if checked else no_check)
        try:
            life.live()
        except Broken as broken:
            lived.broken, lived.what = broken.name, str(broken).removeprefix(f"{broken.name}: ")
        except Exception:  # noqa: BLE001  whatever it is, it is a finding
            lived.broken, lived.what = "an error that nobody caught", traceback.format_exc(limit=-8)
        lived.seconds = time.process_time() - began
        lived.notes, lived.count = life.notes, life.world.post.count + life.faults.count
        lived.mails = sum(count for name, count in life.world.post.count.items() if name.startswith(("in: ", "out")))
        lived.lives, lived.incidents, lived.digest = life.lives, life.incidents(), life.digest()
        lived.days = (life.clock.true - life.clock.start).total_seconds() / 86_400
        if lived.broken:
            lived.story = told(life, lived.what)
    return lived


def no_check(_scene: Scene, _notes: Notes | None) -> list[Check]:
    return []


def main() -> int:
    arguments = _arguments()
    logging.basicConfig(level=logging.ERROR, handlers=[logging.NullHandler()])
    days = arguments.weeks * 7 if arguments.weeks else arguments.days
    began, all_lived = time.monotonic(), list[Lived]()
    for lived in _all(arguments, days):
        all_lived.append(lived)
        print(
            lived.line() if not arguments.quiet or lived.broken else ".",
            flush=True,
            end="" if arguments.quiet else "\n",
        )
        if lived.broken:
            _tell(lived, shrink=not arguments.no_shrink)
            if arguments.until_broken:
                break
    _sum_up(all_lived, time.monotonic() - began)
    return 1 if any(lived.broken for lived in all_lived) else 0


def _all(arguments: argparse.Namespace, days: float) -> Iterator[Lived]:
    last = arguments.seed + arguments.lives - 1 if arguments.lives else max(arguments.to, arguments.seed)
    seeds = range(arguments.seed, last + 1)
    plans = [drawn(seed, days).with_options(arguments.options) for seed in seeds]
    if arguments.jobs > 1:
        with ProcessPoolExecutor(arguments.jobs) as jobs:
            yield from jobs.map(live, seeds, plans)
    else:
        yield from map(live, seeds, plans)


def _tell(lived: Lived, *, shrink: bool) -> None:
    print(f"  again: {lived.again()}")
    if shrink:
        smaller = shrunk(lived.plan, lambda plan: live(lived.seed, plan).broken == lived.broken)
        if smaller != lived.plan:
            lived = live(lived.seed, smaller)
            print(f"  smaller: {lived.again()}\n  {lived.line()}")
    print(lived.story)


def _sum_up(all_lived: list[Lived], seconds: float) -> None:
    count, notes = Counter[str](), Notes()
    for lived in all_lived:
        count += lived.count
        notes.count += lived.notes.count
        notes.examples = lived.notes.examples | notes.examples
    days, broken = sum(lived.days for lived in all_lived), sum(bool(lived.broken) for lived in all_lived)
    incidents, mails = sum(lived.incidents for lived in all_lived), sum(lived.mails for lived in all_lived)
    cpu = sum(lived.seconds for lived in all_lived)
    print(
        f"\n{len(all_lived)} lives, {days / 365:.1f} years, {incidents} incidents, {mails} mails, {broken} broken; "
        f"{seconds:.0f} s, {cpu:.0f} s CPU, {mails / max(cpu, 0.001):.0f} mails/s"
    )
    print(", ".join(f"{name} {number}" for name, number in sorted(count.items()) if number))
    for name, number in sorted(notes.count.items()):
        print(f"  {number:5d} {name}   e.g. {notes.examples[name][:200]}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.year.run", description="Lives years of the office.")
    parser.add_argument("seed", type=int)
    parser.add_argument("--to", type=int, default=0, help="all seeds up to this one")
    parser.add_argument("--lives", type=int, default=0, help="so many, beginning with the seed")
    parser.add_argument("--days", type=float, default=7.0)
    parser.add_argument("--weeks", type=float, default=0.0)
    parser.add_argument("--jobs", type=int, default=1, help="lives at the same time")
    parser.add_argument("--until-broken", action="store_true", help="stop at the first")
    parser.add_argument("--no-shrink", action="store_true", help="do not look for a smaller life that breaks alike")
    parser.add_argument("--quiet", action="store_true", help="one dot for each life that holds")
    parser.add_argument("options", nargs="*", help="of the plan: NAME=VALUE")
    return parser.parse_intermixed_args()


if __name__ == "__main__":
    sys.exit(main())
