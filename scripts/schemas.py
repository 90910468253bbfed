"""Writes the JSON Schemas of the files that an office writes, by which editors complete them.

They are drawn from what the readers themselves read by (`office.settings_keys`, `office.people_keys`,
`sop.procedure_keys`); `siaga init` puts them beside the files.
"""

from __future__ import annotations

import json
from pathlib import Path

import office.people_keys
import office.settings_keys
import sop.procedure_keys
from sop.declared import Schema

FOLDER = Path(office.settings_keys.__file__).with_name("defaults")
SCHEMAS: dict[str, tuple[str, Schema]] = {
    "siaga.schema.json": ("Pengaturan Siaga (siaga.toml)", office.settings_keys.SCHEMA),
    "pejabat.schema.json": ("Pejabat yang menjalankan prosedur (pejabat.yaml)", office.people_keys.SCHEMA),
    "prosedur.schema.json": ("Prosedur yang dijalankan Siaga", sop.procedure_keys.SCHEMA),
}


def drawn(name: str) -> str:
    """The text of one schema file."""
    title, schema = SCHEMAS[name]
    whole = {"$schema": "http://json-schema.org/draft-07/schema#", "title": title, **schema}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    for name in SCHEMAS:
        (FOLDER / name).write_text(drawn(name), encoding="utf-8")


if __name__ == "__main__":
    main()
