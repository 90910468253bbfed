"""The `SentProof` port over a watched Exchange folder in which the copies of what we sent arrive.

For an office that reads by EWS and sends by SMTP; one that sends by EWS has its proof in Sent Items.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from exchangelib.errors import EWSError
from requests.exceptions import RequestException

from outbox.sender import Retryable


class ExchangeCopies:
    """Connects for each look: doubt is rare."""

    def __init__(self, open_folder: Callable[[], Any], *, account: str) -> None:
        """`open_folder` gives the exchangelib folder, on a connection of its own."""
        self.account, self._open_folder = account, open_folder

    def was_sent(self, message_id: str, due: datetime | None = None) -> bool:
        try:
            folder = self._open_folder()
            try:
                return bool(folder.filter(message_id=f"<{message_id.strip('<>')}>").count())
            finally:
                folder.account.protocol.close()
        except (EWSError, RequestException, OSError, ValueError, AttributeError) as error:
            raise Retryable(f"{self.account}: salinan tidak dapat dicari: {error}") from error

    def close(self) -> None:
        """Nothing is kept open between two looks."""
