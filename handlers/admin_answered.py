"""An admin has recorded an oral answer in the Prefect UI."""

from __future__ import annotations

from dataclasses import replace

from handlers.carry_out import carry_out
from handlers.meaning.people_named import people_of_team, teams_named
from handlers.meaning.what_it_decides import addressed
from handlers.ports import Ports
from parsers.replies.directions import directions
from parsers.replies.more_time import more_time
from register import journal
from sop.details import NO_DETAILS, Details
from sop.facts import ORAL, AnswerGiven
from sop.procedure import Effect


class NotWaiting(ValueError):
    """Nobody is waited for in this incident, or not for this answer; the message says what is."""


def record_oral_answer(ports: Ports, number: str, decision: str, text: str, person_id: str, admin: str) -> str:
    """Record what an official said orally. Returns the stage it was an answer to. Raises: NotWaiting."""
    with ports.database.reading() as tx:
        if not journal.known(tx, [number]):
            raise NotWaiting(f"insiden {number} tidak ada")
        seen = journal.read_standing(tx, number)
    visit, procedure = seen.incident.current, seen.procedure
    if visit is None:
        raise NotWaiting(f"{number} tidak sedang menunggu jawaban")
    stage = procedure.stage(visit.stage)
    reply = stage.reply(decision)
    if reply is None:
        raise NotWaiting(f"jawaban yang sah: {', '.join(reply.decision for reply in stage.replies)}")
    directory = ports.directory()
    asked = [directory.person(asked.person) for asked in visit.asked]
    people = [person for person in asked if person is not None]
    person = next((person for person in people if person.id == person_id), people[0] if people else None)
    if person is None:
        raise NotWaiting(f"tidak ada pejabat yang ditanya pada {number}")
    team = people_of_team(directory, text) if decision == "tugaskan" else ()
    if decision == "tugaskan" and not team:
        raise NotWaiting(f"sebutkan tim yang ditugaskan; yang tercatat: {teams_named(directory)}")
    details = Details(people=tuple(one.id for one in team)) if team else NO_DETAILS
    if reply.effect is Effect.EXTEND:
        more = more_time(text, ports.now())
        if not more.minutes:
            raise NotWaiting(f"{more.understood}; tulis lamanya, misalnya 30 menit")
        details = Details(minutes=more.minutes, until=more.until)
    called = addressed(procedure, stage.name, decision, person.role)
    ordered = directions(text, decision, f"{person.name} {person.title}", called)
    details = replace(details, directions=ordered or None)
    via = f"{ORAL}, dicatat {admin}" if admin else ORAL
    given = AnswerGiven(stage.name, visit.number, decision, person, text, details, via=via)
    carry_out(ports, number, given, seen=seen)
    return stage.name
