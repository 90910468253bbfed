"""Dovecot and Postfix together, with the face of the in-process mail house."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from tests.servers.dovecot import Dovecot
from tests.servers.postfix import Postfix


class RealHouse:
    """A mail house of real servers."""

    smtp_login = False
    """Postfix takes mail from loopback without a login."""
    delivers_at_once = False

    def __init__(
        self,
        users: Sequence[str],
        *,
        puts_aside_what_comes_twice: bool = False,
        absent: Mapping[str, str] | None = None,
    ) -> None:
        """`absent`: for whom Pigeonhole's vacation answers, and with which words."""
        self.dovecot = Dovecot(users, puts_aside_what_comes_twice=puts_aside_what_comes_twice)
        self.postfix = Postfix(self.dovecot)
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)
        if absent:
            self.dovecot.answer_for(absent, self.postfix.ports.plain)

    @property
    def imap_port(self) -> int:
        return self.dovecot.imap_port

    @property
    def smtp_port(self) -> int:
        return self.postfix.ports.plain

    def __enter__(self) -> RealHouse:
        self.dovecot.start()
        self.postfix.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.postfix.end()
        self.dovecot.end()
