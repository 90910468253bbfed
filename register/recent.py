"""How often something has happened within the last hour: what comes too often is a flood."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

SPAN = timedelta(hours=1)
MOST_NAMES = 10_000


class Recent:
    """Counts in memory: after a restart a flood is noticed once more, and nothing is lost by that."""

    def __init__(self) -> None:
        self._times: dict[str, deque[datetime]] = {}

    def count(self, name: str, at: datetime) -> int:
        """Note that `name` happened at `at` (aware); returns how often it has within the hour before, this one too."""
        times = self._times.setdefault(name, deque())
        times.append(at)
        while times[0] < at - SPAN:
            times.popleft()
        if len(self._times) > MOST_NAMES:
            self._forget(at)
        return len(times)

    def _forget(self, now: datetime) -> None:
        self._times = {name: times for name, times in self._times.items() if times[-1] >= now - SPAN}
        if len(self._times) > MOST_NAMES:  # more senders in an hour than anybody has: begin anew
            self._times.clear()
