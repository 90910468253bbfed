"""Who holds a role, as a value: `office` reads the file, the SOP asks this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum

WIB = timezone(timedelta(hours=7))
"""The office lives in WIB, which has no daylight saving time."""


class Capacity(StrEnum):
    """In which capacity somebody is asked; it stands in the register and on the papers."""

    HOLDER = "pejabat"
    DEPUTY = "wakil"
    SUPERIOR = "atasan"
    DELEGATE = "pelimpahan"


class Policy(StrEnum):
    """How much a role's answers must prove, beside that they answer our very request, before they count."""

    STRICT = "strict"
    """It must be proved that the sender is genuine: by our receiving server's word, or by a signature."""
    WARN = "warn"
    """Nothing may speak against it; what is not proved is told to whoever is said to have answered."""


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
        aides: lower-case addresses of staff who may write on this official's behalf.
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
    aides: tuple[str, ...] = ()

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
class Duty:
    """Whom to ask for a role from `start` until before `end` (aware): nights and holidays."""

    role: str
    person: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Directory:
    """Everybody who can be asked. Immutable: a changed file is a new Directory.

    Attributes:
        policies: role to what its answers must prove; roles that are not named are `Policy.WARN`.
        quiet: role to (from, until) in WIB, in which it is not reminded; may run over midnight.
    """

    people: tuple[Person, ...]
    duties: tuple[Duty, ...] = ()
    policies: Mapping[str, Policy] = field(default_factory=dict)
    quiet: Mapping[str, tuple[time, time]] = field(default_factory=dict)

    def holders(self, role: str) -> tuple[Person, ...]:
        return tuple(person for person in self.people if person.role == role and not person.acting)

    def on_call(self, role: str, now: datetime) -> tuple[Person, ...]:
        """Whom to ask at `now` (aware): whoever is on duty for the role, else all who hold it."""
        named = {duty.person for duty in self.duties if duty.role == role and duty.start <= now < duty.end}
        holders = self.holders(role)
        return tuple(person for person in holders if person.id in named) or holders

    def deputies(self, role: str, day: date) -> tuple[Person, ...]:
        """The Plh/Plt of a role whose mandate covers `day` (WIB)."""
        return tuple(p for p in self.people if p.role == role and p.acting and p.may_act_on(day))

    def person(self, person_id: str) -> Person | None:
        return next((person for person in self.people if person.id == person_id), None)

    def by_address(self, address: str) -> tuple[Person, ...]:
        wanted = address.strip().lower()
        return tuple(person for person in self.people if wanted in person.addresses)

    def by_aide(self, address: str) -> tuple[Person, ...]:
        """The officials on whose behalf this address may write."""
        wanted = address.strip().lower()
        return tuple(person for person in self.people if wanted in person.aides)

    def policy(self, role: str) -> Policy:
        return self.policies.get(role, Policy.WARN)

    def is_quiet(self, role: str, now: datetime) -> bool:
        """Whether the role must not be reminded at `now` (aware)."""
        if role not in self.quiet:
            return False
        start, end = self.quiet[role]
        clock = now.astimezone(WIB).time()
        return start <= clock < end if start <= end else clock >= start or clock < end
