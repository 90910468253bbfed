"""Keeps bytes for ever: one file a content, named by its SHA-256, on disk before anyone relies on it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from host.files import try_out, write_whole

_CHECKED = 65_536


class ArchiveDamaged(Exception):
    """An archived file is missing, or its bytes are no longer what its name says."""


class Archive:
    """A folder of content-addressed files: `ab/abcdef….eml`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / f"{sha256}.eml"

    def put(self, content: bytes) -> str:
        """Store `content` durably and return its SHA-256 (hex). Storing the same bytes again changes nothing, but heals
        a file that was damaged meanwhile.

        Raises: OSError (disk full, read-only folder); then nothing was stored.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        target = self.path(sha256)
        if self.holds(sha256):
            return sha256
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, content, crowded=True)
        return sha256

    def holds(self, sha256: str) -> bool:
        """Whether the bytes are there, and whole. Only what comes twice is read for that. Raises: OSError."""
        try:
            self.get(sha256)
        except ArchiveDamaged:
            return False
        return True

    def check(self) -> None:
        """Write a file and take it away again. Raises: OSError when the disk takes nothing now."""
        try_out(self.folder, _CHECKED)

    def get(self, sha256: str) -> bytes:
        """The bytes. Raises: ArchiveDamaged; OSError when the disk cannot be read now."""
        try:
            content = self.path(sha256).read_bytes()
        except FileNotFoundError as error:
            raise ArchiveDamaged(f"arsip {sha256[:12]} hilang") from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ArchiveDamaged(f"arsip {sha256[:12]} telah berubah di luar Siaga")
        return content
