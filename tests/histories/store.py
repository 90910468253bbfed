"""The recorded histories as they are kept: one line of JSON for each life of an office, after the procedures."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from sop.causes import Group
from sop.codec import Json
from sop.event_codec import data_of, event_of
from sop.events import Event
from sop.incident import Incident
from sop.load import parse_procedure
from sop.people import Directory, Duty, Person
from sop.procedure import Procedure
from sop.replay import History
from tests.histories.life import Case, Life

FILE = Path(__file__).with_name("histories.jsonl.xz")


@dataclass(frozen=True, slots=True)
class Recorded:
    """One life. `served`: by incident and number of an event, which of the `directories` it was decided by."""

    histories: tuple[History, ...]
    directories: tuple[Directory, ...]
    served: dict[tuple[str, int], int]

    def serving(self, incident: Incident, group: Group) -> Directory:
        return self.directories[self.served[incident.number, group[0].seq]]


def written(procedure: Procedure, lives: Iterable[Life]) -> list[str]:
    """The lines. The first is the text of the procedure that all of it was decided by."""
    return [_line({"procedure": procedure.text}), *(_line(_life(life)) for life in lives)]


def read(lines: Iterable[str]) -> list[Recorded]:
    first, *rest = (json.loads(line) for line in lines)
    procedure = parse_procedure(first["procedure"], "prosedur", pinned=True)
    return [_recorded(procedure, row) for row in rest]


def packed(lines: Iterable[str]) -> bytes:
    """As the file holds them (`xzcat` shows them)."""
    return lzma.compress("".join(f"{line}\n" for line in lines).encode(), preset=9)


def stored() -> list[str]:
    return lzma.decompress(FILE.read_bytes()).decode().splitlines()


def _line(said: object) -> str:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _life(life: Life) -> dict[str, Json]:
    cases: dict[str, Json] = {number: _case(case) for number, case in life.cases.items()}
    return {"people": [_directory(one) for one in life.directories], "incidents": cases}


def _case(case: Case) -> list[Json]:
    """A row for each event: when, what, by which directory; and after which something is due when."""
    rows: list[Json] = []
    for event in case.events:
        row: list[Json] = [event.at.isoformat(), event.kind, data_of(event), case.served[event.seq]]
        if event.seq in case.deadlines:
            due = case.deadlines[event.seq]
            row.append(due.isoformat() if due else None)
        rows.append(row)
    return rows


def _recorded(procedure: Procedure, row: dict[str, Json]) -> Recorded:
    histories, served = list[History](), dict[tuple[str, int], int]()
    people, incidents = row["people"], row["incidents"]
    assert isinstance(people, list) and isinstance(incidents, dict)
    for number, rows in incidents.items():
        assert isinstance(rows, list)
        happened, deadlines = list[Event](), dict[int, datetime | None]()
        for seq, (at, kind, data, who, *due) in enumerate(rows, start=1):  # type: ignore[misc, str-unpack]
            happened.append(event_of(seq, datetime.fromisoformat(str(at)), str(kind), _line(data)))
            served[number, seq] = int(str(who))
            if due:
                deadlines[seq] = datetime.fromisoformat(str(due[0])) if due[0] else None
        histories.append(History(number, procedure, tuple(happened), deadlines))
    return Recorded(tuple(histories), tuple(map(_read_directory, people)), served)


def _directory(people: Directory) -> dict[str, Json]:
    duties: list[Json] = [[d.role, d.person, d.start.isoformat(), d.end.isoformat()] for d in people.duties]
    quiet: dict[str, Json] = {role: [at.isoformat() for at in span] for role, span in people.quiet.items()}
    return {"people": [_person(one) for one in people.people], "duties": duties, "quiet": quiet}


def _person(one: Person) -> list[Json]:
    first, last = (day.isoformat() if day else "" for day in (one.first_day, one.last_day))
    return [one.id, one.role, one.name, one.title, one.address, one.unit, one.acting, one.mandate, first, last]


def _read_directory(said: Json) -> Directory:
    assert isinstance(said, dict)
    people, duties, quiet = said["people"], said["duties"], said["quiet"]
    assert isinstance(people, list) and isinstance(duties, list) and isinstance(quiet, dict)
    spans = {role: _texts(span) for role, span in quiet.items()}
    return Directory(
        tuple(_read_person(*_texts(one)) for one in people),
        tuple(_read_duty(*_texts(one)) for one in duties),
        quiet={role: (time.fromisoformat(since), time.fromisoformat(until)) for role, (since, until) in spans.items()},
    )


def _read_duty(role: str, person: str, start: str, end: str) -> Duty:
    return Duty(role, person, datetime.fromisoformat(start), datetime.fromisoformat(end))


def _read_person(
    id_: str, role: str, name: str, title: str, address: str, unit: str, acting: str, mandate: str, *days: str
) -> Person:
    first, last = (date.fromisoformat(day) if day else None for day in days)
    return Person(
        id_, role, name, title, (address,), unit=unit, acting=acting, mandate=mandate, first_day=first, last_day=last
    )


def _texts(said: Json) -> list[str]:
    assert isinstance(said, list)
    return [str(one) for one in said]
