"""The register as an Excel workbook, one a year, drawn from the journal whenever it changes.

Staff may add columns of their own on the right; they are read back and kept in the journal (`register/own_columns.py`),
and drawn again. A workbook that somebody has open is left alone until it is closed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeAlias

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from host.files import written_whole
from register.cells import Styles, append_row, set_page, written
from register.steps_sheet import draw_steps
from sop.facts import Reopening
from sop.incident import Incident, StepClock
from sop.procedure import Procedure
from templates import phrasing
from templates.words import Words

SHEET = "Register"
HEAD_ROWS = 2
FIXED = (
    ("Nomor", 15),
    ("Diterima", 17),
    ("Saluran", 11),
    ("Perangkat Daerah", 30),
    ("Nomor Surat", 26),
    ("Tanggal Surat", 14),
    ("Sifat", 12),
    ("Hal", 36),
    ("Layanan", 20),
    ("Lokasi", 24),
    ("Mulai Terganggu", 17),
    ("Pelapor", 26),
    ("Telepon", 16),
    ("Ringkasan", 50),
    ("Keadaan", 26),
    ("Arahan", 40),
)
CLOCK = (("Baku (menit)", 8), ("Mulai", 17), ("Dijawab", 17), ("Oleh", 24), ("Menit", 8), ("Tepat waktu", 11))


Cell: TypeAlias = str | int | float | bool | datetime | date | time | timedelta | ArrayFormula | DataTableFormula
"""What a cell that staff filled holds; other formulas are text."""
OwnColumns = Mapping[str, Mapping[str, Cell]]
"""What staff added: heading → incident number → value."""


class WorkbookBusy(Exception):
    """Somebody has the workbook open, or the folder cannot be written: it is drawn later; nothing is lost."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: an incident and the procedure it is run by."""

    incident: Incident
    procedure: Procedure


def draw_workbook(
    path: Path,
    entries: Sequence[Entry],
    words: Words,
    own: OwnColumns,
    *,
    still: Callable[[], bool] = lambda: True,
) -> None:
    """Write the register of one year to `path`, atomically; `still`: whether the file is as it was read.

    Raises: WorkbookBusy.
    """
    refuse_if_open(path)
    steps = max((len(entry.procedure.steps) for entry in entries), default=0)
    book = Workbook(write_only=True)
    _draw_register(book, entries, words, own, steps)
    draw_steps(book, [(entry.incident, entry.procedure) for entry in entries], words)
    book.properties.title = "Register Darurat Kondisi Layanan"
    book.properties.creator = "Siaga"

    def look_again() -> None:
        if not still():
            raise WorkbookBusy(f"{path.name} baru saja disimpan orang lain")

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with written_whole(path, last=look_again) as file:
            book.save(file)
    except OSError as error:
        raise WorkbookBusy(f"{path.name} belum dapat ditulis: {error}") from error


def refuse_if_open(path: Path) -> None:
    """Raises: WorkbookBusy while Excel or LibreOffice keeps its lock file beside the workbook."""
    candidates = (f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#")
    lock = next((path.with_name(name) for name in candidates if path.with_name(name).exists()), None)
    if lock is not None:
        raise WorkbookBusy(f"{path.name} sedang dibuka ({lock.name})")


def _draw_register(book: Workbook, entries: Sequence[Entry], words: Words, own: OwnColumns, steps: int) -> None:
    sheet = book.create_sheet(SHEET)
    styles = Styles(sheet)
    own = {"Catatan": {}, **own}
    widths = [width for _, width in FIXED] + [width for _ in range(steps) for _, width in CLOCK] + [30] * len(own)
    for index, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.freeze_panes = "B3"
    set_page(sheet, pages_wide=5, head_rows=HEAD_ROWS)
    procedure = entries[0].procedure if entries else None
    groups: list[str] = [""] * len(FIXED)
    groups[0] = "Insiden"
    for number in range(1, steps + 1):
        short = procedure.step(number).short if procedure and number <= len(procedure.steps) else ""
        groups += [f"Langkah {number}: {short}", *[""] * (len(CLOCK) - 1)]
    append_row(sheet, [styles.cell(text, "group") for text in [*groups, *[""] * len(own)]])
    headings = [name for name, _ in FIXED] + [name for _ in range(steps) for name, _ in CLOCK] + list(own)
    append_row(sheet, [styles.cell(text, "head") for text in headings], widths)
    for entry in entries:
        row = [styles.cell(value, kind) for value, kind in _fixed_values(entry, words)]
        clocks = entry.incident.step_clocks(entry.procedure)
        for number in range(steps):
            row += _clock_cells(styles, clocks[number] if number < len(clocks) else None)
        row += [styles.cell(values.get(entry.incident.number), "own") for values in own.values()]
        append_row(sheet, row, widths)
    last = get_column_letter(len(headings))
    sheet.auto_filter.ref = f"A{HEAD_ROWS}:{last}{max(len(entries) + HEAD_ROWS, HEAD_ROWS + 1)}"


def _fixed_values(entry: Entry, words: Words) -> list[tuple[Any, str]]:
    incident, procedure = entry.incident, entry.procedure
    report = incident.report
    return [
        (incident.number, "text"),
        (incident.received, "time"),
        (words.channels.get(incident.channel, incident.channel), "text"),
        (report.opd, "text"),
        (report.nomor, "text"),
        (written(report.tanggal), "day"),
        (report.sifat, "text"),
        (report.hal, "text"),
        (phrasing.services(report, words), "text"),
        (report.lokasi, "text"),
        (
            written(report.waktu_kejadian),
            "day" if len(report.waktu_kejadian or "") == 10 else "time",
        ),
        (report.pengirim or report.email, "text"),
        (report.telepon, "text"),
        (report.ringkasan, "text"),
        (standing(incident, procedure, words), "text"),
        ("\n".join(phrasing.directions(incident)), "text"),
    ]


def standing(incident: Incident, procedure: Procedure, words: Words) -> str:
    """Where an incident stands, in words: "Menunggu Kabid" or how it ended, and what it goes on from or in."""
    told = [_stands(incident, procedure, words)]
    told += [f"lanjutan {incident.continues}{_by(incident.reopened, words)}"] if incident.continues else []
    told += [f"dilanjutkan {incident.continued_as}{_by(incident.continued_by, words)}"] if incident.continued_as else []
    return "; ".join(told)


def _by(reopened: Reopening | None, words: Words) -> str:
    told = phrasing.reopening(reopened, words, longest=200)
    return f" ({told})" if told else ""


def _stands(incident: Incident, procedure: Procedure, words: Words) -> str:
    if incident.outcome:
        return phrasing.how_it_ended(incident, procedure, words)
    if incident.linked_to:
        return f"Digabung dengan {incident.linked_to}"
    if incident.current is None:
        return "Diterima"
    return f"Menunggu {procedure.role_label(procedure.stage(incident.current.stage).role)}"


def _clock_cells(styles: Styles, clock: StepClock | None) -> list[WriteOnlyCell]:
    if clock is None or clock.started is None:
        standard = round(clock.standard.total_seconds() / 60, 1) if clock else None
        return [styles.cell(standard, "number"), *[styles.cell(None, "text") for _ in CLOCK[1:]]]
    waiting = "Tidak dilanjutkan" if clock.called_off else "Berjalan"
    on_time = {True: "Ya", False: "Terlambat", None: waiting}[clock.on_time]
    return [
        styles.cell(round(clock.standard.total_seconds() / 60, 1), "number"),
        styles.cell(clock.started, "time"),
        styles.cell(clock.answered, "time"),
        styles.cell("; ".join(clock.by), "text"),
        styles.cell(clock.minutes, "number"),
        styles.cell(on_time, "late" if clock.on_time is False else "text"),
    ]
