"""Carries out what `decide()` says: events, next deadline and outgoing mails in one transaction.

Reading, deciding and composing happen before the transaction, so that nobody waits for a PDF; if the incident went on
meanwhile, the transaction fails and everything is decided again from the new state.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from handlers.care.heads import closing_lines
from handlers.ports import Ports
from handlers.telling.absences import known_to_be_away
from handlers.telling.write_mails import Written, compose_all
from host.logs import about
from outbox import queue
from register import journal
from register.database import Conflict
from sop.decide import decide, next_deadline
from sop.events import Asked, Event
from sop.facts import AwayNow, ContinuedAs, EndedWith, Fact, Opened
from sop.incident import Incident
from sop.standing import Standing
from sop.verdict import Verdict
from templates.phrasing import WIB

log = logging.getLogger(__name__)
ATTEMPTS = 10
AlsoWrite = Callable[[Connection, str], bool]
"""Something to write in the same transaction; gets the incident's number; False: somebody else did it already."""


def nothing_else(tx: Connection, number: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What was decided about one incident, ready to be written."""

    before: Incident
    verdict: Verdict
    events: tuple[Event, ...]
    deadline: datetime | None
    written: list[Written]


def carry_out(
    ports: Ports, number: str, fact: Fact, also: AlsoWrite = nothing_else, *, seen: Standing | None = None
) -> Verdict | None:
    """Apply `fact` to an incident. None when `also` said that somebody else had done it.

    `seen`: the incident as it stood when the fact was found; it is read only if it has gone on since.
    Raises: KeyError for an unknown incident, Conflict when ten others were always faster.
    """
    verdicts = carry_out_together(ports, {number: fact}, also, seen=seen)
    return verdicts[0] if verdicts else None


def carry_out_together(
    ports: Ports, facts: Mapping[str, Fact], also: AlsoWrite = nothing_else, *, seen: Standing | None = None
) -> list[Verdict]:
    """Apply one fact each to several incidents, all or none. `also` gets the first one's number.

    `seen`: one of them, as in `carry_out`.
    Returns the verdicts, none when `also` said that somebody else had done it. Raises: as `carry_out`; Conflict also
    when one of the incidents has gone on so that its fact means nothing any more: then the facts must be found anew.
    """
    known = {seen.number: seen} if seen else {}
    for _ in range(ATTEMPTS):
        unread = [number for number in facts if number not in known]
        if unread:
            with ports.database.reading() as tx:
                known |= {number: journal.read_standing(tx, number) for number in unread}
        try:
            verdicts = _settle(ports, [(known[number], fact) for number, fact in facts.items()], also)
        except Conflict as conflict:
            log.info("%s: decided again (%s)", ", ".join(facts), conflict)
            known.clear()
        else:
            _go_past_the_absent(ports, verdicts)
            return verdicts
    raise Conflict(", ".join(facts))


def open_incident(ports: Ports, fact: Opened, also: AlsoWrite, *, seen: Standing | None = None) -> str:
    """Give a report its number and start the procedure; "" when `also` said that somebody else had done it.

    `seen`: what it continues, as in `carry_out`.
    Raises: Conflict when ten others were always faster, or when what it continues has been continued meanwhile.
    """
    procedure = ports.procedure()
    year = ports.now().astimezone(WIB).year
    for _ in range(ATTEMPTS):
        with ports.database.reading() as tx:
            number = journal.next_number(tx, procedure.prefix, year)
            ended = (seen or journal.read_standing(tx, fact.continues)) if fact.continues else None

        def take(tx: Connection, expected: str) -> bool:
            if journal.take_number(tx, procedure.prefix, year) != expected:
                raise Conflict(f"{expected} was taken")
            journal.pin_procedure(tx, procedure)
            return also(tx, expected)

        try:
            begins = Standing(procedure, Incident(number), head=journal.GENESIS)
            matters: list[tuple[Standing, Fact]] = [(begins, fact)]
            if ended:
                matters.append((ended, ContinuedAs(number, fact.mail, fact.reopened)))
            verdicts = _settle(ports, matters, take)
        except Conflict as conflict:
            log.info("number taken again (%s)", conflict)
            seen = None
        else:
            _go_past_the_absent(ports, verdicts)
            return number if verdicts else ""
    raise Conflict("incident number")


def _settle(ports: Ports, matters: Sequence[tuple[Standing, Fact]], also: AlsoWrite) -> list[Verdict]:
    now = ports.now()
    prepared = [_prepare(ports, standing, fact, now) for standing, fact in matters]
    if len(prepared) > 1 and not all(done.verdict.took_effect for done in prepared):
        raise Conflict("one side of a link only")
    prepared += [_prepare(ports, *linked, now) for done in list(prepared) for linked in _ending_with(ports, done)]
    try:
        with ports.database.writing() as tx:
            if not also(tx, prepared[0].before.number):
                raise _AlreadyDone
            doubtful = journal.restored_lately(tx, now)
            # Always in the same order: two writers of the same incidents must not wait for each other.
            for done in sorted(prepared, key=lambda done: done.before.number):
                journal.append(tx, done.before, done.verdict.incident, done.events, done.deadline)
                for mail in done.written:
                    queue.put(tx, mail.draft, now, doubtful=doubtful)
    except _AlreadyDone:
        return []
    return [done.verdict for done in prepared]


def _go_past_the_absent(ports: Ports, verdicts: Sequence[Verdict]) -> None:
    """Whoever has just been asked may be known to be away: their mailbox says so to one sender once in days only.

    A desk that dies before has asked them alone; the ladder goes on as ever.
    """
    for verdict in verdicts:
        visit = verdict.incident.current
        asked = [event.data.person for event in verdict.events if isinstance(event.data, Asked)]
        for person in dict.fromkeys(asked):
            if visit is None or not visit.may_answer(person) or person in visit.away:
                continue
            if mail := known_to_be_away(ports, person):
                fact = AwayNow(visit.stage, visit.number, person, mail=mail)
                with contextlib.suppress(Conflict):
                    carry_out(ports, verdict.incident.number, fact)


def _prepare(ports: Ports, standing: Standing, fact: Fact, now: datetime) -> _Prepared:
    with about(standing.incident.number):
        return _decided(ports, standing, fact, now)


def _decided(ports: Ports, standing: Standing, fact: Fact, now: datetime) -> _Prepared:
    procedure, before, directory = standing.procedure, standing.incident, ports.directory()
    verdict = decide(procedure, before, fact, directory, now)
    ends = bool(verdict.incident.outcome) and not before.outcome and bool(verdict.mails)
    witness = closing_lines(ports, standing, verdict.events) if ends else ()
    unlisted = {fact.mail: fact.archived} if isinstance(fact, Opened) and fact.archived else {}
    written = compose_all(ports, standing.after(verdict), directory, verdict.mails, witness, unlisted)
    deadline = next_deadline(procedure, verdict.incident)
    return _Prepared(before, verdict, _with_mails(verdict.events, written), deadline, written)


def _ending_with(ports: Ports, done: _Prepared) -> list[tuple[Standing, Fact]]:
    """The incidents that are linked to one that has just ended, or whose end has just been made another."""
    after = done.verdict.incident
    if not after.outcome or done.before.outcome == after.outcome or not after.joined:
        return []
    with ports.database.reading() as tx:
        return [(journal.read_standing(tx, other.incident), EndedWith(after.outcome)) for other in after.joined]


def _with_mails(events: tuple[Event, ...], written: Sequence[Written]) -> tuple[Event, ...]:
    """The chain also holds which mails a decision caused: a row missing from the outbox can be proved missing."""
    if not events or not written:
        return events
    last, named = events[-1], {str(mail.draft.key): dict(mail.named) for mail in written if mail.named}
    mails = tuple(str(mail.draft.key) for mail in written)
    return (*events[:-1], replace(last, mails=mails, also_reminded=named))


class _AlreadyDone(Exception):
    """Rolls the transaction back: what was to be done has been done by somebody else."""
