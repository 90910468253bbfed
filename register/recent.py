"""How often something has happened within the last hour: what comes too often is a flood."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta

SPAN = timedelta(hours=1)
MOST_NAMES = 10_000


class Recent:
    """Counts in memory: after a restart a flood is noticed once more, and nothing is lost by that."""

    def __init__(self) -> None:
        self._times: dict[str, OrderedDict[str, datetime]] = {}

    def count(self, name: str, ref: str, at: datetime) -> int:
        """Note that `name` happened at `at` (aware), known as `ref`, which counts once however often it is tried.

        Returns how often it has happened within the hour before, this one too.
        """
        times = self._times.setdefault(name, OrderedDict())
        times.setdefault(ref, at)
        while times[next(iter(times))] < at - SPAN:  # the oldest stand first
            times.popitem(last=False)
        if len(self._times) > MOST_NAMES:
            self._forget(at)
        return len(times)

    def _forget(self, now: datetime) -> None:
        lately = {name: times for name, times in self._times.items() if max(times.values()) >= now - SPAN}
        self._times = lately if len(lately) <= MOST_NAMES else {}  # more senders in an hour than anybody has
