"""What the handlers need from the world. `office` builds it; tests build it from private servers and fixed clocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from outbox.compose import Composer
from parsers.letters.offices import Offices
from readers.pool import Readers
from register.archive import Archive
from register.database import Database
from register.recent import Recent
from register.troubles import Troubles
from report.papers import Papers
from sop.people import Directory, Person
from sop.procedure import Procedure
from templates.words import Words


class Ports(Protocol):
    """The world, as far as the handlers are concerned."""

    database: Database
    archive: Archive
    composer: Composer
    offices: Offices
    papers: Papers
    words: Words
    address: str
    authserv_id: str
    readers: Readers
    """Where mails are read: nothing of a stranger's is read in the desk's own process."""
    reads_scans: bool
    """Whether something is installed that reads pictures; else they wait for a human."""
    recent: Recent
    """How often what has come lately."""
    troubles: Troubles
    """What could not be done for single incidents, and is left alone for a while."""
    followed: object
    """Who served when waiting requests were last brought in step with the directory."""
    desk: str
    """Names this desk among those that work on one journal; whoever works in its data folder bears the same name."""

    @property
    def signatures(self) -> Callable[[bytes, str], bool] | None:
        """Whether signatures prove that a mail (its bytes) is its sender's (lower-case address).

        Never raises, and takes seconds at most. None where the office does not check them itself.
        """

    @property
    def first_begins(self) -> datetime | None:
        """From when on mail counts in a new office; None: from the moment on in which it first looks."""

    def begins(self, account: str, folder: str) -> datetime | None:
        """From when on mail of this mailbox is acted on (aware), where the settings say so of it; else None."""

    def directory(self) -> Directory:
        """The officials as the directory names them now."""

    def procedure(self) -> Procedure:
        """The procedure that a new incident follows."""

    def now(self) -> datetime:
        """The present moment, aware."""

    def knock(self, people: Sequence[Person]) -> None:
        """Tell `people` by another way, where there is one, that mail waits for them. Never waits, never raises."""

    def new_name(self) -> str:
        """What nothing else is called."""
