"""One life of an office: time goes on from one event to the next, and after each it is looked whether all holds."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import Engine, text

from handlers.directory_changed import who_serves
from office.build import Office
from register.database import JournalUnavailable
from sop.load import BUILTIN
from tests.year.house import Desk, House
from tests.year.plan import Plan
from tests.year.ports.chance import Dice
from tests.year.ports.clock import SimClock
from tests.year.ports.faults import Crash, Fault, Faults
from tests.year.witness import Broken, Check, Notes, Scene, Truth
from tests.year.world.admin import answers_orally, telephones
from tests.year.world.agenda import Agenda
from tests.year.world.calendar import WIB
from tests.year.world.town import World

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # Monday, 08.00 WIB
BELL = timedelta(seconds=1.5)
"""How long the doorbell needs; what comes meanwhile is taken together."""
SWEEP = timedelta(seconds=20)
"""How soon a desk at rest looks at everything all the same: that is when it sees that the directory has changed."""
AT_REST = timedelta(hours=1)
"""How often it looks where nothing at all can have happened."""
FAIR_DAYS = timedelta(days=3)
"""Within which every incident comes to its end when nothing fails any more."""
LASTING = (
    (Fault.SMTP_AWAY, 2, 7200),
    (Fault.IMAP_AWAY, 2, 7200),
    (Fault.DISK_FULL, 1, 1800),
    (Fault.JOURNAL_AWAY, 1, 600),
    (Fault.PREFECT_AWAY, 1, 3 * 86_400),
    (Fault.WORKBOOK_OPEN, 1, 86_400),
)
"""What fails for a while: how often a week, and for how many seconds at most."""
MEANWHILE = 0.01
"""How often, of the operations of one desk, another takes its turn in between."""
JUMPS = (-7200, -600, -90, 90, 600, 5400)
"""How far, in seconds, somebody sets the machine's clock."""


class Life:
    """Fulfils `witness.Scene`."""

    def __init__(self, seed: int, plan: Plan, folder: Path, checks: Callable[[Scene, Notes], Sequence[Check]]) -> None:
        self.seed, self.plan = seed, plan
        self.clock = SimClock(START)
        self.faults = Faults(Random(f"{seed} faults"), self.clock)
        self.truth, self.notes = Truth(), Notes()
        self.agenda = Agenda(self.clock)
        self.house = House(folder, self.faults, self.clock, Dice(Random(f"{seed} dice")), self.truth)
        self.house.real_papers = plan.real_papers
        self.world = World(str(seed), plan, self.agenda, self.house, self.truth)
        self.world.post.rings = self._mail_came
        self.desks: list[Desk] = []
        self.checks = checks(self, self.notes)
        self.rng = Random(f"{seed} life")
        self.turns = self.lives = 0
        self._bell_rings = self._interrupted = False
        self._at_work: Desk | None = None
        self._wakes: dict[str, datetime | None] = {}
        self._heard = Heard()
        for number in range(1, plan.desks + 1):
            self._open(f"meja{number}")

    # What a check may look at ----------------------------------------------------------------------------------------

    @property
    def engine(self) -> Engine:
        return self.house.engine

    @property
    def interruptions(self) -> int:
        return self.faults.interruptions

    def now(self) -> datetime:
        return self.clock.now()

    def true_now(self) -> datetime:
        return self.clock.true

    def archived(self, sha256: str) -> bytes:
        return self.house.archived(sha256)

    def follows(self) -> bool:
        return all(desk.office.followed == who_serves(desk.office) for desk in self.desks)

    def mail_waits(self) -> bool:
        return any(desk.rang for desk in self.desks)

    # The life --------------------------------------------------------------------------------------------------------

    def live(self) -> None:
        """All of it. Raises: Broken."""
        with self._heard:
            self.faults.crash_at = self.plan.crash_at
            self.world.plan_all()
            self._plan_looks()
            self._plan_admin()
            if self.plan.faults:
                self._plan_faults()
            end = START + timedelta(days=self.plan.days)
            self._until(end)
            self._end_faults()
            self._until(self.clock.true + FAIR_DAYS, quiet=True)
            for desk in self.desks:
                desk.rang = True
                self._turn(desk)
            for check in self.checks:
                check.at_the_end()
            self._compare_faces()

    def _compare_faces(self) -> None:
        """Twice painted: what a drawing set aside is told in a mail."""
        for desk in self.desks:
            desk.painter.draw_workbook(at_once=True)
            desk.painters_turn()
        if len(self.desks) == 1 and self.plan.paint_hours:
            self.desks[0].compare_faces()

    def digest(self) -> str:
        """One hash over every incident's chain and every mail's key and bytes."""
        total = hashlib.sha256()
        with self.engine.connect() as tx:
            for row in tx.execute(text("select number, head from incidents order by number")):
                total.update(f"{row.number} {row.head}\n".encode())
            for row in tx.execute(text("select key, sha256, state from outbox order by id")):
                total.update(f"{row.key} {row.sha256} {row.state}\n".encode())
        return total.hexdigest()

    def incidents(self) -> int:
        """How many there are in the journal."""
        with self.engine.connect() as tx:
            return int(tx.execute(text("select count(*) from incidents")).scalar_one())

    def _until(self, end: datetime, *, quiet: bool = False) -> None:
        """Time goes on to `end`; with `quiet` only as long as something is still to happen."""
        while self.clock.true < end:
            wakes = min((wake for wake in self._wakes.values() if wake is not None), default=None)
            nearest = min((at for at in (wakes, self.agenda.next) if at is not None), default=None)
            if nearest is None and quiet:
                return
            self.clock.true = max(self.clock.true, min(nearest or end, end))
            self.agenda.happen()
            for desk in list(self.desks):
                wake = self._wakes.get(desk.name)
                if wake is not None and wake <= self.clock.true:
                    self._turn(desk)

    def _turn(self, desk: Desk) -> None:
        """The clerk's turn at one desk, and a look at what came of it."""
        if desk not in self.desks:
            return  # it died while others took theirs
        self.turns += 1
        crashed = not self._survives(desk, desk.clerks_turn)
        at_work = len(self.desks) == self.plan.desks and all(one.well for one in self.desks)
        self._look(whole=at_work and not crashed)
        if not crashed:
            self._wakes[desk.name] = self._wake(desk)

    def _wake(self, desk: Desk) -> datetime | None:
        """When the desk takes its next turn if nothing rings."""
        if not desk.well:
            return self.clock.true + SWEEP
        wake = desk.wakes()
        if wake is not None and wake <= self.clock.true:  # due, and has just been tried
            return self.clock.true + SWEEP / 4
        return wake

    def _survives(self, desk: Desk, turn: Callable[[], None]) -> bool:
        """Take a turn. A process that dies in it is started again."""
        before, self._at_work = self._at_work, desk
        try:
            turn()
        except Crash as crash:
            self.lives += 1
            self.world.note(f"{desk.name}: crash at {crash}")
            desk.die(crash)
            self._gone(desk)
            self._open(desk.name)
            return False
        finally:
            self._at_work = before
        return True

    def _meanwhile(self) -> None:
        """Between two operations of one desk another takes its turn."""
        others = [desk for desk in self.desks if desk is not self._at_work]
        if self._interrupted or not others or not self.faults.chance("another desk meanwhile", MEANWHILE):
            return
        self._interrupted = True
        self.faults.interruptions += 1
        try:
            self._survives(others[0], others[0].clerks_turn)
        finally:
            self._interrupted = False

    def _gone(self, desk: Desk) -> None:
        self.desks.remove(desk)
        del self._wakes[desk.name]

    def _open(self, name: str) -> None:
        """A new process. Where it cannot begin, whoever keeps the machine tries again a little later."""
        try:
            desk = self.house.open(name)
        except Crash as crash:
            self.world.note(f"{name}: crash at {crash}, while it opened")
            self.agenda.at(self.clock.true, lambda: self._open(name))
        except (OSError, JournalUnavailable) as error:
            self.world.note(f"{name} does not open: {error}")
            self.agenda.at(self.clock.true + SWEEP, lambda: self._open(name))
        else:
            self.desks = sorted([*self.desks, desk], key=lambda one: one.name)
            self._wakes[name] = self.clock.true

    def _look(self, *, whole: bool) -> None:
        if said := self._heard.exception:
            raise Broken("an error that nobody meant", said)
        whole = whole and not self.faults.holds_up()
        for check in self.checks:
            check.after_turn(whole=whole)

    # What is planned -------------------------------------------------------------------------------------------------

    def _mail_came(self) -> None:
        for desk in self.desks:
            desk.rang = True
        if not self._bell_rings:
            self._bell_rings = True
            self.agenda.at(self.clock.true + BELL, self._bell)

    def _bell(self) -> None:
        self._bell_rings = False
        for desk in list(self.desks):
            self._turn(desk)

    def _plan_admin(self) -> None:
        for serial in range(round(self.plan.days * self.plan.oral)):
            self._sometime(lambda serial=serial: self._admin(lambda office: telephones(self.rng, office, serial)))  # type: ignore[misc]
            self._sometime(lambda: self._admin(lambda office: answers_orally(self.rng, office)))

    def _admin(self, act: Callable[[Office], str]) -> None:
        """An admin does something at the first desk; where the disk or the journal is in trouble, he is told so."""
        if not self.desks:
            return
        desk = self.desks[0]

        def acts() -> None:
            with suppress(OSError, JournalUnavailable):
                if number := act(desk.office):
                    self.world.note(f"an admin enters what was said: {number}")

        if self._survives(desk, acts):
            self._look(whole=False)
            self._wakes[desk.name] = self.clock.true

    def _plan_looks(self) -> None:
        """Sweeps of a desk at rest, the morning's list, midnight; and the painter's turns."""
        at = START
        while at < START + timedelta(days=self.plan.days) + FAIR_DAYS:
            self.agenda.at(at, self._rest)
            at += AT_REST
            local = at.astimezone(WIB)
            if local.hour == 0:
                self.agenda.at(at + SWEEP, self._rest)
        if self.plan.paint_hours:
            self._plan_painting()

    def _plan_painting(self) -> None:
        at = START
        while at < START + timedelta(days=self.plan.days):
            at += timedelta(hours=self.plan.paint_hours)
            self.agenda.at(at, self._paint_all)

    def _paint_all(self) -> None:
        for desk in list(self.desks):
            self._survives(desk, desk.painters_turn)

    def _rest(self) -> None:
        for desk in list(self.desks):
            desk.rang = True
            self._turn(desk)

    def _plan_faults(self) -> None:
        plan, rng, faults = self.plan, self.rng, self.faults
        if plan.crash_every:
            faults.crash_now_and_then(plan.crash_every)
        faults.in_doubt, faults.later, faults.cut = 0.01, 0.01, 0.003
        if plan.desks > 1:
            faults.meanwhile = self._meanwhile
        weeks = plan.days / 7
        for fault, often, longest in LASTING:
            for _ in range(max(1, round(often * weeks))):
                span = timedelta(seconds=rng.uniform(60, longest))
                self._sometime(lambda fault=fault, span=span: self._begin(fault, span))  # type: ignore[misc]
        for _ in range(max(1, round(weeks))):
            span = timedelta(seconds=rng.uniform(300, 3600))
            self._sometime(lambda span=span: self.world.break_directory(span))  # type: ignore[misc]
            self._sometime(lambda: self._set_clock(rng.choice(JUMPS)))
            self._sometime(self._refusals)
        for _ in range(round(weeks / 4) or rng.random() < 0.4):
            self._sometime(self._renumber)
            self._sometime(self._wipe_prefect)
        if plan.new_procedure:
            self.agenda.at(START + timedelta(days=plan.days / 2), self._new_procedure)

    def _sometime(self, what: Callable[[], None]) -> None:
        self.agenda.at(START + timedelta(seconds=self.rng.uniform(0, self.plan.days * 86_400)), what)

    def _begin(self, fault: Fault, span: timedelta) -> None:
        self.world.note(f"{fault} for {span}")
        self.faults.begin(fault, span)
        self.agenda.at(self.clock.true + span + SWEEP, self._rest)

    def _set_clock(self, seconds: int) -> None:
        self.world.note(f"the machine's clock jumps by {seconds} s")
        self.faults.count["clock jumps"] += 1
        self.clock.offset += timedelta(seconds=seconds)
        self.truth.set_back |= seconds < 0
        self.truth.set_forward |= seconds > 0
        for desk in list(self.desks):
            self._turn(desk)

    def _refusals(self) -> None:
        """Somebody's mailbox is full, and says so for good, for an hour or two."""
        address = self.rng.choice(sorted(one.addresses[0] for one in self.world.directory().people))
        self.world.note(f"{address} refuses")
        self.house.post.dead.add(address)
        self.agenda.after(self.rng.uniform(600, 7200), lambda: self.house.post.dead.discard(address))

    def _renumber(self) -> None:
        self.world.note("the mailbox has a new UIDVALIDITY")
        self.house.mailbox.renumber()

    def _wipe_prefect(self) -> None:
        """Somebody deletes the database of the Prefect server, and starts it again a little later."""
        self.world.note("the database of Prefect is deleted")
        self.house.prefect.drop_database()
        self.agenda.after(self.rng.uniform(60, 7200), self.house.prefect.restart)

    def _new_procedure(self) -> None:
        """A new version: the Kabid has a minute more. It is in force from the next start on."""
        self.world.note("a new version of the procedure")
        said = BUILTIN.read_text(encoding="utf-8").replace("\nversi: 3\n", "\nversi: 4\n")
        self.house.procedure_file.write_text(said, encoding="utf-8")
        for desk in list(self.desks):
            if self._survives(desk, desk.close):
                self._gone(desk)
                self._open(desk.name)

    def _end_faults(self) -> None:
        self.faults.end_all()
        if self.clock.offset:
            self.clock.offset = timedelta()
            for desk in list(self.desks):  # before the directory changes: that would put every deadline right
                self._turn(desk)
        self.world.fair_days()


class Heard(logging.Handler):
    """Listens to what the house logs: an exception that was logged and gone past is one that nobody meant."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.exception = ""

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[0] is not None and not self.exception:
            formatter = logging.Formatter()
            self.exception = f"{record.getMessage()}\n{formatter.formatException(record.exc_info)}"

    def __enter__(self) -> Heard:
        logging.getLogger().addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger().removeHandler(self)
