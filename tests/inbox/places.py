"""Places where mail stands, with one face: what a mailbox's contract is tried on."""

from __future__ import annotations

import itertools
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from inbox.exchange import ExchangeMailbox
from inbox.imap import ImapMailbox
from inbox.mailbox import FoundMail, Mailbox
from inbox.maildir import MaildirMailbox
from inbox.numbers import Numbers
from office.chance import SystemChance
from office.exchange_account import connect
from tests.doubles import ExchangeHouse, exchange_server
from tests.servers import HOST, PASSWORD, free_port


class Place(Protocol):
    """One user's empty mailbox."""

    def put(self, raw: bytes) -> None:
        """Deliver a mail."""

    def mailbox(self, password: str = PASSWORD, folder: str = "INBOX") -> Mailbox: ...

    def untouched(self, mailbox: Any, found: FoundMail) -> bool:
        """Whether the mail is still as unread as when it came."""

    def line(self, mailbox: Any) -> object:
        """What is the same as long as the mailbox has not connected anew."""

    def cut(self, mailbox: Any) -> None:
        """Cut the mailbox's line."""

    def move_away(self, mailbox: Any) -> None:
        """Nobody answers any more where the mailbox knocks."""


@dataclass(frozen=True)
class ImapPlace:
    port: int
    user: str
    deliver: Callable[[bytes], None]
    security: str = "tanpa"
    tls: ssl.SSLContext | None = None
    token: Callable[[str], str] | None = None
    """When given, logins are by token; a wrong password is then a token that nobody gave."""

    def put(self, raw: bytes) -> None:
        self.deliver(raw)

    def mailbox(self, password: str = PASSWORD, folder: str = "INBOX") -> ImapMailbox:
        token = (self.token if password == PASSWORD else lambda _refused: password) if self.token else None
        return ImapMailbox(
            HOST,
            self.port,
            self.user,
            password,
            folder=folder,
            security=self.security,
            tls=self.tls,
            access_token=token,
        )

    def untouched(self, mailbox: Any, found: FoundMail) -> bool:
        return bool(mailbox._client.search(["UNSEEN"]) == [found.uid])

    def line(self, mailbox: Any) -> object:
        return mailbox._client

    def cut(self, mailbox: Any) -> None:
        mailbox._client.socket().shutdown(2)

    def move_away(self, mailbox: Any) -> None:
        mailbox.port = 1


@dataclass(frozen=True)
class ExchangePlace:
    house: ExchangeHouse
    user: str
    folder: Path
    moved: list[str] = field(default_factory=list)

    def put(self, raw: bytes) -> None:
        self.house.deliver(self.user, raw)

    def mailbox(self, password: str = PASSWORD, folder: str = "INBOX", user: str = "") -> ExchangeMailbox:
        def account() -> Any:
            endpoint = self.moved[0] if self.moved else self.house.endpoint
            return connect(exchange_server(endpoint, user or self.user, password, self.user))

        return ExchangeMailbox(
            account,
            Numbers(self.folder / "nomor.db", self.user, SystemChance().validity),
            account=self.user,
            folder=folder,
        )

    def untouched(self, _mailbox: Any, _found: FoundMail) -> bool:
        return not {"UpdateItem", "MoveItem", "DeleteItem"} & set(self.house.calls)

    def line(self, mailbox: Any) -> object:
        return mailbox._server

    def cut(self, _mailbox: Any) -> None:
        self.house.stop()

    def move_away(self, _mailbox: Any) -> None:
        self.moved.append(f"http://{HOST}:{free_port()}/EWS/Exchange.asmx")


@dataclass(frozen=True)
class MaildirPlace:
    folder: Path
    counter: Any = field(default_factory=lambda: itertools.count(1))

    def put(self, raw: bytes) -> None:
        """As a delivery agent does: written in tmp, then renamed."""
        for part in ("tmp", "new", "cur"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        name = f"1700000000.M{next(self.counter)}P7.contoh"
        (self.folder / "tmp" / name).write_bytes(raw)
        (self.folder / "tmp" / name).rename(self.folder / "new" / name)

    def mailbox(self, password: str = PASSWORD, folder: str = "INBOX") -> MaildirMailbox:
        place = self.folder if folder == "INBOX" else self.folder / folder
        return MaildirMailbox(
            place, Numbers(self.folder.parent / "nomor.db", str(place), SystemChance().validity), account=str(place)
        )

    def untouched(self, _mailbox: Any, _found: FoundMail) -> bool:
        return len(list((self.folder / "new").iterdir())) == 1 and not list((self.folder / "cur").iterdir())

    def line(self, mailbox: Any) -> object:
        return mailbox.place
