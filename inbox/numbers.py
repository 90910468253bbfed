"""Numbers for mails whose mailbox has only names for them: what UIDVALIDITY and UID are to IMAP.

A number is given once and kept in a file beside the journal. Should the file be lost, there is a new validity: every
mail is looked at again, and the ledger knows each by its content.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

_SCHEMA = """
CREATE TABLE IF NOT EXISTS box (id INTEGER PRIMARY KEY, name TEXT UNIQUE, validity INTEGER);
CREATE TABLE IF NOT EXISTS mail (uid INTEGER PRIMARY KEY AUTOINCREMENT, box INTEGER, name TEXT, UNIQUE (box, name));
"""


class Numbers:
    """The numbers of one mailbox. Several processes may use one file."""

    def __init__(self, path: Path, box: str, new_validity: Callable[[], int]) -> None:
        """`new_validity`: for a book that is begun; one that none before it had."""
        self.path, self.box, self._new_validity = path, box, new_validity

    def of(self, names: Iterable[str]) -> tuple[int, dict[str, int]]:
        """The validity, and each name's number; new names get the next ones in the order given.

        Raises: OSError when the file cannot be used.
        """
        wanted = list(names)
        try:
            with closing(sqlite3.connect(self.path, timeout=30, isolation_level=None)) as book:
                book.executescript(_SCHEMA)
                book.execute("BEGIN IMMEDIATE")
                book.execute(
                    "INSERT INTO box (name, validity) VALUES (?, ?) ON CONFLICT DO NOTHING",
                    (self.box, self._new_validity()),
                )
                number, validity = book.execute("SELECT id, validity FROM box WHERE name = ?", (self.box,)).fetchone()
                known = dict(book.execute("SELECT name, uid FROM mail WHERE box = ?", (number,)).fetchall())
                for name in wanted:
                    if name not in known:
                        row = book.execute("INSERT INTO mail (box, name) VALUES (?, ?)", (number, name))
                        known[name] = int(row.lastrowid or 0)
                book.execute("COMMIT")
        except sqlite3.Error as error:
            raise OSError(f"{self.path} tidak dapat dipakai: {error}") from error
        return int(validity), {name: known[name] for name in wanted}
