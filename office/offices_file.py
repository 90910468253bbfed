"""The list of OPD: `opd.csv` with the columns nama, singkatan and surel (several of the latter, separated by ";").

surel: addresses of the OPD, or a whole domain of theirs ("@dinas.contoh.example").
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path

from parsers.letters.offices import Office, Offices

_ADDRESS = re.compile(r"[^@\s,;<>]*@[^@\s,;<>]+\.[^@\s,;<>.]+")
DEFAULT = Path(__file__).with_name("defaults") / "opd.csv"


def read_offices(path: Path, own: str = "") -> Offices:
    """Read `opd.csv`; where there is none, the offices that are shipped.

    Raises: ValueError naming the file and line of a row that cannot be used.
    """
    source = path if path.exists() else DEFAULT
    offices = []
    with source.open(encoding="utf-8-sig", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            name = (row.get("nama") or "").strip()
            if not name:
                raise ValueError(f"{source.name}:{line}: kolom `nama` kosong")
            addresses = tuple(address.lower() for address in _several(row, "surel"))
            for address in addresses:
                if not _ADDRESS.fullmatch(address):
                    raise ValueError(f"{source.name}:{line}: kolom `surel`: {address} bukan alamat atau @domain")
            offices.append(Office(name, _several(row, "singkatan"), addresses))
    found = Offices(offices)
    return Offices(offices, own=found.in_text(own) or found.in_letterhead(own)) if own else found


def _several(row: Mapping[str, str | None], column: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in (row.get(column) or "").split(";") if part.strip())
