"""How an Exchange mailbox is reached: a fixed endpoint, and no retries but our own."""

from __future__ import annotations

import threading
from typing import Any
from urllib.parse import urlsplit

from exchangelib import BASIC, DELEGATE, NTLM, UTC, Account, Configuration, Credentials, FailFast, Version
from exchangelib.protocol import BaseProtocol, Protocol
from exchangelib.version import EXCHANGE_2013_SP1
from requests import Response
from requests.adapters import HTTPAdapter

from office.server_settings import Server

AUTHENTICATIONS = {"basic": BASIC, "ntlm": NTLM}
_ONE_AT_A_TIME = threading.Lock()
CONNECTIONS = 4
"""The doorbell holds one for good, and a query beside it needs its own."""


class _Trust(HTTPAdapter):  # type: ignore[misc]  # requests comes without types
    """Trusts, for one server, the authority that the office names; hands over answers in more than single bytes."""

    ca_files: dict[str, str] = {}

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        super().cert_verify(conn, url, self.ca_files.get(urlsplit(url).netloc, verify), cert)

    def build_response(self, req: Any, resp: Any) -> Response:
        response = super().build_response(req, resp)
        plain = response.iter_content

        def iter_content(chunk_size: int | None = 1, decode_unicode: bool = False) -> Any:
            # exchangelib reads every answer byte by byte: 11 s for a mail of 25 MB. A stream stays as it is.
            return plain(65_536 if response._content_consumed else chunk_size, decode_unicode)

        response.iter_content = iter_content
        return response


BaseProtocol.HTTP_ADAPTER_CLS = _Trust
BaseProtocol.TIMEOUT = 60


def connect(server: Server) -> Account:
    """A new account on a new pool of connections. Nothing is said to the server yet."""
    if server.ca_file:
        _Trust.ca_files[urlsplit(server.endpoint).netloc] = server.ca_file
    config = Configuration(
        service_endpoint=server.endpoint,
        credentials=Credentials(server.user, server.password),
        auth_type=AUTHENTICATIONS[server.authentication],
        # Every Exchange from 2013 on speaks this; and a first question less.
        version=Version(build=EXCHANGE_2013_SP1),
        retry_policy=FailFast(),
        max_connections=CONNECTIONS,
    )
    key = Protocol._cache_key(config)
    with _ONE_AT_A_TIME:
        # exchangelib keeps one pool for each endpoint and name: one of us would close it under the other's hands, and
        # one that throttling has shrunk would stay small.
        Protocol._protocol_cache.pop(key, None)
        try:
            return Account(
                server.mailbox, config=config, autodiscover=False, access_type=DELEGATE, default_timezone=UTC
            )
        finally:
            Protocol._protocol_cache.pop(key, None)
