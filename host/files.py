"""Writing a file whole: whenever the machine or the disk fails, it has the old content or the new, never half of it."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

PRIVATE = 0o600


def nothing_else() -> None:
    """Nothing is to be done between writing a file and putting it in its place."""


@contextmanager
def written_whole(
    path: Path,
    *,
    mode: int = 0o666,
    by_many: bool = False,
    only_new: bool = False,
    last: Callable[[], None] = nothing_else,
) -> Iterator[BinaryIO]:
    """A file to write into, which stands at `path` after the block: all of it on the disk, and its name, too.

    Where the block or the disk fails, `path` is as it was and nothing else is left behind. Killed in between, the draft
    stays (".NAME.baru") until the next writer takes its place.

    `mode` is narrowed by the umask. `by_many`: several may write this file at once, each with a draft of its own.
    `only_new`: what stands at `path` is never replaced. `last` is called when all is on the disk, right before it takes
    its place; what it raises stops that.
    Raises: OSError; FileExistsError with `only_new`.
    """
    draft = path.with_name(f".{path.name[:200]}.{secrets.token_hex(4) if by_many else 'baru'}")
    draft.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        last()
        if only_new:
            _put_new(draft, path)
        else:
            draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    _sync_folder(path.parent)


def write_whole(
    path: Path, content: bytes, *, mode: int = 0o666, by_many: bool = False, only_new: bool = False
) -> None:
    """As `written_whole`, of what is known already."""
    with written_whole(path, mode=mode, by_many=by_many, only_new=only_new) as file:
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
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
    finally:
        os.close(descriptor)
