"""Lists what differs from the recorded histories in `tests/histories` now, and records them anew.

    python -m scripts.histories

The same code gives the same file. What a new version does otherwise than those before stands in the list: it belongs
into the message of the commit that renews them.
"""

from __future__ import annotations

import sys

from sop.load import load_procedure
from sop.replay import replay
from tests.histories.habits import live
from tests.histories.store import FILE, packed, read, stored, written

LIVES = 200


def recorded_anew() -> list[str]:
    """The lines of the file, by this version."""
    procedure = load_procedure()
    return written(procedure, (live(procedure, seed) for seed in range(1, LIVES + 1)))


def main() -> None:
    count = 0
    for life in read(stored()) if FILE.exists() else ():
        for one in replay(life.histories, life.serving):
            count += 1
            lines = [*(f"    then: {line}" for line in one.recorded), *(f"    now:  {line}" for line in one.now)]
            sys.stdout.write("\n".join([f"{one.incident} from event {one.seq} on, after {one.fact}:", *lines, ""]))
    FILE.write_bytes(packed(recorded_anew()))
    sys.stdout.write(f"{count} differences; {FILE.name} written, {FILE.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
