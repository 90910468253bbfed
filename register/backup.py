"""The journal as lines of text, and back: one form for SQLite and PostgreSQL, taken in one consistent view."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, LargeBinary, func, insert, select, text

from register.schema import Instant, metadata

FORMAT = 1
_OF_A_NEW_JOURNAL = ("secrets", "procedures")
"""What a journal has from its first opening on."""


class BackupDamaged(ValueError):
    """The lines are not a whole backup; the message says where."""


class NotEmpty(ValueError):
    """A backup is only ever restored into an empty journal."""


def dump(tx: Connection) -> Iterator[str]:
    """Every row of every table as a JSON line; the first line says what follows, the last how many."""
    count = 0
    yield _line({"siaga": FORMAT})
    for table in metadata.sorted_tables:
        for row in tx.execute(select(table).order_by(*table.primary_key.columns)):
            yield _line({"table": table.name, "row": {key: _plain(value) for key, value in row._mapping.items()}})
            count += 1
    yield _line({"rows": count})


def archived(tx: Connection) -> set[str]:
    """The SHA-256 of every mail the journal speaks of."""
    mails, outbox = metadata.tables["mails"], metadata.tables["outbox"]
    return {*tx.execute(select(mails.c.sha256)).scalars(), *tx.execute(select(outbox.c.sha256)).scalars()}


def load(tx: Connection, lines: Iterable[str]) -> int:
    """Put a dump into an empty journal. Returns the number of rows. Raises: BackupDamaged, NotEmpty."""
    for table in metadata.sorted_tables:
        if table.name in _OF_A_NEW_JOURNAL:
            tx.execute(table.delete())
        elif tx.execute(select(func.count()).select_from(table)).scalar():
            raise NotEmpty(f"jurnal tujuan tidak kosong (tabel {table.name}); pulihkan ke folder data yang baru")
    count, finished = 0, False
    for number, line in enumerate(lines, start=1):
        try:
            said = json.loads(line)
        except json.JSONDecodeError as error:
            raise BackupDamaged(f"baris {number} rusak") from error
        if number == 1:
            if said.get("siaga") != FORMAT:
                raise BackupDamaged("bukan cadangan Siaga, atau dari versi yang lebih baru")
        elif "rows" in said:
            finished = said["rows"] == count
        else:
            try:
                table = metadata.tables[said["table"]]
                values = {key: _typed(table.c[key], value) for key, value in said["row"].items()}
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise BackupDamaged(
                    f"baris {number} tidak dikenal: cadangan rusak, atau dari versi Siaga yang lebih baru"
                ) from error
            tx.execute(insert(table).values(values))
            count += 1
    if not finished:
        raise BackupDamaged("cadangan terpotong: barisnya tidak lengkap")
    _go_on_counting(tx)
    return count


def _go_on_counting(tx: Connection) -> None:
    """PostgreSQL counts identity columns apart from their rows."""
    if tx.dialect.name != "postgresql":
        return
    for table, column in (("outbox", "id"), ("mails", "arrival")):
        sequence = f"pg_get_serial_sequence('{table}', '{column}')"  # the names are ours
        tx.execute(text(f"SELECT setval({sequence}, COALESCE(MAX({column}), 0) + 1, false) FROM {table}"))  # noqa: S608


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(bytes(value)).decode("ascii")
    return value


def _typed(column: Any, value: Any) -> Any:
    if value is not None and isinstance(column.type, Instant):
        return datetime.fromisoformat(value)
    if value is not None and isinstance(column.type, LargeBinary):
        return base64.b64decode(value)
    return value
