"""How an answer to a merged reminder is read, for whoever wants to examine it: `decided(incidents, text)`.

From the shell: `python -m tests.merged_answers FILE`, JSON lines of {"incidents": [{"number", "opd", "hal", "accepted"}],
"text"}; a line of JSON comes out for each, the decided words by number ("" asks back, null: nothing was said of it).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from parsers.replies.listed_incidents import Listed
from parsers.replies.several import read_several

SENT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
DECIDING = ("ya", "disposisi", "tugaskan")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One incident of the reminder: the first is the one whose reminder it is. `also`: other names of the OPD."""

    number: str
    opd: str
    hal: str
    accepted: tuple[str, ...]
    also: tuple[str, ...] = ()


def decided(incidents: Sequence[Waiting], text: str, sent: datetime = SENT) -> dict[str, str | None]:
    """By number: the decision; "" where it is asked back; None where nothing was said of it, so that it goes on waiting."""
    listed = [
        Listed(one.number, one.accepted, (one.opd, *one.also), one.hal, "", bool({*DECIDING} & {*one.accepted}))
        for one in incidents
    ]
    read = read_several(text, listed, sent)
    return {one.number: read.answers[one.number].decision if one.number in read.answers else None for one in incidents}


def _from(line: str) -> tuple[list[Waiting], str]:
    row: Mapping[str, object] = json.loads(line)
    incidents = row["incidents"]
    assert isinstance(incidents, list)
    return [
        Waiting(one["number"], one["opd"], one.get("hal", ""), tuple(one["accepted"]), tuple(one.get("also", ())))
        for one in incidents
    ], str(row["text"])


if __name__ == "__main__":
    for row in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        print(json.dumps(decided(*_from(row)), ensure_ascii=False))
