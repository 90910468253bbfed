"""All of the world together, and what is to happen in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from outbox.queue import QueuedMail
from sop.people import Directory
from tests.year.house import House
from tests.year.plan import Plan
from tests.year.witness import InForce, Truth
from tests.year.world import directory
from tests.year.world.agenda import Agenda
from tests.year.world.calendar import WIB, is_working, next_working
from tests.year.world.directory import BROKEN, Staffing
from tests.year.world.files import Files
from tests.year.world.officials import Officials
from tests.year.world.outsiders import Outsiders
from tests.year.world.post import Post
from tests.year.world.reporters import Reporters

DAY = 86_400.0
ROLES = {
    "helpdesk": "Helpdesk",
    "koordinator": "Koordinator Helpdesk",
    "kabid": "Kepala Bidang Aplikasi Informatika",
    "tim_teknis": "Tim Teknis",
    "kadis": "Kepala Dinas",
}


class World:
    """Everybody outside the house."""

    def __init__(self, seed: str, plan: Plan, agenda: Agenda, house: House, truth: Truth) -> None:
        self.rng = Random(f"{seed} world")
        self.plan, self.agenda, self.house, self.truth = plan, agenda, house, truth
        self.staff = Staffing()
        self.edit(tell=False)
        self.files = Files(house, self.directory)
        self.post = Post(Random(f"{seed} post"), agenda, house, truth)
        self.post.reads = self._read
        self.officials = Officials(Random(f"{seed} officials"), agenda, self.post, self.files)
        self.officials.silent = plan.silent
        self.reporters = Reporters(Random(f"{seed} reporters"), agenda, self.post)
        self.outsiders = Outsiders(Random(f"{seed} outsiders"), agenda, self.post, self.files)
        self.log: list[tuple[datetime, str]] = []

    def directory(self) -> Directory:
        return self.truth.directories[-1].directory

    def note(self, text: str) -> None:
        self.log.append((self.agenda.clock.true, text))

    def plan_all(self) -> None:
        """Everything that comes from outside by itself."""
        rng, plan = self.rng, self.plan
        for _ in range(round(plan.days * plan.letters)):
            self._some_time(self.reporters.write, by_day=0.8)
        for _ in range(plan.storms):
            self._some_time(lambda: self.reporters.storm(plan.storm_letters), by_day=0.6)
        for _ in range(round(plan.days * plan.strays)):
            self._some_time(self.outsiders.somebody, by_day=0.6)
        for _ in range(plan.floods):
            self._some_time(lambda: self.outsiders.flood(rng.choice((15, 60, 200))), by_day=0.5)
        for _ in range(round(plan.days * plan.edits / 7)):
            self._some_time(self.edit, by_day=0.9)

    def edit(self, *, tell: bool = True) -> None:
        """An admin edits the directory."""
        now = self.agenda.clock.true
        if tell:
            self.note(f"directory edited: {self.staff.change(self.rng, now)}")
        self._save()

    def break_directory(self, span: timedelta) -> None:
        """A slip of the hand breaks the file, and after a while somebody notices."""
        self.note(f"directory broken for {span}")
        self.house.write_directory(BROKEN)
        self.agenda.after(span.total_seconds(), self._save)

    def fair_days(self) -> None:
        """Everybody is there, answers, and writes nothing unasked."""
        self.note("fair days")
        self.staff.all_back(self.agenda.clock.true.astimezone(WIB).date())
        self._save()
        self.reporters.fair = self.post.fair = True
        self.house.post.dead.clear()
        self.officials.come_back()

    def _save(self) -> None:
        now = self.agenda.clock.true
        text = self.staff.text(now)
        self.house.write_directory(text)
        self.truth.directories.append(InForce(now, directory.read(self.house.folder, text, ROLES)))

    def _read(self, address: str, message_id: str, raw: bytes) -> None:
        mail = self.files.mail(message_id)
        if mail is None:
            return
        if self._of_an_official(mail):
            self.officials.read(mail, raw)
        else:
            self.reporters.read(mail)

    def _of_an_official(self, mail: QueuedMail) -> bool:
        return not str(mail.person).startswith("pelapor") and bool(self.files.code_of(mail.recipient))

    def _some_time(self, what: Callable[[], None], by_day: float) -> None:
        """At some moment of the plan's days; `by_day` of all in office hours."""
        moment = self.agenda.clock.start + timedelta(seconds=self.rng.uniform(0, self.plan.days * DAY))
        if self.rng.random() < by_day and not is_working(moment):
            moment = next_working(moment) + timedelta(seconds=self.rng.uniform(0, 8 * 3600))
        self.agenda.at(moment, what)
