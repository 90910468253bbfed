"""How far an incident has come, in the few words that are meant for whoever reported it."""

from __future__ import annotations

from enum import StrEnum

from sop.incident import Incident
from sop.procedure import Procedure


class Phase(StrEnum):
    """What a reporter may know of the way; templates know it by these words."""

    RECEIVED = "diterima"
    """It is being analysed."""
    ANALYSED = "dianalisis"
    """It is on its way to whoever will work on it."""
    WORKED_ON = "ditangani"
    WORK_DONE = "dilaporkan"
    """The work is done, and is being reported."""
    ENDED = "selesai"


def phase_of(procedure: Procedure, incident: Incident) -> Phase:
    """By the stage that was begun last; a procedure that assigns nobody has no work to tell of."""
    if incident.outcome:
        return Phase.ENDED
    order = list(procedure.stages())
    here = next(
        (at for at, stage in enumerate(order) if incident.visits and stage.name == incident.visits[-1].stage), 0
    )
    work = next((at for at, stage in enumerate(order) if stage.assigned), len(order))
    if here == work:
        return Phase.WORKED_ON
    if here > work:
        return Phase.WORK_DONE
    return Phase.ANALYSED if here else Phase.RECEIVED
