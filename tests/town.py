"""A small town for tests: a mail house, an office that works in it, a clock that obeys, and people who write mails."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Protocol

from handlers.rounds.whole_round import Round, work_once
from inbox.imap import ImapMailbox
from inbox.mailbox import nothing_seen
from office.build import Office, build_office
from office.outside import Outside
from office.settings import read_settings
from outbox.sender import Envelope
from outbox.smtp import SmtpSender
from parsers.mails.message import Mail, read_mail
from register import journal
from register.database import Database
from register.schema import metadata
from sop.incident import Incident
from tests import cast
from tests.cast import DINKES
from tests.doubles import HOST, MailHouse, network_letter
from tests.reading import readers
from tests.stages_reached import ARRIVED, begin_at, built_from, keep

START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday, 09.00 WIB


class House(Protocol):
    """Where mail goes: the in-process house, or Dovecot and Postfix."""

    smtp_login: bool
    delivers_at_once: bool
    now: Callable[[], datetime]
    """What time it is where the mail stands. Real servers do not ask."""

    @property
    def imap_port(self) -> int: ...

    @property
    def smtp_port(self) -> int: ...


class ObedientClock:
    """Stands still until it is told to go on."""

    def __init__(self, start: datetime = START) -> None:
        self.time, self.passed = start, timedelta()

    def now(self) -> datetime:
        return self.time

    def real_seconds(self, span: timedelta) -> float:
        return 0.0

    def running(self) -> timedelta:
        return self.passed

    def forward(self, **span: float) -> None:
        """Time passes; less than none of it: the clock is set back."""
        self.time += timedelta(**span)
        self.passed += max(timedelta(**span), timedelta())

    def jump(self, **span: float) -> None:
        """Somebody sets the clock, and no time passes."""
        self.time += timedelta(**span)


class Town:
    """One office in one mail house."""

    def __init__(self, folder: Path, house: House, *, journal_url: str = "", archive: str = "") -> None:
        self.folder, self.house, self.clock = folder, house, ObedientClock()
        house.now = lambda: self.clock.now()  # noqa: PLW0108  tests give the town another clock
        folder.mkdir(parents=True, exist_ok=True)
        # What a test gives its office by hand, such as broken templates, goes the whole way with it: then False.
        self.may_begin_later = not journal_url and not archive and type(self) is Town
        self.settings_file = self._write_settings(journal_url, archive)
        self.office = self.open()

    def _write_settings(self, journal_url: str, archive: str) -> Path:
        return write_settings(self.folder, self.house, journal_url=journal_url, archive=archive)

    def open(self) -> Office:
        return build_office(read_settings(self.settings_file), Outside(self.clock, readers=readers))

    def restart(self) -> None:
        """The office loses all it had in memory."""
        self.office.close()
        self.office = self.open()

    def work(self, minutes: float = 0.0) -> Round:
        """Time goes on by `minutes`, then the office does one round of everything."""
        self.clock.forward(minutes=minutes)
        return work_once(self.office)

    def time_passed(self) -> None:
        """What else happens while time goes on: nothing."""

    def post(self, sender: str, raw: bytes, to: str = cast.OFFICE) -> None:
        user = sender if self.house.smtp_login else ""
        before = 0 if self.house.delivers_at_once else len(self.inbox(to))
        smtp = SmtpSender(HOST, self.house.smtp_port, user, cast.PASSWORD, security="tanpa")
        smtp.send(Envelope("", sender, to, "", raw), before_dot=lambda: None)
        smtp.close()
        if not self.house.delivers_at_once:
            until(lambda: len(self.inbox(to)) > before, f"mail to {to} arrives")

    def write(self, sender: str, subject: str, text: str, *, claimed_sender: str = "", **headers: str) -> None:
        """A plain mail to the office. `claimed_sender` forges the From field."""
        message = EmailMessage(policy=SMTP)
        message["From"], message["To"] = claimed_sender or sender, cast.OFFICE
        message["Subject"] = subject
        message["Date"] = format_datetime(self.clock.now())
        message["Message-ID"] = make_msgid(domain="contoh.example")
        for name, value in headers.items():
            message[name.replace("_", "-")] = value
        message.set_content(text)
        self.post(sender, message.as_bytes())

    def letter(self, serial: int = 417) -> None:
        """Dinas Kesehatan reports, with a PDF."""
        self.post(DINKES, network_letter(cast.OFFICE, self.clock.now(), serial))

    def inbox(self, address: str) -> list[Mail]:
        """What stands in somebody's mailbox, oldest first."""
        mailbox = ImapMailbox(HOST, self.house.imap_port, address, cast.PASSWORD, security="tanpa")
        mails = [read_mail(found.raw, ours=True) for found in mailbox.sweep(nothing_seen)]
        mailbox.close()
        return mails

    def last(self, address: str, subject: str) -> Mail:
        """The newest mail in somebody's mailbox with `subject` in its subject."""
        found: list[Mail] = []

        def look() -> bool:
            found[:] = [mail for mail in self.inbox(address) if subject in mail.subject]
            return bool(found)

        until(look, f"{address} gets a mail about {subject!r}", seconds=20)
        return found[-1]

    def reply(self, address: str, subject: str, text: str, *, sender: str = "") -> None:
        """Somebody answers the newest mail about `subject`, quoting it as Gmail does."""
        asked = self.last(address, subject)
        quoted = "\n".join(f"> {line}" for line in asked.plain.split("\n"))
        body = f"{text}\n\nPada Sen, 23 Nov 2026 pukul 09.00 Siaga <{asked.sender}>\nmenulis:\n\n{quoted}\n"
        self.write(
            sender or address,
            f"Re: {asked.subject}",
            body,
            In_Reply_To=f"<{asked.message_id}>",
            References=f"<{asked.message_id}>",
        )

    def incident(self, number: str = "DKL-2026-0001") -> Incident:
        with self.office.database.reading() as tx:
            return journal.read_incident(tx, number)

    def numbers(self) -> list[str]:
        with self.office.database.reading() as tx:
            return [summary.number for summary in journal.all_incidents(tx)]

    def to_stage(self, stage: str) -> None:
        """Lead the one incident from its letter up to the wait called `stage`."""
        steps = [name for name, *_ in JOURNEY]
        built = built_from(self)
        known = [number for number in range(steps.index(stage) + 1) if (built, steps[number]) in ARRIVED]
        if known:
            begin_at(self, ARRIVED[built, steps[known[-1]]])
        else:
            self.letter()
            self.work()
        for _, address, subject, text in JOURNEY[known[-1] if known else 0 : steps.index(stage)]:
            self.reply(address, subject, text)
            self.work(1)
        current = self.incident().current
        assert current is not None and current.stage == stage
        if built and (built, stage) not in ARRIVED:
            keep(self, built, stage)


JOURNEY = (
    ("analisis", cast.HELPDESK, "Mohon analisis", "YA\n\nKabel FO putus."),
    ("penerusan_analisis", cast.KOORDINATOR, "Mohon diteruskan ke Kabid", "TERUSKAN"),
    ("disposisi", cast.KABID, "Mohon disposisi", "DISPOSISI\n\nSegera tangani."),
    ("penugasan", cast.KOORDINATOR, "Mohon penugasan", "TUGASKAN Tim Jaringan"),
    (
        "penanganan",
        cast.JARINGAN,
        "Penugasan penanganan",
        "LAPORAN\n\nPenyebab: FO putus\nTindakan: disambung\nHasil: normal",
    ),
    ("pengiriman_laporan", cast.HELPDESK, "Mohon periksa dan kirim", "KIRIM"),
    ("pelaporan_koordinator", cast.KOORDINATOR, "Mohon laporan hasil diteruskan", "TERUSKAN"),
    ("pelaporan_kabid", cast.KABID, "Mohon laporan hasil diteruskan", "TERUSKAN"),
    ("penerimaan", cast.KADIS, "Laporan kegiatan untuk diterima", "DITERIMA"),
)
"""Stage, who answers it, to which mail, with what."""


def until(true: Callable[[], bool], what: str, *, seconds: float = 60) -> None:
    """Wait for what another process or thread does; the limit only ends a test that would hang."""
    limit = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < limit, f"did not happen: {what}"
        time.sleep(0.05)


SENDING = f"""\
[pengiriman]
server = "{HOST}"
port = {{port}}
keamanan = "tanpa"
nama = "{cast.OFFICE}"
sandi = "{cast.PASSWORD}"
tunggu_salinan = 2
"""


def write_settings(
    folder: Path, house: House, *, journal_url: str = "", password: str = cast.PASSWORD, archive: str = ""
) -> Path:
    server = f'server = "{HOST}"\nkeamanan = "tanpa"\n'
    login = f'nama = "{cast.OFFICE}"\nsandi = "{password}"\n'
    smtp_login = login if house.smtp_login else ""
    return write_office(
        folder,
        f'[kotak_surat]\nalamat = "{cast.OFFICE}"\n{server}{login}port = {house.imap_port}\n'
        f"[pengiriman]\n{server}{smtp_login}port = {house.smtp_port}\ntunggu_salinan = 2\n"
        f'[jurnal]\nurl = "{journal_url}"\n[berkas]\narsip = "{archive}"\n',
    )


def write_office(folder: Path, settings: str) -> Path:
    """The officials, and `siaga.toml` of an office with these mailboxes, whose mail has counted for long."""
    if "mulai =" not in settings:
        settings = settings.replace("[kotak_surat]\n", '[kotak_surat]\nmulai = "2020-01-01"\n', 1)
    (folder / "pejabat.yaml").write_text(cast.PEOPLE, encoding="utf-8")
    path = folder / "siaga.toml"
    path.write_text(f'[kantor]\nnama = "Dinas Komunikasi, Informatika dan Statistik"\n{settings}', encoding="utf-8")
    path.chmod(0o600)  # as `siaga init` makes it
    return path


def know(place: Town, *rows: str) -> None:
    """The office opens anew with another list of OPD: rows of nama, singkatan and surel."""
    (place.folder / "opd.csv").write_text("\n".join(("nama,singkatan,surel", *rows)) + "\n", encoding="utf-8")
    place.restart()


@contextmanager
def town(folder: Path, *, journal_url: str = "", house: House | None = None) -> Iterator[Town]:
    with ExitStack() as stack:
        house = house or stack.enter_context(MailHouse(cast.USERS))
        place = Town(folder, house, journal_url=journal_url)
        try:
            yield place
        finally:
            place.office.close()


@contextmanager
def two_desks(folder: Path, postgres_url: str) -> Iterator[tuple[Town, Town]]:
    """Two offices with folders of their own, on one PostgreSQL journal, one archive, one mailbox and one clock."""
    with MailHouse(cast.USERS) as house:
        one, two = (
            Town(folder / name, house, journal_url=postgres_url, archive=str(folder / "arsip"))
            for name in ("satu", "dua")
        )
        empty_journal(one.office.database)
        two.clock = one.clock
        for place in (one, two):
            place.restart()
        yield one, two
        for place in (one, two):
            place.office.close()


def empty_journal(database: Database) -> None:
    """As on the first day. An office that is open on it must be opened anew."""
    with database.writing() as tx:
        for table in reversed(metadata.sorted_tables):
            tx.execute(table.delete())
