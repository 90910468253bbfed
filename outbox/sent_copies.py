"""The `SentProof` port: looks for our Message-ID in the mailboxes that may hold the copy of what we sent."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError, LoginError
from imapclient.imapclient import SENT

from outbox.sender import Retryable, SentProof
from outbox.xoauth2 import log_in_to_look


@dataclass(frozen=True, slots=True)
class CopyPlace:
    """One folder over IMAP where copies arrive.

    `folder` is "" for the one where the server itself files what is sent through it (RFC 6154 \\Sent): Gmail does not
    deliver a mail to the mailbox that sends it. Where there is no such folder, no copy is in it.
    """

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    security: str = "tls"
    tls: ssl.SSLContext | None = None
    access_token: Callable[[str], str] | None = field(default=None, repr=False)
    """When given, what it gives takes the place of the password; it raises Retryable when there is no token."""


class SentCopies:
    """Connects for each look: doubt is rare."""

    def __init__(self, places: Sequence[CopyPlace], others: Sequence[SentProof] = ()) -> None:
        """`others`: the places that are no IMAP folders."""
        self.places, self.others = places, others

    def was_sent(self, message_id: str, due: datetime | None = None) -> bool:
        """Raises: Retryable when a place could not be looked into, or there is none: then nothing is known."""
        if not self.places and not self.others:
            raise Retryable("tidak ada kotak arsip yang dapat diperiksa")
        unseen: list[str] = []
        for other in self.others:
            try:
                if other.was_sent(message_id, due):
                    return True
            except Retryable as error:
                unseen.append(str(error))
        for place in self.places:
            try:
                if _found(place, message_id):
                    return True
            except (Retryable, IMAPClientError, OSError) as error:
                unseen.append(f"kotak arsip {place.user} tidak dapat diperiksa: {error}")
        if unseen:  # the copy may stand just where nobody could look
            raise Retryable("; ".join(unseen))
        return False

    def close(self) -> None:
        """Nothing is kept open between two looks."""


def _found(place: CopyPlace, message_id: str) -> bool:
    if place.access_token is None:
        return _looked(place, message_id)
    token = place.access_token("")
    try:
        return _looked(place, message_id, token)
    except LoginError:
        return _looked(place, message_id, place.access_token(token))


def _looked(place: CopyPlace, message_id: str, token: str = "") -> bool:
    implicit = place.security == "tls"
    tls = place.tls if implicit else None
    client = IMAPClient(place.host, place.port, ssl=implicit, ssl_context=tls, timeout=SocketTimeout(10, 30))
    try:
        if place.security == "starttls":
            client.starttls(place.tls)
        if token:
            log_in_to_look(client, place.user, token)
        else:
            client.login(place.user, place.password)
        folder = place.folder or client.find_special_folder(SENT)
        if not folder:
            return False
        client.select_folder(folder, readonly=True)
        for uid in client.search(["HEADER", "Message-ID", message_id]):  # SEARCH matches substrings: look closely
            fields = client.fetch([uid], ["BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"]).get(uid, {})
            if any(message_id.encode() in value for value in fields.values() if isinstance(value, bytes)):
                return True
        return False
    finally:
        with suppress(OSError, IMAPClientError):
            client.logout()
