"""How often something has happened within the last hour: what comes too often is a flood."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass, field
from datetime import datetime, timedelta

SPAN = timedelta(hours=1)
MOST_NAMES = 10_000


@dataclass(slots=True)
class _Times:
    """When something happened: by what it was, and in order of time."""

    by_ref: dict[str, datetime] = field(default_factory=dict)
    order: list[tuple[datetime, str]] = field(default_factory=list)

    def note(self, ref: str, at: datetime) -> None:
        if ref not in self.by_ref:
            self.by_ref[ref] = at
            insort(self.order, (at, ref))

    def keep(self, since: datetime, until: datetime) -> None:
        first, end = bisect_left(self.order, (since, "")), bisect_right(self.order, (until, "\U0010ffff"))
        for _, ref in (*self.order[:first], *self.order[end:]):
            del self.by_ref[ref]
        self.order = self.order[first:end] if first or end < len(self.order) else self.order

    def upto(self, at: datetime) -> int:
        return bisect_right(self.order, (at, "\U0010ffff"))


class Recent:
    """Counts in memory: after a restart a flood is noticed once more, and nothing is lost by that."""

    def __init__(self) -> None:
        self._times: dict[str, _Times] = {}

    def count(self, name: str, ref: str, at: datetime) -> int:
        """Note that `name` happened at `at` (aware), known as `ref`, which counts once however often it is tried.

        Returns how often it has happened within the hour before, this one too. What lies ahead of it by more than that
        is of a clock that has been set back since: it will not count a second time when the clock comes there again.
        """
        times = self._times.setdefault(name, _Times())
        times.note(ref, at)
        times.keep(at - SPAN, at + SPAN)
        if len(self._times) > MOST_NAMES:
            self._forget(at)
        return times.upto(at)

    def _forget(self, now: datetime) -> None:
        lately = {
            name: times for name, times in self._times.items() if times.order and times.order[-1][0] >= now - SPAN
        }
        self._times = lately if len(lately) <= MOST_NAMES else {}  # more senders in an hour than anybody has
