"""Events as the journal keeps them: JSON, one spelling for one meaning, over which the chain is hashed."""

from __future__ import annotations

import json
from datetime import datetime

from sop.codec import Json, from_data, object_of
from sop.events import KINDS, Event

MAILS, ALSO_REMINDED = "surat", "juga_diingatkan"
"""Under which names `Event.mails` and `Event.also_reminded` stand beside what the event says, where there are any."""


def canonical(event: Event) -> str:
    """What the event says, as it is stored and hashed."""
    return json.dumps(data_of(event), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def data_of(event: Event) -> dict[str, Json]:
    """What the event says, as JSON values."""
    data = object_of(event.data)
    if event.mails:
        data[MAILS] = list(event.mails)
    if event.also_reminded:
        data[ALSO_REMINDED] = {key: dict(named) for key, named in event.also_reminded.items()}
    return data


def event_of(seq: int, at: datetime, kind: str, text: str) -> Event:
    """The event that says `text` (JSON), whichever version of ours wrote it.

    Raises: ValueError for an unknown kind or what is no JSON, TypeError where something is missing.
    """
    data = json.loads(text)
    mails, reminded = data.pop(MAILS, ()), data.pop(ALSO_REMINDED, {})
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no kind of event")
    return Event(seq, at, from_data(KINDS[kind], data), tuple(mails), reminded)
