"""The `SentProof` port over a Maildir in which the copies of what we sent arrive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from outbox.sender import Retryable

_HEAD = 262_144
"""Bytes of a mail in which its Message-ID stands, if anywhere."""


class MaildirCopies:
    """Looks into `new` and `cur`.

    Somebody else fills the folder (fetchmail, getmail, a local server) and may be late or dead: that a copy is not
    there proves something only if other mail came when it should have come, or later.
    """

    def __init__(self, place: Path) -> None:
        self.place = place

    def was_sent(self, message_id: str, due: datetime | None = None) -> bool:
        wanted, newest = message_id.strip("<>").encode(), 0.0
        try:
            for path in self._standing():
                arrived = _arrived(path)
                if arrived is not None and _message_id(path) == wanted:
                    return True
                newest = max(newest, arrived or 0.0)
        except OSError as error:
            raise Retryable(f"folder {self.place} tidak dapat diperiksa: {error}") from error
        if due is not None and newest < due.timestamp():
            raise Retryable(f"{self.place}: belum ada surat masuk sesudah surat ini, salinannya mungkin menyusul")
        return False

    def close(self) -> None:
        """Nothing is kept open between two looks."""

    def _standing(self) -> Iterator[Path]:
        # First new, then cur: a mail that is moved meanwhile is seen in both rather than in neither.
        for part in ("new", "cur"):
            for path in (self.place / part).iterdir():
                if not path.name.startswith("."):
                    yield path


def _arrived(path: Path) -> float | None:
    """When it was delivered, in seconds since 1970; None when it has been moved meanwhile."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return None


def _message_id(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD).replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    except FileNotFoundError:
        return b""
    for line in head.replace(b"\n ", b" ").replace(b"\n\t", b" ").split(b"\n"):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"message-id":
            return value.strip().strip(b"<>")
    return b""
