"""The one place where the office is put together from its settings."""

from __future__ import annotations

import hashlib
import os
import secrets
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import templates
from inbox.imap import ImapMailbox
from inbox.mailbox import Mailbox
from office.clock import Clock, SystemClock
from office.desk_lock import sole_desk
from office.offices_file import read_offices
from office.people import PeopleFile
from office.settings import Server, Settings, SettingsError, read_settings
from outbox import queue
from outbox.compose import Composer
from outbox.deliver import Postman
from outbox.sent_copies import SentCopies
from outbox.smtp import SmtpSender
from parsers.offices import Offices
from register import journal
from register.archive import Archive
from register.database import Database, open_database
from report.model import OfficeFace
from report.papers import Papers
from sop.load import BUILTIN, load_procedure
from sop.people import Directory
from sop.procedure import Procedure

SETTINGS_VARIABLE = "SIAGA_TOML"
"""Where flows that a foreign worker runs find `siaga.toml`."""


@dataclass(slots=True)
class Office:
    """Everything a desk works with. Fulfils `handlers.ports.Ports`."""

    settings: Settings
    clock: Clock
    database: Database
    archive: Archive
    composer: Composer
    offices: Offices
    papers: Papers
    people: PeopleFile
    postman: Postman
    address: str
    authserv_id: str
    _procedure: Procedure
    _mailbox: Mailbox | None = None
    _collecting: threading.Lock = field(default_factory=threading.Lock)

    def directory(self) -> Directory:
        return self.people()

    def procedure(self) -> Procedure:
        return self._procedure

    def now(self) -> datetime:
        return self.clock.now()

    @property
    def register_folder(self) -> Path:
        return self.settings.data / "register"

    @property
    def papers_folder(self) -> Path:
        return self.settings.data / "laporan"

    def new_mailbox(self) -> Mailbox:
        """A connection of its own to the official mailbox."""
        imap = self.settings.imap
        return ImapMailbox(
            imap.host,
            imap.port,
            imap.user,
            imap.password,
            folder=self.settings.folder,
            security=imap.security,
            tls=tls_context(imap),
        )

    @contextmanager
    def collecting(self) -> Iterator[Mailbox]:
        """The mailbox for collecting, by one thread at a time: two would only fetch the same mail twice."""
        with self._collecting:
            if self._mailbox is None:
                self._mailbox = self.new_mailbox()
            yield self._mailbox

    @contextmanager
    def opened_as_desk(self) -> Iterator[None]:
        """Be the one desk of this data folder, and take back what the one before it had claimed. Raises: DeskTaken."""
        with sole_desk(self.settings.data):
            with self.database.writing() as tx:
                queue.release(tx, f"{desk_name(self.settings)}#")
            yield

    def close(self) -> None:
        if self._mailbox is not None:
            self._mailbox.close()
        self.postman.sender.close()
        self.database.close()


def build_office(settings: Settings, clock: Clock | None = None) -> Office:
    """Open everything the settings name. No mail server is contacted yet.

    Raises: SettingsError, ProcedureError, PeopleError, JournalUnavailable, ValueError, OSError.
    """
    clock = clock or SystemClock()
    procedure = load_procedure(settings.procedure_file or BUILTIN)
    people = PeopleFile(settings.people_file, lambda: procedure)
    offices = read_offices(settings.offices_file, own=settings.office)
    settings.data.mkdir(parents=True, exist_ok=True)
    database = open_database(settings.journal_url)
    with database.writing() as tx:
        secret = journal.secret(tx, "token", secrets.token_bytes(32))
        journal.pin_procedure(tx, procedure)
    folder = settings.templates or templates.FOLDER
    archive = Archive(settings.archive)
    face = OfficeFace(settings.letterhead or (settings.office,), settings.office, settings.unit, settings.place)
    return Office(
        settings=settings,
        clock=clock,
        database=database,
        archive=archive,
        composer=Composer(folder, settings.address, settings.office, secret),
        offices=offices,
        papers=Papers(folder, face),
        people=people,
        postman=Postman(
            database=database,
            archive=archive,
            sender=smtp_sender(settings.smtp),
            proof=sent_copies(settings),
            clock=clock.now,
            owner=f"{desk_name(settings)}#{secrets.token_hex(4)}",
            archive_address=settings.archive_address,
            doubt_wait=settings.doubt_wait,
        ),
        address=settings.address.lower(),
        authserv_id=settings.authserv_id,
        _procedure=procedure,
    )


def desk_name(settings: Settings) -> str:
    """The same for every process that works in this data folder, and for no other."""
    folder = hashlib.sha256(str(settings.data).encode()).hexdigest()[:8]
    return f"{socket.gethostname()[:40]}:{folder}"


def smtp_sender(server: Server) -> SmtpSender:
    return SmtpSender(
        server.host, server.port, server.user, server.password, security=server.security, tls=tls_context(server)
    )


def sent_copies(settings: Settings) -> SentCopies:
    imap = settings.imap
    return SentCopies(
        imap.host,
        imap.port,
        imap.user,
        imap.password,
        folders=(settings.folder,),
        security=imap.security,
        tls=tls_context(imap),
    )


def tls_context(server: Server) -> ssl.SSLContext | None:
    if server.security == "tanpa":
        return None
    return ssl.create_default_context(cafile=server.ca_file or None)


def office_from_environment() -> Office:
    """The office of `siaga.toml` named by the environment, for flows run outside a desk. Raises: SettingsError."""
    path = os.environ.get(SETTINGS_VARIABLE)
    if not path:
        raise SettingsError([f"variabel lingkungan {SETTINGS_VARIABLE} harus menunjuk siaga.toml"])
    return build_office(read_settings(Path(path)))
