"""What happens when nobody answers: the rungs of a stage's ladder, each when it is due."""

from __future__ import annotations

from sop.events import Kind
from sop.going_on import GoingOn
from sop.incident import Visit, next_rung
from sop.people import Capacity
from sop.procedure import DEPUTY, Rung, RungAction, Stage


class Climbing(GoingOn):
    """The part of the desk that reminds, escalates, informs, and in the end goes on by itself."""

    def climb(self, reminded: frozenset[str] = frozenset()) -> None:
        """Take every rung of the ladder that is due. Several, when the machine was off for a while.

        `reminded`: whom a reminder about another incident tells of this one, too.
        """
        while (visit := self.incident.current) is not None:
            stage = self.procedure.stage(visit.stage)
            at = next_rung(visit, stage)
            if at is None or at > self.now:
                return
            index = min(visit.rungs, len(stage.ladder) - 1)
            rung = stage.ladder[index]
            times = self.missed(visit, rung, index)
            self.record(
                Kind.LADDER_CLIMBED,
                stage=stage.name,
                visit=visit.number,
                rung=index,
                times=times,
                action=rung.action.value,
            )
            self.take(rung, stage, visit, times, reminded)

    def missed(self, visit: Visit, rung: Rung, index: int) -> int:
        """How often a repeating rung has been due by now: after a long night one reminder is enough, not fifty."""
        if rung.repeat is None:
            return 1
        first = visit.started + rung.after + visit.extension - visit.early
        return max(visit.repeats if visit.rungs > index else 0, int((self.now - first) / rung.repeat)) + 1

    def take(self, rung: Rung, stage: Stage, visit: Visit, times: int, reminded: frozenset[str]) -> None:
        match rung.action:
            case RungAction.REMIND:
                awake = [asked for asked in visit.asked if not self.directory.is_quiet(asked.role, self.now)]
                for asked in dict.fromkeys(asked.person for asked in awake if asked.person not in reminded):
                    self.ask_again(stage, visit, asked, times)
            case RungAction.ESCALATE:
                self.escalate(rung, stage, visit)
            case RungAction.INFORM:
                offers = self.teams_for(stage, tuple(one.person for one in visit.asked)) if stage.assigned else ()
                for person in (person for role in rung.to for person in self.directory.holders(role)):
                    self.tell(
                        person.id,
                        "kabar_terlambat",
                        "terlambat",
                        str(times),
                        stage=stage.name,
                        visit=visit.number,
                        offers=offers,
                    )
            case RungAction.AUTOMATIC if rung.reply is not None:
                self.record(Kind.SYSTEM_ACTED, stage=stage.name, visit=visit.number, decision=rung.reply.decision)
                for asked in dict.fromkeys(asked.person for asked in visit.asked):
                    self.tell(asked, "diteruskan_otomatis", "otomatis", "", stage=stage.name, visit=visit.number)
                self.go(rung.reply)

    def escalate(self, rung: Rung, stage: Stage, visit: Visit) -> None:
        reason = "batas waktu terlampaui dan belum ada jawaban"
        for target in rung.to:
            if target == DEPUTY:
                people, capacity = self.directory.deputies(stage.role, self.today()), Capacity.DEPUTY
            else:
                people, capacity = self.directory.holders(target), Capacity.SUPERIOR
            self.ask(stage, people, capacity, reason)
