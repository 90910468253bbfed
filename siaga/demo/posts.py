"""The kinds of mailbox the demonstration can run on, with one face: where everybody reads and sends."""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from inbox.imap import ImapMailbox
from inbox.mailbox import Mailbox
from inbox.numbers import Numbers
from office.chance import SystemChance
from office.settings import Server
from outbox.sender import Envelope, Sender
from outbox.smtp import SmtpSender
from siaga.demo import cast
from siaga.demo.house import HOST, NAME, Delivered, MailHouse

USERS = dict.fromkeys(cast.ADDRESSES, cast.PASSWORD)
_OFFICIAL = f'mulai = "2020-01-01"\nalamat = "{cast.OFFICE}"\nauthserv_id = "{NAME}"\n'
_LOGIN = f'nama = "{cast.OFFICE}"\nsandi = "{cast.PASSWORD}"\n'


@dataclass(frozen=True, slots=True)
class Post:
    """Where everybody in the demonstration has a mailbox.

    Attributes:
        settings: the office's [kotak_surat] and [pengiriman].
        mailbox, sender: address → where this person reads, and through what they send.
    """

    settings: str
    mailbox: Callable[[str], Mailbox]
    sender: Callable[[str], Sender]

    def send(self, sender: str, raw: bytes) -> None:
        """One mail to the office, on a connection of its own."""
        post = self.sender(sender)
        post.send(Envelope("", sender, cast.OFFICE, "", raw), before_dot=lambda: None)
        post.close()


@contextmanager
def imap(_folder: Path, delivered: Delivered, now: Callable[[], datetime]) -> Iterator[Post]:
    """IMAP and SMTP."""
    with MailHouse(USERS, delivered, now) as house:
        yield _on_imap(house, f"[kotak_surat]\n{_OFFICIAL}{_line(house.imap_port)}")


@contextmanager
def maildir(folder: Path, delivered: Delivered, now: Callable[[], datetime]) -> Iterator[Post]:
    """The office reads a Maildir, into which its mail is put as fetchmail and getmail do; the rest is IMAP and SMTP."""
    box = MaildirFolder(folder / "Maildir", now)

    def came(recipient: str, raw: bytes) -> None:
        if recipient == cast.OFFICE:
            box.put(raw)
        delivered(recipient, raw)

    with MailHouse(USERS, came, now) as house:
        where = f'[kotak_surat]\n{_OFFICIAL}jenis = "maildir"\nmaildir = {json.dumps(str(box.place))}\n'
        yield _on_imap(house, where)


@contextmanager
def exchange(folder: Path, delivered: Delivered, now: Callable[[], datetime]) -> Iterator[Post]:
    """An imitated Exchange: everybody reads and sends by EWS."""
    from siaga.demo.exchange_house import ExchangeHouse

    with ExchangeHouse(USERS, delivered, now) as house:
        settings = (
            f'[kotak_surat]\n{_OFFICIAL}jenis = "exchange"\news = "{house.endpoint}"\notentikasi = "basic"\n'
            f'{_LOGIN}[pengiriman]\njenis = "exchange"\n'
        )

        # The library is an extra: without it the office, which is opened first, says so.
        def account(address: str) -> Callable[[], Any]:
            from office.exchange_account import connect

            return lambda: connect(exchange_server(house.endpoint, address, cast.PASSWORD))

        def mailbox(address: str) -> Mailbox:
            from inbox.exchange import ExchangeMailbox

            numbers = Numbers(folder / "nomor-surat-pejabat.db", address, SystemChance().validity)
            return ExchangeMailbox(account(address), numbers, account=address)

        def sender(address: str) -> Sender:
            from outbox.exchange import ExchangeSender

            return ExchangeSender(account(address), account=address, address=address)

        yield Post(settings, mailbox, sender)


def exchange_server(endpoint: str, user: str, password: str, mailbox: str = "") -> Server:
    """How `user` reaches a mailbox of the imitated Exchange, their own if no other is named."""
    return Server(HOST, 0, "tls", user, password, endpoint=endpoint, mailbox=mailbox or user, authentication="basic")


KINDS = {"imap": imap, "exchange": exchange, "maildir": maildir}


class MaildirFolder:
    """A Maildir, and who delivers into it: written in tmp, then renamed, so that nobody reads half a mail."""

    def __init__(self, place: Path, now: Callable[[], datetime]) -> None:
        self.place, self._now, self._numbers = place, now, itertools.count(1)
        for part in ("tmp", "new", "cur"):
            (place / part).mkdir(parents=True, exist_ok=True)

    def put(self, raw: bytes) -> None:
        """Delivered at the time that it is now, with the line ends of a local file."""
        moment = self._now()
        name = f"{int(moment.timestamp())}.M{moment.microsecond}P{os.getpid()}Q{next(self._numbers)}.contoh"
        arriving = self.place / "tmp" / name
        arriving.write_bytes(raw.replace(b"\r\n", b"\n"))
        os.utime(arriving, (moment.timestamp(), moment.timestamp()))
        arriving.rename(self.place / "new" / name)


def _on_imap(house: MailHouse, reading: str) -> Post:
    def mailbox(address: str) -> Mailbox:
        return ImapMailbox(HOST, house.imap_port, address, cast.PASSWORD, security="tanpa")

    def sender(address: str) -> Sender:
        return SmtpSender(HOST, house.smtp_port, address, cast.PASSWORD, security="tanpa")

    return Post(f"{reading}[pengiriman]\n{_line(house.smtp_port)}", mailbox, sender)


def _line(port: int) -> str:
    return f'server = "{HOST}"\nport = {port}\nkeamanan = "tanpa"\n{_LOGIN}'
