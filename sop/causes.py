"""From what was recorded back to the facts that caused it, so that they can be decided again (`sop.replay`).

What is not recorded cannot be found again: facts after which nothing was written, when an answer came in, what an
answer asked for that was only asked back, and words of which only a rest is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from sop import events, facts
from sop.addressee import Addressee
from sop.details import NO_DETAILS
from sop.events import Event
from sop.facts import Fact
from sop.fold import fold
from sop.incident import Incident
from sop.mail_key import MailKey
from sop.mails import MailTemplate
from sop.people import Capacity, Directory, Person
from sop.procedure import Effect, Procedure

Group = tuple[Event, ...]
"""What was recorded together: all of it comes of one fact."""
T = TypeVar("T", bound=events.Data)
_ASKED_WHICH_TEAM, _TOLD_UNDELIVERED = "perjelas-tim", "gagal-kirim"
"""Parts of the keys of mails by which is told apart what the events alone leave open."""


def groups(recorded: Iterable[Event]) -> list[Group]:
    """An incident's events, those together that come of one fact: of one moment, up to the one that names the mails."""
    found: list[list[Event]] = []
    for event in recorded:
        if found and _goes_on(found[-1], event):
            found[-1].append(event)
        else:
            found.append([event])
    return [tuple(group) for group in found]


def cause(group: Sequence[Event]) -> events.Data | None:
    """What was recorded first, but for a clock set right; None where there is nothing else."""
    return next((event.data for event in group if not isinstance(event.data, events.ClockSetBack)), None)


def _goes_on(group: Sequence[Event], event: Event) -> bool:
    if group[-1].at != event.at or group[-1].mails:
        return False
    began = cause(group)
    match event.data:
        case events.ClockSetBack():
            return False
        case _ if began is None:
            return True
        case events.ByOfficial() as data if isinstance(began, events.Corrected):  # what the same mail says besides
            return bool(data.mail) and (began.person, began.mail) == (data.person, data.mail)
        case events.StageStarted() | events.Asked() | events.SystemActed():
            return True
        case events.Closed(with_incident=other):
            return other is None
        case events.LadderClimbed():
            reached_nobody = isinstance(began, events.Undelivered) and began.asks
            return reached_nobody or isinstance(began, events.LadderClimbed | events.Away)
        case events.Released():
            return isinstance(group[-1].data, events.Released)
        case events.Answer() | events.Unclear() as data:  # what a RALAT says instead
            return isinstance(began, events.Withdrawn) and (began.person, began.mail) == (data.person, data.mail)
        case _:
            return False


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a fact is found by.

    Attributes:
        incident: as it stood before, the clock set right.
        reminded: as in `facts.TimePassed`.
    """

    group: Group
    incident: Incident
    procedure: Procedure
    directory: Directory
    reminded: frozenset[str]

    def all(self, kind: type[T]) -> list[T]:
        return [event.data for event in self.group if isinstance(event.data, kind)]

    def author(self, said: events.ByOfficial) -> Person:
        """Whose words they are, as the directory knows them and the event names them."""
        known = self.directory.person(said.person) or Person(said.person, "", said.name, said.title, ("",))
        if (known.name, known.signature_title) == (said.name, said.title):
            return known
        return replace(known, name=said.name, title=said.title, acting="")

    def received(self, said: events.Words) -> datetime | None:
        """When it came in, where it counted though its author was asked no more: they were then. Else None."""
        visit = self.incident.visit(said.stage, said.visit)
        left = () if visit is None or visit.may_answer(said.person) else visit.released
        return next((one.at for one in reversed(left) if one.person == said.person), None)

    def says_mail(self, what: str) -> bool:
        return any(f"/{what}/" in key for event in self.group for key in event.mails)


def fact_of(
    procedure: Procedure, incident: Incident, group: Group, directory: Directory, reminded: frozenset[str]
) -> Fact | None:
    """The fact after which `group` was recorded of `incident`; None where no fact is known that begins like it.

    `directory`: who served then. `reminded`: who was told of this incident by a reminder about another one.
    """
    data = cause(group)
    if data is None:
        return facts.TimePassed(reminded)
    clock = [event for event in group if isinstance(event.data, events.ClockSetBack)]
    seen = _Seen(group, fold(incident.number, clock, incident), procedure, directory, reminded)
    found = _FACTS.get(type(data))
    return found(seen, data) if found else None


def _opened(_seen: _Seen, data: events.Reported) -> Fact:
    return facts.Opened(
        data.channel, data.received, data.report, data.mail, data.like or (), data.continues or "", data.reopened
    )


def _followed_up(_seen: _Seen, data: events.FollowedUp) -> Fact:
    return facts.FollowedUp(data.sender, data.text, data.mail, data.report, bool(data.reporter_asked))


def _read_again(seen: _Seen, data: events.Enriched) -> Fact:
    known = [name for name in data.report.said() if seen.incident.report.knows(name)]
    new = data.report.without([name for name in known if name != "asal"])
    return facts.ReadAgain(new, data.report.only(name for name in known if name != "asal"))


def _corrected(seen: _Seen, data: events.Corrected) -> Fact:
    at = next(number for number, event in enumerate(seen.group) if event.data is data)
    rest, after = seen.group[at + 1 :], fold(seen.incident.number, seen.group[at : at + 1], seen.incident)
    then = fact_of(seen.procedure, after, rest, seen.directory, seen.reminded) if rest else None
    words = (data.report, data.not_applied, data.mail, data.via or "", data.like)
    return facts.CardCorrected(seen.author(data), *words, then)


def _answer(seen: _Seen, data: events.Answer) -> facts.AnswerGiven:
    place, author = (data.stage, data.visit), seen.author(data)
    noted = data.received if isinstance(data, events.Answered) else None
    via, received = data.via or "email", noted or seen.received(data)
    return facts.AnswerGiven(
        *place,
        data.decision,
        author,
        data.text,
        data.details,
        data.mail,
        via,
        data.caution,
        received,
        together=bool(data.together),
    )


def _after_end(seen: _Seen, data: events.AnsweredAfterEnd) -> Fact:
    return facts.EndedWith(data.outcome) if data.with_incident else _answer(seen, data)


def _proposed(seen: _Seen, data: events.Proposed) -> Fact:
    author, words = seen.author(data), (data.text, data.details, data.mail)
    return facts.AnswerProposed(
        facts.AnswerGiven(data.stage, data.visit, data.decision, author, *words), reason=data.reason
    )


def _unclear(seen: _Seen, data: events.Unclear) -> Fact:
    author, words = seen.author(data), (data.text, data.understood, data.mail)
    received, remark = seen.received(data), data.remark or ""
    said = (*words, received, data.question)
    return facts.AnswerUnclear(data.stage, data.visit, author, *said, remark=remark, together=bool(data.together))


def _late(seen: _Seen, data: events.Late) -> Fact:
    place, author, remark = (data.stage, data.visit), seen.author(data), data.remark or ""
    together = bool(data.together)
    if data.capacity is not None:
        via, caution, details = data.via or "email", data.caution or "", data.details or NO_DETAILS
        given = facts.AnswerGiven(*place, data.decision, author, data.text, details, data.mail, via, caution)
        return replace(given, remark=remark, together=together)
    match data.decision:
        case "ralat":
            return facts.AnswerWithdrawn(*place, author, data.text, data.mail, remark=remark)
        case "delegasi":
            return facts.Delegated(*place, author, (), "", data.text, data.mail, remark=remark)
        case _:
            words = (data.text, "", data.mail)
            return facts.AnswerUnclear(*place, author, *words, remark=remark, together=together)


def _order_added(seen: _Seen, data: events.OrderAdded) -> Fact:
    place, words = (data.stage, data.visit, seen.author(data)), (data.text, data.directions, data.mail)
    return facts.OrderAdded(*place, *words, data.caution)


def _withdrawn(seen: _Seen, data: events.Withdrawn) -> Fact:
    given, doubtful = seen.all(events.Answer), seen.all(events.Unclear)
    instead = _answer(seen, given[0]) if given else None
    if doubtful:  # more time was asked for, which was none
        stage = seen.procedure.stage(data.stage)
        more = next((reply.decision for reply in stage.replies if reply.effect is Effect.EXTEND), "")
        words = (doubtful[0].text, NO_DETAILS, data.mail)
        instead = facts.AnswerGiven(data.stage, data.visit, more, seen.author(data), *words)
    return facts.AnswerWithdrawn(data.stage, data.visit, seen.author(data), data.text, data.mail, instead)


def _objected(seen: _Seen, data: events.Objected) -> Fact:
    return facts.Objected(data.stage, data.visit, seen.author(data), data.text, data.mail)


def _delegated(seen: _Seen, data: events.Delegated) -> Fact:
    author = seen.author(data)
    return facts.Delegated(data.stage, data.visit, author, data.to, data.said, data.text, data.mail)


def _reassigned(seen: _Seen, data: events.Reassigned) -> Fact:
    author = seen.author(data)
    return facts.Reassigned(data.stage, data.visit, author, data.people, data.said, data.text, data.mail)


def _remarked(seen: _Seen, data: events.Remarked) -> Fact:
    author, visit = seen.author(data), seen.incident.current
    if visit is not None and seen.says_mail(_ASKED_WHICH_TEAM):
        return facts.Reassigned(visit.stage, visit.number, author, (), "", data.text, data.mail)
    return facts.Remarked(author, data.text, data.mail)


def _away(seen: _Seen, data: events.Away) -> Fact:
    climbed = seen.all(events.LadderClimbed)
    named = [] if climbed else [one.person for one in seen.all(events.Asked) if one.capacity == Capacity.DEPUTY]
    return facts.AwayNow(data.stage, data.visit, data.person, tuple(named), data.mail)


def _untrusted(_seen: _Seen, data: events.Untrusted) -> Fact:
    return facts.AnswerUntrusted(data.stage, data.sender, data.reason, data.text, data.mail, data.named)


def _undelivered(_seen: _Seen, data: events.Undelivered) -> Fact:
    template = MailTemplate.NOT_DELIVERED if f"/{_TOLD_UNDELIVERED}/" in data.key else ""
    person = Addressee.parse(data.person)
    where = (data.stage, data.visit, data.asks)
    return facts.Undelivered(MailKey(data.key), data.to, data.reason, data.mail, template, person, *where)


def _linked(seen: _Seen, data: events.Linked) -> Fact:
    return facts.LinkedTo(data.to, "", seen.author(data), data.text, data.mail)


def _took_in(seen: _Seen, data: events.TookIn) -> Fact:
    return facts.TookIn(data.incident, data.report, data.letter, seen.author(data), data.mail)


def _unlinked(seen: _Seen, data: events.Unlinked) -> Fact:
    return facts.Unlinked(seen.author(data), data.text, data.mail)


def _let_go(seen: _Seen, data: events.LetGo) -> Fact:
    return facts.LetGo(data.incident, seen.author(data), data.mail)


def _continued(_seen: _Seen, data: events.Continued) -> Fact:
    return facts.ContinuedAs(data.incident, data.mail, data.reopened)


def _ended_with(_seen: _Seen, data: events.Closed) -> Fact | None:
    return facts.EndedWith(data.outcome) if data.with_incident else None


def _time_passed(seen: _Seen, _data: events.LadderClimbed) -> Fact:
    return facts.TimePassed(seen.reminded)


def _people_changed(_seen: _Seen, _data: events.Data) -> Fact:
    return facts.PeopleChanged()


_FACTS: dict[type[events.Data], Callable[[_Seen, Any], Fact | None]] = {
    events.Reported: _opened,
    events.FollowedUp: _followed_up,
    events.Enriched: _read_again,
    events.Corrected: _corrected,
    events.Answered: _answer,
    events.Recorded: _answer,
    events.Extended: _answer,
    events.Proposed: _proposed,
    events.Unclear: _unclear,
    events.Late: _late,
    events.AnsweredAfterEnd: _after_end,
    events.Objected: _objected,
    events.OrderAdded: _order_added,
    events.Withdrawn: _withdrawn,
    events.Delegated: _delegated,
    events.Reassigned: _reassigned,
    events.Remarked: _remarked,
    events.Away: _away,
    events.Untrusted: _untrusted,
    events.Undelivered: _undelivered,
    events.Linked: _linked,
    events.TookIn: _took_in,
    events.Unlinked: _unlinked,
    events.LetGo: _let_go,
    events.Continued: _continued,
    events.Closed: _ended_with,
    events.LadderClimbed: _time_passed,
    events.Released: _people_changed,
    events.Asked: _people_changed,
}
"""By what was recorded first."""
