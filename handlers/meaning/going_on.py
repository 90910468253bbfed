"""The outage of an ended incident is not over: the work begins again, with a number and a clock of its own.

The ended incident and its papers stay as they are; either names the other.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from handlers.carry_out import AlsoWrite, open_incident
from handlers.ports import Ports
from register import journal
from register.ledger import CollectedMail
from sop.facts import Opened, Reopening
from sop.incident import Incident
from sop.people import Person
from sop.procedure import Procedure
from sop.stages import NOT_BACK
from sop.standing import Standing

MOST_SAID = 600


def may_go_on(standing: Standing, received: datetime) -> bool:
    """Whether the reporter still had the last word on an ended incident when their mail came in (`received`)."""
    incident, rule = standing.incident, standing.procedure.not_back
    if rule is None or incident.closed is None or incident.continued_as or incident.outcome not in rule.outcomes:
        return False
    return received - incident.closed <= rule.within


def may_be_corrected(incident: Incident, procedure: Procedure, person: Person) -> bool:
    """Whether `person`'s own answer in the first stage ended the incident, so that their RALAT opens it again."""
    if incident.continued_as or not incident.outcome or not incident.visits or incident.linked_to:
        return False
    last = incident.visits[-1]
    own = last.answer is not None and last.answer.person == person.id
    return own and last.stage == procedure.first_stage().name


def may_be_ordered(incident: Incident, procedure: Procedure, person: Person) -> bool:
    """Whether `person` is Helpdesk, who may have an ended incident worked on again at any time."""
    ended = bool(incident.outcome) and not incident.continued_as
    return ended and person.role == procedure.first_stage().role


def by_reporter(incident: Incident, text: str, collected: CollectedMail) -> Reopening:
    """BELUM: whoever reported `incident` says that it is not over."""
    report = incident.report
    name = report.pengirim or report.opd or report.email or "Pelapor"
    title = (report.jabatan or report.opd or "") if report.pengirim else ""
    return Reopening(NOT_BACK, name, collected.received, title, text, collected.id)


def by_official(how: str, person: Person, text: str, collected: CollectedMail) -> Reopening:
    """DARURAT or RALAT (`how`, in small letters) by an official."""
    return Reopening(how, person.name, collected.received, person.signature_title, text, collected.id)


def go_on(ports: Ports, ended: Standing, also: AlsoWrite, by: Reopening) -> str:
    """Open the incident that continues `ended`. Returns its number; "" when somebody else settled the mail."""
    incident = ended.incident
    report = incident.report
    if by.how == NOT_BACK and by.text:  # for whoever analyses it anew
        told = f"{by.text[:MOST_SAID]}\n(Laporan semula: {report.ringkasan or '-'})"
        report = replace(report, ringkasan=told)
    fact = Opened(incident.channel, ports.now(), report, incident.mail, continues=incident.number, reopened=by)
    return open_incident(ports, fact, also, seen=ended)


def where_it_went_on(ports: Ports, number: str) -> Standing:
    """Where the outage of `number` is worked on now: itself, what it is linked to, or what continues it.

    Raises: KeyError for an unknown incident.
    """
    with ports.database.reading() as tx:
        standing = journal.read_standing(tx, number)
        while other := _elsewhere(standing.incident):
            standing = journal.read_standing(tx, other)
    return standing


def _elsewhere(incident: Incident) -> str:
    return incident.continued_as or (incident.linked_to if not incident.outcome else "")
