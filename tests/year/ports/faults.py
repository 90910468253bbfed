"""What may go wrong, and when. Every operation on the world passes `point`, and any of them may be the last of a life."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

from tests.year.ports.clock import SimClock


class Crash(BaseException):
    """kill -9: nothing of the product may catch it, and nothing in memory outlives it."""


class Fault(StrEnum):
    """What lasts for a while."""

    DISK_FULL = "disk full"
    JOURNAL_AWAY = "journal away"
    IMAP_AWAY = "imap away"
    SMTP_AWAY = "smtp away"
    PREFECT_AWAY = "prefect away"
    WORKBOOK_OPEN = "workbook open"


BREAKS_OFF = (Fault.DISK_FULL, Fault.JOURNAL_AWAY)
"""Whatever a desk is at, it cannot note what has come of it."""
CLERKS = (Fault.DISK_FULL, Fault.JOURNAL_AWAY, Fault.IMAP_AWAY, Fault.SMTP_AWAY)


class Faults:
    """All off: a fair day.

    Attributes:
        in_doubt, later, cut: how often a line breaks after the final dot, a server says 4yz, a sweep breaks off.
        crash_every: so many operations lie between two crashes, on average; 0 for none.
        crash_at: the process ends at just this operation, counted from the beginning; 0 for none.
        meanwhile: what another desk does at a point, as far as no transaction is open; None for nothing.
        points: how many operations there have been.
        interruptions: how often work was broken off: by a crash, by disk or journal, by another desk's turn.
        count: what has happened.
    """

    def __init__(self, rng: random.Random, clock: SimClock) -> None:
        self.rng, self.clock = rng, clock
        self.in_doubt = self.later = self.cut = 0.0
        self.crash_every = self.crash_at = 0
        self.meanwhile: Callable[[], None] | None = None
        self.points = self.interruptions = 0
        self.count: Counter[str] = Counter()
        self.transactions = 0
        """How many are open: there another desk would wait."""
        self._until: dict[Fault, datetime] = {}
        self._next_crash = 0

    def crash_now_and_then(self, every: int) -> None:
        """From now on the process ends once in so many operations."""
        self.crash_every = every
        self._draw_crash()

    def begin(self, fault: Fault, span: timedelta) -> None:
        self._until[fault] = max(self.clock.true + span, self._until.get(fault, self.clock.true))

    def lasts(self, fault: Fault) -> bool:
        """Whether `fault` meets whoever tries now."""
        return fault in self._until and self.clock.true < self._until[fault]

    def met(self, fault: Fault) -> bool:
        """As `lasts`, and it is counted that somebody has met it."""
        lasting = self.lasts(fault)
        self.count[fault] += lasting
        self.interruptions += lasting and fault in BREAKS_OFF
        return lasting

    def holds_up(self) -> bool:
        """Whether something lasts that keeps the clerk from his work; nobody waits for the faces."""
        return any(self.lasts(fault) for fault in CLERKS)

    def end_all(self) -> None:
        """The fair days begin."""
        self._until.clear()
        self.in_doubt = self.later = self.cut = 0.0
        self.crash_every = self.crash_at = 0
        self.meanwhile = None

    def chance(self, what: str, often: float) -> bool:
        """Whether it happens this time."""
        happens = bool(often) and self.rng.random() < often
        self.count[what] += happens
        return happens

    def point(self, name: str) -> None:
        """An operation on the world is about to be done, or has just been done. Raises: Crash."""
        self.points += 1
        if self.points == self.crash_at or (self.crash_every and self.points >= self._next_crash):
            if self.crash_every:
                self._draw_crash()
            self.interruptions += 1
            self.count[f"crash at {name}"] += 1
            raise Crash(name)
        if self.meanwhile is not None and not self.transactions:
            self.meanwhile()

    def _draw_crash(self) -> None:
        self._next_crash = self.points + 1 + int(self.rng.expovariate(1 / self.crash_every))
