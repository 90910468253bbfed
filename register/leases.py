"""What one desk does at a time when several work on one journal: it holds a lease and renews it while it lives."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, select, update

from register.database import insert_or
from register.schema import leases

INTAKE = "surat masuk"
"""Collecting and reading mail: two desks would only do the same twice."""
READING_AGAIN = "baca ulang"
"""Slow reading, such as OCR."""
SPAN = timedelta(minutes=1)
"""A desk that has not renewed for so long is taken for dead."""


# Nobody is given more than one span: what lies further ahead was written by a clock that has been set back since.
_FREE = (
    (leases.c.owner == bindparam("by"))
    | (leases.c.until <= bindparam("now"))
    | (leases.c.until > bindparam("longest", type_=leases.c.until.type))
)
_TAKE = update(leases).where(leases.c.name == bindparam("lease"), _FREE)


_HELD = select(leases.c.until).where(leases.c.name == bindparam("lease"), leases.c.owner == bindparam("by"))


def held(tx: Connection, name: str, owner: str, now: datetime) -> bool:
    """Whether `owner` has a lease of which at least half is still to come. Else it must be renewed with `hold`."""
    until: datetime | None = tx.execute(_HELD, {"lease": name, "by": owner}).scalar()
    return until is not None and now + SPAN / 2 <= until <= now + SPAN


def hold(tx: Connection, name: str, owner: str, now: datetime) -> bool:
    """Take or renew a lease. False while another living desk has it."""
    values = {"owner": owner, "until": now + SPAN}
    if tx.execute(_TAKE, {"lease": name, "by": owner, "now": now, "longest": now + SPAN, **values}).rowcount:
        return True
    first = insert_or(tx.dialect.name, leases).values(name=name, **values).on_conflict_do_nothing()
    return tx.execute(first.returning(leases.c.owner)).first() is not None


def let_go(tx: Connection, name: str, owner: str) -> None:
    """Give back a lease, so that another desk need not wait for its end."""
    tx.execute(delete(leases).where(leases.c.name == name, leases.c.owner == owner))
