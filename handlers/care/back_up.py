"""A consistent copy of everything that cannot be drawn again, while the desk works; and back onto an empty machine."""

from __future__ import annotations

import tarfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from handlers.ports import Ports
from host.files import written_whole
from outbox import queue
from register import backup, heads, journal
from register.archive import Archive, ArchiveDamaged

JOURNAL, ARCHIVE, MISSING = "jurnal.jsonl", "arsip", "hilang.txt"
WHOLE = ".utuh"
"""Ends the name of the last whole backup, where one that is not whole has taken its place."""


@dataclass(frozen=True, slots=True)
class Saved:
    """`mails`: how many archived mails a backup holds. `missing`: a line for each that could not be had."""

    mails: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PutBack:
    """`rows`: how many the journal got. `missing`: mails that were lost already when the backup was made."""

    rows: int
    missing: tuple[str, ...]


def back_up(ports: Ports, target: Path, extra: dict[str, Path]) -> Saved:
    """Write a backup to `target` (.tar).

    The journal is read in one view; the archive only ever grows, and a mail's bytes are stored before its row, so every
    row of that view has its bytes. Where some are lost all the same, everything else is saved, and what is missing is
    said in the backup; a whole one that stood there before is then kept beside it. `extra` are further files by name
    (settings, officials).

    Raises: OSError.
    """
    missing = list[str]()
    with ports.database.reading() as tx:
        lines = "".join(backup.dump(tx))
        wanted = sorted(backup.archived(tx))

    def keep_whole_one() -> None:
        if missing and target.exists() and not _lacks_something(target):
            target.replace(target.with_name(f"{target.name}{WHOLE}"))

    with written_whole(target, last=keep_whole_one) as file, tarfile.open(fileobj=file, mode="w") as tar:
        _add(tar, JOURNAL, lines.encode())
        for name, path in sorted(extra.items()):
            if path.exists():
                _add(tar, name, path.read_bytes())
        for sha256 in wanted:
            try:
                _add(tar, f"{ARCHIVE}/{sha256}", ports.archive.get(sha256))
            except ArchiveDamaged as error:
                missing.append(str(error))
        if missing:
            _add(tar, MISSING, "\n".join(missing).encode())
    return Saved(len(wanted) - len(missing), tuple(missing))


def restore(ports: Ports, source: Path) -> PutBack:
    """Put a backup into an empty office.

    A backup is older than what happened after it: mails may have gone out that it knows nothing of. So every mail is
    looked up in the archive mailbox before it is sent, until a day has passed.

    Raises: backup.BackupDamaged, backup.NotEmpty, OSError.
    """
    try:
        with tarfile.open(source) as tar:
            members = {member.name: member for member in tar if member.isfile()}
            journal_file = _content(tar, members, JOURNAL)
            missing = _content(tar, members, MISSING).decode("utf-8", "replace") if MISSING in members else ""
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
    return PutBack(rows, tuple(missing.splitlines()))


def _lacks_something(target: Path) -> bool:
    """Whether a backup is itself one that is not whole; or none at all, which need not be kept."""
    try:
        with tarfile.open(target) as tar:
            return MISSING in tar.getnames()
    except tarfile.TarError:
        return True


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
