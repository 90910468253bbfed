"""When our server took a mail: the one moment in it that no sender's clock has touched."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from inbox.head import field

FIRST = datetime(1990, 1, 1, tzinfo=UTC)
"""No office had mail before; a server whose clock has lost its battery says 1970."""
MAY_DIFFER = timedelta(days=7)
"""So much later than the server's own word a trace field may be (RFC 5321 §4.5.4.1: mail is tried for days)."""


def received_at(raw: bytes, internal: datetime | None, now: datetime) -> datetime:
    """When the server received a mail: never later than `now`.

    `internal` is what the server itself says (INTERNALDATE), or None. It counts unless the topmost Received field shows
    that it is absurdly early; without it that field counts, and only then the sender's Date. All moments are aware.
    """
    trace = _moment(field(raw, b"received").rpartition(b";")[2])
    said = internal if internal is not None and internal >= FIRST else None
    if said is not None and (trace is None or trace > now or trace - said <= MAY_DIFFER):
        return min(said, now)
    for moment in (trace, _moment(field(raw, b"date"))):
        if moment is not None and moment <= now:
            return moment
    return now


def _moment(value: bytes) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value.decode("ascii", "replace").strip()[:100])
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment >= FIRST else None
