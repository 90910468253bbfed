"""A journal that is suddenly empty is not a new office: it would give the first number again, and write to everybody.

What an office leaves behind tells the two apart: mail in the archive, workbooks, papers. A note in the archive says
whose mail it is, so that a desk that was killed between its very first mail and its first row is not taken for one that
lost its journal.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from host.files import write_whole
from office.settings import Settings
from register.database import Database, JournalUnavailable
from register.schema import incidents, mails, outbox, secrets

NOTE = ".jurnal"
_BEGUN, _LIVED = "baru", "berisi"


class JournalLost(JournalUnavailable):
    """The journal is missing or empty, beside what an office at work leaves behind."""


def refuse_lost_file(settings: Settings) -> None:
    """Raises: JournalLost when the journal's file is missing or has no bytes; nothing is made then."""
    file = _file(settings.journal_url)
    if file is not None and not (file.exists() and file.stat().st_size):
        _refuse(settings, "hilang" if not file.exists() else "kosong (0 bita)")


def refuse_emptied(settings: Settings, database: Database) -> None:
    """Raises: JournalLost when the journal has no rows although its office has worked."""
    with database.reading() as tx:
        begun = _is_empty(tx) and _read(settings) == _note(tx, _BEGUN)
        if begun or not _is_empty(tx):
            return
    _refuse(settings, "kosong")


def note_journal(settings: Settings, database: Database) -> None:
    """Say in the archive whose mail it holds. Where that cannot be written the office works all the same."""
    with database.reading() as tx:
        said = _note(tx, _BEGUN if _is_empty(tx) else _LIVED)
    with suppress(OSError):
        if _read(settings) != said:
            settings.archive.mkdir(parents=True, exist_ok=True)
            write_whole(settings.archive / NOTE, said.encode("ascii"))


def _refuse(settings: Settings, what: str) -> None:
    left = [str(folder) for folder in _left_behind(settings)]
    if not left:
        return
    file = _file(settings.journal_url)
    where = str(file) if file else settings.journal_url.rpartition("@")[2]
    raise JournalLost(
        f"jurnal {where} {what}, padahal kantor ini sudah pernah bekerja ({', '.join(left)} berisi): pulihkan cadangan "
        f"dengan siaga restore BERKAS; bila memang hendak mulai dari nol, pindahkan dahulu {' dan '.join(left)} "
        "ke tempat lain"
    )


def _left_behind(settings: Settings) -> list[Path]:
    signs = (
        (settings.archive, "??/*.eml"),
        (settings.data / "register", "*.xlsx"),
        (settings.data / "laporan", "*/*"),
    )
    return [folder for folder, pattern in signs if next(folder.glob(pattern), None) is not None]


def _is_empty(tx: Connection) -> bool:
    return all(tx.execute(select(table).limit(1)).first() is None for table in (incidents, mails, outbox))


def _note(tx: Connection, standing: str) -> str:
    """The journal's own key is what it is known by; the note must not give it away."""
    key = tx.execute(select(secrets.c.value).where(secrets.c.name == "token")).scalar()
    return f"{hashlib.sha256(b'arsip' + bytes(key or b'')).hexdigest()} {standing}\n"


def _read(settings: Settings) -> str:
    try:
        return (settings.archive / NOTE).read_text(encoding="ascii")
    except (OSError, ValueError):
        return ""


def _file(url: str) -> Path | None:
    """Where SQLite keeps the journal; None for another database, or one in memory."""
    try:
        parts = make_url(url)
    except ArgumentError:
        return None
    named = parts.get_backend_name() == "sqlite" and parts.database and parts.database != ":memory:"
    return Path(str(parts.database)) if named else None
