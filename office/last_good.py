"""The last text of a file that could be used, kept on the disk: for a process that starts while the file is broken."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path

from host.files import PRIVATE, write_whole

log = logging.getLogger(__name__)


class LastGood:
    """A copy of the text, for the office's own user alone: names and addresses stand in it.

    Every process of one data folder keeps its text in the same place; they all follow the same file.
    """

    def __init__(self, path: Path) -> None:
        """`path`: of the copy."""
        self.path = path
        self._kept: str | None = None
        self._told: str | None = None

    def keep(self, text: str) -> None:
        """Write `text` down, unless it stands there already.

        A disk that takes nothing stops nobody: it is told once for each text, and tried again at the next call.
        """
        if text == self._kept:
            return
        try:
            if self._stands_there() != text:
                write_whole(self.path, text.encode("utf-8"), mode=PRIVATE)
        except OSError as error:
            if text != self._told:
                log.error("%s tidak dapat disimpan: %s", self.path, error)
            self._told = text
            return
        self._kept = text

    def read(self) -> tuple[str, datetime] | None:
        """The text, and since when (UTC) it is the last good one; None where there is none, or none to be read."""
        try:
            since = datetime.fromtimestamp(self.path.stat().st_mtime, UTC)
            return self.path.read_text(encoding="utf-8"), since
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            log.error("%s tidak dapat dibaca: %s", self.path, error)
            return None

    def _stands_there(self) -> str | None:
        """None also where it cannot be read: then it is of no use and is written anew."""
        try:
            return self.path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None
