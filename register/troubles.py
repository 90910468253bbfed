"""What cannot be done for one incident stops nothing else: it is told once, and tried again a while later."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

log = logging.getLogger(__name__)
REST = timedelta(minutes=1)
"""How long what is in trouble is left alone."""


class Troubles:
    """Kept in memory: after a restart it is told once more."""

    def __init__(self, running: Callable[[], timedelta]) -> None:
        """`running`: how long the process has been running, whatever becomes of the clock."""
        self._running = running
        self._met: dict[tuple[str, str], tuple[str, timedelta]] = {}

    def rests(self, what: str, number: str) -> bool:
        """Whether `what` of incident `number` has just failed."""
        return (what, number) in self._met and self._running() - self._met[what, number][1] < REST

    def met(self, what: str, number: str, error: Exception) -> None:
        """It has failed. Whatever our own fault seems to be is told with the place where it happened."""
        said = f"{type(error).__name__}: {error}"
        before, _ = self._met.get((what, number), ("", timedelta()))
        self._met[what, number] = said, self._running()
        if said != before:
            where = None if isinstance(error, OSError) else error
            log.error("%s %s belum dapat dibuat, dicoba lagi nanti: %s", what, number, said, exc_info=where)

    def over(self, what: str, number: str) -> None:
        self._met.pop((what, number), None)
