"""How a whole SOP ended, in a form in which two lives can be compared."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from handlers.care.verify import examine
from outbox import queue
from register import journal
from sop.event_codec import data_of
from tests import cast
from tests.cast import DINKES
from tests.town import Town

PEOPLE = (*cast.OFFICIALS, DINKES)
_REGISTER_COLUMNS = (0, 2, 3, 4, 7, 14)  # what no clock changes
_STEPS_COLUMNS = (0, 1, 2, 6, 8)


@dataclass(frozen=True, slots=True)
class Ending:
    """How a whole SOP ended, without what may differ between two lives: times and ids.

    Attributes:
        mails: reader, what the mail is for, and how many copies they got.
        registers: the workbook of each desk.
    """

    events: tuple[str, ...]
    mails: tuple[tuple[str, str, int], ...]
    registers: frozenset[tuple[tuple[str, ...], ...]]
    damage: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a crash did, if anything."""

    lost: tuple[object, ...]
    doubled: tuple[object, ...]
    register: bool

    def __bool__(self) -> bool:
        return bool(self.lost or self.doubled or self.register)


def difference(undisturbed: Ending, after: Ending) -> Difference:
    events, events_after = set(undisturbed.events), set(after.events)
    mails, mails_after = ({mail[:2] for mail in ending.mails} for ending in (undisturbed, after))
    lost = (*(events - events_after), *(mails - mails_after))
    doubled = (*(mail for mail in after.mails if mail[2] > 1), *(events_after - events), *(mails_after - mails))
    return Difference(lost, doubled, after.registers != undisturbed.registers or bool(after.damage))


def ending_of(towns: list[Town]) -> Ending:
    """What journal, mailboxes and workbooks say at the end. The offices must be open."""
    office = towns[0].office
    with office.database.reading() as tx:
        numbers = [summary.number for summary in journal.all_incidents(tx)]
        events = tuple(
            f"{number} {event.seq} {event.kind} {_timeless(data_of(event))}"
            for number in numbers
            for event in journal.read_events(tx, number)
        )
        keys = {mail.message_id: _nameless(str(mail.key)) for mail in queue.everything(tx)}
    mails: Counter[tuple[str, str]] = Counter()
    for person in PEOPLE:
        for mail in towns[0].inbox(person):
            mails[person, keys.get(mail.message_id, mail.subject)] += 1
    counted = tuple(sorted((*who, n) for who, n in mails.items()))
    registers = frozenset(_rows(town.folder / "data" / "register" / "register-2026.xlsx") for town in towns)
    return Ending(events, counted, registers, examine(office).damage)


def _rows(workbook: Path) -> tuple[tuple[str, ...], ...]:
    book = load_workbook(workbook, read_only=True)
    rows = [
        tuple(str(row[column]) for column in columns)
        for sheet, columns in (("Register", _REGISTER_COLUMNS), ("Waktu Langkah", _STEPS_COLUMNS))
        for row in book[sheet].iter_rows(values_only=True)
    ]
    book.close()
    return tuple(rows)


def _timeless(data: Any) -> str:
    """An event's data without moments and without the ids of mails, which hold a random Message-ID."""
    kept = {key: value for key, value in data.items() if key not in ("received", "mail")}
    kept["surat"] = [_nameless(key) for key in data.get("surat", ())]
    return json.dumps(kept, sort_keys=True, ensure_ascii=False)


def _nameless(key: str) -> str:
    """A letter's key without the id of the mail it refers to."""
    return "/".join(
        "…" if len(part) == 16 and all(c in "0123456789abcdef" for c in part) else part for part in key.split("/")
    )
