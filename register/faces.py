"""How far each face drawn from the journal has come. Losing this only means drawing again.

Several desks may draw from one journal, each into folders and a Prefect server of its own: a face is kept per place.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection, and_, delete, select

from register.database import insert_or
from register.schema import faces, incidents

CASE_FILE, WORKBOOK, PAPERS = "berkas_prefect", "register", "naskah"


def at(face: str, place: str) -> str:
    """The name of a face as it is drawn at `place`: a desk, or a server that several desks share."""
    return f"{face} {hashlib.sha256(place.encode()).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class Face:
    """What was drawn of one incident: up to which event, where it is, and what the painter wants to remember."""

    incident: str
    seq: int = 0
    ref: str = ""
    memo: str = ""


def behind(tx: Connection, face: str) -> list[str]:
    """Incidents of which something newer has happened than was drawn, oldest first."""
    drawn = and_(faces.c.face == face, faces.c.incident == incidents.c.number)
    query = select(incidents.c.number).outerjoin(faces, drawn)
    newer = (faces.c.seq.is_(None)) | (faces.c.seq < incidents.c.seq)
    return list(tx.execute(query.where(newer).order_by(incidents.c.opened_at, incidents.c.number)).scalars())


def read_face(tx: Connection, face: str, incident: str) -> Face:
    row = tx.execute(select(faces).where(faces.c.face == face, faces.c.incident == incident)).one_or_none()
    return Face(incident, row.seq, row.ref, row.memo) if row else Face(incident)


def remembered_otherwise(tx: Connection, face: str, memo: str) -> list[str]:
    """Incidents of whose drawing something is remembered that is not `memo`."""
    query = select(faces.c.incident).where(faces.c.face == face, faces.c.memo.not_in(("", memo)))
    return list(tx.execute(query).scalars())


def places(tx: Connection, face: str, most: int) -> list[str]:
    """Where incidents are drawn, of the newest; no more than `most`."""
    query = select(faces.c.ref).where(faces.c.face == face, faces.c.ref != "")
    return list(tx.execute(query.order_by(faces.c.incident.desc()).limit(most)).scalars())


def of_open_incidents(tx: Connection, face: str) -> list[Face]:
    """What was drawn of incidents that have not ended, oldest first."""
    query = select(faces).join(incidents, incidents.c.number == faces.c.incident)
    query = query.where(faces.c.face == face, faces.c.ref != "", incidents.c.outcome == "")
    rows = tx.execute(query.order_by(incidents.c.opened_at, incidents.c.number))
    return [Face(row.incident, row.seq, row.ref, row.memo) for row in rows]


def forget(tx: Connection, face: str) -> None:
    """Every incident is to be drawn from nothing."""
    tx.execute(delete(faces).where(faces.c.face == face))


def mark_drawn(tx: Connection, face: str, drawn: Face) -> None:
    values = {"seq": drawn.seq, "ref": drawn.ref, "memo": drawn.memo}
    row = insert_or(tx.dialect.name, faces).values(face=face, incident=drawn.incident, **values)
    tx.execute(row.on_conflict_do_update(index_elements=["face", "incident"], set_=values))
