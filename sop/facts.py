"""What can reach an incident from outside: the facts `decide()` is asked about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sop.people import Person


@dataclass(frozen=True, slots=True)
class Opened:
    """A report has come in and got its number."""

    channel: str
    received: datetime
    report: Mapping[str, Any]
    mail: str = ""
    like: tuple[Mapping[str, str], ...] = ()
    """Open incidents that may be the same outage (`sop.likeness`)."""


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """A trusted person's clear answer to one visit of a stage."""

    stage: str
    visit: int
    decision: str
    person: Person
    text: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    mail: str = ""
    via: str = "email"
    caution: str = ""
    """What the official is told along with the acknowledgement: written by an aide, without our code …"""


@dataclass(frozen=True, slots=True)
class AnswerUnclear:
    """A trusted person's answer that cannot be understood for certain."""

    stage: str
    visit: int
    person: Person
    text: str
    understood: str
    mail: str = ""


@dataclass(frozen=True, slots=True)
class AnswerUntrusted:
    """An answer that may not count: wrong sender, forwarded, failed authentication."""

    stage: str
    sender: str
    reason: str
    text: str
    mail: str = ""
    named: str = ""
    """Id of the official whose name was used: told at the registered address."""
    quiet: bool = False
    """Enough has been told of such mail: it is recorded only."""


@dataclass(frozen=True, slots=True)
class FollowedUp:
    """A later mail of the OPD in the same matter. `report` has the fields that it answers."""

    sender: str
    text: str
    mail: str = ""
    report: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """What could not be read when the report came in has been read since.

    Attributes:
        report: fields that became known; they fill what is missing.
        better: fields that are said better now; they replace what is there.
    """

    report: Mapping[str, Any] = field(default_factory=dict)
    better: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A mail of ours did not reach somebody."""

    key: str
    to: str
    reason: str
    mail: str = ""


@dataclass(frozen=True, slots=True)
class LinkedTo:
    """Helpdesk says that this incident is the same outage as incident `to`, reported by `opd`."""

    to: str
    opd: str
    person: Person
    text: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class TookIn:
    """The other side of `LinkedTo`: incident `number`, its report and the mail it began with (`letter`)."""

    number: str
    report: Mapping[str, Any]
    letter: str
    person: Person
    mail: str = ""


@dataclass(frozen=True, slots=True)
class Unlinked:
    """Helpdesk takes a link back."""

    person: Person
    text: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class LetGo:
    """The other side of `Unlinked`."""

    number: str
    person: Person
    mail: str = ""


@dataclass(frozen=True, slots=True)
class EndedWith:
    """The incident this one is linked to has ended."""

    outcome: str


@dataclass(frozen=True, slots=True)
class TimePassed:
    """Nothing came; only the clock went on."""


@dataclass(frozen=True, slots=True)
class PeopleChanged:
    """The directory names other people than before, or a mandate or a duty began or ended."""


Fact = (
    Opened
    | AnswerGiven
    | AnswerUnclear
    | AnswerUntrusted
    | FollowedUp
    | ReadAgain
    | Undelivered
    | LinkedTo
    | TookIn
    | Unlinked
    | LetGo
    | EndedWith
    | PeopleChanged
    | TimePassed
)
"""What can happen to an incident."""
