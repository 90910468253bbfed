"""`[ketuk]` of `siaga.toml`: by which other ways whoever is asked is told that mail waits for them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from office.toml_file import TomlFile

_WRITTEN = re.compile(r"(?:([\w.-]+(?:,[\w.-]+)*)=)?([a-z][a-z0-9+.-]*)(://\S+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KnockAddress:
    """One address as apprise knows them, such as "ntfys://ntfy.contoh.example/siaga".

    Attributes:
        place: which one it is in the settings, from 1: by that it is spoken of, for the rest may be a secret.
        names: ids of officials, or roles, for whom it is; none: for everybody.
    """

    place: int
    service: str
    names: tuple[str, ...] = ()
    url: str = field(default="", repr=False)

    def __str__(self) -> str:
        return f"alamat ketuk ke-{self.place} ({self.service})"


def read_knocks(toml: TomlFile) -> tuple[KnockAddress, ...]:
    """What the settings list, or the environment variable that they name, with blanks between."""
    by_variable = toml.text("ketuk", "alamat_env")
    written = toml.secret("ketuk", "alamat").split() if by_variable else toml.lines("ketuk", "alamat")
    found = list[KnockAddress]()
    for place, text in enumerate(written, 1):
        match = _WRITTEN.fullmatch(text.strip())
        if match is None:
            say = f"alamat ke-{place} harus berbentuk layanan://... atau kabid=layanan://..."
            toml.problem("ketuk", "alamat_env" if by_variable else "alamat", say)
            continue
        names = tuple(filter(None, (match.group(1) or "").split(",")))
        found.append(KnockAddress(place, match.group(2).lower(), names, f"{match.group(2)}{match.group(3)}"))
    return tuple(found)
