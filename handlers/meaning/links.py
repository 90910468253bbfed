"""Helpdesk says that two reports are one outage (GABUNG), or that they are not after all (PISAHKAN)."""

from __future__ import annotations

from handlers.ports import Ports
from parsers.replies.helpdesk_order import Order, Word
from register import journal
from sop.facts import Fact, LetGo, LinkedTo, TookIn, Unlinked
from sop.incident import Incident
from sop.people import Person


class CannotLinkError(ValueError):
    """The order cannot be carried out; says in Indonesian why."""


def concerns_a_link(ports: Ports, order: Order, person: Person) -> bool:
    """Whether reports are to be linked or parted. A Kabid who writes "Gabungkan kedua tim" means something else."""
    return order.word in (Word.MERGE, Word.PART) and (bool(order.numbers) or _is_helpdesk(ports, person))


def _is_helpdesk(ports: Ports, person: Person) -> bool:
    return person.role == ports.procedure().first_stage().role


def both_sides(ports: Ports, incident: Incident, order: Order, person: Person, text: str, mail: str) -> dict[str, Fact]:
    """The fact for each of the two incidents, the linked one first. Raises: CannotLinkError."""
    if not _is_helpdesk(ports, person):
        raise CannotLinkError("penggabungan atau pemisahan laporan, yang hanya dapat dilakukan Helpdesk")
    if order.word is Word.MERGE:
        return _merging(ports, incident, order, person, text, mail)
    return _parting(ports, incident, order, person, text, mail)


def _merging(ports: Ports, incident: Incident, order: Order, person: Person, text: str, mail: str) -> dict[str, Fact]:
    targets = [number for number in order.numbers if number != incident.number]
    if len(targets) != 1:
        raise CannotLinkError("penggabungan, tetapi nomor insiden tujuannya tidak disebut dengan pasti")
    target = _known(ports, targets[0])
    if target.linked_to:
        target = _known(ports, target.linked_to)
    if incident.outcome or target.outcome:
        ended = incident if incident.outcome else target
        raise CannotLinkError(f"penggabungan, tetapi {ended.number} sudah selesai")
    if incident.linked_to or incident.joined or target.number == incident.number:
        raise CannotLinkError(
            f"penggabungan, tetapi {incident.number} sudah bergabung dengan laporan lain; pisahkan dahulu"
        )
    opd = target.report.opd or "Perangkat daerah lain"
    return {
        incident.number: LinkedTo(target.number, opd, person, text, mail),
        target.number: TookIn(incident.number, incident.report, incident.mail, person, mail),
    }


def _parting(ports: Ports, incident: Incident, order: Order, person: Person, text: str, mail: str) -> dict[str, Fact]:
    named = [number for number in order.numbers if number != incident.number]
    if not named and not incident.linked_to and len(incident.joined) == 1:
        named = [incident.joined[0].incident]
    linked = _known(ports, named[0]) if len(named) == 1 and not incident.linked_to else incident
    if not linked.linked_to:
        raise CannotLinkError("pemisahan, tetapi laporan yang dimaksud tidak sedang digabung")
    if linked.outcome:
        raise CannotLinkError(f"pemisahan, tetapi {linked.number} sudah selesai")
    return {
        linked.number: Unlinked(person, text, mail),
        linked.linked_to: LetGo(linked.number, person, mail),
    }


def _known(ports: Ports, number: str) -> Incident:
    with ports.database.reading() as tx:
        incident = journal.read_incident(tx, number)
    if not incident.seq:
        raise CannotLinkError(f"penggabungan, tetapi {number} tidak ada dalam register")
    return incident
