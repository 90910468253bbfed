"""The mailboxes of the imitated Exchange: folders, items, and the log of changes that synchronisation reads."""

from __future__ import annotations

import itertools
import secrets
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime

FOLDERS = {
    "root": ("Root", ""),
    "msgfolderroot": ("Top", "root"),
    "inbox": ("Inbox", "msgfolderroot"),
    "sentitems": ("Sent Items", "msgfolderroot"),
    "drafts": ("Drafts", "msgfolderroot"),
    "deleteditems": ("Deleted Items", "msgfolderroot"),
}
"""Distinguished name → display name and parent. An id is "F-" and that name."""


@dataclass
class Item:
    """One mail in a folder."""

    id: str
    folder: str
    raw: bytes
    received: datetime


@dataclass
class Box:
    """One mailbox. `changed` guards it and wakes whoever streams."""

    user: str
    password: str
    changed: threading.Condition = field(default_factory=threading.Condition)
    items: dict[str, Item] = field(default_factory=dict)
    log: list[tuple[str, str, str]] = field(default_factory=list)
    """Folder, kind (Create, Delete) and item, in order."""
    boot: str = field(default_factory=lambda: secrets.token_hex(4))
    """What a sync state must bear: another one is an invalid state."""
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _stamp: str = field(default_factory=lambda: secrets.token_hex(3))

    def add(self, folder: str, raw: bytes, received: datetime | None = None) -> Item:
        with self.changed:
            # An id of Exchange means nothing and is in no order.
            name = f"{secrets.token_hex(3)}-{next(self._numbers)}-{self._stamp}"
            item = self.items[name] = Item(name, folder, raw, received or datetime.now(UTC))
            self._note(folder, "Create", name)
            return item

    def remove(self, name: str) -> None:
        with self.changed:
            item = self.items.pop(name)
            self._note(item.folder, "Delete", name)

    def in_folder(self, folder: str) -> list[Item]:
        with self.changed:
            return [item for item in self.items.values() if item.folder == folder]

    def _note(self, folder: str, kind: str, name: str) -> None:
        self.log.append((folder, kind, name))
        self.changed.notify_all()
