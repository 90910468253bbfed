"""The kinds of mailbox a crash is tried on: how the office reads and sends, and how everybody's mail is taken out and put
into another house of the same kind."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parsers.message import Mail, read_mail
from siaga.demo import cast
from siaga.demo.exchange_house import ExchangeHouse
from siaga.demo.house import MailHouse
from siaga.demo.posts import USERS, MaildirFolder
from tests.crashes.mailboxes import fill, mailboxes_of
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
        return [read_mail(raw) for raw in self.house.inbox(address)]


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


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to read and send. `taken_out` gives all mail of a house, `put_in` fills a new house with it."""

    house: Callable[[], Any]
    town: Callable[[Path, Any], Town]
    taken_out: Callable[[Any], Any]
    put_in: Callable[[Any, Any], None]


def _boxes_of(house: ExchangeHouse) -> Any:
    """Items, ids, the log of changes and what sync states bear: as if it were the same server."""
    return {
        user: copy.deepcopy({"items": box.items, "log": box.log, "boot": box.boot, "_stamp": box._stamp})
        for user, box in house.boxes.items()
    }


def _fill_boxes(house: ExchangeHouse, kept: Any) -> None:
    for user, state in copy.deepcopy(kept).items():
        for name, value in state.items():
            setattr(house.boxes[user], name, value)


def _split_boxes_of(house: SplitHouse) -> Any:
    return mailboxes_of(house), _boxes_of(house.exchange)


def _fill_split_boxes(house: SplitHouse, kept: Any) -> None:
    fill(house, kept[0])
    _fill_boxes(house.exchange, kept[1])


KINDS = {
    "imap": Kind(lambda: MailHouse(USERS), Town, mailboxes_of, fill),
    "exchange": Kind(lambda: ExchangeHouse(USERS), ExchangeTown, _boxes_of, _fill_boxes),
    "exchange smtp": Kind(SplitHouse, ExchangeInboxTown, _split_boxes_of, _fill_split_boxes),
    "maildir": Kind(SplitHouse, MaildirTown, _split_boxes_of, _fill_split_boxes),
}
