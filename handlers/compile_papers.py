"""An incident has ended: compile its final report and papers into the office's folder."""

from __future__ import annotations

from pathlib import Path

from handlers.ports import Ports
from register import faces, journal
from register.faces import Face


def papers_due(ports: Ports, folder: Path) -> list[str]:
    """Incidents that ended and whose papers below `folder` are not compiled as they stand, or were deleted."""
    with ports.database.reading() as tx:
        behind = set(faces.behind(tx, faces.at(faces.PAPERS, ports.desk)))
        ended = journal.ended_incidents(tx)
    return [number for number in ended if number in behind or not (folder / number).exists()]


def compile_papers(ports: Ports, folder: Path, number: str) -> list[Path]:
    """Write the papers of one incident below `folder`. Writing them again replaces them.

    Raises: KeyError for an unknown incident, OSError when the folder cannot be written.
    """
    with ports.database.reading() as tx:
        events = journal.read_events(tx, number)
        incident = journal.read_incident(tx, number)
        if not incident.seq:
            raise KeyError(number)
        procedure = journal.pinned_procedure(tx, incident.procedure, incident.version)
    answered = {visit.stage for visit in incident.visits if visit.answer}
    names = ["laporan_akhir"]
    if "analisis" in answered:
        names.append("laporan_analisis")
    if "disposisi" in answered:
        names.append("lembar_disposisi")
    if "penanganan" in answered:
        names += ["laporan_hasil", "berita_acara"]
    target = folder / number
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for name in names:
        paper = ports.papers.make(name, number, events, procedure, ports.directory())
        path = target / paper.filename
        draft = path.with_name(f".{path.name}")
        draft.write_bytes(paper.content)
        draft.replace(path)
        written.append(path)
    with ports.database.writing() as tx:
        faces.mark_drawn(tx, faces.at(faces.PAPERS, ports.desk), Face(number, incident.seq, str(target)))
    return written
