"""The port through which mail comes in. What it promises, every adapter must keep (one contract test for all)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


class MailboxError(Exception):
    """The mailbox could not be used. The message says what to do."""


class MailboxUnavailable(MailboxError):
    """For now: network, server restart, time-out. Trying again later is right."""


class MailboxRefused(MailboxError):
    """For good: wrong password, no such folder. Trying again soon would only lock the account."""


class MailWithheld(MailboxError):
    """The server lists mails that it will not hand over; all others were given.

    `uids` says which, `about` what the server tells of each, in words for a person ("" for nothing).
    """

    def __init__(self, message: str, uidvalidity: int, uids: tuple[int, ...], about: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.uidvalidity, self.uids = uidvalidity, uids
        self.about = about or ("",) * len(uids)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of a folder already: every UID up to `upto`, and those of `beyond`.

    `since`: what the server took before (aware) is not acted on. An adapter may leave its body where it is.
    """

    upto: int = 0
    beyond: frozenset[int] = frozenset()
    since: datetime | None = field(default=None, compare=False)

    def __contains__(self, uid: int) -> bool:
        return uid <= self.upto or uid in self.beyond


class _AllBut(Seen):
    """Everything is known but the one mail after `upto`."""

    def __contains__(self, uid: int) -> bool:
        return uid != self.upto + 1


def all_but(uid: int) -> Seen:
    """For `sweep`: give this one mail."""
    return _AllBut(uid - 1)


def nothing_seen(uidvalidity: int) -> Seen:
    """For `sweep`: give everything."""
    return Seen()


@dataclass(frozen=True, slots=True)
class FoundMail:
    """A mail as it stands in the mailbox.

    Attributes:
        received: when the server took it (INTERNALDATE), aware; None when the server does not say.
        raw: its bytes (RFC 5322), untouched.
        left: the server took it before `Seen.since`; `raw` has some of its header fields, or nothing.
    """

    account: str
    folder: str
    uidvalidity: int
    uid: int
    received: datetime | None
    raw: bytes
    left: bool = False


class Mailbox(Protocol):
    """One watched folder of one account.

    `account` names the login and the server: UIDs of two servers must never meet in the ledger.
    """

    account: str
    folder: str

    def sweep(self, seen: Callable[[int], Seen]) -> Iterator[FoundMail]:
        """Every mail whose UID is not in `seen(uidvalidity)`, one at a time, oldest first. Changes no flag.

        Raises: MailboxUnavailable, MailboxRefused; MailWithheld after all others were given.
        """

    def wait(self, seconds: float) -> bool:
        """Wait until something moves in the folder, at most `seconds`. True: look now.

        Raises: MailboxUnavailable, MailboxRefused.
        """

    def close(self) -> None:
        """Let go of the connection. Using the mailbox again connects anew."""
