"""A consistent copy of everything that cannot be drawn again, while the desk works; and back onto an empty machine."""

from __future__ import annotations

import os
import tarfile
from io import BytesIO
from pathlib import Path

from handlers.ports import Ports
from outbox import queue
from register import backup, heads, journal
from register.archive import Archive

JOURNAL, ARCHIVE = "jurnal.jsonl", "arsip"


def back_up(ports: Ports, target: Path, extra: dict[str, Path]) -> int:
    """Write a backup to `target` (.tar). Returns how many archived mails it holds.

    The journal is read in one view; the archive only ever grows, and a mail's bytes are stored before its row, so every
    row of that view has its bytes. `extra` are further files by name (settings, officials).

    Raises: ArchiveDamaged (a backup of a damaged archive would be a false comfort), OSError.
    """
    draft = target.with_name(f".{target.name}.baru")
    with ports.database.reading() as tx:
        lines = "".join(backup.dump(tx))
        wanted = backup.archived(tx)
    try:
        with tarfile.open(draft, "w") as tar:
            _add(tar, JOURNAL, lines.encode())
            for name, path in sorted(extra.items()):
                if path.exists():
                    _add(tar, name, path.read_bytes())
            for sha256 in sorted(wanted):
                _add(tar, f"{ARCHIVE}/{sha256}", ports.archive.get(sha256))
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return len(wanted)


def restore(ports: Ports, source: Path) -> int:
    """Put a backup into an empty office. Returns how many rows the journal got.

    A backup is older than what happened after it: mails may have gone out that it knows nothing of. So every mail is
    looked up in the archive mailbox before it is sent, until a day has passed.

    Raises: backup.BackupDamaged, backup.NotEmpty, OSError.
    """
    try:
        with tarfile.open(source) as tar:
            members = {member.name: member for member in tar if member.isfile()}
            journal_file = _content(tar, members, JOURNAL)
            for name in members:
                if name.startswith(f"{ARCHIVE}/"):
                    _restore_mail(ports.archive, name, _content(tar, members, name))
    except tarfile.TarError as error:
        raise backup.BackupDamaged(f"{source.name} bukan cadangan yang utuh: {error}") from error
    with ports.database.writing() as tx:
        rows = backup.load(tx, journal_file.decode("utf-8").splitlines())
        queue.doubt_everything(tx, ports.now())
        journal.note_restored(tx, ports.now())
        heads.note_restored(tx, ports.now())
    return rows


def _restore_mail(archive: Archive, name: str, content: bytes) -> None:
    if archive.put(content) != name.partition("/")[2]:
        raise backup.BackupDamaged(f"{name[:20]} telah berubah")


def _content(tar: tarfile.TarFile, members: dict[str, tarfile.TarInfo], name: str) -> bytes:
    file = tar.extractfile(members[name]) if name in members else None
    if file is None:
        raise backup.BackupDamaged(f"cadangan tidak memuat {name}")
    return file.read()


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(content), 0o600
    tar.addfile(info, BytesIO(content))
