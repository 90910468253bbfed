"""The list of OPD: `opd.csv` with the columns nama and singkatan (several, separated by ";")."""

from __future__ import annotations

import csv
from pathlib import Path

from parsers.letters.offices import Office, Offices

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
            aliases = tuple(part.strip() for part in (row.get("singkatan") or "").split(";") if part.strip())
            offices.append(Office(name, aliases))
    found = Offices(offices)
    return Offices(offices, own=found.in_text(own) or found.in_letterhead(own)) if own else found
