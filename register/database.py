"""Opens the journal's database and brings it to the newest schema."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, Table, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError

MIGRATIONS = Path(__file__).with_name("migrations")


_TRY_AGAIN = ("40001", "40P01")
"""PostgreSQL's serialization failure and deadlock: the transaction may simply be done again."""


class JournalUnavailable(Exception):
    """The journal's database cannot be opened, read or written now; the message says why."""


class Conflict(Exception):
    """Somebody else wrote the same thing first: read again and decide again."""


class Database:
    """An engine and the two ways of using it: `writing()` and `reading()`. On SQLite these say BEGIN; it does not."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._is_sqlite = engine.dialect.name == "sqlite"

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction. Committed at the end, rolled back on any error.

        Raises: Conflict when another writer was faster; JournalUnavailable when the database cannot.
        """
        try:
            with self.engine.begin() as tx:
                if self._is_sqlite:
                    _begin_sqlite(tx)
                yield tx
        except IntegrityError as error:
            raise Conflict(str(error.orig)) from error
        except DataError:
            raise  # the database is well: what was to be written does not fit, and that is whoever wrote it's affair
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) in _TRY_AGAIN:
                raise Conflict(str(error.orig)) from error
            raise _unavailable(error) from error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view that blocks no writer. Raises: JournalUnavailable."""
        try:
            with self.engine.connect() as tx:
                if self._is_sqlite:
                    _begin_sqlite(tx, "BEGIN")
                else:  # which would show each query of one reading another state of the journal; SQLite never does
                    tx.execution_options(isolation_level="REPEATABLE READ")
                yield tx
        except DBAPIError as error:
            raise _unavailable(error) from error

    def close(self) -> None:
        self.engine.dispose()


def open_database(url: str) -> Database:
    """Open (and create or migrate) the journal at an SQLAlchemy URL.

    Raises: JournalUnavailable.
    """
    try:
        on_a_server = make_url(url).get_backend_name() != "sqlite"  # where a line may have broken while it was idle
        engine = create_engine(url, pool_pre_ping=on_a_server)
        if engine.dialect.name == "sqlite":
            _prepare_sqlite(engine)
        _migrate(engine)
    except ModuleNotFoundError as error:
        raise JournalUnavailable(
            f"pustaka basis data `{error.name}` belum terpasang (pip install 'siaga[postgres]')"
        ) from error
    except (SQLAlchemyError, CommandError, OSError, ValueError) as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise JournalUnavailable(f"jurnal tidak dapat dibuka: {reason}{_way_out(error)}") from error
    return Database(engine)


def insert_or(dialect: str, table: Table) -> Any:
    """An INSERT that can say ON CONFLICT, for the database that speaks `dialect` ("sqlite" or "postgresql")."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def _unavailable(error: DBAPIError) -> JournalUnavailable:
    reason = " ".join(str(error.orig or error).split())
    way_out = _way_out(error) or " (periksa ruang disk dan basis datanya)"
    return JournalUnavailable(f"jurnal tidak dapat dipakai: {reason}{way_out}")


def _way_out(error: Exception) -> str:
    """What to do about a file that is no SQLite database, or no longer; "" for what passes."""
    cause = getattr(error, "orig", None)
    if type(cause) is not sqlite3.DatabaseError:  # its kinds say what else it may be: a full disk, a lock
        return ""
    return "; berkas jurnal rusak: pindahkan berkas itu, lalu pulihkan cadangan dengan siaga restore BERKAS"


def _prepare_sqlite(engine: Engine) -> None:
    if engine.url.database and engine.url.database != ":memory:":
        Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves: pysqlite begins too late
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(tx: Connection, how: str = "BEGIN IMMEDIATE") -> None:
    """IMMEDIATE: two writers queue up at the start instead of failing at the end.

    Said to the driver itself: a listener of the engine's would be paid for with every statement.
    """
    try:
        tx.connection.cursor().execute(how)
    except sqlite3.Error as error:
        raise DBAPIError(how, None, error) from error


def _migrate(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    newest = scripts.get_current_head()
    with engine.connect() as tx:
        current = MigrationContext.configure(tx).get_current_revision()
    if current == newest:
        return
    if current is not None and current not in {script.revision for script in scripts.walk_revisions()}:
        raise JournalUnavailable(
            f"jurnal ini dari versi Siaga yang lebih baru (skema {current}; versi ini mengenal sampai {newest}): "
            "pasang versi itu, atau pulihkan cadangan dari versi ini ke jurnal yang baru"
        )
    with engine.begin() as tx:
        if engine.dialect.name == "sqlite":
            _begin_sqlite(tx)
        else:
            tx.exec_driver_sql("SELECT pg_advisory_xact_lock(716024)")  # two desks starting at once migrate once
        config.attributes["connection"] = tx
        command.upgrade(config, "head")
