"""The `Mailbox` port over a Maildir that fetchmail, getmail or a local server fills. Nothing in it is changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from inbox.mailbox import FoundMail, MailboxRefused, MailboxUnavailable, MailWithheld, Seen
from inbox.numbers import Numbers

LOOK_SECONDS = 0.25
"""How often the folder is looked at while waiting: listing two folders costs next to nothing."""


@dataclass(frozen=True, slots=True)
class _Stands:
    """A file. `name` stays when a mail program moves it from new to cur; a name used again has another time or size."""

    path: Path
    name: str
    moment: int

    @property
    def order(self) -> tuple[int, str]:
        return self.moment, self.name


class MaildirMailbox:
    """One Maildir: the folder that holds `new` and `cur`. What stands in `tmp` is not there yet."""

    def __init__(self, place: Path, numbers: Numbers, *, account: str) -> None:
        self.place, self.account, self.folder = place, account, "INBOX"
        self._numbers = numbers
        self._looked: frozenset[str] = frozenset()
        self._closed = threading.Event()

    def sweep(self, seen: Callable[[int], Seen]) -> Iterator[FoundMail]:
        standing = {stands.name: stands for stands in sorted(self._listed(), key=lambda stands: stands.order)}
        self._looked = frozenset(standing)
        validity, numbers = self._numbers.of(standing)
        known = seen(validity)
        withheld: list[int] = []
        for uid, name in sorted((uid, name) for name, uid in numbers.items() if uid not in known):
            try:
                raw = self._read(standing[name])
            except OSError:
                withheld.append(uid)
                continue
            if raw is not None:
                received = datetime.fromtimestamp(standing[name].moment / 1e9, UTC)
                yield FoundMail(self.account, self.folder, validity, uid, received, raw)
        if withheld:
            say = f"{self.place}: {len(withheld)} berkas surat tidak dapat dibaca; periksa hak bacanya"
            raise MailWithheld(say, validity, tuple(withheld))

    def wait(self, seconds: float) -> bool:
        self._closed.clear()
        end = time.monotonic() + seconds
        while True:
            standing = frozenset(stands.name for stands in self._listed())
            if standing - self._looked:
                self._looked = standing  # whoever only listens would otherwise be rung for the same mail without end
                return True
            left = end - time.monotonic()
            if left <= 0:
                return False
            if self._closed.wait(min(left, LOOK_SECONDS)):
                raise MailboxUnavailable(f"{self.account} ditutup")

    def close(self) -> None:
        self._closed.set()

    def _listed(self) -> list[_Stands]:
        found: list[_Stands] = []
        try:
            # First new, then cur: a mail that is moved meanwhile is seen in both rather than in neither.
            for part in ("new", "cur"):
                for path in (self.place / part).iterdir():
                    if not path.name.startswith("."):
                        found += _stands(path)
        except (FileNotFoundError, NotADirectoryError) as error:
            say = f"folder {self.place} bukan Maildir (tidak ada new dan cur); periksa [kotak_surat] maildir"
            raise MailboxRefused(say) from error
        except PermissionError as error:
            raise MailboxRefused(f"folder {self.place} tidak boleh dibaca; periksa hak aksesnya") from error
        except OSError as error:
            raise MailboxUnavailable(f"folder {self.place} tidak dapat dibaca: {error}") from error
        return found

    def _read(self, stands: _Stands) -> bytes | None:
        """Its bytes, with the line ends that mail has (a Maildir keeps bare LF); None when it is gone."""
        try:
            content = stands.path.read_bytes()
        except FileNotFoundError:
            moved = next((other for other in self._listed() if other.name == stands.name), None)
            if moved is None:
                return None
            content = moved.path.read_bytes()
        return content if b"\r\n" in content else content.replace(b"\n", b"\r\n")


def _stands(path: Path) -> list[_Stands]:
    try:
        status = path.stat()
    except FileNotFoundError:  # moved between listing and looking: it stands in cur, or is seen at the next look
        return []
    unique = path.name.partition(":")[0]
    return [_Stands(path, f"{unique}|{status.st_mtime_ns}|{status.st_size}", status.st_mtime_ns)]
