"""`decide()`: from where an incident stands and one new fact, what must be recorded and who must be written to.

Pure: the same arguments give the same verdict, on any machine, at any time. The one function that decides anything.
What each kind of fact does is one function, in the file that is named for what happens.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sop.absence import away_now, people_changed, undelivered
from sop.answers import answered, delegated, proposed, unclear, untrusted
from sop.corrections import withdrawn
from sop.draft import Draft
from sop.events import ClockSetBack
from sop.facts import (
    AnswerGiven,
    AnswerProposed,
    AnswerUnclear,
    AnswerUntrusted,
    AnswerWithdrawn,
    AwayNow,
    ContinuedAs,
    Delegated,
    EndedWith,
    Fact,
    FollowedUp,
    LetGo,
    LinkedTo,
    Opened,
    PeopleChanged,
    ReadAgain,
    Reassigned,
    Remarked,
    TimePassed,
    TookIn,
    Undelivered,
    Unlinked,
)
from sop.incident import Incident, next_rung
from sop.ladder import time_passed
from sop.links import ended_with, let_go, linked, took_in, unlinked
from sop.people import Directory
from sop.procedure import Procedure
from sop.reassigning import reassigned
from sop.remarks import remarked
from sop.reporter import continued_as, followed_up, opened, read_again
from sop.verdict import Verdict

CLOCKS_MAY_DIFFER = timedelta(minutes=1)
HAPPENS: dict[type[Fact], Callable[[Draft, Any], None]] = {
    Opened: opened,
    FollowedUp: followed_up,
    ReadAgain: read_again,
    ContinuedAs: continued_as,
    AnswerGiven: answered,
    AnswerProposed: proposed,
    AnswerUnclear: unclear,
    AnswerUntrusted: untrusted,
    AnswerWithdrawn: withdrawn,
    Delegated: delegated,
    Reassigned: reassigned,
    Remarked: remarked,
    AwayNow: away_now,
    Undelivered: undelivered,
    PeopleChanged: people_changed,
    LinkedTo: linked,
    TookIn: took_in,
    Unlinked: unlinked,
    LetGo: let_go,
    EndedWith: ended_with,
    TimePassed: time_passed,
}
"""What each kind of fact does."""


def decide(procedure: Procedure, incident: Incident, fact: Fact, directory: Directory, now: datetime) -> Verdict:
    """What `fact` means for `incident` at `now` (aware)."""
    draft = Draft(procedure, incident, directory, now)
    _set_clock_right(draft)
    HAPPENS[type(fact)](draft, fact)
    return draft.verdict()


def next_deadline(procedure: Procedure, incident: Incident) -> datetime | None:
    """When `decide(…, TimePassed())` will have something to do, or None."""
    visit = incident.current
    return next_rung(visit, procedure.stage(visit.stage)) if visit else None


def _set_clock_right(draft: Draft) -> None:
    """Time never runs backwards in an incident. Desks may differ a little; more is a clock set back."""
    last = draft.incident.last
    if last is None or last <= draft.now:
        return
    if last - draft.now <= CLOCKS_MAY_DIFFER:
        draft.now = last
    else:
        draft.record(ClockSetBack((last - draft.now).total_seconds()))
