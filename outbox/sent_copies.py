"""The `SentProof` port: looks for our Message-ID in the mailbox that gets a copy of everything we send."""

from __future__ import annotations

import ssl
from contextlib import suppress

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError

from outbox.sender import Retryable


class SentCopies:
    """The archive mailbox over IMAP. Connects for each look: doubt is rare."""

    def __init__(
        self,
        host: str,
        port: int,
        user: str,
        password: str,
        *,
        folders: tuple[str, ...],
        security: str = "tls",
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.host, self.port, self.user, self._password = host, port, user, password
        self.folders, self._security, self._tls = folders, security, tls

    def was_sent(self, message_id: str) -> bool:
        client = None
        try:
            implicit = self._security == "tls"
            tls = self._tls if implicit else None
            client = IMAPClient(self.host, self.port, ssl=implicit, ssl_context=tls, timeout=SocketTimeout(10, 30))
            if self._security == "starttls":
                client.starttls(self._tls)
            client.login(self.user, self._password)
            return any(self._in_folder(client, folder, message_id) for folder in self.folders)
        except (IMAPClientError, OSError) as error:
            raise Retryable(f"kotak arsip {self.user} tidak dapat diperiksa: {error}") from error
        finally:
            if client is not None:
                with suppress(OSError, IMAPClientError):
                    client.logout()

    @staticmethod
    def _in_folder(client: IMAPClient, folder: str, message_id: str) -> bool:
        client.select_folder(folder, readonly=True)
        for uid in client.search(["HEADER", "Message-ID", message_id]):  # SEARCH matches substrings: look closely
            fields = client.fetch([uid], ["BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"]).get(uid, {})
            if any(message_id.encode() in value for value in fields.values() if isinstance(value, bytes)):
                return True
        return False
