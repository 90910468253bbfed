"""The house on simulated ports: what outlasts a process, and a process that works in it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from pathlib import Path
from random import Random

import httpx
from sqlalchemy import Engine

from flows.case_painter import CasePainter
from handlers.faces.compile_papers import compile_papers
from handlers.read_again import read_what_is_unread
from handlers.rounds.turns import Painter, clerks_turn, do_and_send, until_next, went_well
from office.build import Office, build_office
from office.outside import Outside
from office.settings import read_settings
from register.database import Database, open_database
from report.papers import Papers
from sop.load import BUILTIN
from tests.reading import InProcess
from tests.year.checks.case_files import drawn_from_nothing, same_case_files
from tests.year.checks.faces import faces_equal
from tests.year.ports.chance import Dice
from tests.year.ports.clock import SimClock
from tests.year.ports.disk import MemoryArchive, SimDatabase
from tests.year.ports.faults import Crash, Fault, Faults
from tests.year.ports.mail import SimMailbox, SimPost, SimServers
from tests.year.ports.papers import QuickPapers
from tests.year.ports.prefect import SimPrefect, case_deployment
from tests.year.witness import Truth
from tests.year.world.mails import AUTHENTICATES, OFFICE

REMEMBERED = 4_000
"""Findings. A desk remembers fewer: what is found anew costs it a child, and changes nothing."""
SETTINGS = f"""\
[kantor]
nama = "Dinas Komunikasi, Informatika dan Statistik"
[kotak_surat]
alamat = "{OFFICE}"
mulai = "2020-01-01"
server = "mail.contoh.example"
nama = "{OFFICE}"
sandi = "peragaan"
authserv_id = "{AUTHENTICATES}"
[pengiriman]
server = "mail.contoh.example"
nama = "{OFFICE}"
sandi = "peragaan"
per_menit = 120
[berkas]
data = "{{data}}"
arsip = "arsip"
[jurnal]
url = "sqlite://"
[prosedur]
berkas = "prosedur.yaml"
"""


class House:
    """What outlasts a process: journal, archive, mail servers, and the files that people write.

    Attributes:
        real_papers: papers are printed, not only gathered.
        directory_edits: how often the directory's file was written.
    """

    def __init__(self, folder: Path, faults: Faults, clock: SimClock, dice: Dice, truth: Truth) -> None:
        self.folder, self.faults, self.clock, self.dice, self.truth = folder, faults, clock, dice, truth
        self.engine: Engine = open_database("sqlite://").engine
        self.kept: dict[str, bytes] = {}
        self.mailbox, self.post = SimMailbox(OFFICE, faults), SimPost(faults, truth)
        self.prefect = SimPrefect(Random(f"{dice.name()} prefect"), clock.now, faults.point)
        self.real_papers = False
        self.directory_edits = 0
        self.settings = folder / "siaga.toml"
        self.procedure_file.write_text(BUILTIN.read_text(encoding="utf-8"), encoding="utf-8")

    @property
    def procedure_file(self) -> Path:
        return self.folder / "prosedur.yaml"

    @property
    def directory_file(self) -> Path:
        return self.folder / "pejabat.yaml"

    def write_directory(self, text: str) -> None:
        """Somebody saves the file of the directory."""
        self.directory_file.write_text(text, encoding="utf-8")
        self.directory_edits += 1

    def database(self) -> Database:
        """For the eyes of the world and of the checks: without faults."""
        return Database(self.engine)

    def archived(self, sha256: str) -> bytes:
        return self.kept[sha256]

    def open(self, name: str) -> Desk:
        """A new process, which knows nothing but what lasts. `name`: of its machine and of its folder."""
        settings = self.folder / f"{name}.toml"
        settings.write_text(SETTINGS.format(data=name), encoding="utf-8")
        settings.chmod(0o600)
        outside = Outside(
            clock=self.clock,
            chance=self.dice,
            servers=lambda _settings, _clock, _chance: SimServers(self.mailbox, self.post),
            journal=lambda _url: SimDatabase(self.engine, self.faults),
            archive=lambda folder: MemoryArchive(folder, self.faults, self.kept),
            papers=Papers if self.real_papers else QuickPapers,
            readers=lambda: InProcess(remembered=REMEMBERED),
            stamp=lambda _path: self.directory_edits,
            machine=name,
            reads_scans=False,
        )
        return Desk(self, name, build_office(read_settings(settings), outside))


class Desk:
    """One process at work.

    Attributes:
        rang: whether the doorbell has rung since the clerk's last turn.
        well: whether the last turn was taken to its end.
    """

    def __init__(self, house: House, name: str, office: Office) -> None:
        self.house, self.name, self.office = house, name, office
        self.painter, self.cases = Painter(office), _case_painter(house, office)
        self.rang, self.well = True, True
        self._holds: AbstractContextManager[None] = office.opened_as_desk()
        self._holds.__enter__()
        self._span = until_next(office)

    def clerks_turn(self) -> None:
        """Mail, deadlines, what is due to be sent. Raises: Crash."""
        rang, self.rang = self.rang, False
        self.well = went_well(lambda: self._act(rang=rang), "clerk")
        self.rang = not self.well

    def _act(self, *, rang: bool) -> None:
        self._span = clerks_turn(self.office, rang=rang, do=self._do)
        if rang and read_what_is_unread(self.office):
            self._span = clerks_turn(self.office, rang=False, do=self._do)

    def _do(self, _round: str, plain: Callable[[], object]) -> None:
        do_and_send(self.office, plain)

    def painters_turn(self) -> None:
        """Workbook, papers and case files. Raises: Crash."""
        office, folder = self.office, self.office.papers_folder
        self._lock_workbooks()
        went_well(lambda: self.painter.turn(lambda number: compile_papers(office, folder, number)), "painter")
        self.house.prefect.away = self.house.faults.met(Fault.PREFECT_AWAY)
        went_well(self._paint_cases, "painter")

    def _paint_cases(self) -> None:
        with suppress(httpx.HTTPError):  # the server is away: they are drawn when it is back
            self.cases.paint()

    def _lock_workbooks(self) -> None:
        """Whoever has a workbook open leaves a lock file beside it; when it is closed the lock goes."""
        for book in sorted(self.office.register_folder.glob("register-*.xlsx")):
            lock = book.with_name(f".~lock.{book.name}#")
            if self.house.faults.met(Fault.WORKBOOK_OPEN):
                lock.write_text("Sari Melati,meja3;", encoding="utf-8")
            else:
                lock.unlink(missing_ok=True)

    def wakes(self) -> datetime | None:
        """When, by the world's true clock, it has something to do by itself, if its turn has just ended."""
        return None if self._span is None else self.house.clock.true + self._span

    def die(self, crash: Crash) -> None:
        """kill -9: the kernel lets go of its lock, and nothing else happens."""
        with suppress(Crash):
            self._holds.__exit__(Crash, crash, None)

    def compare_faces(self) -> None:
        """Whether the faces as they were drawn along the way equal those drawn from nothing. Raises: Broken."""
        office, empty = self.office, self.house.folder / f"{self.name}-anew"
        faces_equal(office, office.register_folder, office.papers_folder, empty)
        same_case_files(self.house.prefect, drawn_from_nothing(office, self.house.clock.now()))

    def close(self) -> None:
        """SIGTERM."""
        self._holds.__exit__(None, None, None)


def _case_painter(house: House, office: Office) -> CasePainter:
    return CasePainter(office, house.prefect, lambda: case_deployment(house.prefect), house.prefect.welcomes)
