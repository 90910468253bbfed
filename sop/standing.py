"""An incident as it stood in one view of the journal, read once and handed on: to whoever decides, writes and draws."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sop.events import Event
from sop.incident import Incident
from sop.procedure import Procedure
from sop.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of an incident, or of one that is about to begin.

    Attributes:
        procedure: the one it follows.
        incident: what its events come to; one without a number where there is none (`of_none`).
        events: all of them, oldest first.
        head: what its chain in the journal comes to (hex); "" once something was decided that is not written yet.
    """

    procedure: Procedure
    incident: Incident
    events: tuple[Event, ...] = ()
    head: str = ""

    @property
    def number(self) -> str:
        return self.incident.number

    def after(self, verdict: Verdict) -> Standing:
        """As it stands when `verdict` will have been written."""
        return replace(self, incident=verdict.incident, events=(*self.events, *verdict.events), head="")


def of_none(procedure: Procedure) -> Standing:
    """For a mail or a paper that belongs to no incident."""
    return Standing(procedure, Incident(""))
