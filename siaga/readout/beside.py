"""What a folder of mails keeps beside them: offices, officials, and what each reply was asked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from inbox.received import received_at
from office.clock import SystemClock
from office.offices_file import DEFAULT, read_offices
from parsers.letters.offices import Office, Offices
from siaga.readout.senders import Official

OWN_OFFICE = "Dinas Komunikasi, Informatika dan Statistik"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reply answers: the kind of question, of which role, about which incident, under which subject."""

    question: str = "analisis"
    role: str = ""
    incident: str = ""
    subject: str = ""


def came_in(raw: bytes) -> datetime:
    """When a mail that stands in a file came in, as the desk would have it of a server that does not say."""
    return received_at(raw, None, SystemClock().now())


@cache
def offices(folder: Path) -> Offices:
    """The folder's own `opd.json` where it has one, else the offices that are shipped."""
    rows = _listed(folder / "opd.json")
    if rows is None:
        return read_offices(DEFAULT, own=OWN_OFFICE)
    return Offices([Office(row["nama"], tuple(row["singkatan"])) for row in rows], own=OWN_OFFICE)


@cache
def officials(folder: Path) -> tuple[Official, ...]:
    """The folder's `officials.json`; nobody without one."""
    return tuple(Official.from_row(row) for row in _listed(folder / "officials.json") or ())


def asked(folder: Path, case: str) -> Asked:
    """What the folder's `context.json` says of a case."""
    row = _context(folder).get(case, {})
    names = {"question": "ask", "role": "asked_role", "incident": "incident", "subject": "subject"}
    return Asked(**{name: row[key] for name, key in names.items() if key in row})


@cache
def _context(folder: Path) -> dict[str, dict[str, str]]:
    return _listed(folder / "context.json") or {}


def _listed(path: Path) -> Any:
    """The file's JSON; None where there is no such file."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
