"""Servers that take mail, with one face: what a sender's contract is tried on."""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Protocol

from inbox.imap import ImapMailbox
from inbox.mailbox import nothing_seen
from tests.doubles import ExchangeHouse, MailHouse
from tests.servers import HOST, PASSWORD
from tests.servers.dovecot import Dovecot
from tests.servers.postfix import Postfix


class Taker(Protocol):
    """Takes mail at `port`, in the way that `security` says."""

    security: str
    tls: ssl.SSLContext | None

    @property
    def port(self) -> int: ...

    def inbox(self, address: str) -> list[bytes]:
        """What has arrived in somebody's mailbox."""

    def restart(self) -> None:
        """The server goes and comes again; connections to it are cut."""


class HouseTaker:
    """The in-process mail house. It comes back at another port."""

    security, tls = "tanpa", None

    def __init__(self, users: Sequence[str]) -> None:
        self._users, self._arrived, self._life = users, list[tuple[str, bytes]](), ExitStack()

    @property
    def port(self) -> int:
        return self._house.smtp_port

    def inbox(self, address: str) -> list[bytes]:
        return [raw for user, raw in self._arrived if user == address]

    def restart(self) -> None:
        self._life.close()
        self.__enter__()

    def __enter__(self) -> HouseTaker:
        house = MailHouse(dict.fromkeys(self._users, PASSWORD), lambda user, raw: self._arrived.append((user, raw)))
        self._house = self._life.enter_context(house)
        return self

    def __exit__(self, *_error: object) -> None:
        self._life.close()


class ExchangeTaker:
    """The imitated Exchange."""

    security, tls = "tanpa", None

    def __init__(self, users: Sequence[str]) -> None:
        self.house = ExchangeHouse(dict.fromkeys(users, PASSWORD))

    @property
    def port(self) -> int:
        return self.house.port

    def inbox(self, address: str) -> list[bytes]:
        return self.house.inbox(address)

    def restart(self) -> None:
        self.house.stop()
        self.house.start()

    def __enter__(self) -> ExchangeTaker:
        self.house.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.house.stop()


class PostfixTaker:
    """One of the three doors of a Postfix; its Dovecot shows what has arrived."""

    def __init__(self, postfix: Postfix, dovecot: Dovecot, security: str) -> None:
        self._postfix, self._dovecot, self.security = postfix, dovecot, security
        doors = {"tanpa": postfix.ports.plain, "starttls": postfix.ports.starttls, "tls": postfix.ports.tls}
        self.port = doors[security]
        self.tls = None if security == "tanpa" else dovecot.certificate.trusted()

    def inbox(self, address: str) -> list[bytes]:
        mailbox = ImapMailbox(HOST, self._dovecot.imap_port, address, PASSWORD, security="tanpa")
        arrived = [found.raw for found in mailbox.sweep(nothing_seen)]
        mailbox.close()
        return arrived

    def restart(self) -> None:
        self._postfix.kill()
        self._postfix.start()
