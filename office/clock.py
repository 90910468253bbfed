"""The clock as a port: what time it is, and how long a wait in office time takes in real time."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time of the office."""

    def now(self) -> datetime:
        """The present moment, aware (UTC)."""

    def real_seconds(self, span: timedelta) -> float:
        """How many real seconds pass while `span` passes in the office."""

    def running(self) -> timedelta:
        """How much time has passed in the office since some moment of this process; nobody can set it."""


class SystemClock:
    """Real time."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def real_seconds(self, span: timedelta) -> float:
        return span.total_seconds()

    def running(self) -> timedelta:
        return timedelta(seconds=time.monotonic())


class HurriedClock:
    """Starts at the real time and then runs `factor` times as fast: a demonstration of hours in minutes."""

    def __init__(self, factor: float) -> None:
        if factor <= 0:
            raise ValueError("a clock must go forward")
        self.factor = factor
        self._start, self._monotonic = datetime.now(UTC), time.monotonic()

    def now(self) -> datetime:
        return self._start + self.running()

    def real_seconds(self, span: timedelta) -> float:
        return span.total_seconds() / self.factor

    def running(self) -> timedelta:
        return timedelta(seconds=(time.monotonic() - self._monotonic) * self.factor)
