"""Towns whose office reads from Exchange or from a Maildir."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from parsers.mails.message import Mail, read_mail
from tests import cast
from tests.cast import USERS
from tests.doubles import ExchangeHouse, MaildirFolder, MailHouse
from tests.town import SENDING, Town, write_office


class ExchangeTown(Town):
    """Everybody reads and sends on one Exchange."""

    house: Any

    def _write_settings(self, _journal_url: str, _archive: str) -> Path:
        return write_office(
            self.folder, _exchange_inbox(self.house) + '[pengiriman]\njenis = "exchange"\ntunggu_salinan = 2\n'
        )

    def post(self, sender: str, raw: bytes, to: str = cast.OFFICE) -> None:
        self.house.deliver(to, raw)

    def inbox(self, address: str) -> list[Mail]:
        return [read_mail(raw, ours=True) for raw in self.house.inbox(address)]


class SplitHouse(MailHouse):
    """IMAP and SMTP for the officials; what comes for the office is handed on."""

    def __init__(self) -> None:
        super().__init__(USERS, lambda user, raw: self.hand_on(raw) if user == cast.OFFICE else None)
        self.hand_on: Callable[[bytes], None] = lambda raw: None
        self.exchange = ExchangeHouse(USERS)

    def __enter__(self) -> SplitHouse:
        super().__enter__()
        self.exchange.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.exchange.stop()
        super().__exit__(*error)


class MaildirTown(Town):
    """The office's mail is brought into a Maildir; the office sends by SMTP."""

    house: SplitHouse  # type: ignore[assignment]

    def _write_settings(self, _journal_url: str, _archive: str) -> Path:
        self.maildir = MaildirFolder(self.folder / "Maildir", self.clock.now)
        self.house.hand_on = self.maildir.put
        where = f'[kotak_surat]\nalamat = "{cast.OFFICE}"\njenis = "maildir"\nmaildir = {json.dumps(str(self.maildir.place))}\n'
        return write_office(self.folder, where + SENDING.format(port=self.house.smtp_port))

    def time_passed(self) -> None:
        """Mail goes on coming: some mail that the office knows is brought once more, and means nothing to it."""
        known = sorted((self.maildir.place / "new").iterdir())
        if known:
            self.maildir.put(known[0].read_bytes())


class ExchangeInboxTown(Town):
    """The office reads from Exchange and sends by SMTP."""

    house: SplitHouse  # type: ignore[assignment]

    def _write_settings(self, _journal_url: str, _archive: str) -> Path:
        self.house.hand_on = lambda raw: self.house.exchange.deliver(cast.OFFICE, raw)
        where = _exchange_inbox(self.house.exchange)
        return write_office(self.folder, where + SENDING.format(port=self.house.smtp_port))


def _exchange_inbox(house: ExchangeHouse) -> str:
    return (
        f'[kotak_surat]\nalamat = "{cast.OFFICE}"\njenis = "exchange"\news = "{house.endpoint}"\notentikasi = "basic"\n'
        f'nama = "{cast.OFFICE}"\nsandi = "{cast.PASSWORD}"\n'
    )
