"""Reads the journal's raw rows, each only once: what a look costs depends on what is new and open, not on the year.

Raw SQL, because a schema that both sides share would hide a mistake of it from both.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlalchemy.engine.interfaces import DBAPICursor

from sop.codec import Json

AT_ONCE = 500
EVENTS = "select rowid, incident, seq, at, kind, data, hash from events where rowid > ? order by rowid"
MAILS_OUT = (
    "select id, key, incident, stage, visit, person, template, asks, recipient, message_id, queued_at, state, reply,"
    " sha256 from outbox"
)
MAILS_IN = (
    "select arrival, id, sha256, message_id, state, attempts, became, incident, note, received, author from mails"
)
INCIDENTS = "select number, seq, head, stage, outcome, next_deadline from incidents"


@dataclass(frozen=True, slots=True)
class RawEvent:
    """An event as it is stored: `text` is its data, of which `hash` was taken, `data` the same as JSON values."""

    incident: str
    seq: int
    at: datetime
    kind: str
    text: str
    hash: str
    data: dict[str, Json]

    def said(self, name: str) -> str:
        """What it says as text; "" where it says nothing."""
        value = self.data.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> int:
        value = self.data.get(name)
        return value if isinstance(value, int) else 0

    def table(self, name: str) -> dict[str, Json]:
        value = self.data.get(name)
        return value if isinstance(value, dict) else {}

    def words(self, name: str) -> list[str]:
        value = self.data.get(name)
        return [word for word in value if isinstance(word, str)] if isinstance(value, list) else []

    @property
    def mails(self) -> list[str]:
        """Keys of the mails that it and those recorded with it brought about."""
        return self.words("surat")

    def where(self) -> str:
        """To be found again by: number, count, kind and what matters most of what it says."""
        visit = f" {self.said('stage')}-{self.number('visit')}" if self.said("stage") else ""
        decision = f" {self.said('decision')}" if self.said("decision") else ""
        person = f" by {self.said('person')}" if self.said("person") else ""
        return f"{self.incident}/{self.seq} {self.kind}{visit}{decision}{person}"


@dataclass(frozen=True, slots=True)
class MailOut:
    """A row of the outbox."""

    id: int
    key: str
    incident: str
    stage: str
    visit: int
    person: str
    template: str
    asks: bool
    recipient: str
    message_id: str
    queued_at: datetime
    state: str
    reply: str
    sha256: str


@dataclass(frozen=True, slots=True)
class MailIn:
    """A row of the ledger."""

    arrival: int
    id: str
    sha256: str
    message_id: str
    state: str
    attempts: int
    became: str
    incident: str
    note: str
    received: datetime
    author: str


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """A row of the list of incidents."""

    number: str
    seq: int
    head: str
    stage: str
    outcome: str
    next_deadline: datetime | None


UNDONE = ("baru", "menunggu dibaca")
"""States of a mail that somebody is still to act on."""


@dataclass(slots=True)
class Rows:
    """What is known of the rows, and what the last look found new.

    Attributes:
        events, queued, arrived: new with the last look, in the order in which they were written.
        settled: mails that somebody has acted on since the look before.
        mails: every mail of the ledger as last seen, by identity; one that is done with is not looked at again.
        undone: identities of those that nobody has acted on yet.
        incidents: the rows of all incidents as last seen, by number.
        keys, by_message_id: everything ever queued.
    """

    engine: Engine
    events: list[RawEvent] = field(default_factory=list)
    queued: list[MailOut] = field(default_factory=list)
    arrived: list[MailIn] = field(default_factory=list)
    settled: list[MailIn] = field(default_factory=list)
    mails: dict[str, MailIn] = field(default_factory=dict)
    undone: list[str] = field(default_factory=list)
    incidents: dict[str, IncidentRow] = field(default_factory=dict)
    waiting: dict[str, IncidentRow] = field(default_factory=dict)
    """The rows that have a next deadline."""
    keys: dict[str, MailOut] = field(default_factory=dict)
    by_message_id: dict[str, MailOut] = field(default_factory=dict)
    _event: int = 0
    _mail: int = 0
    _out: int = 0

    def look(self) -> None:
        """Read what is new."""
        with _reading(self.engine) as tx:
            self.events = self._new_events(tx)
            self._new_mails_out(tx)
            self._new_mails(tx)
            due = [_incident(row) for row in _all(tx, f"{INCIDENTS} where next_deadline is not null")]
            self.waiting = {row.number: row for row in due}
            touched = dict.fromkeys(event.incident for event in self.events)
            others = [number for number in touched if number not in self.waiting]
            self.incidents |= self.waiting
            for row in _in(tx, f"{INCIDENTS} where number", others):
                self.incidents[str(row[0])] = _incident(row)

    def all_mails(self) -> list[MailIn]:
        """The whole ledger as it is now: for the end."""
        with _reading(self.engine) as tx:
            return [_mail(row) for row in _all(tx, f"{MAILS_IN} order by arrival")]

    def all_queued(self) -> list[MailOut]:
        """The whole outbox as it is now: for the end."""
        with _reading(self.engine) as tx:
            return [_out(row) for row in _all(tx, f"{MAILS_OUT} order by id")]

    def as_they_are(self, ids: Collection[int]) -> list[MailOut]:
        """Some mails of the outbox as they are now."""
        with _reading(self.engine) as tx:
            return [_out(row) for row in _in(tx, f"{MAILS_OUT} where id", [str(one) for one in ids])]

    def all_incidents(self) -> list[IncidentRow]:
        """The whole list of incidents as it is now: for the end."""
        with _reading(self.engine) as tx:
            return [_incident(row) for row in _all(tx, f"{INCIDENTS} order by number")]

    def _new_events(self, tx: DBAPICursor) -> list[RawEvent]:
        found = []
        for row in _all(tx, EVENTS, self._event):
            self._event = int(str(row[0]))
            text = str(row[5])
            said = (str(row[1]), int(str(row[2])), moment(row[3]), str(row[4]), text, str(row[6]))
            found.append(RawEvent(*said, json.loads(text)))
        return found

    def _new_mails_out(self, tx: DBAPICursor) -> None:
        self.queued = [_out(row) for row in _all(tx, f"{MAILS_OUT} where id > ? order by id", self._out)]
        for mail in self.queued:
            self._out = mail.id
            self.keys[mail.key] = mail
            self.by_message_id[mail.message_id.lower()] = mail

    def _new_mails(self, tx: DBAPICursor) -> None:
        self.arrived = [_mail(row) for row in _all(tx, f"{MAILS_IN} where arrival > ? order by arrival", self._mail)]
        for mail in self.arrived:
            self._mail = mail.arrival
            self.mails[mail.id] = mail
        for row in _in(tx, f"{MAILS_IN} where id", self.undone):
            self.mails[str(row[1])] = _mail(row)
        before = [*self.undone, *(mail.id for mail in self.arrived)]
        self.undone = [one for one in before if self.mails[one].state in UNDONE]
        self.settled = [self.mails[one] for one in before if self.mails[one].state not in UNDONE]


def moment(value: object) -> datetime:
    """SQLite hands a moment back as it was written: in UTC, without a zone."""
    said = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return said if said.tzinfo else said.replace(tzinfo=UTC)


Row = tuple[object, ...]


@contextmanager
def _reading(engine: Engine) -> Iterator[DBAPICursor]:
    """A cursor of the database's own driver: what a library lays over it costs more than the rows."""
    with closing(engine.raw_connection()) as connection:
        yield connection.cursor()


def _all(tx: DBAPICursor, query: str, *values: object) -> list[Row]:
    tx.execute(query, values)
    return [tuple(row) for row in tx.fetchall()]


def _in(tx: DBAPICursor, query: str, wanted: Collection[str]) -> Iterator[Row]:
    """`query` ends before "in (…)"."""
    ordered = list(wanted)
    for start in range(0, len(ordered), AT_ONCE):
        part = ordered[start : start + AT_ONCE]
        yield from _all(tx, f"{query} in ({', '.join('?' * len(part))})", *part)


def _numbers(row: Row, *places: int) -> Iterable[int]:
    return (int(str(row[place])) for place in places)


def _out(row: Row) -> MailOut:
    number, visit = _numbers(row, 0, 4)
    key, incident, stage, person, template = (str(row[place]) for place in (1, 2, 3, 5, 6))
    recipient, message_id, state, reply, sha256 = (str(row[place]) for place in (8, 9, 11, 12, 13))
    asks, queued = bool(row[7]), moment(row[10])
    return MailOut(
        number, key, incident, stage, visit, person, template, asks, recipient, message_id, queued, state, reply, sha256
    )


def _mail(row: Row) -> MailIn:
    arrival, attempts = _numbers(row, 0, 5)
    identity, sha256, message_id, state, became = (str(row[place]) for place in (1, 2, 3, 4, 6))
    incident, note, author = (str(row[place]) for place in (7, 8, 10))
    return MailIn(
        arrival, identity, sha256, message_id, state, attempts, became, incident, note, moment(row[9]), author
    )


def _incident(row: Row) -> IncidentRow:
    number, head, stage, outcome = (str(row[place]) for place in (0, 2, 3, 4))
    (seq,) = _numbers(row, 1)
    return IncidentRow(number, seq, head, stage, outcome, moment(row[5]) if row[5] is not None else None)
