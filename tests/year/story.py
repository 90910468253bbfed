"""What had happened when an invariant did not hold, in words: in the world, and in the journal."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import text

from tests.year.world.calendar import WIB

if TYPE_CHECKING:
    from tests.year.life import Life

MOST = 60
_NUMBER = re.compile(r"\b[A-Z]{2,5}-20\d\d-\d{4,}\b")


def told(life: Life, what: str) -> str:
    """The last lines about the incident that `what` names, or about everything."""
    about = _NUMBER.search(what)
    number = about.group(0) if about else ""
    lines = [(at, line) for at, line in life.world.post.log if number in line]
    lines += [(at, f"* {line}") for at, line in life.world.log]
    lines += _recorded(life, number) if number else []
    lines.sort(key=lambda line: line[0])
    said = [f"    {at.astimezone(WIB):%a %d %b %H:%M:%S}  {line}" for at, line in lines[-MOST:]]
    return "\n".join([f"  The story{f' of {number}' if number else ''}:", *said])


def _recorded(life: Life, number: str) -> list[tuple[datetime, str]]:
    """The incident's events, and the mails that it has caused."""
    found = list[tuple[datetime, str]]()
    with life.engine.connect() as tx:
        for row in tx.execute(text("select seq, at, kind, data from events where incident = :n"), {"n": number}):
            found.append((_moment(row.at), f"  {row.seq:3d} {row.kind} {row.data[:200]}"))
        for row in tx.execute(text("select key, queued_at, state from outbox where incident = :n"), {"n": number}):
            found.append((_moment(row.queued_at), f"      → {row.key} ({row.state})"))
    return found


def _moment(said: object) -> datetime:
    """As SQLite has it: in UTC, without a zone."""
    return datetime.fromisoformat(str(said)).replace(tzinfo=UTC)
