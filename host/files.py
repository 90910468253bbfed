"""Writing a file whole: whenever the machine or the disk fails, it has the old content or the new, never half of it."""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

PRIVATE = 0o600
LEFT_FOR_DEAD = 3600
"""Seconds."""


@contextmanager
def written_whole(
    path: Path,
    *,
    mode: int = 0o666,
    crowded: bool = False,
    only_new: bool = False,
    last: Callable[[], None] = lambda: None,
) -> Iterator[BinaryIO]:
    """A file to write into, which stands at `path` after the block: all of it on the disk, and its name, too.

    Where the block or the disk fails, `path` is as it was and nothing else is left behind. Several may write it at
    once, each a draft of its own (".NAME.…"); the draft of one that was killed is swept by a writer of an hour later.

    `mode` is narrowed by the umask. `crowded`: the folder holds too many files to look for such drafts. `only_new`:
    what stands at `path` is never replaced. `last` is called when all is on the disk, right before it takes its place;
    what it raises stops that.
    Raises: OSError; FileExistsError with `only_new`.
    """
    draft = path.with_name(f".{path.name[:200]}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if not crowded:
            _sweep(draft)
        last()
        if only_new:
            _put_new(draft, path)
        else:
            draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    _sync_folder(path.parent)


def write_whole(
    path: Path, content: bytes, *, mode: int = 0o666, crowded: bool = False, only_new: bool = False
) -> None:
    """As `written_whole`, of what is known already."""
    with written_whole(path, mode=mode, crowded=crowded, only_new=only_new) as file:
        file.write(content)


def try_out(folder: Path, size: int) -> None:
    """Write `size` bytes into `folder` and take them away again. Raises: OSError when the disk takes nothing now."""
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{secrets.token_hex(8)}"
    try:
        with draft.open("xb") as file:
            file.write(bytes(size))
            file.flush()
            os.fsync(file.fileno())
    finally:
        draft.unlink(missing_ok=True)


def _sweep(draft: Path) -> None:
    """Drafts of the same file that nobody has written into for an hour."""
    now = draft.stat().st_mtime
    for other in draft.parent.glob(f"{glob.escape(draft.stem)}.*"):
        with contextlib.suppress(FileNotFoundError):  # another writer swept, or has just put it in its place
            if now - other.stat().st_mtime > LEFT_FOR_DEAD:
                other.unlink()


def _put_new(draft: Path, path: Path) -> None:
    try:
        path.hardlink_to(draft)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS):
            raise
        path.touch(exist_ok=False)  # a share without hard links: the name is taken first, empty
        draft.replace(path)


def _sync_folder(folder: Path) -> None:
    """The name must survive a power cut too, not only the bytes. Some shares of other machines know no such thing."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno in (errno.EIO, errno.ENOSPC, errno.EDQUOT):
            raise
