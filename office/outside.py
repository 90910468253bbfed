"""What an office touches of the world outside. Whoever says nothing gets the real one; a simulation gives its own.

Everything that differs from one run to the next comes in here: time, chance, mail servers, the disk under the archive,
the journal's database, the child processes that read, the machine.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from inbox.mailbox import Mailbox
from office.chance import Chance, SystemChance
from office.clock import Clock, SystemClock
from office.knock_settings import KnockAddress
from office.knocker import AppriseKnocker, Knocker
from office.mail_servers import MailServers
from office.people import stamp_of
from office.settings import Settings, Watched
from outbox.sender import Sender, SentProof
from readers.pool import Readers
from readers.programs import SystemPrograms
from register.archive import Archive
from register.database import Database, open_database
from report.model import OfficeFace
from report.papers import Papers
from templates.words import Words

if TYPE_CHECKING:
    from office.access_tokens import AccessTokens


class Servers(Protocol):
    """Makes connections of their own to the office's mail servers; none of them is contacted yet."""

    tokens: AccessTokens | None
    """Where logins by token get theirs; None when every server takes a password."""

    def mailbox(self, watched: Watched) -> Mailbox:
        """Raises: SettingsError when a library is missing."""

    def sender(self) -> Sender:
        """Whoever sends."""

    def proof(self) -> SentProof:
        """Whoever looks whether a mail went out."""


@dataclass(frozen=True, slots=True)
class Outside:
    """The ports of an office, most of them still to be made: what the settings say is handed to them.

    Attributes:
        servers: gets the settings, and what time it is.
        journal: opens the database at an SQLAlchemy URL. Raises: JournalUnavailable.
        archive: gets its folder.
        papers: gets the folder of the templates.
        stamp: changes whenever the file of the directory does.
        knocker: gets the addresses of `[ketuk]`.
        machine: its name among those that work on one journal.
        reads_scans: whether it has a program that reads pictures.
    """

    clock: Clock = field(default_factory=SystemClock)
    chance: Chance = field(default_factory=SystemChance)
    servers: Callable[[Settings, Callable[[], datetime], Chance], Servers] = MailServers
    journal: Callable[[str], Database] = open_database
    archive: Callable[[Path], Archive] = Archive
    papers: Callable[[Path, OfficeFace, Words], Papers] = Papers
    readers: Callable[[], Readers] = Readers
    stamp: Callable[[Path], object] = stamp_of
    knocker: Callable[[Sequence[KnockAddress]], Knocker] = AppriseKnocker
    machine: str = field(default_factory=platform.node)
    reads_scans: bool = field(default_factory=lambda: SystemPrograms().can_read_scans())
