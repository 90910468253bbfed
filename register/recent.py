"""How often something has happened within the last hour: what comes too often is a flood."""

from __future__ import annotations

import threading
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from register.recent_words import RecentWords

SPAN = timedelta(hours=1)
MOST_NAMES = 10_000


@dataclass(slots=True)
class _Times:
    """When something happened: by what it was, and in order of time; at the same time, in the order it was noted."""

    by_ref: dict[str, tuple[datetime, int]] = field(default_factory=dict)
    order: list[tuple[datetime, int, str]] = field(default_factory=list)
    noted: int = 0

    def note(self, ref: str, at: datetime) -> None:
        known = self.by_ref.get(ref)
        if known is not None and abs(at - known[0]) > SPAN:  # it happened again
            del self.by_ref[ref]
            self.order.remove((*known, ref))
        if ref not in self.by_ref:
            self.noted += 1
            self.by_ref[ref] = (at, self.noted)
            insort(self.order, (at, self.noted, ref))

    def keep(self, since: datetime, until: datetime) -> None:
        first, end = bisect_left(self.order, (since, 0, "")), bisect_left(self.order, (until, self.noted + 1, ""))
        for _, _, ref in (*self.order[:first], *self.order[end:]):
            del self.by_ref[ref]
        self.order = self.order[first:end] if first or end < len(self.order) else self.order

    def place_of(self, ref: str) -> int:
        return bisect_right(self.order, (*self.by_ref[ref], ref))


class Recent:
    """Counts in memory: after a restart a flood is noticed once more, and nothing is lost by that."""

    def __init__(self, clock: Callable[[], datetime] | None = None) -> None:
        """`clock`: what time it is; else as late as what is counted. Threads may share one."""
        self._clock, self._lock = clock, threading.Lock()
        self.words = RecentWords()
        self._times: dict[str, _Times] = {}
        self._last: dict[str, datetime] = {}

    def count(self, name: str, ref: str, at: datetime) -> int:
        """Note that `name` happened at `at` (aware), known as `ref`, which counts once however often it is tried.

        Returns how often it had happened within the hour before, this one too: what is tried again keeps its place.
        What lies ahead of now by more than that is of a clock that has been set back since: it will not count a second
        time when the clock comes there again.
        """
        now = max(at, self._clock()) if self._clock else at
        with self._lock:
            times = self._times.setdefault(name, _Times())
            times.note(ref, at)
            times.keep(at - SPAN, now + SPAN)
            if len(self._times) > MOST_NAMES:
                self._forget(at)
            return times.place_of(ref)

    def rested(self, name: str, now: datetime, rest: timedelta) -> bool:
        """Whether `name` was begun `rest` ago or earlier; then it begins now."""
        with self._lock:
            last = self._last.get(name)
            if last is not None and last <= now < last + rest:  # what lies ahead was noted by a clock set back since
                return False
            self._last[name] = now
            return True

    def _forget(self, now: datetime) -> None:
        lately = {
            name: times for name, times in self._times.items() if times.order and times.order[-1][0] >= now - SPAN
        }
        self._times = lately if len(lately) <= MOST_NAMES else {}  # more senders in an hour than anybody has
