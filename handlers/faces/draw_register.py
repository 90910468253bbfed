"""Something has happened to an incident, or somebody has written into the workbook: draw it anew."""

from __future__ import annotations

import hashlib
import logging
from collections import defaultdict
from pathlib import Path

from handlers.ports import Ports
from handlers.telling.helpdesk import notify_helpdesk
from register import faces, journal, own_columns
from register.faces import Face
from register.journal import Summary
from register.own_columns import WorkbookBroken
from register.workbook import Entry, OwnColumns, WorkbookBusy, draw_workbook, refuse_if_open
from sop.mails import MailTemplate
from templates.phrasing import WIB

log = logging.getLogger(__name__)


def draw_register(ports: Ports, folder: Path, *, all_years: bool = False) -> list[Path]:
    """Draw the workbooks below `folder` that are not as the journal is. Returns those that were drawn.

    Raises: WorkbookBusy when somebody has one open or the folder cannot be written: it is drawn the next time.
    """
    drawn, busy = [], None
    for year, summaries in _behind(ports, folder, all_years).items():
        path = _path(folder, year)
        try:
            _draw(ports, path, summaries)
            drawn.append(path)
        except WorkbookBusy as error:
            busy = error  # one open workbook holds up no other year's
    if busy is not None:
        raise busy
    return drawn


def years_behind(ports: Ports, folder: Path) -> list[int]:
    """The years whose workbook is not as the journal is: something happened, or the file was changed or deleted."""
    return list(_behind(ports, folder, all_years=False))


def _behind(ports: Ports, folder: Path, all_years: bool) -> dict[int, list[Summary]]:
    years: defaultdict[int, list[Summary]] = defaultdict(list)
    with ports.database.reading() as tx:
        for summary in journal.all_incidents(tx):
            years[summary.opened_at.astimezone(WIB).year].append(summary)
        drawn = {year: faces.read_face(tx, faces.at(faces.WORKBOOK, ports.desk), str(year)) for year in years}
    return {
        year: summaries
        for year, summaries in sorted(years.items())
        if all_years or drawn[year].memo != _memo(_path(folder, year), summaries)
    }


def _draw(ports: Ports, path: Path, summaries: list[Summary]) -> None:
    refuse_if_open(path)
    before = _stamp(path)
    numbers = [summary.number for summary in summaries]
    own = _own_columns(ports, path, numbers)
    _tell_set_aside(ports, path)
    with ports.database.reading() as tx:
        incidents = [journal.read_incident(tx, number) for number in numbers]
        entries = [Entry(i, journal.pinned_procedure(tx, i.procedure, i.version)) for i in incidents]
    draw_workbook(path, entries, ports.words, own, still=lambda: _stamp(path) in (before, "-"))
    year = summaries[0].opened_at.astimezone(WIB).year
    with ports.database.writing() as tx:
        memo = _memo(path, summaries)
        faces.mark_drawn(tx, faces.at(faces.WORKBOOK, ports.desk), Face(str(year), 0, str(path)[:200], memo))


def _own_columns(ports: Ports, path: Path, numbers: list[str]) -> OwnColumns:
    """What staff wrote: as the workbook has it now, which the journal then keeps; else as the journal has kept it."""
    place = faces.at(faces.WORKBOOK, ports.desk)
    try:
        written = own_columns.read_columns(path)
    except WorkbookBroken as error:
        try:
            aside = own_columns.set_aside(path, ports.now())
        except OSError as fault:
            raise WorkbookBusy(f"{path.name} rusak dan belum dapat dipindahkan: {fault}") from fault
        log.error("register %s rusak (%s), disimpan sebagai %s dan digambar ulang", path.name, error, aside.name)
        written = None
    except OSError as error:
        raise WorkbookBusy(f"{path.name} belum dapat dibaca: {error}") from error
    with ports.database.reading() as tx:
        kept = own_columns.kept_columns(tx, place, numbers)
    if written is None:
        return kept
    if own_columns.filled(written) != kept:
        with ports.database.writing() as tx:
            own_columns.keep_columns(tx, place, written, numbers)
    return written


def _tell_set_aside(ports: Ports, path: Path) -> None:
    """Before drawing: a desk that dies in between finds no workbook, and comes by here again."""
    for aside in sorted(path.parent.glob(f"{path.stem}-rusak-*{path.suffix}")):
        extra = {"berkas": path.name, "simpanan": aside.name}
        notify_helpdesk(ports, f"{path}/{aside.name}", MailTemplate.REGISTER_DAMAGED, extra)


def _memo(path: Path, summaries: list[Summary]) -> str:
    """What a workbook was drawn from, and the file as it was left: when either differs, it is drawn again."""
    state = "\n".join(f"{summary.number}/{summary.seq}" for summary in summaries)
    return f"{hashlib.sha256(state.encode()).hexdigest()} {_stamp(path)}"


def _stamp(path: Path) -> str:
    """Changes whenever somebody saves the file; "-" where there is none."""
    try:
        status = path.stat()
    except OSError:
        return "-"
    return f"{status.st_mtime_ns}/{status.st_size}"


def _path(folder: Path, year: int) -> Path:
    return folder / f"register-{year}.xlsx"
