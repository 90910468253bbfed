"""What happens when nobody answers: the rungs of a stage's ladder, each when it is due, or sooner where nobody can."""

from __future__ import annotations

from datetime import datetime

from sop.addressee import Addressee
from sop.after_end import may_come
from sop.draft import Draft
from sop.events import Held, LadderClimbed, SystemActed
from sop.facts import TimePassed
from sop.incident import Visit, next_rung
from sop.mails import MailTemplate
from sop.people import Capacity, Directory, Person
from sop.procedure import DEPUTY, Effect, Procedure, Rung, RungAction, Stage
from sop.stages import go
from sop.verdict import Verdict


def time_passed(draft: Draft, fact: TimePassed) -> None:
    """Take every rung of the ladder that is due. Several, when the machine was off for a while."""
    while (visit := draft.incident.current) is not None:
        stage = draft.procedure.stage(visit.stage)
        at = next_rung(visit, stage)
        if at is None or at > draft.now:
            return
        index = min(visit.rungs, len(stage.ladder) - 1)
        rung = stage.ladder[index]
        times = _missed(draft, visit, rung, index)
        reached, held = _reached(draft, rung, visit, fact.reminded)
        draft.record(LadderClimbed(stage.name, visit.number, index, times, rung.action.value, held))
        _take(draft, rung, stage, visit, times, reached)


def _reached(draft: Draft, rung: Rung, visit: Visit, reminded: frozenset[str]) -> tuple[tuple[str, ...], Held | None]:
    """Whom a rung reminds or informs (ids), and why nobody where it is nobody. `reminded`: as in `TimePassed`."""
    if rung.action is RungAction.INFORM:
        people = tuple(person.id for role in rung.to for person in draft.directory.holders(role))
        return people, None if people else Held.NOBODY
    if rung.action is not RungAction.REMIND:
        return (), None
    awake = [asked.person for asked in visit.asked if not draft.directory.is_quiet(asked.role, draft.now)]
    people = tuple(dict.fromkeys(person for person in awake if person not in reminded))
    if people:
        return people, None
    return (), Held.TOLD_WITH_ANOTHER if awake else Held.QUIET if visit.asked else Held.NOBODY


def _missed(draft: Draft, visit: Visit, rung: Rung, index: int) -> int:
    """How often a repeating rung has been due by now: after a long night one reminder is enough, not fifty."""
    if rung.repeat is None:
        return 1
    first = visit.started + rung.after + visit.extension - visit.early
    return max(visit.repeats if visit.rungs > index else 0, int((draft.now - first) / rung.repeat)) + 1


def _take(draft: Draft, rung: Rung, stage: Stage, visit: Visit, times: int, reached: tuple[str, ...]) -> None:
    match rung.action:
        case RungAction.REMIND:
            for person in reached:
                draft.ask_again(stage, visit, person, times)
        case RungAction.ESCALATE:
            for one, capacity in _targets(draft, rung, stage):
                draft.ask(stage, (one,), capacity, "batas waktu terlampaui dan belum ada jawaban")
        case RungAction.INFORM:
            offers = draft.teams_for(stage, tuple(one.person for one in visit.asked)) if stage.assigned else ()
            for person in reached:
                draft.tell(Addressee(person), MailTemplate.LATE, "terlambat", str(times), visit=visit, offers=offers)
        case RungAction.AUTOMATIC if rung.reply is not None:
            draft.record(SystemActed(stage.name, visit.number, rung.reply.decision))
            offers = may_come(draft.procedure, stage, rung.reply.target) if rung.reply.effect is Effect.CLOSE else ()
            for asked in dict.fromkeys(asked.person for asked in visit.asked):
                told = Addressee(asked)
                draft.tell(told, MailTemplate.WENT_ON_BY_ITSELF, "otomatis", "", visit=visit, offers=offers)
            go(draft, rung.reply)


def whom_to_knock_up(procedure: Procedure, verdict: Verdict, directory: Directory, now: datetime) -> list[Person]:
    """Who is asked to decide and is overdue, when `verdict` took a rung; not those who rest now.

    Where the machine goes on by itself at the end, nobody is.
    """
    visit = verdict.incident.current
    if visit is None:
        return []
    stage, place = procedure.stage(visit.stage), (visit.stage, visit.number)
    climbed = [one.data for one in verdict.events if isinstance(one.data, LadderClimbed)]
    if not any((rung.stage, rung.visit) == place for rung in climbed):
        return []
    if now < visit.started + stage.allowance + visit.extension:
        return []
    if any(rung.action is RungAction.AUTOMATIC for rung in stage.ladder):
        return []
    people = [directory.person(asked.person) for asked in visit.asked]
    return [person for person in people if person is not None and not directory.is_quiet(person.role, now)]


def escalate_now(draft: Draft, stage: Stage, visit: Visit, reason: str) -> None:
    """Take the next rung that asks somebody else, without waiting until it is due."""
    for index in range(visit.rungs, len(stage.ladder)):
        rung = stage.ladder[index]
        if rung.action is RungAction.AUTOMATIC:
            return  # the machine goes on by itself only when the time is over
        people = [pair for pair in _targets(draft, rung, stage) if not visit.may_answer(pair[0].id)]
        if rung.action is RungAction.ESCALATE and people:
            draft.record(LadderClimbed(stage.name, visit.number, index, 1, rung.action.value))
            for person, capacity in people:
                draft.ask(stage, (person,), capacity, reason)
            return


def stand_ins(draft: Draft, stage: Stage) -> tuple[Person, ...]:
    """Who may stand in for whoever is asked: the others who hold the role, deputies whose mandate covers today, and
    whoever the ladder would escalate to.
    """
    people = [*draft.directory.holders(stage.role), *draft.directory.deputies(stage.role, draft.today())]
    people += [person for rung in stage.ladder for person, _ in _targets(draft, rung, stage)]
    return tuple(dict.fromkeys(people))


def _targets(draft: Draft, rung: Rung, stage: Stage) -> list[tuple[Person, Capacity]]:
    """Whom a rung escalates to."""
    found: list[tuple[Person, Capacity]] = []
    for target in rung.to if rung.action is RungAction.ESCALATE else ():
        if target == DEPUTY:
            found += [(p, Capacity.DEPUTY) for p in draft.directory.deputies(stage.role, draft.today())]
        else:
            found += [(p, Capacity.SUPERIOR) for p in draft.directory.holders(target)]
    return found
