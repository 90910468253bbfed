"""The `Mailbox` port over a Maildir that fetchmail, getmail or a local server fills. Nothing in it is changed."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from inbox.mailbox import FoundMail, MailboxRefused, MailboxUnavailable, MailWithheld, Seen
from inbox.numbers import Numbers
from inbox.received import FIRST

HEAD = 16_000
"""Bytes in which a mail says whose it is."""
LOOK_SECONDS = 0.25
"""How often the folder is looked at while waiting: as long as nothing was put into it, a look costs next to nothing."""
REST = 10
"""How much longer than a whole look took nobody looks again: a large Maildir (50,000 mails: 0.3 s) costs a tenth."""
SETTLED_SECONDS = 2.0
"""What is put into a folder this soon after something else may leave the folder's time as it was."""
BELIEVED_SECONDS = 60.0
"""How long a folder's time is believed that says that nothing was put into it: clocks of file servers may be wrong."""


@dataclass(frozen=True, slots=True)
class _Stands:
    """A file. `name` stays when a mail program moves it from new to cur; a name used again has another time or size."""

    path: str
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
        self._list: Sequence[_Stands] = ()
        self._times: tuple[int, ...] = ()
        """Of the folders, when `_list` was made; () when it is not to be believed."""
        self._listed_at = self._listing_took = 0.0

    def sweep(self, seen: Callable[[int], Seen]) -> Iterator[FoundMail]:
        standing = {stands.name: stands for stands in sorted(self._listed(), key=lambda stands: stands.order)}
        self._looked = frozenset(standing)
        validity, numbers = self._numbers.of(standing)
        known = seen(validity)
        withheld: list[int] = []
        for uid, name in sorted((uid, name) for name, uid in numbers.items() if uid not in known):
            received = datetime.fromtimestamp(standing[name].moment / 1e9, UTC)
            if known.since is not None and FIRST <= received < known.since:
                head = _head(standing[name])
                yield FoundMail(self.account, self.folder, validity, uid, received, head, left=True)
                continue
            try:
                raw = self._read(standing[name])
            except OSError:
                withheld.append(uid)
                continue
            if raw is not None:
                yield FoundMail(self.account, self.folder, validity, uid, received, raw)
        if withheld:
            say = f"{self.place}: {len(withheld)} berkas surat tidak dapat dibaca; periksa hak bacanya"
            raise MailWithheld(say, validity, tuple(withheld))

    def wait(self, seconds: float) -> bool:
        self._closed.clear()
        end, heard = time.monotonic() + seconds, None
        while True:
            listed = self._listed()
            if listed is not heard:
                heard, standing = listed, frozenset(stands.name for stands in listed)
                if standing - self._looked:
                    # Whoever only listens would otherwise be rung for the same mail without end.
                    self._looked = standing
                    return True
            left = end - time.monotonic()
            if left <= 0:
                return False
            if self._closed.wait(min(left, max(LOOK_SECONDS, REST * self._listing_took))):
                raise MailboxUnavailable(f"{self.account} ditutup")

    def close(self) -> None:
        self._closed.set()

    def _listed(self) -> Sequence[_Stands]:
        try:
            # First new, then cur: a mail that is moved meanwhile is seen in both rather than in neither.
            parts = [self.place / "new", self.place / "cur"]
            times = tuple(part.stat().st_mtime_ns for part in parts)
            began = time.monotonic()
            if times == self._times and began - self._listed_at < BELIEVED_SECONDS:
                return self._list
            settled = time.time_ns() - max(times) > SETTLED_SECONDS * 1e9
            self._list = [stands for part in parts for stands in _standing(part)]
            self._times, self._listed_at = (times if settled else ()), began
            self._listing_took = time.monotonic() - began
        except (FileNotFoundError, NotADirectoryError) as error:
            say = f"folder {self.place} bukan Maildir (tidak ada new dan cur); periksa [kotak_surat] maildir"
            raise MailboxRefused(say) from error
        except PermissionError as error:
            raise MailboxRefused(f"folder {self.place} tidak boleh dibaca; periksa hak aksesnya") from error
        except OSError as error:
            raise MailboxUnavailable(f"folder {self.place} tidak dapat dibaca: {error}") from error
        return self._list

    def _read(self, stands: _Stands) -> bytes | None:
        """Its bytes, with the line ends that mail has (a Maildir keeps bare LF); None when it is gone."""
        try:
            content = Path(stands.path).read_bytes()
        except FileNotFoundError:
            self._times = ()
            moved = next((other for other in self._listed() if other.name == stands.name), None)
            if moved is None:
                return None
            content = Path(moved.path).read_bytes()
        return content if b"\r\n" in content else content.replace(b"\n", b"\r\n")


def _head(stands: _Stands) -> bytes:
    """Where the mail begins; b"" when it cannot be read just now: then it is listed without a sender."""
    try:
        with Path(stands.path).open("rb") as file:
            return file.read(HEAD).replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    except OSError:
        return b""


def _standing(part: Path) -> Iterator[_Stands]:
    with os.scandir(part) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            try:
                status = entry.stat()
            except FileNotFoundError:  # moved meanwhile: it stands in cur, or is seen at the next look
                continue
            unique = entry.name.partition(":")[0]
            yield _Stands(entry.path, f"{unique}|{status.st_mtime_ns}|{status.st_size}", status.st_mtime_ns)
