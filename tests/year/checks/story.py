"""One incident as its raw events tell it: what came of each, told a second time and more simply than `sop.fold`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sop.codec import Json
from tests.year.checks import second_reading as sop
from tests.year.checks.rows import RawEvent
from tests.year.checks.second_reading import Leads, rules


@dataclass(frozen=True, slots=True)
class AskedOne:
    """Somebody who was asked in a visit; `until`: when they were released."""

    person: str
    role: str
    capacity: str
    at: datetime
    until: datetime | None = None


@dataclass(slots=True)
class Stay:
    """One visit of a stage.

    Attributes:
        asked: who may answer now, by code.
        gone: who was released, once for each time.
        by: who decided it ("" the system); None while nobody did.
        reinstated: who was asked without a mail, because they had just answered by their RALAT.
    """

    stage: str
    visit: int
    started: datetime
    asked: dict[str, AskedOne] = field(default_factory=dict)
    gone: list[AskedOne] = field(default_factory=list)
    rungs: int = 0
    repeats: int = 0
    extension: timedelta = timedelta()
    by: str | None = None
    decision: str = ""
    recorded: int = 0
    reinstated: str = ""
    given_by: str = ""
    """Who gave the work to another team."""

    def ever(self) -> list[AskedOne]:
        return [*self.asked.values(), *self.gone]

    def due(self) -> datetime | None:
        """The next rung, reckoned from the procedure file itself."""
        ladder = rules().stages[self.stage].ladder
        if self.rungs < len(ladder):
            return self.started + ladder[self.rungs].after + self.extension
        last = ladder[-1]
        return None if last.every is None else self.started + last.after + self.extension + last.every * self.repeats

    def where(self) -> str:
        return f"{self.stage}-{self.visit}"


@dataclass(slots=True)
class Story:
    """One incident so far.

    Attributes:
        head: hash of its newest event.
        letter: identity of the mail it began with.
        report: what is known of it, as the journal has it.
        waiting: its last stay waits for an answer.
        may_start, may_end: where the procedure leads from here: stages, ends.
        joined: the incidents worked as part of it, with their reports.
        set_back: the clock was set back in it; from then on its times cannot be reckoned so simply.
        spoken: identities of the mails that its events tell of.
        before: number of the last event before the moment of the newest.
    """

    number: str
    seq: int = 0
    head: str = "0" * 64
    at: datetime | None = None
    opened: datetime | None = None
    letter: str = ""
    report: dict[str, Json] = field(default_factory=dict)
    channel: str = ""
    continues: str = ""
    stays: list[Stay] = field(default_factory=list)
    waiting: bool = False
    may_start: tuple[str, ...] = ()
    may_end: tuple[str, ...] = ()
    outcome: str = ""
    ended_at: datetime | None = None
    linked: str = ""
    with_incident: str = ""
    joined: dict[str, dict[str, Json]] = field(default_factory=dict)
    continued_as: str = ""
    set_back: bool = False
    withdrawn_by: str = ""
    spoken: set[str] = field(default_factory=set)
    before: int = 0

    @property
    def stay(self) -> Stay | None:
        """The last visit, whether it waits or not."""
        return self.stays[-1] if self.stays else None

    @property
    def current(self) -> Stay | None:
        """The visit that waits."""
        return self.stay if self.waiting else None

    @property
    def open(self) -> bool:
        """Somebody must be waited for in it."""
        return not self.outcome and not self.linked

    def visited(self, stage: str, visit: int) -> Stay | None:
        return next((stay for stay in reversed(self.stays) if (stay.stage, stay.visit) == (stage, visit)), None)

    def tell(self, event: RawEvent) -> None:
        """Go on by one event."""
        self.before = self.seq if event.at != self.at else self.before
        self.seq, self.head, self.at = event.seq, event.hash, event.at
        self.spoken.update(mails_told_of(event))
        tell = getattr(self, f"_{event.kind}", None)
        if tell is not None:
            tell(event)

    def _reported(self, event: RawEvent) -> None:
        self.opened, self.letter, self.channel = event.at, event.said("mail"), event.said("channel")
        self.report, self.continues = event.table("report"), event.said("continues")
        self.may_start = (rules().first.name,)

    def _followed_up(self, event: RawEvent) -> None:
        self.report = {**self.report, **event.table("report")}

    _enriched = _corrected = _followed_up

    def _clock_set_back(self, event: RawEvent) -> None:
        self.set_back = True

    def _stage_started(self, event: RawEvent) -> None:
        self.stays.append(Stay(event.said("stage"), event.number("visit"), event.at))
        self.waiting, self.may_start, self.may_end = True, (), ()

    def _asked(self, event: RawEvent) -> None:
        if self.stay is not None:
            person = event.said("person")
            self.stay.asked[person] = AskedOne(person, event.said("role"), event.said("capacity"), event.at)
            if self.withdrawn_by == person and len(self.stay.ever()) == 1:
                self.stay.reinstated = person

    def _released(self, event: RawEvent) -> None:
        one = self.stay.asked.pop(event.said("person"), None) if self.stay is not None else None
        if self.stay is not None and one is not None:
            self.stay.gone.append(AskedOne(one.person, one.role, one.capacity, one.at, event.at))

    def _ladder_climbed(self, event: RawEvent) -> None:
        if self.stay is not None:
            self.stay.rungs, self.stay.repeats = event.number("rung") + 1, event.number("times")

    def _answered(self, event: RawEvent) -> None:
        self._left(event.said("person"), event.said("decision"))
        if self.stay is not None:
            self._led(rules().stages[self.stay.stage].decisions.get(event.said("decision")))

    def _recorded(self, event: RawEvent) -> None:
        if self.stay is not None:
            self.stay.recorded += 1

    def _extended(self, event: RawEvent) -> None:
        if self.stay is not None:
            self.stay.recorded += 1
            self.stay.extension += timedelta(minutes=event.number("minutes"))

    def _system_acted(self, event: RawEvent) -> None:
        self._left("", event.said("decision"))
        if self.stay is not None:
            rung = rules().stages[self.stay.stage].ladder[-1]
            self._led(rung.leads)

    def _withdrawn(self, event: RawEvent) -> None:
        self.waiting, self.may_start, self.withdrawn_by = False, (event.said("stage"),), event.said("person")

    def _reassigned(self, event: RawEvent) -> None:
        self.waiting, self.may_start = False, (event.said("stage"),)
        if self.stay is not None:
            self.stay.given_by = event.said("person")

    def _linked(self, event: RawEvent) -> None:
        self.linked, self.waiting, self.may_start = event.said("to"), False, ()

    def _unlinked(self, event: RawEvent) -> None:
        self.linked, self.may_start = "", (rules().first.name,)

    def _took_in(self, event: RawEvent) -> None:
        self.joined[event.said("incident")] = event.table("report")

    def _let_go(self, event: RawEvent) -> None:
        self.joined.pop(event.said("incident"), None)

    def _continued(self, event: RawEvent) -> None:
        self.continued_as = event.said("incident")

    def _closed(self, event: RawEvent) -> None:
        self.outcome, self.with_incident = event.said("outcome"), event.said("with_incident")
        self.ended_at = event.at
        self.waiting, self.may_start, self.may_end = False, (), ()

    def _answered_after_end(self, event: RawEvent) -> None:
        self.outcome = event.said("outcome")

    def _left(self, person: str, decision: str) -> None:
        self.waiting = False
        if self.stay is not None:
            self.stay.by, self.stay.decision = person, decision

    def _led(self, leads: Leads | None) -> None:
        self.may_start = (leads.where,) if leads and leads.how in (sop.GOES_ON, sop.COMES_BACK) else ()
        self.may_end = (leads.where,) if leads and leads.how == sop.ENDS else ()


def mails_told_of(event: RawEvent) -> list[str]:
    """Identities of the mails that an event names."""
    reopened = event.table("reopened").get("mail")
    said = (event.said("mail"), event.said("letter"), reopened if isinstance(reopened, str) else "")
    return [mail for mail in said if mail]
