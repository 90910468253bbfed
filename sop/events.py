"""What can happen to an incident. Events are facts: appended, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """The kinds of event, with what their `data` holds (all JSON values; times are ISO 8601 in UTC)."""

    REPORTED = "reported"
    """channel, mail, report (fields of the letter), procedure (code), version, received (when the report came in),
    like (open incidents that may be the same outage), continues (the ended incident whose outage it is), reopened (who
    had it begin again: how, name, title, at, text, mail)."""
    FOLLOWED_UP = "followed_up"
    """mail, sender, text, report (fields that became known by it), reporter_asked (whether they are asked if it is
    theirs): a later mail of the OPD in the same matter."""
    ENRICHED = "enriched"
    """report: fields that became known when what was attached could be read at last."""
    STAGE_STARTED = "stage_started"
    """stage, visit (1, 2, … for the same stage), note (why it came back, if it did)."""
    ASKED = "asked"
    """stage, visit, person, name, title, role, capacity, reason."""
    RELEASED = "released"
    """stage, visit, person, role, reason: somebody is no longer waited for."""
    LADDER_CLIMBED = "ladder_climbed"
    """stage, visit, rung (index), times (for a repeating rung), action."""
    ANSWERED = "answered"
    """stage, visit, decision, person, name, title, capacity, text, details, mail, via, caution: a valid answer
    that ended it."""
    RECORDED = "recorded"
    """like ANSWERED, for an answer that leaves the stage waiting (progress)."""
    EXTENDED = "extended"
    """like ANSWERED, plus minutes: the stage got more time."""
    PROPOSED = "proposed"
    """like ANSWERED, plus reason and key: it looks like an answer; its author's OK to the mail `key` makes it one."""
    REASSIGNED = "reassigned"
    """stage, visit, person, name, title, people (ids), said, text, mail: another team takes over from a silent one."""
    REMARKED = "remarked"
    """person, name, title, text, mail: words of an official who is not asked; they decide nothing."""
    UNCLEAR = "unclear"
    """stage, visit, person, text, understood, mail, question: an answer that could not be understood for certain."""
    WITHDRAWN = "withdrawn"
    """stage, visit, person, name, title, text, mail: an answer that had been given is taken back."""
    DELEGATED = "delegated"
    """stage, visit, person, name, title, to (ids), said, text, mail: a decision is left to somebody else."""
    AWAY = "away"
    """stage, visit, person, name, mail: a machine answered for somebody who is absent."""
    LATE = "late"
    """like ANSWERED, for an answer to what has been decided already."""
    UNTRUSTED = "untrusted"
    """stage, sender, reason, text, mail, named: an answer by somebody who may not give it."""
    SYSTEM_ACTED = "system_acted"
    """stage, visit, decision: the end of the ladder was reached and the system went on by itself."""
    UNDELIVERED = "undelivered"
    """key, to, reason, mail, person, stage, visit, asks (whether it asked for an answer): a mail of ours could not be
    delivered."""
    CLOCK_SET_BACK = "clock_set_back"
    """seconds: the machine's clock has been set back by about as much; what lies ahead of it now began earlier."""
    LINKED = "linked"
    """to, text, mail, person, name, title: it is the same outage as incident `to`, and is worked there."""
    UNLINKED = "unlinked"
    """like LINKED: the link to `to` was wrong."""
    TOOK_IN = "took_in"
    """incident, report (opd, hal, pengirim, jabatan, email, lokasi), letter, mail, person, name, title: other side."""
    LET_GO = "let_go"
    """incident, mail, person, name, title: the other side of UNLINKED."""
    CONTINUED = "continued"
    """incident, mail, reopened (as in REPORTED): the outage was not over; it is worked on as `incident`."""
    CLOSED = "closed"
    """outcome; with_incident where it ended together with the one it was linked to."""


@dataclass(frozen=True, slots=True)
class Event:
    """One fact about one incident.

    Attributes:
        seq: 1, 2, 3, … within the incident.
        at: aware; when it was recorded.
        data: JSON values only.
    """

    seq: int
    at: datetime
    kind: Kind
    data: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("an event needs an aware time")
