"""Would the same follow from the same facts today? The office's own journal, decided again by this version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.ports import Ports
from register import journal
from sop.causes import groups
from sop.replay import Difference, History, replay
from sop.served import Served


@dataclass(frozen=True, slots=True)
class Replayed:
    """Attributes:
    incidents, facts: how many were decided again.
    differences: what follows now that did not then, and the other way round.
    unreadable: a line for each incident whose events or procedure this version cannot read.
    """

    incidents: int
    facts: int
    differences: tuple[Difference, ...]
    unreadable: tuple[str, ...] = ()


def replay_journal(ports: Ports, numbers: Sequence[str] = ()) -> Replayed:
    """Decide again what reached the incidents `numbers`, or all there are. Changes nothing.

    Raises: ValueError for a number that is no incident's.
    """
    histories, unreadable = list[History](), list[str]()
    with ports.database.reading() as tx:
        known = [summary.number for summary in journal.all_incidents(tx)]
        if unknown := [number for number in numbers if number not in known]:
            raise ValueError(f"insiden {', '.join(unknown)} tidak ada; lihat: siaga incidents --all")
        for number in known:
            try:
                standing = journal.read_standing(tx, number)
            except (KeyError, TypeError, ValueError) as error:
                unreadable.append(f"{number}: peristiwa atau prosedurnya tidak terbaca ({error})")
            else:
                histories.append(History(number, standing.procedure, standing.events))
    wanted = [history for history in histories if not numbers or history.number in numbers]
    differences = replay(wanted, Served(histories, ports.directory()).serving, beside=histories)
    facts = sum(len(groups(history.events)) for history in wanted)
    return Replayed(len(wanted), facts, tuple(differences), tuple(unreadable))
