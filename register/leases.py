"""What one desk does at a time when several work on one journal: it holds a lease and renews it while it lives."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete

from register.database import insert_or
from register.schema import leases

INTAKE = "surat masuk"
"""Collecting and reading mail: two desks would only do the same twice."""
READING_AGAIN = "baca ulang"
"""Slow reading, such as OCR."""
SPAN = timedelta(minutes=1)
"""A desk that has not renewed for so long is taken for dead."""


@cache
def _take(dialect: str) -> Any:
    """Built once, like whatever is asked for each mail."""
    row = insert_or(dialect, leases)
    # Nobody is given more than one span: what lies further ahead was written by a clock that has been set back since.
    ended = (leases.c.until <= bindparam("now")) | (leases.c.until > row.excluded.until)
    free = (leases.c.owner == row.excluded.owner) | ended
    new = {"owner": row.excluded.owner, "until": row.excluded.until}
    return row.on_conflict_do_update(index_elements=["name"], set_=new, where=free).returning(leases.c.owner)


def hold(tx: Connection, name: str, owner: str, now: datetime) -> bool:
    """Take or renew a lease. False while another living desk has it."""
    values = {"name": name, "owner": owner, "until": now + SPAN, "now": now}
    return tx.execute(_take(tx.dialect.name), values).first() is not None


def let_go(tx: Connection, name: str, owner: str) -> None:
    """Give back a lease, so that another desk need not wait for its end."""
    tx.execute(delete(leases).where(leases.c.name == name, leases.c.owner == owner))
