"""What an answer says besides its decision."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.replies.handling_report import HandlingReport


@dataclass(frozen=True, slots=True)
class Particulars:
    """ "" and 0 where nothing is said. Moments are ISO 8601, WIB.

    Attributes:
        assignee: whom the work is given to, as written.
        minutes: how much more time is asked for; `until`: the moment where that was said instead.
        instructions, deadline, assigned_to: what any decision may order; a deadline may be a bare date without hour.
        cause, actions, result, advice, started_at, finished_at, status: what a report of handling says.
        delegate_to, incident, instead: for what is settled elsewhere: who shall decide, which incident is meant, and
            the words that take the place of others.
    """

    assignee: str = ""
    minutes: int = 0
    until: str = ""
    instructions: str = ""
    deadline: str = ""
    assigned_to: str = ""
    cause: str = ""
    actions: str = ""
    result: str = ""
    advice: str = ""
    started_at: str = ""
    finished_at: str = ""
    status: str = ""
    delegate_to: str = ""
    incident: str = ""
    instead: str = ""


NOTHING_BESIDES = Particulars()


def of_report(report: HandlingReport) -> Particulars:
    """What a report of handling says."""
    return Particulars(
        cause=report.cause,
        actions=report.actions,
        result=report.result,
        advice=report.advice,
        started_at=report.started_at,
        finished_at=report.finished_at,
        status=report.status,
    )
