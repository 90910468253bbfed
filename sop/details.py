"""What an answer says besides its decision, named as in the journal. None: nothing was said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sop.codec import Json


@dataclass(frozen=True, slots=True)
class Details:
    """Attributes:
    assignee: whom the work is given to, as written; `people`: the ids of those whom the directory knows by it.
    minutes: how much more time is asked for; `until`: the moment (aware) where that was said instead.
    instructions, deadline, assigned_to: what any decision may order: in which words, until when (ISO 8601; a bare date
        without hour), and whom.
    directions: what it orders others than whoever is asked next, in its author's words.
    cause, actions, result, advice, started_at, finished_at, status: what a report of handling says; times are
        ISO 8601.
    others: what another version of ours knew besides.
    """

    assignee: str | None = None
    people: tuple[str, ...] | None = None
    minutes: int | None = None
    until: datetime | None = None
    instructions: str | None = None
    deadline: str | None = None
    assigned_to: str | None = None
    directions: str | None = None
    cause: str | None = None
    actions: str | None = None
    result: str | None = None
    advice: str | None = None
    started_at: str | None = None
    finished_at: str | None = None
    status: str | None = None
    others: Mapping[str, Json] = field(default_factory=dict)


NO_DETAILS = Details()
