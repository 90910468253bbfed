"""The mails that `siaga verify --saksi` is given: files, folders, mbox files, or the office's own mailboxes."""

from __future__ import annotations

import mailbox
from collections.abc import Iterator, Sequence
from pathlib import Path

from inbox.mailbox import nothing_seen
from office.build import Office

OWN = "kotak_surat"
"""Instead of a path: every mailbox that the settings name."""


def witness_files(office: Office, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each mail. Raises: ValueError for what is neither; OSError; MailboxError."""
    for name in names:
        path = Path(name)
        if not path.exists() and name != OWN:
            raise ValueError(f"{name} tidak ada; sebutkan berkas .eml, mbox, folder, atau {OWN}")
    for name in names:
        path = Path(name)
        if path.is_dir():
            for file in sorted(file for file in path.rglob("*") if file.is_file()):
                yield from _of_file(file)
        elif path.exists():
            yield from _of_file(path)
        else:
            yield from _of_mailboxes(office)


def _of_file(path: Path) -> Iterator[tuple[str, bytes]]:
    with path.open("rb") as file:
        is_mbox = file.read(5) == b"From "
    if not is_mbox:
        yield str(path), path.read_bytes()
        return
    box = mailbox.mbox(path, create=False)
    try:
        for number, key in enumerate(box.keys(), start=1):
            yield f"{path} surat ke-{number}", box.get_bytes(key)
    finally:
        box.close()


def _of_mailboxes(office: Office) -> Iterator[tuple[str, bytes]]:
    for box in office.new_mailboxes():
        try:
            for found in box.sweep(nothing_seen):
                yield f"{found.account}/{found.folder} UID {found.uid}", found.raw
        finally:
            box.close()
