"""What the parsers understand, as frozen values. Every field says where it was read and how sure the reading is."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum


class MailKind(StrEnum):
    """What kind of mail arrived."""

    INCIDENT = "incident"
    FOLLOW_UP = "follow_up"
    REQUEST = "request"
    OTHER = "other"
    SPAM = "spam"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    DELAY = "delay"
    READ_RECEIPT = "read_receipt"
    CALENDAR = "calendar"

    @property
    def from_machine(self) -> bool:
        return self in _MACHINE


_MACHINE = frozenset({MailKind.AUTO_REPLY, MailKind.BOUNCE, MailKind.DELAY, MailKind.READ_RECEIPT, MailKind.CALENDAR})


@dataclass(frozen=True, slots=True)
class Field:
    """One value as read.

    `sure`: 0.9 and more = labelled, or a form only it can have; 0.8 = from a place where it usually stands; 0.7 and less =
    from running text or a name shown. It is 0…1; `source` names the place: "kop", "badan surat", "alamat pengirim" …
    """

    value: str = ""
    source: str = ""
    sure: float = 0.0

    def __bool__(self) -> bool:
        return bool(self.value)


NOTHING = Field()


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter or report as a careful clerk would register it. Times are ISO 8601 with +07:00; dates ISO."""

    kind: MailKind = MailKind.OTHER
    jenis: Field = NOTHING
    nomor: Field = NOTHING
    tanggal: Field = NOTHING
    sifat: Field = NOTHING
    hal: Field = NOTHING
    pengirim: Field = NOTHING
    nip: Field = NOTHING
    jabatan: Field = NOTHING
    telepon: Field = NOTHING
    email: Field = NOTHING
    narahubung: Field = NOTHING
    opd: Field = NOTHING
    layanan: tuple[str, ...] = ()
    lokasi: Field = NOTHING
    waktu_kejadian: Field = NOTHING
    ringkasan: str = ""
    rujukan: Field = NOTHING
    attachments: int = 0
    text: str = ""
    kegentingan: str = ""
    """"tinggi", "sedang" or "biasa", or "" where it was not weighed: advice (parsers/urgency.py), never a decision."""
    alasan_kegentingan: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    """Names of attachments nobody could read."""

    def as_report(self, *, with_origins: bool = False) -> dict[str, object]:
        """The fields as plain JSON values, for the journal; `asal` tells of each its source and how sure it is."""
        report: dict[str, object] = {}
        origins: dict[str, list[str | float]] = {}
        for item in fields(self):
            value = getattr(self, item.name)
            if isinstance(value, Field) and value:
                report[item.name] = value.value
                origins[item.name] = [value.source, value.sure]
        report |= {"layanan": list(self.layanan), "ringkasan": self.ringkasan}
        if with_origins:
            report["asal"] = origins
        if with_origins and self.kegentingan:
            report |= {"kegentingan": self.kegentingan, "alasan_kegentingan": list(self.alasan_kegentingan)}
        return report
