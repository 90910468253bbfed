"""The way to a stage is walked once in a test process; whoever wants to go there later begins where it led.

Only where it would be the same way: a town as it was built, with nothing in its mailboxes.
"""

from __future__ import annotations

import atexit
import hashlib
import re
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from register.schema import leases
from tests.crashes.mailboxes import Mailboxes, fill, mailboxes_of
from tests.doubles import MailHouse
from tests.reading import InProcess

if TYPE_CHECKING:
    from tests.town import Town

_PORT = re.compile(r"(?m)^port = \d+$")
_GIVEN = ("reads_scans", "authserv_id", "signatures")
"""What a test may have given its office before it set out."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """What there was at a stage: the data folder, all mail, the time."""

    data: Path
    mailboxes: Mailboxes
    time: datetime


ARRIVED: dict[tuple[str, str], Arrived] = {}
"""By what a town was built from, and the stage."""


@cache
def _keeping() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="siaga-jalan-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def built_from(town: Town) -> str:
    """What decides how its way will go; "" where that cannot be said."""
    house = town.house
    if not isinstance(house, MailHouse) or not town.may_begin_later or town.numbers():
        return ""
    if any(box.mails for box in mailboxes_of(house).values()):
        return ""
    data = town.office.settings.data
    digest = hashlib.sha256(f"{town.clock.time} {sorted(house.users)}".encode())
    for path in sorted(path for path in town.folder.rglob("*") if path.is_file() and data not in path.parents):
        digest.update(path.name.encode() + _PORT.sub("", path.read_text(encoding="utf-8")).encode())
    return digest.hexdigest()


def keep(town: Town, built: str, stage: str) -> None:
    folder = _keeping() / f"{len(ARRIVED)}"
    town.office.close()
    shutil.copytree(town.office.settings.data, folder)
    _open_again(town)
    ARRIVED[built, stage] = Arrived(folder, mailboxes_of(town.house), town.clock.time)


def begin_at(town: Town, arrived: Arrived) -> None:
    town.office.close()
    data = town.office.settings.data
    shutil.rmtree(data)
    shutil.copytree(arrived.data, data)
    fill(town.house, arrived.mailboxes)
    town.clock.time = arrived.time
    _open_again(town)
    with town.office.database.writing() as tx:  # of a desk in another folder
        tx.execute(leases.delete())


def _open_again(town: Town) -> None:
    before = town.office
    town.office = town.open()
    for name in _GIVEN:
        setattr(town.office, name, getattr(before, name))
    if isinstance(before.readers, InProcess):
        town.office.readers = before.readers
