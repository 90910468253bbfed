"""A mail house in one process: SMTP (aiosmtpd) in, IMAP (pymap) out, mailboxes in memory.

Delivery is the only way in, and it wakes IDLE clients; everything else a client sees is the real protocol.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from argparse import ArgumentParser
from collections.abc import Callable, Coroutine, Mapping
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from email.utils import parseaddr
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from proxyprotocol.reader import ProxyProtocolReader
from proxyprotocol.version import ProxyProtocolVersion
from pymap.backend.dict import Config, DictBackend, Login
from pymap.imap import IMAPServer, IMAPService
from pymap.parsing.message import AppendMessage
from pymap.user import Passwords, UserMetadata
from pysasl.hashing import BuiltinHash

HOST = "127.0.0.1"
NAME = "surat.contoh.example"
"""What the house calls itself, also where it says whose mail is genuine (RFC 8601)."""
Delivered = Callable[[str, bytes], None]


class MailHouse:
    """Mailboxes for `users` (address → password). Runs its event loop in a thread of its own."""

    def __init__(
        self,
        users: Mapping[str, str],
        on_delivery: Delivered = lambda user, raw: None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`now` is the time at which mail is received."""
        self.now = now
        self.users = {address.lower(): password for address, password in users.items()}
        self.on_delivery = on_delivery
        self.imap_port = self.smtp_port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="mail house", daemon=True)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._servers: list[asyncio.Server] = []

    def __enter__(self) -> MailHouse:
        logging.getLogger("mail.log").setLevel(logging.ERROR)  # aiosmtpd warns of its own deprecation at every login
        self._loop.set_task_factory(self._keep_task)  # type: ignore[arg-type]  # typeshed is stricter than asyncio
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(30)
        return self

    def __exit__(self, *_error: object) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def _keep_task(
        self, loop: asyncio.AbstractEventLoop, coro: Coroutine[Any, Any, Any], **kwargs: Any
    ) -> asyncio.Task[Any]:
        """pymap drops its task references, and the garbage collector would kill live IDLE connections."""
        task = asyncio.Task(coro, loop=loop, **kwargs)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _start(self) -> None:
        parser = ArgumentParser()
        parser.add_argument("--debug", action="store_true")
        IMAPService.add_arguments(parser)
        parser.set_defaults(demo_data=False, demo_user="-", demo_password="-", passlib_cfg=None, skip_services=[])
        arguments = parser.parse_args(["--host", HOST, "--port", "0", "--no-tls"])
        # Plain LOGIN on loopback, no DNS look-ups, and no half million rounds of hashing for passwords that guard nothing.
        easy = BuiltinHash(rounds=1)
        config = Config.from_args(arguments, secure_auth=False, reject_dnsbl=False, hash_context=easy)
        self._backend = DictBackend(Login(config), config)
        config.apply_context()
        for user, password in self.users.items():
            hashed = await Passwords(config).hash_password(password)
            identity = await self._backend.login.authorize(Postman(user), user)
            await identity.set(UserMetadata(config, user, password=hashed))
        callback = ProxyProtocolReader(ProxyProtocolVersion.get(None)).get_callback(
            IMAPServer(self._backend.login, config)
        )
        imap = await asyncio.start_server(callback, HOST, 0, limit=2**26)
        smtp = await self._loop.create_server(self._smtp, HOST, 0)
        self._servers = [imap, smtp]
        self.imap_port, self.smtp_port = (server.sockets[0].getsockname()[1] for server in self._servers)

    async def _stop(self) -> None:
        for server in self._servers:
            server.close()
        current = asyncio.current_task()
        for task in list(self._tasks):
            if task is not current:
                task.cancel()
        await asyncio.sleep(0.05)

    def _smtp(self) -> SMTP:
        return SMTP(
            self,
            hostname=NAME,
            data_size_limit=50_000_000,
            enable_SMTPUTF8=True,
            decode_data=False,
            authenticator=self._authenticate,
            auth_require_tls=False,
        )

    def _authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
    ) -> AuthResult:
        known = self.users.get(data.login.decode().lower()) == data.password.decode()
        return AuthResult(success=known, handled=known, auth_data=data.login.decode().lower())

    async def handle_RCPT(  # noqa: N802  the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.lower() not in self.users:
            return "550 5.1.1 tidak ada kotak surat itu"
        envelope.rcpt_tos.append(address.lower())
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        now = self.now().astimezone(UTC)
        content = envelope.original_content or b""
        verdict = _verdict(content, str(getattr(session, "auth_data", "") or ""))
        for recipient in dict.fromkeys(envelope.rcpt_tos):
            trace = (
                f"Return-Path: <{envelope.mail_from}>\r\nDelivered-To: {recipient}\r\n"
                f"Authentication-Results: {NAME}; {verdict}\r\n"
                f"Received: from {session.host_name} by {NAME} with ESMTP; {now:%a, %d %b %Y %H:%M:%S +0000}\r\n"
            )
            raw = trace.encode() + content
            identity = await self._backend.login.authorize(Postman(recipient), recipient)
            async with identity.new_session() as mailbox:
                await mailbox.append_messages("INBOX", [AppendMessage(raw, now, frozenset())])
            self.on_delivery(recipient, raw)
        return "250 2.0.0 diterima"


def _verdict(content: bytes, login: str) -> str:
    """Whoever logged in with the address that the From field shows is genuine; of others the house says nothing."""
    author = parseaddr(BytesHeaderParser().parsebytes(content).get("From", ""))[1].lower()
    domain = author.rpartition("@")[2]
    return f"dmarc=pass header.from={domain}" if login and author == login else "dmarc=none"


class Postman:
    """The deliverer may act for any user."""

    def __init__(self, name: str) -> None:
        self.name, self.roles = name, frozenset({"admin"})
