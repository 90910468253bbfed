"""The archive's disk, and the database on it."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from register.archive import Archive, ArchiveDamaged
from register.database import Database, JournalUnavailable
from tests.year.ports.faults import Fault, Faults


class MemoryArchive(Archive):
    """Keeps the bytes in memory; that is the disk, which outlives the process."""

    def __init__(self, folder: Path, faults: Faults, kept: dict[str, bytes]) -> None:
        super().__init__(folder)
        self.faults, self.kept = faults, kept

    def put(self, content: bytes) -> str:
        self.faults.point("archive put")
        if self.faults.met(Fault.DISK_FULL):
            raise OSError(errno.ENOSPC, "No space left on device")
        sha256 = hashlib.sha256(content).hexdigest()
        self.kept[sha256] = content
        self.faults.point("archive kept")
        return sha256

    def holds(self, sha256: str) -> bool:
        return sha256 in self.kept

    def check(self) -> None:
        if self.faults.met(Fault.DISK_FULL):
            raise OSError(errno.ENOSPC, "No space left on device")

    def get(self, sha256: str) -> bytes:
        if sha256 not in self.kept:
            raise ArchiveDamaged(f"arsip {sha256[:12]} hilang")
        return self.kept[sha256]


class SimDatabase(Database):
    """The real database, with a point before each transaction, before its commit, and after it."""

    def __init__(self, engine: Engine, faults: Faults) -> None:
        super().__init__(engine)
        self.faults = faults

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        faults = self.faults
        faults.point("begin")
        if faults.met(Fault.JOURNAL_AWAY):
            raise JournalUnavailable("jurnal tidak dapat dipakai: disk I/O error")
        with self._open(), super().writing() as tx:
            yield tx
            faults.point("commit")
        faults.point("committed")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self._open(), super().reading() as tx:
            yield tx

    @contextmanager
    def _open(self) -> Iterator[None]:
        self.faults.transactions += 1
        try:
            yield
        finally:
            self.faults.transactions -= 1

    def close(self) -> None:
        """The engine outlives the process."""
