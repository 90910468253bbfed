"""What a mail is about and who reads it, as the templates know it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from outbox.mail_templates import Tappable
from sop.addressee import Addressee
from sop.people import Person
from sop.standing import Standing


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail."""

    filename: str
    mime_type: str
    content: bytes
    charset: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the mail: an official, or whoever reported."""

    addressee: Addressee
    name: str
    title: str
    address: str

    @property
    def id(self) -> str:
        """As templates know it."""
        return str(self.addressee)


@dataclass(frozen=True, slots=True)
class Matter:
    """What the mail is about.

    Attributes:
        standing: the incident with its newest events; a mail about none ("surat lain") has no events and no number.
        thread: Message-IDs this mail belongs to, oldest first, no angle brackets.
        witness: lines for the foot, by which the journal can be held against this mail later.
        also: what else waits for the reader, and is named; `more`: how many there was no room for.
        whole: the letter is among the attachments, whole.
    """

    standing: Standing
    reader: Reader
    now: datetime
    attachments: Sequence[Attachment] = ()
    thread: Sequence[str] = ()
    letter_text: str = ""
    witness: Sequence[str] = ()
    also: Sequence[AlsoWaiting] = ()
    more: int = 0
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer the reader can tap."""

    label: str
    word: str
    hint: str
    mailto: Tappable


@dataclass(frozen=True, slots=True)
class AlsoWaiting:
    """Another incident that waits for the reader, as a reminder shows it.

    `tenggat`: by when it must be answered; None after its end.
    """

    nomor: str
    tahap: str
    opd: str
    hal: str
    tenggat: datetime | None
    pilihan: Sequence[Choice]


def as_reader(person: Person) -> Reader:
    return Reader(Addressee(person.id), person.name, person.signature_title, person.address)
