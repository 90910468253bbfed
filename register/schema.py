"""The tables of the journal, for SQLite and PostgreSQL alike.

Alembic owns their history (`register/migrations`); a test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """An aware datetime; stored as UTC without a zone, because SQLite has no type that keeps one."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("the journal takes aware datetimes only")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any] | None:
        """For SQLite at once the text that the library would make of it, in several steps for each moment."""
        return _as_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        return _of_text if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _as_text(value: datetime | None) -> str | None:
    """ "2026-11-23 02:00:00.000000", UTC."""
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("the journal takes aware datetimes only")
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def _of_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)


procedures = Table(
    "procedures",
    metadata,
    Column("code", String(80), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("text", Text, nullable=False),
)

counters = Table(
    "counters",
    metadata,
    Column("prefix", String(20), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
)

incidents = Table(
    "incidents",
    metadata,
    Column("number", String(40), primary_key=True),
    Column("procedure", String(80), nullable=False),
    Column("version", Integer, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("head", String(64), nullable=False),
    Column("stage", String(80), nullable=False, default=""),
    Column("outcome", String(80), nullable=False, default=""),
    Column("next_deadline", Instant),
    Index(None, "next_deadline"),
)

events = Table(
    "events",
    metadata,
    Column("incident", String(40), ForeignKey("incidents.number"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("data", Text, nullable=False),
    Column("hash", String(64), nullable=False),
    Index(None, "at"),
)

heads = Table(
    "heads",
    metadata,
    # What all incidents came to at a moment, summed up in one hash that also stands in mails. Only ever added to.
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("incidents", Integer, nullable=False),
    Column("note", String(20), nullable=False, default=""),
    Column("hash", String(64), nullable=False),
)

head_states = Table(
    "head_states",
    metadata,
    # Which incidents went on since the head before, and how far each had come.
    Column("head", Integer, primary_key=True, autoincrement=False),
    Column("incident", String(40), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Index(None, "incident", "seq"),
)

mails = Table(
    "mails",
    metadata,
    # One row a mail, however often and in however many mailboxes it was seen; `arrival` is the order they came in.
    Column("arrival", Integer, primary_key=True),
    Column("id", String(64), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("message_id", String(500), nullable=False, default=""),
    Column("size", BigInteger, nullable=False),
    Column("collected_at", Instant, nullable=False),
    # When the server took it; of a backup from before this was noted, when we did.
    Column("received", Instant, nullable=False, default=lambda row: row.get_current_parameters()["collected_at"]),
    # Whom its From field names: the copies of one mail are looked for among theirs.
    Column("author", String(320), nullable=False, default=""),
    Column("state", String(20), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("became", String(40), nullable=False, default=""),
    Column("incident", String(40), nullable=False, default=""),
    Column("note", Text, nullable=False, default=""),
    UniqueConstraint("id"),
    Index(None, "state"),
    Index(None, "message_id"),
    Index(None, "author", "arrival"),
)

sightings = Table(
    "sightings",
    metadata,
    # Where a mail stands: RFC 9051 identifies it by mailbox, UIDVALIDITY and UID, and by nothing else.
    Column("account", String(200), primary_key=True),
    Column("folder", String(200), primary_key=True),
    Column("uidvalidity", BigInteger, primary_key=True, autoincrement=False),
    Column("uid", BigInteger, primary_key=True, autoincrement=False),
    Column("mail", String(64), nullable=False),
)

passed_over = Table(
    "passed_over",
    metadata,
    # Mail that the server took before the office began: it stays in its mailbox, and may still be called for.
    Column("id", String(64), primary_key=True),
    Column("account", String(200), nullable=False),
    Column("folder", String(200), nullable=False),
    Column("uidvalidity", BigInteger, nullable=False, autoincrement=False),
    Column("uid", BigInteger, nullable=False, autoincrement=False),
    Column("received", Instant, nullable=False),
    Column("sender", String(320), nullable=False, default=""),
    Column("subject", Text, nullable=False, default=""),
    UniqueConstraint("account", "folder", "uidvalidity", "uid"),
    Index(None, "received"),
)

watermarks = Table(
    "watermarks",
    metadata,
    # Every mail of the folder up to this UID has been taken; now and then the whole folder is looked at all the same.
    Column("account", String(200), primary_key=True),
    Column("folder", String(200), primary_key=True),
    Column("uidvalidity", BigInteger, primary_key=True, autoincrement=False),
    Column("upto", BigInteger, nullable=False),
    Column("whole_at", Instant, nullable=False),
)

OPEN_STATES = ("antre", "dikirim", "ragu")
"""States of a mail that is still to be sent."""
_OPEN, _REFUSED = f"state IN {OPEN_STATES}", "state = 'gagal'"
REST = 2
"""The lane of what is in no hurry (`outbox/lanes.py`)."""

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(300), nullable=False),
    Column("incident", String(40), nullable=False, default=""),
    Column("stage", String(80), nullable=False, default=""),
    Column("visit", Integer, nullable=False, default=0),
    Column("person", String(80), nullable=False),
    Column("template", String(80), nullable=False),
    Column("asks", Boolean, nullable=False),
    Column("sender", String(320), nullable=False),
    Column("recipient", String(320), nullable=False),
    Column("subject", Text, nullable=False),
    Column("message_id", String(300), nullable=False),
    Column("token", String(40), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("state", String(20), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("queued_at", Instant, nullable=False),
    Column("not_before", Instant, nullable=False),
    Column("owner", String(80), nullable=False, default=""),
    Column("lease_until", Instant),
    Column("dot_at", Instant),
    Column("sent_at", Instant),
    Column("reply", Text, nullable=False, default=""),
    # Which go first (`outbox/lanes.py`). Of a backup from before there were lanes, requests do.
    Column("lane", Integer, nullable=False, default=lambda row: 0 if row.get_current_parameters()["asks"] else REST),
    UniqueConstraint("key"),
    UniqueConstraint("message_id"),
    UniqueConstraint("token"),
    # Only what is to be sent, and what was refused: the past is never looked through for the next mail.
    Index("ix_outbox_lane_id", "lane", "id", sqlite_where=text(_OPEN), postgresql_where=text(_OPEN)),
    Index("ix_outbox_refused", "id", sqlite_where=text(_REFUSED), postgresql_where=text(_REFUSED)),
    Index(None, "dot_at"),
    Index(None, "incident"),
    Index(None, "person", "template", "queued_at"),
)

faces = Table(
    "faces",
    metadata,
    # How far the faces drawn from the journal have come. Deleting a row only means drawing again.
    Column("face", String(40), primary_key=True),
    Column("incident", String(40), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("ref", String(200), nullable=False, default=""),
    Column("memo", Text, nullable=False, default=""),
)

staff_notes = Table(
    "staff_notes",
    metadata,
    # What staff wrote into columns of their own in the workbook of a desk: it must outlive the file.
    Column("place", String(60), primary_key=True),
    Column("incident", String(40), primary_key=True),
    Column("heading", String(200), primary_key=True),
    Column("value", Text, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    # What one desk does at a time, when several work on one journal.
    Column("name", String(40), primary_key=True),
    Column("owner", String(80), nullable=False),
    Column("until", Instant, nullable=False),
)

secrets = Table(
    "secrets",
    metadata,
    # The key that signs reply tokens: it belongs to the journal, because it must survive with the mails it signed.
    Column("name", String(40), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
