"""Several incidents wait for one official: one reminder names them all, each to be answered by a tap."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from handlers.ports import Ports
from outbox import queue
from register import journal
from sop.incident import Incident, due

REMINDER = "pengingat"
MOST = 30
"""So many a reminder names one by one; nobody answers more before the next one comes."""


def also_waiting(ports: Ports, person: str, number: str) -> list[dict[str, Any]]:
    """What else waits for `person` besides incident `number`, the longest first, as a reminder shows it."""
    found: list[dict[str, Any]] = []
    with ports.database.reading() as tx:
        for row in queue.requests_to(tx, person, MOST + 1):
            incident = journal.read_incident(tx, row.incident)
            visit = incident.current
            if row.incident == number or visit is None or (visit.stage, visit.number) != (row.stage, row.visit):
                continue
            if not visit.may_answer(person) or any(other["nomor"] == row.incident for other in found):
                continue  # somebody who came back was asked twice
            procedure = journal.pinned_procedure(tx, incident.procedure, incident.version)
            stage = procedure.stage(visit.stage)
            offered = [reply.decision for reply in stage.replies]
            found.append(
                {
                    "nomor": row.incident,
                    "tahap": stage.label,
                    "opd": incident.report.get("opd") or "Perangkat daerah",
                    "hal": incident.report.get("hal") or "",
                    "tenggat": due(visit, stage, person),
                    "pilihan": ports.composer.choices(offered, row.incident, row.token),
                }
            )
    return found[:MOST]


def just_reminded(ports: Ports, incident: Incident, span: timedelta) -> frozenset[str]:
    """Ids of those who are asked in `incident`, and whom a reminder about another one, not `span` old, told of it."""
    visit = incident.current
    if visit is None or not span:
        return frozenset()
    with ports.database.reading() as tx:
        lately = queue.queued_since(tx, REMINDER, ports.now() - span)
    return frozenset(
        asked.person
        for asked in visit.asked
        for row in lately
        if row.person == asked.person and row.incident != incident.number and row.queued_at >= asked.at
    )
