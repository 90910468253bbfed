"""A deadline has passed: remind, escalate, inform, or let the system go on."""

from __future__ import annotations

import logging

from handlers.carry_out import carry_out
from handlers.directory_changed import follow_directory
from handlers.ports import Ports
from handlers.telling.reminders import just_reminded
from host.logs import about
from register import journal
from register.database import JournalUnavailable
from sop.facts import TimePassed
from sop.ladder import whom_to_knock_up
from sop.people import Person

log = logging.getLogger(__name__)


def act_on_deadlines(ports: Ports) -> list[str]:
    """Climb the ladders that are due. Returns the incidents concerned."""
    follow_directory(ports)
    with ports.database.reading() as tx:
        ahead = journal.ahead_of(tx, ports.now())
        due = journal.due_incidents(tx, ports.now())
    if ahead:
        log.warning("jam mesin dimundurkan; batas waktu disesuaikan untuk %s", ", ".join(ahead))
    overdue = list[Person]()
    for number in (*ahead, *due):
        try:
            with about(number):
                overdue += _climb(ports, number)
        except (OSError, JournalUnavailable):
            raise
        except Exception:  # one incident that cannot go on must not keep the others waiting
            log.exception("batas waktu %s belum dapat ditindaklanjuti", number)
    if overdue:  # for several incidents one knock
        ports.knock(list(dict.fromkeys(overdue)))
    return [*ahead, *due]


def _climb(ports: Ports, number: str) -> list[Person]:
    """Returns to whom it must be said by another way that mail waits.

    Only whoever writes that a rung was taken says so, and only now: neither a restart nor another desk says it again.
    """
    with ports.database.reading() as tx:
        seen = journal.read_standing(tx, number)
    told = just_reminded(ports, seen.incident, seen.procedure.merge_reminders)
    verdict = carry_out(ports, number, TimePassed(told), seen=seen)
    return whom_to_knock_up(seen.procedure, verdict, ports.directory(), ports.now()) if verdict else []
