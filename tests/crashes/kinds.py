"""The kinds of mailbox a crash is tried on: a town on each, and how all its mail is taken out and put into another house."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.cast import USERS
from tests.crashes.mailboxes import fill, mailboxes_of
from tests.doubles import ExchangeHouse, MailHouse
from tests.exchange_and_maildir_towns import ExchangeInboxTown, ExchangeTown, MaildirTown, SplitHouse
from tests.town import Town


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
