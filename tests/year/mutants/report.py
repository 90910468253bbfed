"""What became of each fault, and the table that shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tests.year.mutants.fault import Planted

_BROKEN = re.compile(r"^seed (?P<seed>\d+): BROKEN (?P<name>[^:]+): ", re.MULTILINE)
"""The line by which a run says that an invariant does not hold."""


class Fate(StrEnum):
    """What became of a fault."""

    KILLED = "killed"
    """An invariant does not hold, or the run came to no end in several times what the control took."""
    SURVIVED = "**survived**"
    FAILED = "**the run itself failed**"
    """It ended otherwise than by an invariant, which proves nothing: counted as not killed."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A fault after its run. `what`: the invariant, or what else ended it; `seed`: "" for none; `seconds` by the wall."""

    fault: Planted
    fate: Fate
    what: str
    seed: str
    seconds: float


def fate_of(fault: Planted, code: int, output: str, seconds: float) -> Tried:
    """What became of a fault whose run ended with `code`, and said `output`."""
    if code == 0:
        return Tried(fault, Fate.SURVIVED, "", "", seconds)
    broken = _BROKEN.search(output)
    if broken is None:
        said = (output.strip().splitlines() or [""])[-1]
        return Tried(fault, Fate.FAILED, f"code {code}: {said[:160]}".replace("|", "¦"), "", seconds)
    return Tried(fault, Fate.KILLED, broken["name"], broken["seed"], seconds)


def table(tried: Sequence[tuple[int, Tried]], control: float) -> str:
    """Markdown: a line for each fault by its number. `control`: how many seconds the run without a fault took."""
    killed = sum(one.fate is Fate.KILLED for _, one in tried)
    lines = [
        f"{killed} of {len(tried)} faults were noticed; without a fault all invariants held ({control:.0f} s).",
        "",
        "| | fault | | noticed by | seed | s |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {number} | {one.fault.name} | {one.fate} | {one.what} | {one.seed} | {one.seconds:.0f} |"
        for number, one in tried
    ]
    return "\n".join([*lines, ""])
