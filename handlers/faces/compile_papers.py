"""An incident has ended: compile its final report and papers into the office's folder."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

from handlers.ports import Ports
from handlers.telling.helpdesk import tell_of_fault
from host.files import write_whole
from host.logs import about
from register import faces, journal
from register.database import JournalUnavailable
from register.faces import Face
from sop.mails import Enclosure
from templates.phrasing import day

OF_THE_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO}
"""Errors that are no single paper's: the disk is full, or broken."""
PAPERS = "naskah"


def compile_due_papers(ports: Ports, folder: Path, compile_: Callable[[str], object]) -> OSError | None:
    """Have `compile_` write the papers of every incident that are due. One that is in trouble stops only itself.

    Returns what is wrong with the disk itself, if anything. Raises: JournalUnavailable.
    """
    of_the_disk = None
    for number in papers_due(ports, folder):
        if ports.troubles.rests(PAPERS, number):
            continue
        try:
            compile_(number)
            ports.troubles.over(PAPERS, number)
        except JournalUnavailable:
            raise
        except OSError as error:
            ports.troubles.met(PAPERS, number, error)
            of_the_disk = error if error.errno in OF_THE_DISK else of_the_disk
        except Exception as error:  # noqa: BLE001  whatever one incident's papers stumble over: the others are written
            ports.troubles.met(PAPERS, number, error)
    return of_the_disk


def papers_due(ports: Ports, folder: Path) -> list[str]:
    """Incidents that ended and whose papers below `folder` are not compiled as they stand, or were deleted.

    Those of which one came out plain are due again when the templates have changed, and else once a day.
    """
    place = faces.at(faces.PAPERS, ports.desk)
    with ports.database.reading() as tx:
        due = {*faces.behind(tx, place), *faces.remembered_otherwise(tx, place, _attempt(ports))}
        ended = journal.ended_incidents(tx)
    return [number for number in ended if number in due or not (folder / number).exists()]


def _attempt(ports: Ports) -> str:
    """What makes it worth while to try again: another edition of the templates, or another day."""
    return f"{ports.papers.edition()} {day(ports.now())}"


def compile_papers(ports: Ports, folder: Path, number: str) -> list[Path]:
    """Write the papers of one incident below `folder`. Writing them again replaces them.

    Raises: KeyError for an unknown incident, OSError when the folder cannot be written.
    """
    with about(number):
        return _compile(ports, folder, number)


def _compile(ports: Ports, folder: Path, number: str) -> list[Path]:
    place = faces.at(faces.PAPERS, ports.desk)
    attempt = _attempt(ports)  # before: templates that change meanwhile are a reason to try again
    with ports.database.reading() as tx:
        tried = faces.read_face(tx, place, number)
        standing = journal.read_standing(tx, number)
    incident = standing.incident
    answered = {visit.stage for visit in incident.visits if visit.answer}
    names = [Enclosure.FINAL]
    if "analisis" in answered:
        names.append(Enclosure.ANALYSIS)
    if "disposisi" in answered:
        names.append(Enclosure.DISPOSISI)
    if "penanganan" in answered:
        names += [Enclosure.HANDLING, Enclosure.BERITA_ACARA]
    target = folder / number
    target.mkdir(parents=True, exist_ok=True)
    written, plain = [], False
    for name in names:
        paper = ports.papers.make(name, standing, ports.directory())
        plain = plain or bool(paper.fault)
        if paper.fault and tried.seq != incident.seq:
            tell_of_fault(ports, number, paper.filename, paper.fault)
        path = target / paper.filename
        write_whole(path, paper.content)
        written.append(path)
    with ports.database.writing() as tx:
        faces.mark_drawn(tx, place, Face(number, incident.seq, str(target), attempt if plain else ""))
    return written
