"""Who holds a role, as a value: `office` reads the file, the SOP asks this."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Capacity(StrEnum):
    """In which capacity somebody is asked; it stands in the register and on the papers."""

    HOLDER = "pejabat"
    DEPUTY = "wakil"
    SUPERIOR = "atasan"


@dataclass(frozen=True, slots=True)
class Person:
    """One official.

    Attributes:
        id: stable key in `pejabat.yaml`; appears in the journal, so it must not be reused for another person.
        addresses: lower-case addr-specs (RFC 5322); the first is the one written to.
        acting: "", "Plh." or "Plt." for a deputy.
        mandate: number of the surat perintah of a deputy.
        first_day, last_day: days (WIB) a deputy may act, inclusive; None means without limit.
        unit: the team a member of Tim Teknis belongs to, as it is called when work is assigned.
    """

    id: str
    role: str
    name: str
    title: str
    addresses: tuple[str, ...]
    nip: str = ""
    acting: str = ""
    mandate: str = ""
    first_day: date | None = None
    last_day: date | None = None
    unit: str = ""

    @property
    def address(self) -> str:
        return self.addresses[0]

    @property
    def signature_title(self) -> str:
        """The title as it stands under a paper: "Plh. Kepala Bidang …"."""
        return f"{self.acting} {self.title}".strip()

    def may_act_on(self, day: date) -> bool:
        return (self.first_day is None or self.first_day <= day) and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class Directory:
    """Everybody who can be asked. Immutable: a changed file is a new Directory."""

    people: tuple[Person, ...]

    def holders(self, role: str) -> tuple[Person, ...]:
        return tuple(person for person in self.people if person.role == role and not person.acting)

    def deputies(self, role: str, day: date) -> tuple[Person, ...]:
        """The Plh/Plt of a role whose mandate covers `day` (WIB)."""
        return tuple(p for p in self.people if p.role == role and p.acting and p.may_act_on(day))

    def person(self, person_id: str) -> Person | None:
        return next((person for person in self.people if person.id == person_id), None)

    def by_address(self, address: str) -> tuple[Person, ...]:
        wanted = address.strip().lower()
        return tuple(person for person in self.people if wanted in person.addresses)
