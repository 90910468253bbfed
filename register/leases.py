"""What one desk does at a time when several work on one journal: it holds a lease and renews it while it lives."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete

from register.database import insert_or
from register.schema import leases

INTAKE = "surat masuk"
"""Collecting and reading mail: two desks would only do the same twice."""
READING_AGAIN = "baca ulang"
"""Slow reading, such as OCR."""
SPAN = timedelta(minutes=1)
"""A desk that has not renewed for so long is taken for dead."""


def hold(tx: Connection, name: str, owner: str, now: datetime) -> bool:
    """Take or renew a lease. False while another living desk has it."""
    values = {"owner": owner, "until": now + SPAN}
    # Nobody is given more than one span: what lies further ahead was written by a clock that has been set back since.
    free = (leases.c.owner == owner) | (leases.c.until <= now) | (leases.c.until > now + SPAN)
    row = insert_or(tx, leases).values(name=name, **values)
    taken = row.on_conflict_do_update(index_elements=["name"], set_=values, where=free)
    return tx.execute(taken.returning(leases.c.owner)).first() is not None


def let_go(tx: Connection, name: str, owner: str) -> None:
    """Give back a lease, so that another desk need not wait for its end."""
    tx.execute(delete(leases).where(leases.c.name == name, leases.c.owner == owner))
