"""The directory has changed, a mandate has begun or ended, a duty is over: waiting requests follow."""

from __future__ import annotations

import logging

from handlers.carry_out import carry_out
from handlers.ports import Ports
from register import journal
from register.database import JournalUnavailable
from sop.facts import PeopleChanged
from sop.people import WIB

log = logging.getLogger(__name__)


def who_serves(ports: Ports) -> object:
    """Changes whenever somebody else may have to be asked than before."""
    directory, now = ports.directory(), ports.now()
    on_duty = [duty for duty in directory.duties if duty.start <= now < duty.end]
    return directory, now.astimezone(WIB).date(), on_duty


def follow_directory(ports: Ports) -> None:
    """Bring every open incident in step with the directory, if it has changed since this desk last looked."""
    serving = who_serves(ports)
    if ports.followed == serving:
        return
    with ports.database.reading() as tx:
        numbers = [summary.number for summary in journal.all_incidents(tx) if not summary.outcome]
    for number in numbers:
        try:
            carry_out(ports, number, PeopleChanged())
        except (OSError, JournalUnavailable):
            raise
        except Exception:  # one incident that cannot go on must not keep the others waiting
            log.exception("%s belum mengikuti daftar pejabat", number)
    ports.followed = serving
