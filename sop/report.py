"""What is known of an incident: what its letter says, and how that was read.

The fields are named as the journal holds them and as the office's templates speak of them. None: nothing was said of
it; "" or (): it was said that there is nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import NamedTuple

from sop.codec import Json


class Origin(NamedTuple):
    """Where a field was read, such as "surat terlampir", and how sure that is (0…1)."""

    source: str
    sure: float


class NotApplied(NamedTuple):
    """A correction that was not carried out: the line as written, and why (a clause, Indonesian)."""

    line: str
    why: str


@dataclass(frozen=True, slots=True)
class Urgency:
    """A hint by the words of the letter: "biasa", "tinggi" …, and why."""

    tingkat: str = "biasa"
    alasan: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What is known of an incident, or what became known of it.

    Attributes:
        jenis: how it came: "surat", "email", "telepon" …
        tanggal: the letter's day (ISO 8601).
        waktu_kejadian: since when something fails (ISO 8601, +07:00; a bare date without hour), or as it was written.
        email: lower case.
        layanan: categories of services.
        asal: where each field was read.
        belum_terbaca: names of attachments that nobody could read.
        lampiran_bermasalah: (name, reason) of attachments that the sender can mend.
        tanpa_balasan: whose address is not written to, and `tanpa_balasan_karena` why.
        belum_dikenal: nobody knew the reporter's address when it was entered.
        surel_dipastikan: its reporter has written from that address since.
        others: what another version of ours knew besides.
    """

    jenis: str | None = None
    nomor: str | None = None
    tanggal: str | None = None
    sifat: str | None = None
    hal: str | None = None
    pengirim: str | None = None
    nip: str | None = None
    jabatan: str | None = None
    telepon: str | None = None
    email: str | None = None
    narahubung: str | None = None
    opd: str | None = None
    lokasi: str | None = None
    waktu_kejadian: str | None = None
    rujukan: str | None = None
    asal: Mapping[str, Origin] | None = None
    kegentingan: Urgency | None = None
    layanan: tuple[str, ...] | None = None
    ringkasan: str | None = None
    lampiran_bermasalah: tuple[tuple[str, str], ...] | None = None
    belum_terbaca: tuple[str, ...] | None = None
    tanpa_balasan: str | None = None
    tanpa_balasan_karena: str | None = None
    belum_dikenal: bool | None = None
    surel_dipastikan: bool | None = None
    others: Mapping[str, Json] = field(default_factory=dict)

    def said(self) -> tuple[str, ...]:
        """The names of the fields of which something was said."""
        return tuple(name for name in _NAMES if getattr(self, name) is not None)

    def knows(self, name: str) -> bool:
        """Whether a field is filled; one that this version has no name for, too."""
        return bool(getattr(self, name) if name in _NAMES else self.others.get(name))

    def only(self, names: Iterable[str]) -> Report:
        """Of this report nothing but the fields `names`."""
        return Report(**{name: getattr(self, name) for name in names})

    def without(self, names: Collection[str]) -> Report:
        """This report, and nothing said of the fields `names`."""
        return replace(self.only(name for name in _NAMES if name not in names), others=self.others)

    def updated(self, later: Report) -> Report:
        """What is known once `later` has been said: whatever it says stands."""
        new = {name: getattr(later, name) for name in later.said()}
        return replace(self, **new, others={**self.others, **later.others})


NOTHING = Report()
_NAMES = tuple(part.name for part in fields(Report) if part.name != "others")
