"""What the office keeps is for its own user alone: files 600, folders 700, whatever the umask of whoever started it.

The journal holds the key of the tokens, the archive everybody's letters. Rather than each writer, the process is told:
so what libraries and children create (SQLite, Prefect) is closed as well.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

log = logging.getLogger(__name__)
OTHERS = 0o077


def keep_private() -> None:
    """From now on this process and its children create nothing that another user may open. For entry points."""
    os.umask(OTHERS)


def open_to_others(folder: Path) -> list[Path]:
    """What others may open of a folder, itself last; nothing of one that is closed: nobody gets past it.

    So an office whose folder is as it should be costs one look, however much it has in there.
    """
    try:
        found = folder.stat()
    except OSError:
        return []
    return [*_open_within(folder, found.st_uid), folder] if found.st_mode & OTHERS else []


def close_to_others(folder: Path) -> int:
    """Take everybody else's rights to a folder and what is in it. Returns how many files and folders it concerned."""
    paths = open_to_others(folder)
    for path in paths:
        with suppress(OSError):
            _close(path)
    if paths:
        log.warning(
            "%d berkas dan folder di %s terbuka bagi pengguna lain; izinnya dirapatkan (600 dan 700)",
            len(paths),
            folder,
        )
    return len(paths)


def _close(path: Path) -> None:
    """Never through a link that has taken its place meanwhile: root may be at work here."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        os.fchmod(descriptor, os.fstat(descriptor).st_mode & 0o7777 & ~OTHERS)
    finally:
        os.close(descriptor)


def _open_within(folder: Path, owner: int) -> Iterator[Path]:
    """Only what belongs to the folder's owner: a link may lead to somebody else's file."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        with suppress(OSError):
            found = entry.stat(follow_symlinks=False)
            if entry.is_symlink() or found.st_uid != owner:
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _open_within(Path(entry.path), owner)
            if found.st_mode & OTHERS:
                yield Path(entry.path)
