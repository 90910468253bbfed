"""The `Mailbox` port over Exchange Web Services (exchangelib).

SyncFolderItems says what stands in the folder; the streaming notification is only the doorbell. Exchange names a mail
by an id, not by a number: `Numbers` gives it one.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from exchangelib.errors import (
    ErrorAccessDenied,
    ErrorFolderNotFound,
    ErrorInvalidSyncStateData,
    ErrorItemNotFound,
    ErrorNonExistentMailbox,
    ErrorServerBusy,
    ErrorSyncFolderNotFound,
    UnauthorizedError,
)

from inbox.mailbox import FoundMail, MailboxError, MailboxRefused, MailboxUnavailable, MailWithheld, Seen
from inbox.numbers import Numbers
from inbox.received import FIRST
from inbox.streaming import Doorbell

REFUSED_SECONDS = 55.0
"""How long a refused login is not tried again, whoever asks: hammering locks the account."""
BUSY_SECONDS = 10.0
"""How long a busy server is left alone that does not say for how long it wants to be."""
_PAGE = 512
_LINE_BROKE = "Reraised from"
"""How exchangelib begins when it says "busy" of a line that broke."""


class ExchangeMailbox:
    """One folder of one Exchange mailbox. Connects when first used, and again after every fault."""

    def __init__(self, connect: Callable[[], Any], numbers: Numbers, *, account: str, folder: str = "INBOX") -> None:
        """`connect` gives a new exchangelib `Account` that fails fast; `account` names mailbox and server."""
        self.account, self.folder = account, folder
        self._connect, self._numbers = connect, numbers
        self._server: Any = None
        self._place: Any = None
        self._bell: Doorbell | None = None
        self._standing: dict[str, datetime | None] = {}
        """The ids of what stands in the folder, oldest news first, and when the server took each."""
        self._state: str | None = None
        self._rest: MailboxError | None = None
        self._rest_until = 0.0

    def sweep(self, seen: Callable[[int], Seen]) -> Iterator[FoundMail]:
        with self._faults_translated():
            self._look()
        # A file of our own that cannot be written is no fault of the server's: OSError goes to the caller as it is.
        validity, numbers = self._numbers.of(self._standing)
        known = seen(validity)
        unseen = sorted((uid, name) for name, uid in numbers.items() if uid not in known)
        withheld: list[int] = []
        for uid, name in unseen:
            received = self._standing.get(name)
            if known.since is not None and received is not None and FIRST <= received < known.since:
                yield FoundMail(self.account, self.folder, validity, uid, received, b"", left=True)
                continue
            with self._faults_translated():
                found = self._fetched(validity, uid, name)
            if found is not None:
                yield found
            elif name in self._standing:
                withheld.append(uid)
        if withheld:
            which = ", ".join(map(str, withheld[:5]))
            say = f"{self.account} tidak menyerahkan {len(withheld)} surat (nomor {which}); periksa di server Exchange"
            raise MailWithheld(say, validity, tuple(withheld))

    def wait(self, seconds: float) -> bool:
        with self._faults_translated():
            self._connected()
            if self._bell is not None:
                return self._bell.rang(seconds)
            self._bell = Doorbell(self._place)
            if self._look():  # what came before the bell was hung
                return True
            return self._bell.rang(seconds)

    def close(self) -> None:
        bell, self._bell = self._bell, None
        server, self._server = self._server, None
        if bell is not None:
            bell.stop()
        if server is not None:
            server.protocol.close()

    def _look(self) -> bool:
        """Bring `_standing` up to date. Whether anything came."""
        place = self._connected()
        try:
            return self._changes(place, self._state)
        except ErrorInvalidSyncStateData:  # the server has forgotten what it told us: everything once more
            self._standing.clear()
            self._state = None
            return self._changes(place, None)

    def _changes(self, place: Any, state: str | None) -> bool:
        place.item_sync_state = None  # exchangelib would prefer what it remembers
        came = False
        for change, item in place.sync_items(
            sync_state=state, only_fields=["datetime_received"], max_changes_returned=_PAGE
        ):
            if change == "create":
                came = came or item.id not in self._standing
                self._standing[item.id] = _aware(item.datetime_received)
            elif change == "delete":
                self._standing.pop(item.id if hasattr(item, "id") else str(item), None)
        self._state = place.item_sync_state  # set when the last page has been read, not before
        return came

    def _fetched(self, validity: int, uid: int, name: str) -> FoundMail | None:
        """One mail; None when the server does not hand it over. One by one: memory stays bounded."""
        self._connected()
        [answer] = list(self._server.fetch([(name, None)], only_fields=["mime_content", "datetime_received"]))
        if isinstance(answer, ErrorItemNotFound):
            self._standing.pop(name, None)
            return None
        if isinstance(answer, ErrorServerBusy):
            raise answer
        if isinstance(answer, Exception) or not answer.mime_content:
            return None
        raw = bytes(answer.mime_content)
        return FoundMail(self.account, self.folder, validity, uid, _aware(answer.datetime_received), raw)

    def _connected(self) -> Any:
        """The folder on the server."""
        if self._rest is not None and time.monotonic() < self._rest_until:
            raise self._rest
        self._rest = None
        if self._server is None:
            self._server = self._connect()
            try:
                self._place = open_folder(self._server, self.folder)
            except BaseException:
                self.close()
                raise
        return self._place

    @contextmanager
    def _faults_translated(self) -> Iterator[None]:
        """No library's exception crosses the port; after a fault the connection is not used again."""
        try:
            yield
        except MailboxError:
            raise
        except UnauthorizedError as error:
            say = f"{self.account} menolak nama atau kata sandi; periksa [kotak_surat]"
            raise self._resting(MailboxRefused(say), REFUSED_SECONDS) from error
        except ErrorServerBusy as error:
            if str(error).startswith(_LINE_BROKE):
                self.close()
                raise MailboxUnavailable(f"{self.account} tidak terhubung ({error})") from error
            seconds = float(error.back_off or BUSY_SECONDS)
            raise self._resting(MailboxUnavailable(f"{self.account} sedang sibuk ({error})"), seconds) from error
        except (ErrorFolderNotFound, ErrorSyncFolderNotFound) as error:
            self.close()
            raise MailboxRefused(
                f"{self.account} tidak punya folder {self.folder}; periksa [kotak_surat] folder"
            ) from error
        except (ErrorNonExistentMailbox, ErrorAccessDenied) as error:
            say = f"{self.account} tidak boleh dibuka ({error}); mintakan hak akses penuh, atau periksa alamatnya"
            raise self._resting(MailboxRefused(say), REFUSED_SECONDS) from error
        except Exception as error:
            self.close()
            raise MailboxUnavailable(f"{self.account} tidak terhubung ({_said(error)})") from error

    def _resting(self, fault: MailboxError, seconds: float) -> MailboxError:
        self.close()
        self._rest, self._rest_until = fault, time.monotonic() + seconds
        return fault


def open_folder(server: Any, name: str) -> Any:
    """The folder of an exchangelib `Account` by its path below the top ("Surat/Darurat") or below the inbox.

    Raises: exchangelib's EWSError, such as ErrorFolderNotFound.
    """
    first, *below = name.split("/")
    inbox = first.upper() == "INBOX"  # what it is called depends on the mailbox's language
    place = server.inbox if inbox else server.msg_folder_root
    for part in below if inbox else [first, *below]:
        place = place // part
    return place


def _said(error: Exception) -> str:
    if "CERTIFICATE_VERIFY_FAILED" in str(error) or isinstance(error, ssl.SSLCertVerificationError):
        return "sertifikat server tidak dipercaya; periksa [kotak_surat] sertifikat_ca"
    return str(error)


def _aware(moment: Any) -> datetime | None:
    return datetime.fromtimestamp(moment.timestamp(), UTC) if moment is not None else None
