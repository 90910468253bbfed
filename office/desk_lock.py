"""One desk a data folder. The lock falls when its process dies, however it dies; so whoever gets it knows that the desk
before it is gone, and may take back at once what that one had claimed."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class DeskTaken(OSError):
    """Another desk works in the same data folder."""


@contextmanager
def sole_desk(folder: Path) -> Iterator[None]:
    """Hold the data folder for this process. Raises: DeskTaken."""
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / "meja.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DeskTaken(
                f"meja lain sedang bekerja di {folder}; hentikan dahulu, atau pakai folder data lain"
            ) from error
        yield
    finally:
        os.close(descriptor)
