"""`decide()`: from where an incident stands and one new fact, what must be recorded and who must be written to.

Pure: the same arguments give the same verdict, on any machine, at any time. The one function that decides anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sop.climbing import Climbing
from sop.events import Kind
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
from sop.going_on import NOT_BACK
from sop.incident import Incident, next_rung
from sop.linking import Linking
from sop.people import Directory
from sop.procedure import REPORTER, Procedure
from sop.taking_back import TakingBack
from sop.verdict import Verdict

ABOUT_READING = ("asal", "kegentingan", "belum_terbaca", "lampiran_bermasalah", "tanpa_balasan", "tanpa_balasan_karena")
"""What a report says about how it was read; no field of the letter."""
TOLD_FOLLOW_UPS = 20
"""So many later words of a reporter are told of; the rest is recorded, unless it completes the card."""
GO_ON = "darurat"
"""What Helpdesk answers when the outage of an ended incident must be worked on again."""
NOT_DELIVERED = "surat_tidak_sampai"
CLOCKS_MAY_DIFFER = timedelta(minutes=1)


def decide(procedure: Procedure, incident: Incident, fact: Fact, directory: Directory, now: datetime) -> Verdict:
    """What `fact` means for `incident` at `now` (aware)."""
    desk = _Desk(procedure, incident, directory, now)
    desk.set_clock_right()
    match fact:
        case Opened():
            desk.open(fact)
        case AnswerGiven() | AnswerProposed() | AnswerUnclear() | AnswerUntrusted() | AnswerWithdrawn():
            desk.hear(fact)
        case Delegated() | Reassigned() | Remarked() | AwayNow():
            desk.hear(fact)
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
        case ContinuedAs():
            desk.continued_as(fact)
        case TimePassed():
            desk.climb(fact.reminded)
    return desk.verdict()


def next_deadline(procedure: Procedure, incident: Incident) -> datetime | None:
    """When `decide(…, TimePassed())` will have something to do, or None."""
    visit = incident.current
    return next_rung(visit, procedure.stage(visit.stage)) if visit else None


class _Desk(Linking, TakingBack, Climbing):
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
            **({"continues": fact.continues} if fact.continues else {}),
            **({"reopened": fact.reopened.data()} if fact.reopened else {}),
            procedure=self.procedure.code,
            version=self.procedure.version,
        )
        for step in self.procedure.steps:
            if step.stages:
                break
            self.inform(step.letters, f"{step.number}")
        if fact.continues and self.procedure.not_back:
            for role in self.procedure.not_back.inform:
                for person in self.directory.holders(role):
                    self.tell(person.id, "kabar_belum_pulih", "belum-pulih", fact.continues)
        self.start(self.procedure.first_stage())

    def follow_up(self, fact: FollowedUp) -> None:
        # What the OPD said first stands; a later mail fills only what was missing.
        now = self.incident.report
        filled = {n: value for n, value in fact.report.items() if value and not now.get(n) and n not in ABOUT_READING}
        report = filled | _origins(now, fact.report, filled)
        ask = fact.not_over and not self.incident.reporter_asked
        asking = {"reporter_asked": True} if ask else {}
        self.record(Kind.FOLLOWED_UP, mail=fact.mail, sender=fact.sender, text=fact.text, report=report, **asking)
        if ask:
            said = {"teks": fact.text}
            self.tell(REPORTER, "apakah_belum_pulih", "apakah-belum", fact.mail, extra=said, offers=(NOT_BACK,))
        count = len(self.incident.follow_ups)
        if count > TOLD_FOLLOW_UPS and not filled and not ask:
            return
        reports = (self.incident.report, *(other.report for other in self.incident.joined))
        known = {str(report.get("email") or "") for report in reports} - {""}
        last = count == TOLD_FOLLOW_UPS
        extra = {"pengirim": fact.sender, "teks": fact.text, "dilengkapi": sorted(filled), "terakhir_dikabarkan": last}
        extra |= {"dari_pelapor": fact.sender in known or not known}
        asked = self.incident.current.stage if self.incident.current else ""
        offers = () if self.incident.continued_as or asked == self.procedure.first_stage().name else (GO_ON,)
        self.tell_whoever_works("kabar_pelapor", "susulan", fact.mail, extra, offers)

    def read_again(self, fact: ReadAgain) -> None:
        now = self.incident.report
        changed = {name: value for name, value in fact.report.items() if not now.get(name)}
        changed |= {name: value for name, value in fact.better.items() if value != now.get(name)}
        known = sorted(name for name in changed if name not in ABOUT_READING)
        self.record(Kind.ENRICHED, report=changed | _origins(now, fact.report, known))
        if known:
            self.tell_whoever_works("kartu_dilengkapi", "dilengkapi", "", {"dilengkapi": known})

    def undelivered(self, fact: Undelivered) -> None:
        before = self.incident.current
        self.record(
            Kind.UNDELIVERED,
            key=fact.key,
            to=fact.to,
            reason=fact.reason,
            mail=fact.mail,
            person=fact.person,
            stage=fact.stage,
            visit=fact.visit,
            asks=fact.asks,
        )
        if fact.template == NOT_DELIVERED:
            return  # a word about an undelivered mail that is itself not delivered: telling of it would never end
        extra = {"tujuan": fact.to, "alasan": fact.reason, "kunci": fact.key}
        for person in self.directory.holders(self.helpdesk()):
            if fact.to not in person.addresses:
                self.tell(person.id, NOT_DELIVERED, "gagal-kirim", fact.mail or fact.key, extra=extra)
        self.go_past(fact, before)

    def continued_as(self, fact: ContinuedAs) -> None:
        """The outage was not over: from here the story goes on in another incident."""
        if self.incident.outcome and not self.incident.continued_as:
            reopened = {"reopened": fact.reopened.data()} if fact.reopened else {}
            self.record(Kind.CONTINUED, incident=fact.number, mail=fact.mail, **reopened)


def _origins(now: Mapping[str, Any], said: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Where the fields `names`, which became known by `said`, were read; {} when that says nothing."""
    read = said.get("asal") or {}
    new = {name: read[name] for name in names if name in read}
    return {"asal": {**(now.get("asal") or {}), **new}} if new else {}
