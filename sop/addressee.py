"""Whom a mail of ours is for."""

from __future__ import annotations

from dataclasses import dataclass

from sop.procedure import REPORTER


@dataclass(frozen=True, slots=True)
class Addressee:
    """An official or a reporter. As text, which the journal keeps: "kabid", "pelapor", "pelapor:DKL-2026-0002".

    Attributes:
        name: id of an official in the directory; `REPORTER`; or what stands for one whom nobody knows.
        incident: of a reporter whose incident was linked to the one the mail is about: its number; else "".
    """

    name: str
    incident: str = ""

    def __str__(self) -> str:
        return f"{self.name}:{self.incident}" if self.incident else self.name

    @classmethod
    def parse(cls, text: str) -> Addressee:
        """The addressee whose text it is."""
        name, _, incident = text.partition(":")
        return cls(name, incident) if name == REPORTER else cls(text)

    @classmethod
    def reporter(cls, incident: str = "") -> Addressee:
        """Whoever reported the incident the mail is about, or the one that was linked to it (`incident`)."""
        return cls(REPORTER, incident)

    @property
    def is_reporter(self) -> bool:
        """Whether it is whoever reported, not an official."""
        return self.name == REPORTER


NOBODY = Addressee("")
