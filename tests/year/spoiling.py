"""Spoils what a life has left behind, as a mistake of the house would: chained, and listed as the events say."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from register.journal import GENESIS, link
from sop.codec import Json
from sop.decide import next_deadline
from sop.event_codec import event_of
from sop.fold import fold
from sop.load import load_procedure
from tests.year.checks.rows import moment
from tests.year.small_life import Afterwards
from tests.year.witness import Said


@dataclass(slots=True)
class Happened:
    """An event that can be changed."""

    incident: str
    at: datetime
    kind: str
    data: dict[str, Json]

    def copied(self) -> Happened:
        return Happened(self.incident, self.at, self.kind, dict(self.data))

    @property
    def mails(self) -> list[Json]:
        """The keys it names, to be changed."""
        kept = self.data.setdefault("surat", [])
        assert isinstance(kept, list)
        return kept


@dataclass(slots=True)
class Spoiler:
    """What is left of a life, and its events as a list."""

    scene: Afterwards
    events: list[Happened] = field(default_factory=list)

    def __post_init__(self) -> None:
        with self.scene.engine.connect() as tx:
            rows = tx.exec_driver_sql("select incident, at, kind, data from events order by rowid").all()
        self.events = [Happened(row[0], moment(row[1]), row[2], json.loads(row[3])) for row in rows]

    def sql(self, statement: str) -> None:
        """A row is changed behind the back of the journal."""
        with self.scene.engine.begin() as tx:
            assert tx.exec_driver_sql(statement).rowcount > 0, statement

    def find(self, kind: str, nth: int = 0, **said: Json) -> Happened:
        """The nth event of a kind that says that."""
        found = [one for one in self.events if one.kind == kind and said.items() <= _flat(one).items()]
        return found[nth]

    def said(self, event: Happened) -> Said:
        """What the mail of an event truly said."""
        return self.scene.truth.said[str(event.data["mail"])]

    def drop(self, event: Happened) -> None:
        self.events.remove(event)

    def after(self, event: Happened, new: Happened) -> None:
        """`new` happens right after `event`."""
        self.events.insert(self.events.index(event) + 1, new)

    def write(self) -> None:
        """The journal as if the events had happened so."""
        procedure, heads, counts = load_procedure(), dict[str, str](), dict[str, int]()
        with self.scene.engine.begin() as tx:
            tx.exec_driver_sql("delete from events")
            for one in self.events:
                counts[one.incident] = counts.get(one.incident, 0) + 1
                text = json.dumps(one.data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
                event = event_of(counts[one.incident], one.at, one.kind, text)
                heads[one.incident] = link(heads.get(one.incident, GENESIS), one.incident, event, text)
                row = (one.incident, event.seq, _stored(one.at), one.kind, text, heads[one.incident])
                tx.exec_driver_sql("insert into events (incident, seq, at, kind, data, hash) values (?,?,?,?,?,?)", row)
            for number, head in heads.items():
                mine = [one for one in self.events if one.incident == number]
                told = [event_of(n, one.at, one.kind, json.dumps(one.data)) for n, one in enumerate(mine, start=1)]
                incident = fold(number, told)
                due = next_deadline(procedure, incident)
                state = (incident.current.stage if incident.current else "", incident.outcome, due and _stored(due))
                tx.exec_driver_sql(
                    "update incidents set seq = ?, head = ?, stage = ?, outcome = ?, next_deadline = ? where number = ?",
                    (len(told), head, *state, number),
                )

    def request_again(self, key: str, new: str) -> None:
        """A mail stands in the queue once more, for the same with another key."""
        names = "incident, stage, visit, person, template, asks, sender, recipient, subject, sha256, state, attempts"
        names += ", queued_at, not_before, owner, reply, lane"
        self.sql(
            f"insert into outbox (key, message_id, token, {names}) select '{new}', 'x' || message_id, 'x' || token, "
            f"{names} from outbox where key = '{key}'"
        )


Spoil = Callable[[Spoiler], None]


def _flat(event: Happened) -> dict[str, Json]:
    return {"incident": event.incident, **{n: v for n, v in event.data.items() if isinstance(v, str | int)}}


def _stored(at: datetime) -> str:
    return at.replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")


MINUTE = timedelta(minutes=1)
