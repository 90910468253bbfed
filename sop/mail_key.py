"""What one mail of ours is for."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sop.addressee import Addressee

_GENERAL, _STRANGER, _OF_NO_STAGE, _ASKED_BACK = "umum", "asing", "0", "perjelas-"
_TOGETHER = "dicatat-bersama-"
_SHORT = 16
"""So much of a hash names what a mail refers to."""


@dataclass(frozen=True, slots=True)
class MailKey:
    """Unique for ever: nothing with the same key is queued twice, and the token of the mail signs it.

    `text`, as the journal keeps it: "DKL-2026-0001/4/disposisi-1/kabid"; of a mail about no incident
    "umum/1a2b3c4d5e6f7a8b/surat_lain/helpdesk". A new one is made by one of the functions below.
    """

    text: str

    def __str__(self) -> str:
        return self.text

    @classmethod
    def of_visit(cls, incident: str, step: int, stage: str, visit: int, *what: str) -> MailKey:
        """About one visit of a stage; `what` is said there, and to whom."""
        return cls("/".join((incident, str(step), f"{stage}-{visit}", *what)))

    @classmethod
    def of_incident(cls, incident: str, *what: str) -> MailKey:
        """About an incident, but no stage of it."""
        return cls("/".join((incident, _OF_NO_STAGE, *what)))

    @classmethod
    def informing(cls, incident: str, place: Sequence[str], template: str, to: Addressee) -> MailKey:
        """What the procedure tells when an incident comes to `place`: a step, a stage of it, an end."""
        return cls("/".join((incident, *place, template, str(to))))

    @classmethod
    def general(cls, ref: str, what: str, to: Addressee) -> MailKey:
        """About no incident, but about what has the hash `ref`: a mail that came in, a head, anything else."""
        return cls(f"{_GENERAL}/{ref[:_SHORT]}/{what}/{to}")

    @classmethod
    def asking_back(cls, before: MailKey, mail: str, to: Addressee) -> MailKey:
        """What `mail` (id) meant, which answers our mail `before`: about the same, and so is what answers this one."""
        return cls.general(before.ref, f"{_ASKED_BACK}{mail[:12]}", to)

    @classmethod
    def together(cls, mail: str, answered: str, to: Addressee) -> MailKey:
        """What became of what `mail` (id) says of several incidents; `answered`: token of our mail that named them."""
        return cls.general(mail, f"{_TOGETHER}{answered}", to)

    @classmethod
    def to_stranger(cls, address: str) -> MailKey:
        """The one word that somebody whom nobody knows is ever sent."""
        return cls(f"{_GENERAL}/{_STRANGER}/{hashlib.sha256(address.encode()).hexdigest()[:32]}")

    @property
    def incident(self) -> str:
        """The number of the incident it is about, or ""."""
        first = self.text.partition("/")[0]
        return "" if first == _GENERAL else first

    @property
    def ref(self) -> str:
        """What it refers to: the beginning of the id of the mail that brought it about."""
        parts = self.text.split("/")
        return parts[-2] if self.incident else parts[1]

    @property
    def answered_together(self) -> str:
        """The token of our mail that named the incidents of which this one tells at once; "" for any other mail."""
        what = self.text.split("/")[2] if self.text.startswith(f"{_GENERAL}/") and self.text.count("/") > 2 else ""
        return what.removeprefix(_TOGETHER) if what.startswith(_TOGETHER) else ""

    @property
    def asked_back(self) -> str:
        """How the keys of all mails begin that ask back about what this one is about, which is no incident."""
        return f"{_GENERAL}/{self.ref}/{_ASKED_BACK}"


def short_ref(ref: str | MailKey, seq: int) -> str:
    """A short stable name for what a mail refers to: the mail that caused it, else the event it follows (`seq`).

    A mail's id is a hash already; the key of another mail of ours is not, and its last part alone would name a person.
    """
    if isinstance(ref, MailKey):
        return hashlib.sha256(ref.text.encode()).hexdigest()[:_SHORT]
    return ref[:_SHORT] or str(seq)
