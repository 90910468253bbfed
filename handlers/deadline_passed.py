"""A deadline has passed: remind, escalate, inform, or let the system go on."""

from __future__ import annotations

import logging

from handlers.carry_out import carry_out
from handlers.ports import Ports
from register import journal
from sop.facts import TimePassed

log = logging.getLogger(__name__)


def act_on_deadlines(ports: Ports) -> list[str]:
    """Climb the ladders that are due. Returns the incidents concerned."""
    with ports.database.reading() as tx:
        ahead = journal.ahead_of(tx, ports.now())
        due = journal.due_incidents(tx, ports.now())
    if ahead:
        log.warning("jam mesin dimundurkan; batas waktu disesuaikan untuk %s", ", ".join(ahead))
    for number in (*ahead, *due):
        carry_out(ports, number, TimePassed())
    return [*ahead, *due]
