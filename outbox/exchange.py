"""The `Sender` and `SentProof` ports over Exchange Web Services (exchangelib).

EWS has no envelope: Exchange writes to whoever stands in the mail. Our bytes are handed over whole (MimeContent), and
the copy in Sent Items, written by the server itself, is the proof that they went out.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from email.utils import getaddresses
from typing import Any

from exchangelib import Message
from exchangelib.errors import (
    ErrorAccessDenied,
    ErrorInvalidRecipients,
    ErrorMessageSizeExceeded,
    ErrorMimeContentConversionFailed,
    ErrorMimeContentInvalid,
    ErrorMimeContentInvalidBase64String,
    ErrorNonExistentMailbox,
    ErrorSendAsDenied,
    ErrorServerBusy,
    EWSError,
    UnauthorizedError,
)
from requests.exceptions import RequestException

from outbox.sender import Envelope, InDoubt, Permanent, Retryable, ServerAway

BUSY_SECONDS = 10.0
_REFUSES_US = (UnauthorizedError, ErrorAccessDenied, ErrorSendAsDenied, ErrorNonExistentMailbox)
_NEVER = (
    ErrorInvalidRecipients,
    ErrorMessageSizeExceeded,
    ErrorMimeContentConversionFailed,
    ErrorMimeContentInvalid,
    ErrorMimeContentInvalidBase64String,
)
_FAULTS = (EWSError, RequestException, OSError, ValueError, AttributeError)


class ExchangeSender:
    """Sends from one Exchange mailbox."""

    def __init__(self, connect: Callable[[], Any], *, account: str, address: str) -> None:
        """`connect` gives a new exchangelib `Account` that fails fast; `address` is the mailbox's own."""
        self.account, self.address = account, address.lower()
        self._connect = connect
        self._server: Any = None
        self._busy_until = 0.0

    def send(self, envelope: Envelope, before_dot: Callable[[], None]) -> str:
        raw = _addressed(envelope, own=self.address)
        server = self._ready()
        message = Message(account=server, folder=server.sent, mime_content=raw)
        before_dot()
        try:
            message.send_and_save()
        except _REFUSES_US as error:
            self.close()
            raise ServerAway(f"{self.account} menolak kita: {error}", refused=True) from error
        except _NEVER as error:
            raise Permanent(f"{type(error).__name__}: {error}") from error
        except ErrorServerBusy as error:
            if not _said_by_exchange(error):
                raise self._doubt(error) from error
            raise self._busy(error) from error
        except _FAULTS as error:
            raise self._doubt(error) from error
        except BaseException:
            self.close()
            raise
        return "diterima Exchange"

    def check(self) -> None:
        """Connect and open Sent Items, nothing more. Raises: Retryable, Permanent."""
        try:
            self._ready()
        except ServerAway as error:
            if error.refused:
                raise Permanent(str(error)) from error
            raise
        finally:
            self.close()

    def was_sent(self, message_id: str, due: datetime | None = None) -> bool:
        server = self._ready()
        try:
            return bool(server.sent.filter(message_id=f"<{message_id.strip('<>')}>").count())
        except _FAULTS as error:
            self.close()
            raise Retryable(f"{self.account}: Sent Items tidak dapat diperiksa: {error}") from error

    def close(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.protocol.close()

    def _ready(self) -> Any:
        """Ask for Sent Items before every mail: a server that is away is then found out before any doubt can arise."""
        if time.monotonic() < self._busy_until:
            raise ServerAway(f"{self.account} minta ditunggu")
        try:
            if self._server is None:
                self._server = self._connect()
            self._server.sent.refresh()
        except _REFUSES_US as error:
            self.close()
            raise ServerAway(f"{self.account} menolak kita: {error}", refused=True) from error
        except ErrorServerBusy as error:
            raise self._busy(error) from error
        except _FAULTS as error:
            self.close()
            raise ServerAway(f"{self.account} tidak terhubung: {error}") from error
        return self._server

    def _busy(self, error: ErrorServerBusy) -> ServerAway:
        self.close()
        self._busy_until = time.monotonic() + float(error.back_off or BUSY_SECONDS)
        return ServerAway(f"{self.account} sedang sibuk: {error}")

    def _doubt(self, error: Exception) -> InDoubt:
        self.close()
        return InDoubt(f"{self.account}: {error}")


def _said_by_exchange(error: ErrorServerBusy) -> bool:
    """Whether Exchange itself answered that it is busy, so that nothing was sent.

    exchangelib uses the same name for a closed connection and for transient faults ("Caused by …", "Reraised from …"):
    behind those the mail may well have gone out.
    """
    said = str(error)
    return bool(error.back_off) and not said.startswith(("Caused by", "Reraised from"))


def _addressed(envelope: Envelope, *, own: str) -> bytes:
    """The bytes with a Bcc for the archive, where that is another mailbox than the one whose Sent Items we fill.

    Raises: Permanent when the mail names other readers than the envelope: Exchange would write to them.
    """
    head = envelope.raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0].replace(b"\n ", b" ").replace(b"\n\t", b" ")
    fields = [line.partition(b":") for line in head.decode("utf-8", "replace").encode().split(b"\n")]
    named = [value.decode() for name, _, value in fields if name.strip().lower() in (b"to", b"cc", b"bcc")]
    readers = {address.lower() for _, address in getaddresses(named) if address}
    if readers != {envelope.recipient.lower()}:
        raise Permanent(f"surat menyebut penerima lain daripada {envelope.recipient}")
    if not envelope.archive or envelope.archive.lower() in (own, envelope.recipient.lower()):
        return envelope.raw
    return f"Bcc: <{envelope.archive}>\r\n".encode() + envelope.raw
