"""The one place where the office is put together from its settings."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import templates
from inbox.mailbox import Mailbox
from office import first_day
from office.chance import Chance
from office.clock import Clock
from office.desk_lock import sole_desk
from office.knocker import Knocker
from office.last_good import LastGood
from office.offices_file import read_offices
from office.outside import Outside, Servers
from office.people import LAST_GOOD, PeopleFile
from office.private import close_to_others, keep_private
from office.settings import Settings, SettingsError, read_settings
from office.words_file import read_words
from outbox import queue
from outbox.compose import Composer
from outbox.deliver import Postman
from parsers.letters.offices import Offices
from readers.pool import Readers
from register import journal, leases
from register.archive import Archive
from register.database import Database, JournalUnavailable
from register.recent import Recent
from register.troubles import Troubles
from report.model import OfficeFace
from report.papers import Papers
from sop.load import BUILTIN, load_procedure
from sop.people import Directory, Person
from sop.procedure import Procedure
from templates.words import Words

if TYPE_CHECKING:
    from office.signatures import Signatures

SETTINGS_VARIABLE = "SIAGA_TOML"
"""Where flows that a foreign worker runs find `siaga.toml`."""


@dataclass(slots=True)
class Office:
    """Everything a desk works with. Fulfils `handlers.ports.Ports`."""

    settings: Settings
    clock: Clock
    chance: Chance
    database: Database
    archive: Archive
    composer: Composer
    offices: Offices
    papers: Papers
    words: Words
    people: PeopleFile
    postman: Postman
    servers: Servers
    address: str
    authserv_id: str
    signatures: Signatures | None
    desk: str
    reads_scans: bool
    troubles: Troubles
    readers: Readers
    knocker: Knocker
    _procedure: Procedure
    _mailboxes: list[Mailbox] = field(default_factory=list)
    _collecting: threading.Lock = field(default_factory=threading.Lock)
    followed: object = None
    recent: Recent = field(default_factory=Recent)

    def directory(self) -> Directory:
        return self.people()

    def procedure(self) -> Procedure:
        return self._procedure

    def now(self) -> datetime:
        return self.clock.now()

    def knock(self, people: Sequence[Person]) -> None:
        self.knocker.knock(people, self.words.knock)

    def new_name(self) -> str:
        return self.chance.name()

    @property
    def register_folder(self) -> Path:
        return self.settings.data / "register"

    @property
    def papers_folder(self) -> Path:
        return self.settings.data / "laporan"

    def begins(self, account: str, folder: str) -> datetime | None:
        for watched, mailbox in zip(self.settings.watched, self.new_mailboxes(), strict=True):
            if (mailbox.account, mailbox.folder) == (account, folder):
                return watched.begins
        return None

    @property
    def first_begins(self) -> datetime | None:
        return self.settings.watched[0].begins

    def new_mailboxes(self) -> list[Mailbox]:
        """A connection of its own to each watched mailbox, the official one first."""
        return [self.servers.mailbox(watched) for watched in self.settings.watched]

    @contextmanager
    def collecting(self) -> Iterator[Sequence[Mailbox]]:
        """The mailboxes for collecting, by one thread at a time: two would only fetch the same mail twice."""
        with self._collecting:
            if not self._mailboxes:
                self._mailboxes = self.new_mailboxes()
            yield self._mailboxes

    @contextmanager
    def opened_as_desk(self) -> Iterator[None]:
        """Be the one desk of this data folder, and take back what the one before it had claimed. Raises: DeskTaken."""
        with sole_desk(self.settings.data):
            with self.database.writing() as tx:
                queue.release(tx, f"{self.desk}#")
            yield
            with suppress(JournalUnavailable):  # then the lease ends by itself
                with self.database.writing() as tx:
                    leases.let_go(tx, leases.INTAKE, self.desk)
                first_day.note_journal(self.settings, self.database)

    def close(self) -> None:
        for mailbox in self._mailboxes:
            mailbox.close()
        self.knocker.close()
        self.readers.close()
        self.postman.sender.close()
        self.postman.proof.close()
        self.database.close()


def build_office(settings: Settings, outside: Outside | None = None, *, restoring: bool = False) -> Office:
    """Open everything the settings name. No mail server is contacted yet.

    `restoring`: a backup is about to be put back, so an empty journal beside a full archive is as it should be.

    Raises: SettingsError, ProcedureError, PeopleError, JournalUnavailable, ValueError, OSError.
    """
    outside = outside or Outside()
    clock, chance = outside.clock, outside.chance
    signatures = signature_check(settings, clock)
    procedure, words = load_procedure(settings.procedure_file or BUILTIN), read_words(settings.templates)
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    close_to_others(settings.data)
    last_good = LastGood(settings.data / LAST_GOOD)
    people = PeopleFile(settings.people_file, dict(procedure.roles), outside.stamp, last_good)
    offices = read_offices(settings.offices_file, own=settings.office)
    database = _open_journal(settings, outside, restoring=restoring)
    with database.writing() as tx:
        secret = journal.secret(tx, "token", chance.key())
        journal.pin_procedure(tx, procedure)
    if not restoring:
        first_day.note_journal(settings, database)
    folder = settings.templates or templates.FOLDER
    archive = outside.archive(settings.archive)
    face = OfficeFace(settings.letterhead or (settings.office,), settings.office, settings.unit, settings.place)
    servers, desk = outside.servers(settings, clock.now, chance), desk_name(settings, outside.machine)
    return Office(
        settings=settings,
        clock=clock,
        chance=chance,
        database=database,
        archive=archive,
        composer=Composer(folder, words, settings.address, settings.office, secret),
        offices=offices,
        papers=outside.papers(folder, face, words),
        words=words,
        people=people,
        postman=_postman(settings, outside, database, archive, servers, desk),
        servers=servers,
        address=settings.address.lower(),
        authserv_id=settings.authserv_id,
        signatures=signatures,
        desk=desk,
        recent=Recent(clock.now),
        readers=outside.readers(),
        knocker=outside.knocker(settings.knocks),
        reads_scans=outside.reads_scans,
        troubles=Troubles(clock.running),
        _procedure=procedure,
    )


def _postman(
    settings: Settings, outside: Outside, database: Database, archive: Archive, servers: Servers, desk: str
) -> Postman:
    return Postman(
        database=database,
        archive=archive,
        sender=servers.sender(),
        proof=servers.proof(),
        clock=outside.clock.now,
        running=outside.clock.running,
        owner=f"{desk}#{outside.chance.name()[:8]}",
        archive_address=settings.archive_address,
        doubt_wait=settings.doubt_wait,
        per_minute=settings.per_minute,
        spread=outside.chance.spread,
    )


def _open_journal(settings: Settings, outside: Outside, *, restoring: bool) -> Database:
    """Raises: JournalUnavailable, also when there is none beside what an office at work leaves behind."""
    if restoring:
        return outside.journal(settings.journal_url)
    first_day.refuse_lost_file(settings)
    database = outside.journal(settings.journal_url)
    try:
        first_day.refuse_emptied(settings, database)
    except JournalUnavailable:
        database.close()
        raise
    return database


def signature_check(settings: Settings, clock: Clock) -> Signatures | None:
    """Who checks signatures; None where nobody is to. Raises: SettingsError when the library is missing."""
    if settings.sealers is None:
        return None
    try:
        from office.dkim_keys import DkimKeys, system_resolver  # an extra: most offices have a server that checks
        from office.signatures import Signatures
    except ImportError as error:
        raise SettingsError(["pustaka DKIM belum dipasang: pip install 'siaga[dkim]'"]) from error
    return Signatures(settings.sealers, DkimKeys(system_resolver()), clock.now)


def desk_name(settings: Settings, machine: str) -> str:
    """The same for every process that works in this data folder, and for no other."""
    folder = hashlib.sha256(str(settings.data).encode()).hexdigest()[:8]
    return f"{machine[:40]}:{folder}"


def office_from_environment() -> Office:
    """The office of `siaga.toml` named by the environment, for flows run outside a desk. Raises: SettingsError."""
    keep_private()
    path = os.environ.get(SETTINGS_VARIABLE)
    if not path:
        raise SettingsError([f"variabel lingkungan {SETTINGS_VARIABLE} harus menunjuk siaga.toml"])
    return build_office(read_settings(Path(path)))
