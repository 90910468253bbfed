"""The journal: every incident's events, hash-chained and append-only. All else is drawn from it.

Every function takes the transaction it works in, so that a handler can write events, deadlines and outgoing mails
together or not at all. What is asked for each mail is built once, when the module is loaded: building a statement costs
more than running it.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from sqlalchemy import Connection, Row, bindparam, delete, exists, insert, select, update

from register.database import Conflict, insert_or
from register.schema import counters, events, incidents, procedures, secrets
from sop.codec import from_data
from sop.decide import CLOCKS_MAY_DIFFER
from sop.event_codec import MAILS, canonical, event_of
from sop.events import Corrected, Enriched, Event
from sop.fold import fold
from sop.incident import Incident
from sop.likeness import Reported
from sop.load import parse_procedure
from sop.procedure import Procedure
from sop.report import NOTHING, Report
from sop.standing import Standing

log = logging.getLogger(__name__)
later = events.alias("later")
BEGAN_WITH = select(events.c.data).where(events.c.incident == incidents.c.number, events.c.seq == 1).scalar_subquery()
"""What the first event of an incident says. Asked of each incident: joined, SQLite would look through all events."""
GENESIS = "0" * 64
"""What an incident's first event is chained to."""
MOST_NAMED = 100
"""Of so many numbers in one mail it is looked whether they are incidents'."""


@dataclass(frozen=True, slots=True)
class Summary:
    """One line of the list of incidents."""

    number: str
    stage: str
    outcome: str
    seq: int
    opened_at: datetime
    next_deadline: datetime | None


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event as the journal holds it. `data`: JSON, whichever version of ours wrote it."""

    seq: int
    at: datetime
    kind: str
    data: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Attributes:
    hashes: of each event, by what it and those before it say.
    mails: keys of the mails that they say they caused.
    fault: what is wrong with it, or "".
    """

    hashes: tuple[str, ...]
    mails: tuple[str, ...]
    fault: str


def take_number(tx: Connection, prefix: str, year: int) -> str:
    """The next incident number, such as "DKL-2026-0001". Given back if the transaction does not commit."""
    here = (counters.c.prefix == prefix) & (counters.c.year == year)
    taken = tx.execute(
        update(counters).where(here).values(last=counters.c.last + 1).returning(counters.c.last)
    ).scalar()
    if taken is None:
        tx.execute(insert(counters).values(prefix=prefix, year=year, last=1))
        taken = 1
    return f"{prefix}-{year}-{taken:04d}"


def next_number(tx: Connection, prefix: str, year: int) -> str:
    """What `take_number` would give now. Another writer may take it first."""
    here = (counters.c.prefix == prefix) & (counters.c.year == year)
    return f"{prefix}-{year}-{(tx.execute(select(counters.c.last).where(here)).scalar() or 0) + 1:04d}"


_PREFIXES = select(counters.c.prefix).distinct().order_by(counters.c.prefix)


def prefixes(tx: Connection) -> tuple[str, ...]:
    """With which incident numbers begin that have been given so far."""
    return tuple(tx.execute(_PREFIXES).scalars())


def pin_procedure(tx: Connection, procedure: Procedure) -> None:
    """Keep the very text an incident is run by.

    Raises: ValueError when the same version was used before with another text.
    """
    sha256 = hashlib.sha256(procedure.text.encode()).hexdigest()
    pinned = _pinned(tx, procedure.code, procedure.version)
    if pinned is None:
        row = {"code": procedure.code, "version": procedure.version, "sha256": sha256, "text": procedure.text}
        tx.execute(insert_or(tx.dialect.name, procedures).values(**row).on_conflict_do_nothing())
    elif pinned.sha256 != sha256:
        raise ValueError(
            f"prosedur {procedure.code} berubah tetapi versinya tetap {procedure.version}; naikkan `versi`"
        )


def pinned_procedure(tx: Connection, code: str, version: int) -> Procedure:
    """The procedure an incident was opened with. Raises: KeyError."""
    pinned = _pinned(tx, code, version)
    if pinned is None:
        raise KeyError(f"procedure {code} version {version} is not in the journal")
    return parse_procedure(pinned.text, f"{code} versi {version}", pinned=True)


_PINNED = select(procedures.c.sha256, procedures.c.text).where(
    procedures.c.code == bindparam("code"), procedures.c.version == bindparam("version")
)


def _pinned(tx: Connection, code: str, version: int) -> Row[tuple[str, str]] | None:
    return tx.execute(_PINNED, {"code": code, "version": version}).one_or_none()


_STILL_AS_BEFORE = (
    select(incidents.c.head)
    .where(incidents.c.number == bindparam("number"), incidents.c.seq == bindparam("seq"))
    .with_for_update()
)
_GO_ON = update(incidents).where(incidents.c.number == bindparam("this"))
_OPEN, _ADD = insert(incidents), insert(events)


def append(tx: Connection, before: Incident, after: Incident, new: Sequence[Event], deadline: datetime | None) -> None:
    """Write `new`, the events that lead from `before` to `after`, and when the incident is due next.

    Raises: Conflict when `before` is no longer the newest state.
    """
    head = GENESIS
    state = {
        "seq": after.seq,
        "stage": after.current.stage if after.current else "",
        "outcome": after.outcome,
        "next_deadline": deadline,
    }
    if before.seq:
        head = tx.execute(_STILL_AS_BEFORE, {"number": before.number, "seq": before.seq}).scalar() or ""
        if not head:
            raise Conflict(f"{before.number} went on without us")
    if not new:
        return
    links = []
    for event in new:
        data = canonical(event)
        head = link(head, before.number, event, data)
        links.append(
            {
                "incident": before.number,
                "seq": event.seq,
                "at": event.at,
                "kind": event.kind,
                "data": data,
                "hash": head,
            }
        )
    if before.seq:
        tx.execute(_GO_ON, {"this": before.number, **state, "head": head})
    else:
        opening = {"number": after.number, "procedure": after.procedure, "version": after.version}
        tx.execute(_OPEN, {**opening, **state, "opened_at": new[0].at, "head": head})
    tx.execute(_ADD, links)


def link(previous: str, number: str, event: Event, data: str) -> str:
    """The hash of an event: over everything it says and the hash before it."""
    return _hashed(previous, number, str(event.seq), event.at, event.kind, data)


def _hashed(previous: str, number: str, seq: str, at: datetime, kind: str, data: str) -> str:
    said = (previous, number, seq, at.astimezone(UTC).isoformat(), kind, data)
    return hashlib.sha256("\x00".join(said).encode()).hexdigest()


_EVENTS = (
    select(events.c.seq, events.c.at, events.c.kind, events.c.data)
    .where(events.c.incident == bindparam("number"))
    .order_by(events.c.seq)
)


def stored_events(tx: Connection, number: str) -> list[StoredEvent]:
    """An incident's events as they are stored, oldest first."""
    return [StoredEvent(row.seq, row.at, row.kind, row.data) for row in tx.execute(_EVENTS, {"number": number})]


_read = lru_cache(maxsize=4096)(event_of)
"""The events of an incident that is being worked are asked for with each mail about it."""


def read_events(tx: Connection, number: str) -> tuple[Event, ...]:
    return tuple(_read(*row) for row in tx.execute(_EVENTS, {"number": number}))


def read_incident(tx: Connection, number: str) -> Incident:
    """The incident as it stands; an unknown number gives one without events."""
    return fold(number, read_events(tx, number))


def read_standing(tx: Connection, number: str) -> Standing:
    """All there is to an incident. Raises: KeyError for an unknown one."""
    said = read_events(tx, number)
    if not said:
        raise KeyError(number)
    incident = fold(number, said)
    procedure = pinned_procedure(tx, incident.procedure, incident.version)
    return Standing(procedure, incident, said, head_of(tx, number))


def known(tx: Connection, numbers: Sequence[str]) -> list[str]:
    """Those of `numbers` that are incidents', in their order."""
    found = set(tx.execute(select(incidents.c.number).where(incidents.c.number.in_(numbers[:MOST_NAMED]))).scalars())
    return [number for number in numbers if number in found]


_HEAD = select(incidents.c.head).where(incidents.c.number == bindparam("number"))


def head_of(tx: Connection, number: str) -> str:
    """The hash of an incident's newest event; of one that is not there yet, what its first event is chained to."""
    return tx.execute(_HEAD, {"number": number}).scalar() or GENESIS


def grown(head: str, number: str, new: Sequence[Event]) -> str:
    """What `head` comes to when `new` is chained to it."""
    for event in new:
        head = link(head, number, event, canonical(event))
    return head


def chain_of(tx: Connection, number: str) -> Chain:
    """An incident's chain as its events make it, whatever hashes are stored. Never raises for what they say."""
    hashes, mails, fault = list[str](), list[str](), ""
    query = select(events).where(events.c.incident == number).order_by(events.c.seq)
    for expected, row in enumerate(tx.execute(query), start=1):
        said = (hashes[-1] if hashes else GENESIS, number, str(row.seq), row.at, row.kind, row.data)
        hashes.append(_hashed(*said))
        mails += _mails_of(row.data)
        if not fault and (row.seq != expected or row.hash != hashes[-1]):
            fault = f"{number}: peristiwa {expected} hilang atau berubah"
    stored = tx.execute(select(incidents.c.seq, incidents.c.head).where(incidents.c.number == number)).one_or_none()
    if not fault and (stored is None or (stored.seq, stored.head) != (len(hashes), hashes[-1] if hashes else "")):
        fault = f"{number}: peristiwa terakhir hilang atau berubah"
    return Chain(tuple(hashes), tuple(mails), fault)


def _mails_of(data: str) -> list[str]:
    """The keys of the mails that an event says it caused."""
    if f'"{MAILS}":[' not in data:
        return []
    try:
        return [str(key) for key in json.loads(data)[MAILS]]
    except (ValueError, KeyError, TypeError):  # was not written by us: the chain says so
        return []


def given_numbers(tx: Connection) -> list[str]:
    """Every incident number that has ever been given."""
    rows = tx.execute(select(counters).order_by(counters.c.prefix, counters.c.year))
    return [f"{row.prefix}-{row.year}-{number:04d}" for row in rows for number in range(1, row.last + 1)]


def all_incidents(tx: Connection) -> list[Summary]:
    """Every incident, oldest first."""
    rows = tx.execute(select(incidents).order_by(incidents.c.opened_at, incidents.c.number))
    return [Summary(r.number, r.stage, r.outcome, r.seq, r.opened_at, r.next_deadline) for r in rows]


def ended_incidents(tx: Connection) -> list[str]:
    query = select(incidents.c.number).where(incidents.c.outcome != "").order_by(incidents.c.opened_at)
    return list(tx.execute(query).scalars())


def unread_incidents(tx: Connection) -> list[str]:
    """Open incidents that began with an attachment nobody could read, and that nobody has looked at again."""
    unread = BEGAN_WITH.contains('"belum_terbaca":["', autoescape=True)
    again = exists().where(later.c.incident == incidents.c.number, later.c.kind == Enriched.kind)
    query = select(incidents.c.number).where(incidents.c.outcome == "", unread, ~again)
    return list(tx.execute(query.order_by(incidents.c.opened_at)).scalars())


def reported_since(tx: Connection, since: datetime, limit: int = 50) -> list[Reported]:
    """What the incidents that are being worked were reported as, with what was corrected since, the newest first."""
    query = select(incidents.c.number, incidents.c.opened_at, BEGAN_WITH.label("data"))
    query = query.where(incidents.c.stage != "", incidents.c.opened_at >= since)
    rows = tx.execute(query.order_by(incidents.c.opened_at.desc(), incidents.c.number.desc()).limit(limit)).all()
    corrected = _corrections(tx, [row.number for row in rows])
    found = [(row, _reported(row.number, row.data)) for row in rows]
    return [
        Reported(row.number, report.updated(corrected.get(row.number, NOTHING)), row.opened_at)
        for row, report in found
        if report is not None
    ]


def _corrections(tx: Connection, numbers: Sequence[str]) -> dict[str, Report]:
    """What officials have corrected on the cards of these incidents."""
    here = events.c.incident.in_(numbers) & (events.c.kind == Corrected.kind)
    query = select(events.c.incident, events.c.data).where(here).order_by(events.c.incident, events.c.seq)
    known = dict[str, Report]()
    for row in tx.execute(query) if numbers else ():
        said = _reported(row.incident, row.data) or NOTHING
        known[row.incident] = known.get(row.incident, NOTHING).updated(said)
    return known


def by_letter_number(tx: Connection, nomor: str, since: datetime, opd: str, *, open_only: bool = False) -> str:
    """The newest incident since then that began with the letter `nomor` of the office `opd`, or ""."""
    says = f'"nomor":{json.dumps(nomor, ensure_ascii=False)}'
    query = select(incidents.c.number, BEGAN_WITH.label("data"))
    query = query.where(incidents.c.opened_at >= since, BEGAN_WITH.contains(says, autoescape=True))
    if open_only:
        query = query.where(incidents.c.outcome == "")
    rows = tx.execute(query.order_by(incidents.c.opened_at.desc(), incidents.c.number.desc()))
    found = ((row.number, _reported(row.number, row.data)) for row in rows)
    return next((number for number, report in found if report is not None and (report.opd or "") == opd), "")


def _reported(number: str, data: str) -> Report | None:
    """What an incident began with; None where that cannot be read: no other letter waits for it."""
    try:
        return from_data(Report, json.loads(data)["report"])
    except (KeyError, TypeError, ValueError):
        log.exception("laporan %s di jurnal tidak terbaca", number)
        return None


_DUE = (
    select(incidents.c.number).where(incidents.c.next_deadline <= bindparam("now")).order_by(incidents.c.next_deadline)
)
_AHEAD = (
    select(incidents.c.number)
    .join(events, (events.c.incident == incidents.c.number) & (events.c.seq == incidents.c.seq))
    .where(events.c.at > bindparam("ahead"), incidents.c.next_deadline.is_not(None))
)  # in no order: for that SQLite would go through all incidents, and not through the events that lie ahead
_NEXT_DEADLINE = (
    select(incidents.c.next_deadline)
    .where(incidents.c.next_deadline.is_not(None))
    .order_by(incidents.c.next_deadline)
    .limit(1)
)
_NEXT_MOMENT = select(_AHEAD.exists().label("set_back"), _NEXT_DEADLINE.scalar_subquery().label("deadline"))


def due_incidents(tx: Connection, now: datetime) -> list[str]:
    return list(tx.execute(_DUE, {"now": now}).scalars())


def ahead_of(tx: Connection, now: datetime) -> list[str]:
    """Open incidents whose newest event lies ahead of `now`: the clock has been set back, their deadlines are wrong."""
    return sorted(tx.execute(_AHEAD, {"ahead": now + CLOCKS_MAY_DIFFER}).scalars())


def next_moment(tx: Connection, now: datetime) -> datetime | None:
    """When the next deadline is due; `now` when the clock has been set back and deadlines must be put right."""
    row = tx.execute(_NEXT_MOMENT, {"ahead": now + CLOCKS_MAY_DIFFER}).one()
    deadline: datetime | None = row.deadline
    return now if row.set_back else deadline


def note_restored(tx: Connection, now: datetime) -> None:
    """Remember that this journal came from a backup, and when."""
    tx.execute(delete(secrets).where(secrets.c.name == "dipulihkan"))
    tx.execute(insert(secrets).values(name="dipulihkan", value=now.astimezone(UTC).isoformat().encode()))


_RESTORED = select(secrets.c.value).where(secrets.c.name == "dipulihkan")


def restored_lately(tx: Connection, now: datetime) -> bool:
    """Whether the journal was restored within the last day: then a mail it decides on may have been sent before.

    A restore that lies ahead was noted by a clock that has been set back since: the day begins now.
    """
    value = tx.execute(_RESTORED).scalar()
    if value is None:
        return False
    restored = datetime.fromisoformat(bytes(value).decode())
    if restored > now + CLOCKS_MAY_DIFFER:
        note_restored(tx, now)
    return now - restored < timedelta(days=1)


def secret(tx: Connection, name: str, fresh: bytes) -> bytes:
    """The journal's own secret of that name; `fresh` becomes it if there is none yet."""
    tx.execute(insert_or(tx.dialect.name, secrets).values(name=name, value=fresh).on_conflict_do_nothing())
    return bytes(tx.execute(select(secrets.c.value).where(secrets.c.name == name)).scalar_one())
