"""What the parsers understand, as frozen values. Every field says where it was read and how sure the reading is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from parsers.letters.urgency import USUAL, Hint


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
    RECALL = "recall"
    REACTION = "reaction"

    @property
    def from_machine(self) -> bool:
        return self in _MACHINE


_MACHINE = frozenset(
    {
        MailKind.AUTO_REPLY,
        MailKind.BOUNCE,
        MailKind.DELAY,
        MailKind.READ_RECEIPT,
        MailKind.CALENDAR,
        MailKind.RECALL,
        MailKind.REACTION,
    }
)


@dataclass(frozen=True, slots=True)
class Field:
    """One value as read.

    Attributes:
        source: the place, in Indonesian: "kop", "badan surat", "alamat pengirim" …
        sure: 0…1. From 0.9: it stood where it belongs (a label, the letterhead, a header field). From 0.8: found by a rule
            that seldom errs. Below 0.8 people are asked to look: found in running text, by a name alone, or by OCR.
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
    unread: tuple[str, ...] = ()
    """Names of attachments nobody could read."""
    to_ask_for: tuple[tuple[str, str], ...] = ()
    """(name, reason) of attachments that the sender can mend: locked with a password, or broken."""
    urgency: Hint = USUAL
    trouble: bool = False
    """Something in it speaks of trouble, whatever its kind: what opens no incident is shown to a human at once."""
