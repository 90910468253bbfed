"""`decide()`: from where an incident stands and one new fact, what must be recorded and who must be written to.

Pure: the same arguments give the same verdict, on any machine, at any time. The one function that decides anything.
What each kind of fact does is one function, in the file that is named for what happens.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sop import absence, answers, card, corrections, facts, ladder, links, reassigning, remarks, reporter
from sop.draft import Draft
from sop.events import ClockSetBack
from sop.facts import Fact
from sop.incident import Incident, next_rung
from sop.people import Directory
from sop.procedure import Procedure
from sop.verdict import Verdict

CLOCKS_MAY_DIFFER = timedelta(minutes=1)
HAPPENS: dict[type[Fact], Callable[[Draft, Any], None]] = {
    facts.Opened: reporter.opened,
    facts.FollowedUp: reporter.followed_up,
    facts.ReadAgain: reporter.read_again,
    facts.CardCorrected: card.corrected,
    facts.ContinuedAs: reporter.continued_as,
    facts.AnswerGiven: answers.answered,
    facts.AnswerProposed: answers.proposed,
    facts.AnswerUnclear: answers.unclear,
    facts.AnswerUntrusted: answers.untrusted,
    facts.AnswerWithdrawn: corrections.withdrawn,
    facts.Objected: corrections.objected,
    facts.OrderAdded: corrections.order_added,
    facts.Delegated: answers.delegated,
    facts.Reassigned: reassigning.reassigned,
    facts.Remarked: remarks.remarked,
    facts.AwayNow: absence.away_now,
    facts.Undelivered: absence.undelivered,
    facts.PeopleChanged: absence.people_changed,
    facts.LinkedTo: links.linked,
    facts.TookIn: links.took_in,
    facts.Unlinked: links.unlinked,
    facts.LetGo: links.let_go,
    facts.EndedWith: links.ended_with,
    facts.TimePassed: ladder.time_passed,
}
"""What each kind of fact does."""


def decide(procedure: Procedure, incident: Incident, fact: Fact, directory: Directory, now: datetime) -> Verdict:
    """What `fact` means for `incident` at `now` (aware)."""
    draft = Draft(procedure, incident, directory, now)
    _set_clock_right(draft)
    HAPPENS[type(fact)](draft, fact)
    if isinstance(fact, facts.CardCorrected) and fact.then is not None:
        HAPPENS[type(fact.then)](draft, fact.then)
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
