"""The doorbell of Exchange: a streaming subscription, read by a thread of its own: reading it cannot be hurried."""

from __future__ import annotations

import threading
from typing import Any

STREAM_MINUTES = 1
"""Every so often the server must say goodbye: a dead line is found out."""


class Doorbell:
    """Rings when something moves in `place` (an exchangelib folder). Hung when this returns."""

    def __init__(self, place: Any) -> None:
        self._place = place
        self._subscription = place.subscribe_to_streaming()
        self._moved = threading.Event()
        self._ended = False
        self._fault: Exception | None = None
        threading.Thread(target=self._listen, name="exchange doorbell", daemon=True).start()

    def rang(self, seconds: float) -> bool:
        """Wait for the bell. Raises: what went wrong on the line, or OSError when it was stopped."""
        moved = self._moved.wait(seconds)
        self._moved.clear()
        if self._fault is not None:
            raise self._fault
        if self._ended:
            raise OSError("sambungan ditutup")
        return moved

    def stop(self) -> None:
        """Wakes whoever waits. The thread ends with the next word of the server."""
        self._ended = True
        self._moved.set()

    def _listen(self) -> None:
        try:
            while not self._ended:
                for notification in self._place.get_streaming_events(
                    self._subscription, connection_timeout=STREAM_MINUTES
                ):
                    if self._ended:
                        return
                    if any(event.ELEMENT_NAME != "StatusEvent" for event in notification.events):
                        self._moved.set()
        except Exception as error:  # noqa: BLE001  whoever waits is told
            self._fault = error
        finally:
            self._moved.set()
