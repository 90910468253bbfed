"""The port through which mail goes out, and what can go wrong there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class Retryable(Exception):
    """Not now: nothing was delivered, and the same bytes may be offered again later."""


class ServerAway(Retryable):
    """Not the mail's fault: the server is away, busy, or refuses us altogether. No other mail would fare better now.

    `refused`: it knows us and will not have us; asking again soon would only lock the account.
    """

    def __init__(self, message: str, *, refused: bool = False) -> None:
        super().__init__(message)
        self.refused = refused


class Permanent(Exception):
    """Never: the server refused for good (RFC 5321 §4.2.1, 5yz). A human must look."""


class InDoubt(Exception):
    """The connection broke after the final dot: the mail may have been taken or not."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is handed to a sender. `archive` gets a copy in the same transaction: the proof that the mail went out."""

    message_id: str
    sender: str
    recipient: str
    archive: str
    raw: bytes


class Sender(Protocol):
    """Hands one mail to a server."""

    def send(self, envelope: Envelope, before_dot: Callable[[], None]) -> str:
        """Send, calling `before_dot` just before the moment after which the mail may exist. Returns the answer.

        A server that refuses the archive copy alone holds up no mail: it goes to its reader without a copy.

        Raises: Retryable, ServerAway, Permanent, InDoubt.
        """

    def check(self) -> None:
        """See whether the server would take mail of ours. Raises: Retryable, Permanent."""

    def close(self) -> None:
        """Let go of any connection."""


class SentProof(Protocol):
    """Looks whether a mail went out."""

    def was_sent(self, message_id: str, due: datetime | None = None) -> bool:
        """Whether the archive copy is there; a copy that is not there by `due` (aware) will not come.

        Raises: Retryable when nobody can say now.
        """

    def close(self) -> None:
        """Let go of any connection."""
