"""The machine's clock. Time passes when the loop says so, and a little at every mail that goes or comes."""

from __future__ import annotations

from datetime import datetime, timedelta


class SimClock:
    """Fulfils `office.clock.Clock`.

    Attributes:
        true: what time it is (aware).
        offset: how wrong the machine's clock is.
    """

    def __init__(self, start: datetime) -> None:
        self.start = self.true = start
        self.offset = timedelta()

    def now(self) -> datetime:
        return self.true + self.offset

    def real_seconds(self, span: timedelta) -> float:
        return span.total_seconds()

    def running(self) -> timedelta:
        return self.true - self.start

    def tick(self, seconds: float) -> None:
        self.true += timedelta(seconds=seconds)
