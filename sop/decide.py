"""`decide()`: from where an incident stands and one new fact, what must be recorded and who must be written to.

Pure: the same arguments give the same verdict, on any machine, at any time. The one function that decides anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sop.events import Kind
from sop.facts import (
    AnswerGiven,
    AnswerUnclear,
    AnswerUntrusted,
    EndedWith,
    Fact,
    FollowedUp,
    LetGo,
    LinkedTo,
    Opened,
    PeopleChanged,
    ReadAgain,
    TimePassed,
    TookIn,
    Undelivered,
    Unlinked,
)
from sop.following import Following
from sop.incident import Incident, Visit, next_rung
from sop.linking import Linking
from sop.people import Capacity, Directory, Person
from sop.procedure import DEPUTY, Effect, Procedure, Reply, Rung, RungAction, Stage
from sop.verdict import Outgoing, Verdict, short_ref

ABOUT_READING = ("asal", "kegentingan", "belum_terbaca", "lampiran_bermasalah")
"""What a report says about how it was read; no field of the letter."""
CLOCKS_MAY_DIFFER = timedelta(minutes=1)


def decide(procedure: Procedure, incident: Incident, fact: Fact, directory: Directory, now: datetime) -> Verdict:
    """What `fact` means for `incident` at `now` (aware)."""
    desk = _Desk(procedure, incident, directory, now)
    desk.set_clock_right()
    match fact:
        case Opened():
            desk.open(fact)
        case AnswerGiven():
            desk.answer(fact)
        case AnswerUnclear():
            desk.unclear(fact)
        case AnswerUntrusted():
            desk.untrusted(fact)
        case FollowedUp():
            desk.follow_up(fact)
        case ReadAgain():
            desk.read_again(fact)
        case Undelivered():
            desk.undelivered(fact)
        case LinkedTo() | TookIn() | Unlinked() | LetGo() | EndedWith():
            if desk.linking(fact):
                desk.start(procedure.first_stage())
        case PeopleChanged():
            desk.people_changed()
        case TimePassed():
            desk.climb()
    return desk.verdict()


def next_deadline(procedure: Procedure, incident: Incident) -> datetime | None:
    """When `decide(…, TimePassed())` will have something to do, or None."""
    visit = incident.current
    return next_rung(visit, procedure.stage(visit.stage)) if visit else None


class _Desk(Linking, Following):
    """Leads one incident through one fact. Lives for one call of `decide()`."""

    def set_clock_right(self) -> None:
        """Time never runs backwards in an incident. Desks may differ a little; more is a clock set back."""
        last = self.incident.last
        if last is None or last <= self.now:
            return
        if last - self.now <= CLOCKS_MAY_DIFFER:
            self.now = last
        else:
            self.record(Kind.CLOCK_SET_BACK, seconds=(last - self.now).total_seconds())

    # What can happen -------------------------------------------------------------------------------------------------

    def open(self, fact: Opened) -> None:
        if self.incident.opened is not None:
            return
        self.record(
            Kind.REPORTED,
            channel=fact.channel,
            received=fact.received.isoformat(),
            report=dict(fact.report),
            mail=fact.mail,
            **({"like": [dict(other) for other in fact.like]} if fact.like else {}),
            procedure=self.procedure.code,
            version=self.procedure.version,
        )
        for step in self.procedure.steps:
            if step.stages:
                break
            self.inform(step.letters, f"{step.number}")
        self.start(self.procedure.first_stage())

    def answer(self, fact: AnswerGiven) -> None:
        visit = self.incident.current
        record = _record_of(fact)
        asked = visit and next((asked for asked in visit.asked if asked.person == fact.person.id), None)
        if asked:
            record["capacity"] = asked.capacity
        if visit is None or (visit.stage, visit.number) != (fact.stage, fact.visit):
            self.record(Kind.LATE, **record)
            self.tell(fact.person.id, "sudah_diputuskan", "telat", fact.mail, stage=fact.stage, visit=fact.visit)
            return
        stage = self.procedure.stage(visit.stage)
        reply = stage.reply(fact.decision)
        if reply is None:
            self.unclear(AnswerUnclear(fact.stage, fact.visit, fact.person, fact.text, fact.decision, fact.mail))
            return
        match reply.effect:
            case Effect.RECORD:
                self.record(Kind.RECORDED, **record)
                self.relay(stage, visit, reply, fact)
            case Effect.EXTEND:
                minutes = int(fact.details.get("minutes") or 30)
                self.record(Kind.EXTENDED, **record, minutes=minutes)
                self.relay(stage, visit, reply, fact)
            case _:
                self.record(Kind.ANSWERED, **record)
                self.tell_the_others(stage, visit, fact.person)
        extra = {"catatan": fact.caution}
        self.tell(fact.person.id, "dicatat", "dicatat", fact.mail, stage=fact.stage, visit=fact.visit, extra=extra)
        self.go(reply, note=fact.text if reply.effect is Effect.RETURN else "")

    def unclear(self, fact: AnswerUnclear) -> None:
        visit = self.incident.current
        if visit is None or (visit.stage, visit.number) != (fact.stage, fact.visit):
            self.record(Kind.LATE, **_record_of(fact), decision="tidak_jelas")
            self.tell(fact.person.id, "sudah_diputuskan", "telat", fact.mail, stage=fact.stage, visit=fact.visit)
            return
        self.record(Kind.UNCLEAR, **_record_of(fact), understood=fact.understood)
        stage = self.procedure.stage(visit.stage)
        self.letters.append(
            Outgoing(
                key=self.key(stage, visit.number, "perjelas", short_ref(fact.mail, self.incident.seq)),
                template="mohon_perjelas",
                person=fact.person.id,
                stage=stage.name,
                visit=visit.number,
                asks=True,
                extra={"teks": fact.text, "dipahami": fact.understood},
            )
        )

    def untrusted(self, fact: AnswerUntrusted) -> None:
        self.record(
            Kind.UNTRUSTED,
            stage=fact.stage,
            sender=fact.sender,
            reason=fact.reason,
            text=fact.text,
            mail=fact.mail,
            named=fact.named,
        )
        if fact.quiet:
            return
        extra = {"pengirim": fact.sender, "alasan": fact.reason, "teks": fact.text}
        helpdesk = self.directory.holders(self.helpdesk())
        for person in helpdesk:
            self.tell(person.id, "jawaban_tidak_sah", "tidak-sah", fact.mail, stage=fact.stage, extra=extra)
        if fact.named and fact.named not in {person.id for person in helpdesk}:
            self.tell(fact.named, "jawaban_atas_nama", "atas-nama", fact.mail, stage=fact.stage, extra=extra)

    def follow_up(self, fact: FollowedUp) -> None:
        # What the OPD said first stands; a later mail fills only what was missing.
        now = self.incident.report
        filled = {n: value for n, value in fact.report.items() if value and not now.get(n) and n not in ABOUT_READING}
        report = filled | _origins(now, fact.report, filled)
        self.record(Kind.FOLLOWED_UP, mail=fact.mail, sender=fact.sender, text=fact.text, report=report)
        extra = {"pengirim": fact.sender, "teks": fact.text, "dilengkapi": sorted(filled)}
        self.tell_whoever_works("kabar_pelapor", "susulan", fact.mail, extra)

    def read_again(self, fact: ReadAgain) -> None:
        now = self.incident.report
        changed = {name: value for name, value in fact.report.items() if not now.get(name)}
        changed |= {name: value for name, value in fact.better.items() if value != now.get(name)}
        known = sorted(name for name in changed if name not in ABOUT_READING)
        self.record(Kind.ENRICHED, report=changed | _origins(now, fact.report, known))
        if known:
            self.tell_whoever_works("kartu_dilengkapi", "dilengkapi", "", {"dilengkapi": known})

    def undelivered(self, fact: Undelivered) -> None:
        self.record(Kind.UNDELIVERED, key=fact.key, to=fact.to, reason=fact.reason, mail=fact.mail)
        if "/gagal-kirim/" in fact.key:
            return  # a word about an undelivered mail that is itself not delivered: telling of it would never end
        extra = {"tujuan": fact.to, "alasan": fact.reason, "kunci": fact.key}
        for person in self.directory.holders(self.helpdesk()):
            if fact.to not in person.addresses:
                self.tell(person.id, "surat_tidak_sampai", "gagal-kirim", fact.mail or fact.key, extra=extra)
        self.go_past(fact)

    def climb(self) -> None:
        """Take every rung of the ladder that is due. Several, when the machine was off for a while."""
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
            self.take(rung, stage, visit, times)

    def missed(self, visit: Visit, rung: Rung, index: int) -> int:
        """How often a repeating rung has been due by now: after a long night one reminder is enough, not fifty."""
        if rung.repeat is None:
            return 1
        first = visit.started + rung.after + visit.extension
        return max(visit.repeats if visit.rungs > index else 0, int((self.now - first) / rung.repeat)) + 1

    def take(self, rung: Rung, stage: Stage, visit: Visit, times: int) -> None:
        match rung.action:
            case RungAction.REMIND:
                awake = [asked for asked in visit.asked if not self.directory.is_quiet(asked.role, self.now)]
                for asked in dict.fromkeys(asked.person for asked in awake):
                    self.ask_again(stage, visit, asked, times)
            case RungAction.ESCALATE:
                self.escalate(rung, stage, visit)
            case RungAction.INFORM:
                for role in rung.to:
                    for person in self.directory.holders(role):
                        self.tell(
                            person.id, "kabar_terlambat", "terlambat", str(times), stage=stage.name, visit=visit.number
                        )
            case RungAction.AUTOMATIC if rung.reply is not None:
                self.record(Kind.SYSTEM_ACTED, stage=stage.name, visit=visit.number, decision=rung.reply.decision)
                for asked in dict.fromkeys(asked.person for asked in visit.asked):
                    self.tell(asked, "diteruskan_otomatis", "otomatis", "", stage=stage.name, visit=visit.number)
                self.go(rung.reply)

    # Going on --------------------------------------------------------------------------------------------------------

    def go(self, reply: Reply, note: str = "") -> None:
        if reply.effect is Effect.CLOSE:
            self.close(reply.target)
        elif reply.effect in (Effect.ADVANCE, Effect.RETURN):
            self.start(self.procedure.stage(reply.target), note)

    def start(self, stage: Stage, note: str = "") -> None:
        number = 1 + sum(visit.stage == stage.name for visit in self.incident.visits)
        self.record(Kind.STAGE_STARTED, stage=stage.name, visit=number, note=note)
        asked = self.assigned_team(stage) or self.directory.on_call(stage.role, self.now)
        if not asked:
            # An empty role must not stop an emergency: whoever stands in for it is asked at once, and told why.
            asked = self.directory.deputies(stage.role, self.today())
            self.ask(stage, asked, Capacity.DEPUTY, "jabatan sedang kosong")
        else:
            self.ask(stage, asked, Capacity.HOLDER, "")
        for role in stage.copy_to:
            for person in self.directory.holders(role):
                if person not in asked:
                    self.copy(stage, number, person)
        if number == 1:
            self.inform(stage.on_start, f"{stage.step}/{stage.name}", stage)

    def close(self, name: str) -> None:
        self.record(Kind.CLOSED, outcome=name)
        self.inform(self.procedure.outcome(name).letters, f"selesai/{name}")

    def escalate(self, rung: Rung, stage: Stage, visit: Visit) -> None:
        reason = "batas waktu terlampaui dan belum ada jawaban"
        for target in rung.to:
            if target == DEPUTY:
                people, capacity = self.directory.deputies(stage.role, self.today()), Capacity.DEPUTY
            else:
                people, capacity = self.directory.holders(target), Capacity.SUPERIOR
            self.ask(stage, tuple(p for p in people if not visit.may_answer(p.id)), capacity, reason)

    def assigned_team(self, stage: Stage) -> tuple[Person, ...]:
        """Whom the last TUGASKAN named, for a stage that waits for the assigned team."""
        if not stage.assigned:
            return ()
        for visit in reversed(self.incident.visits):
            named = visit.answer.details.get("people") if visit.answer else None
            if named:
                people = (self.directory.person(person_id) for person_id in named)
                return tuple(person for person in people if person is not None and person.role == stage.role)
        return ()


def _origins(now: Mapping[str, Any], said: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Where the fields `names`, which became known by `said`, were read; {} when that says nothing."""
    read = said.get("asal") or {}
    new = {name: read[name] for name in names if name in read}
    return {"asal": {**(now.get("asal") or {}), **new}} if new else {}


def _record_of(fact: AnswerGiven | AnswerUnclear) -> dict[str, Any]:
    record: dict[str, Any] = {
        "stage": fact.stage,
        "visit": fact.visit,
        "person": fact.person.id,
        "name": fact.person.name,
        "title": fact.person.signature_title,
        "text": fact.text,
        "mail": fact.mail,
    }
    if isinstance(fact, AnswerGiven):
        capacity = Capacity.DEPUTY if fact.person.acting else Capacity.HOLDER
        record |= {
            "decision": fact.decision,
            "details": dict(fact.details),
            "via": fact.via,
            "caution": fact.caution,
            "capacity": capacity.value,
        }
    return record
