"""What will happen, in the order in which it will."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import datetime, timedelta

from tests.year.ports.clock import SimClock

Happening = Callable[[], None]


class Agenda:
    """Two things at the same moment happen in the order in which they were put down."""

    def __init__(self, clock: SimClock) -> None:
        self.clock = clock
        self._serial = 0
        self._heap: list[tuple[datetime, int, Happening]] = []

    def at(self, moment: datetime, what: Happening) -> None:
        self._serial += 1
        heapq.heappush(self._heap, (moment, self._serial, what))

    def after(self, seconds: float, what: Happening) -> None:
        self.at(self.clock.true + timedelta(seconds=seconds), what)

    @property
    def next(self) -> datetime | None:
        return self._heap[0][0] if self._heap else None

    def happen(self) -> None:
        """Everything that is due by now."""
        while self._heap and self._heap[0][0] <= self.clock.true:
            heapq.heappop(self._heap)[2]()
