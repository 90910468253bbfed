"""A handful of incidents in a real office, of which the truth is known: what the checks are tried on."""

from __future__ import annotations

import copy
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path

from sqlalchemy import Engine, StaticPool, create_engine

from inbox.identity import mail_identity, message_id
from outbox import queue
from register.ledger import NEVER
from tests import cast
from tests.doubles import NAME, MailHouse
from tests.town import JOURNEY, Town
from tests.year.witness import InForce, Kind, Said, Truth
from tests.year.world.answers import GROUP_OF_STAGE

REPORT = "LAPORAN\n\nPenyebab: FO putus\nTindakan: disambung\nHasil: normal"
CODES = {
    cast.HELPDESK: "helpdesk",
    cast.KOORDINATOR: "koordinator",
    cast.KABID: "kabid",
    cast.SEKRETARIS: "plh_kabid",
    cast.JARINGAN: "tim_jaringan",
    cast.APLIKASI: "tim_aplikasi",
    cast.KADIS: "kadis",
}


class ToldTown(Town):
    """Keeps account of what is truly said in it."""

    def __init__(self, folder: Path, house: MailHouse) -> None:
        self.truth, self.next = Truth(), Said(Kind.LETTER, "", NEVER)
        self.midway: Afterwards | None = None
        house.on_delivery = self._delivered
        super().__init__(folder, house)
        self.truth.directories.append(InForce(self.clock.now(), self.office.directory()))

    def _write_settings(self, journal_url: str, archive: str) -> Path:
        path = super()._write_settings(journal_url, archive)
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace("[kotak_surat]\n", f'[kotak_surat]\nauthserv_id = "{NAME}"\n', 1), encoding="utf-8"
        )
        return path

    def _delivered(self, user: str, raw: bytes) -> None:
        if user != cast.OFFICE:
            self.truth.taken[message_id(raw)] += 1
            self.truth.handed_over.append(message_id(raw))
        elif (said := self.truth.said.get(mail_identity(raw))) is not None:
            said.arrived += 1

    def post(self, sender: str, raw: bytes, to: str = cast.OFFICE) -> None:
        message = message_from_bytes(raw, policy=policy.default)
        claimed = str(message["From"])
        about = [str(message.get("In-Reply-To", "")).strip("<>")]
        with self.office.database.reading() as tx:
            found = queue.by_message_ids(tx, about)
        said = replace(self.next, sender=claimed, at=self.clock.now(), genuine=claimed == sender)
        said = replace(said, person=CODES.get(sender, ""))
        if found:
            row = found[0]
            asked_of = row.person.name
            said = replace(said, incident=row.incident, stage=row.stage, visit=row.visit, asked_of=asked_of)
            said = replace(said, group=GROUP_OF_STAGE.get(row.stage, ""))
        self.truth.said[mail_identity(raw)] = said
        super().post(sender, raw, to)

    def means(self, kind: Kind, label: str = "", words: str = "") -> None:
        """What the next mail to the office is."""
        self.next = Said(kind, "", NEVER, label=label, words=words)

    def answers(self, address: str, subject: str, text: str, label: str = "", kind: Kind = Kind.ANSWER) -> None:
        self.means(kind, label, text)
        self.reply(address, subject, text)

    def reports(self, sender: str, subject: str, text: str) -> None:
        self.means(Kind.LETTER, words=text)
        self.write(sender, subject, text)


@dataclass(slots=True)
class Afterwards:
    """What is left of it, and can be tampered with: rows in memory, the truth. Fulfils `Scene`."""

    truth: Truth
    engine: Engine
    archive: dict[str, bytes]
    time: datetime
    follows_now: bool = True
    mail: bool = False
    interruptions: int = 0

    def now(self) -> datetime:
        return self.time

    def true_now(self) -> datetime:
        return self.time

    def archived(self, sha256: str) -> bytes:
        return self.archive[sha256]

    def follows(self) -> bool:
        return self.follows_now

    def mail_waits(self) -> bool:
        return self.mail

    def copied(self) -> Afterwards:
        """The same once more, for one who spoils it."""
        return replace(self, truth=copy.deepcopy(self.truth), engine=in_memory(self.engine))


def in_memory(source: Engine) -> Engine:
    """The rows of a journal in SQLite, in memory, on one connection as the simulation has it."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with source.connect() as one, engine.connect() as other:
        there, here = one.connection.driver_connection, other.connection.driver_connection
        assert isinstance(there, sqlite3.Connection) and isinstance(here, sqlite3.Connection)
        there.backup(here)
    return engine


@contextmanager
def told_town(folder: Path) -> Iterator[ToldTown]:
    house = MailHouse(cast.USERS)
    with house:
        place = ToldTown(folder, house)
        try:
            yield place
        finally:
            place.office.close()


def afterwards(place: ToldTown) -> Afterwards:
    """How it stands now."""
    with place.office.database.reading() as tx:
        shas = {row.sha256 for row in queue.everything(tx)}
    archive = {sha256: place.office.archive.get(sha256) for sha256 in sorted(shas)}
    return Afterwards(copy.deepcopy(place.truth), in_memory(place.office.database.engine), archive, place.clock.now())


def live(place: ToldTown) -> None:
    """Whatever the checks speak of happens at least once; in the end nothing is open."""
    _whole_way(place)
    _goes_on(place)
    _linked(place)
    _taken_back(place)
    _strange(place)
    place.work(60 * 24)  # the list of the morning
    place.work(1)


def journey(place: ToldTown, begin: int, end: int = len(JOURNEY)) -> None:
    for stage, address, subject, text in JOURNEY[begin:end]:
        label = {"penugasan": "tugaskan", "penanganan": "laporan", "penerimaan": "diterima"}.get(stage)
        place.answers(address, subject, text, label or text.split()[0].lower())
        place.work(1)


def _whole_way(place: ToldTown) -> None:
    """The first: reminders, a deputy, progress, more time, a late team, a system that goes on."""
    place.means(Kind.LETTER)
    place.letter()
    place.work()
    place.work(2.1)  # reminded
    journey(place, 0, 2)
    place.work(2.1)  # the Kabid is reminded
    place.work(1)  # and their deputy asked
    journey(place, 2, 4)
    place.answers(cast.JARINGAN, "Penugasan penanganan", "PROGRES\n\nTeknisi di jalan.", "progres")
    place.work(1)
    place.answers(cast.JARINGAN, "Penugasan penanganan", "MINTA WAKTU 30 menit", "minta_waktu")
    place.work(1)
    place.work(90)
    journey(place, 4, 6)
    place.work(6.1)  # the Koordinator is silent: it goes on by itself
    place.work(1)
    journey(place, 7)


def _goes_on(place: ToldTown) -> None:
    """The second goes on from the first, and is none: its reporter says BELUM, Helpdesk that it is no emergency."""
    place.answers(cast.DINKES, "DKL-2026-0001", "BELUM\n\nJaringan kami masih putus.", kind=Kind.NOT_OVER)
    place.work(1)
    place.answers(cast.HELPDESK, "Mohon analisis", "TIDAK\n\nHanya satu komputer.", "tidak")
    place.work(1)


def _linked(place: ToldTown) -> None:
    """The third and the fourth are one outage."""
    place.reports(cast.DISDIK, "Jaringan internet putus", "Jaringan internet di kantor Dinas Pendidikan putus total.")
    place.reports(cast.SAMSAT, "Internet kantor mati", "Jaringan internet di kantor Samsat putus total sejak pagi.")
    place.work(1)
    place.work(2.1)  # one reminder names both
    place.midway = afterwards(place)
    place.answers(cast.HELPDESK, "DKL-2026-0004", "GABUNG DKL-2026-0003", "gabung")
    place.work(1)
    place.answers(cast.HELPDESK, "[DKL-2026-0003] Mohon analisis", "TIDAK\n\nPemadaman listrik di gedungnya.", "tidak")
    place.work(1)


def _taken_back(place: ToldTown) -> None:
    """The fifth: an emergency, then none after all."""
    place.reports(cast.DINKES, "Server mati", "Server aplikasi SIMRS di Dinas Kesehatan mati total, tidak bisa login.")
    place.work(1)
    journey(place, 0, 1)
    place.answers(cast.HELPDESK, "Mohon analisis", "RALAT: TIDAK", "tidak", Kind.RETRACTION)
    place.work(1)


def _strange(place: ToldTown) -> None:
    """Mails that decide nothing."""
    place.means(Kind.ROUTINE)
    place.write(cast.DISDIK, "Undangan rapat koordinasi", "Mengharap kehadiran Bapak/Ibu pada rapat hari Rabu di aula.")
    place.means(Kind.LIST)
    place.write(cast.SAMSAT, "Buletin mingguan", "Kabar pekan ini.", List_Id="<kabar.contoh.example>")
    place.means(Kind.AWAY)
    place.write(cast.KADIS, "Balasan otomatis: cuti", "Saya sedang cuti.", Auto_Submitted="auto-replied")
    place.work(1)
