"""In the end nothing waits: every incident has an outcome."""

from __future__ import annotations

from dataclasses import dataclass

from tests.year.checks.chronicle import Chronicle
from tests.year.checks.invariants import Invariant, broken


@dataclass(slots=True)
class Ends:
    """Liveness. That no mail waits to be read or sent is held by `incoming` and `outgoing`."""

    told: Chronicle

    def after_turn(self, *, whole: bool) -> None:
        """Nothing has to have ended yet."""

    def at_the_end(self) -> None:
        for number, story in self.told.stories.items():
            if not story.outcome:
                where = story.stay.where() if story.stay else "nowhere"
                broken(Invariant.NO_OUTCOME, f"{number} in {where}, linked to {story.linked!r}")
