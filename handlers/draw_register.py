"""Something has happened to an incident: draw the workbook of its year anew."""

from __future__ import annotations

import logging
from pathlib import Path

from handlers.ports import Ports
from register import faces, journal
from register.faces import Face
from register.workbook import Entry, draw_workbook
from templates import words
from templates.phrasing import WIB

log = logging.getLogger(__name__)


def draw_register(ports: Ports, folder: Path, *, all_years: bool = False) -> list[Path]:
    """Draw the workbooks that are behind. Returns those that were drawn.

    Raises: WorkbookBusy when somebody has one open; it stays behind and is drawn the next time.
    """
    with ports.database.reading() as tx:
        summaries = journal.all_incidents(tx)
        behind = {summary.number for summary in summaries} if all_years else set(faces.behind(tx, faces.WORKBOOK))
        years = sorted({s.opened_at.astimezone(WIB).year for s in summaries if s.number in behind})
    drawn = []
    for year in years:
        entries = []
        with ports.database.reading() as tx:
            for summary in summaries:
                if summary.opened_at.astimezone(WIB).year == year:
                    incident = journal.read_incident(tx, summary.number)
                    procedure = journal.pinned_procedure(tx, incident.procedure, incident.version)
                    entries.append(Entry(incident, procedure))
        path = folder / f"register-{year}.xlsx"
        note = draw_workbook(path, entries, words(), ports.now())
        if note:
            log.error("%s", note)
        with ports.database.writing() as tx:
            for entry in entries:
                faces.mark_drawn(tx, faces.WORKBOOK, Face(entry.incident.number, entry.incident.seq))
        drawn.append(path)
    return drawn
