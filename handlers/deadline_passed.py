"""A deadline has passed: remind, escalate, inform, or let the system go on."""

from __future__ import annotations

from handlers.carry_out import carry_out
from handlers.ports import Ports
from register import journal
from sop.facts import TimePassed


def act_on_deadlines(ports: Ports) -> list[str]:
    """Climb the ladders that are due. Returns the incidents concerned."""
    with ports.database.reading() as tx:
        due = journal.due_incidents(tx, ports.now())
    for number in due:
        carry_out(ports, number, TimePassed())
    return due
