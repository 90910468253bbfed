"""Who is known to be away, by the last that came from their mailbox."""

from __future__ import annotations

from datetime import timedelta

from handlers.ports import Ports
from register import ledger
from sop.decide import CLOCKS_MAY_DIFFER

HOLDS = timedelta(days=7)
"""So long a machine's word holds: after that most of them say it again to the same sender (RFC 5230 §4.1)."""


def known_to_be_away(ports: Ports, person: str) -> str:
    """Id of the mail by which the mailbox of `person` (id) said so; "" where it did not, or they have written since."""
    found = ports.directory().person(person)
    if found is None:
        return ""
    with ports.database.reading() as tx:
        last = ledger.last_by(tx, found.addresses)
    if last is None or last.became != ledger.ABSENT:
        return ""
    now = ports.now()
    return last.id if now - HOLDS <= last.received <= now + CLOCKS_MAY_DIFFER else ""
