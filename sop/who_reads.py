"""Who may read what of an incident: `templates/siapa_membaca.yaml` says it, everything that is told asks here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Audience(StrEnum):
    """Whoever is told of an incident."""

    REPORTER = "pelapor"
    OFFICIAL = "pejabat"
    PAPER = "naskah"
    ADMIN = "linimasa"
    """Whoever may see the whole journal."""


class Share(StrEnum):
    """How much somebody is told of one thing that happened."""

    NOTHING = "tidak"
    LINE = "baris"
    WORDS = "isi"
    """The line, and the words of whoever acted."""


TABLED = (Audience.REPORTER, Audience.OFFICIAL, Audience.PAPER)
"""The columns of the table, in order."""
Shares = Mapping[Audience, Share]


@dataclass(frozen=True, slots=True)
class WhoReads:
    """The table. What it does not name is for nobody but `Audience.ADMIN`, who reads everything.

    Attributes:
        lines: by the name of what happened (`sop.story.names_of`).
        card: by row of the incident card.
    """

    lines: Mapping[str, Shares] = field(default_factory=dict)
    card: Mapping[str, Shares] = field(default_factory=dict)

    def share(self, names: Iterable[str], audience: Audience) -> Share:
        """How much `audience` is told of what happened; `names`: what it may be called, the most exact name first."""
        if audience is Audience.ADMIN:
            return Share.WORDS
        known = next((self.lines[name] for name in names if name in self.lines), None)
        return known.get(audience, Share.NOTHING) if known else Share.NOTHING

    def shows(self, row: str, audience: Audience) -> bool:
        """Whether `audience` sees a row of the card."""
        return audience is Audience.ADMIN or self.card.get(row, {}).get(audience) is Share.WORDS
