"""How long a mail has been in doubt, in time that has really passed: no clock that jumps makes one go out twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from outbox.queue import QueuedMail
from sop.decide import CLOCKS_MAY_DIFFER

UNWATCHED = timedelta(minutes=2)
"""So much counts of the time since the last look at a mail when this process had not begun to watch it: the rest may be
a clock that was set forward meanwhile."""


class Doubts:
    """Watches the mails in doubt. A process that has just begun knows nothing of them but what the queue says."""

    def __init__(self, running: Callable[[], timedelta]) -> None:
        """`running`: how long the process has been running, from some moment on; nobody sets it."""
        self._running = running
        self._looks: dict[int, tuple[datetime, timedelta]] = {}

    def look(self, mail: QueuedMail, now: datetime) -> datetime | None:
        """From when on the wait of `mail` counts, by the clock as it stands now; never later than `now`.

        None: it has been in doubt since a life that was restored away, for longer than anybody waits.
        """
        if mail.dot_at is None:
            return None
        if mail.dot_at > now + CLOCKS_MAY_DIFFER:  # noted by a clock that has been set back since
            since = now
        else:
            since = min(mail.dot_at + max(self._not_passed(mail, mail.dot_at, now), timedelta()), now)
        self.note(mail, now)
        return since

    def note(self, mail: QueuedMail, now: datetime) -> None:
        """It has been looked at, or its dot is next."""
        self._looks[mail.id] = now, self._running()

    def forget(self, mail: QueuedMail) -> None:
        self._looks.pop(mail.id, None)

    def _not_passed(self, mail: QueuedMail, dotted: datetime, now: datetime) -> timedelta:
        """How much of what the clock says has passed since the last look did not pass."""
        if mail.id in self._looks:
            at, running = self._looks[mail.id]
            return (now - at) - (self._running() - running)
        return now - max(dotted, min(mail.not_before, now)) - UNWATCHED
