"""The sheet "Waktu Langkah": one row for each official who was asked, and what their step came to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from register.cells import Styles, append_row, set_page
from sop.clocks import OfficialClock, Punctual, official_clocks
from sop.incident import SYSTEM, Incident, StepClock, Visit
from sop.procedure import Procedure
from sop.story import went_on
from templates.words import Words

STEPS_SHEET = "Waktu Langkah"
COLUMNS = (
    ("Nomor", 15),
    ("Langkah", 9),
    ("Tahap", 24),
    ("Ditunggu", 30),
    ("Mulai", 17),
    ("Dijawab", 17),
    ("Oleh", 28),
    ("Jabatan", 34),
    ("Keputusan", 24),
    ("Menit", 8),
    ("Baku (menit)", 9),
    ("Tepat waktu", 14),
    ("Catatan", 60),
    ("Menit langkah", 9),
    ("Baku langkah (menit)", 9),
    ("Langkah tepat waktu", 12),
)
_KINDS = (
    *("text", "number", "text", "text", "time", "time", "text", "text", "text", "number", "number", "text", "text"),
    *("number", "number", "text"),
)
_KEPT = {
    Punctual.ON_TIME: "Ya",
    Punctual.LATE: "Terlambat",
    Punctual.SILENT: "Tidak menjawab",
    Punctual.NOT_MEASURED: None,
}
_LATE = (11, 15)
"""Columns that are marked where they say that somebody, or a step, was late."""


def draw_steps(book: Workbook, entries: Sequence[tuple[Incident, Procedure]], words: Words) -> None:
    sheet = book.create_sheet(STEPS_SHEET)
    styles = Styles(sheet)
    widths = [width for _, width in COLUMNS]
    for index, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.freeze_panes = "B2"
    set_page(sheet, pages_wide=1, head_rows=1)
    append_row(sheet, [styles.cell(name, "head") for name, _ in COLUMNS], widths)
    for incident, procedure in entries:
        for row in _rows(incident, procedure, words):
            marked = {at for at in _LATE if row[at] == _KEPT[Punctual.LATE]}
            kinds = ["late" if at in marked else kind for at, kind in enumerate(_KINDS)]
            append_row(sheet, [styles.cell(value, kind) for value, kind in zip(row, kinds, strict=True)], widths)


def _rows(incident: Incident, procedure: Procedure, words: Words) -> Iterator[list[Any]]:
    clocks = {clock.step: clock for clock in incident.step_clocks(procedure)}
    asked = {
        key: list(officials)
        for key, officials in groupby(
            official_clocks(incident, procedure), key=lambda one: (one.visit.stage, one.visit.number)
        )
    }
    for visit in incident.visits:
        stage = procedure.stage(visit.stage)
        place = [incident.number, stage.step, stage.label, procedure.role_label(stage.role)]
        of_step = _of_step(clocks[stage.step])
        officials = asked.get((visit.stage, visit.number), [])
        for one in officials:
            yield [*place, *_official(one, words), *of_step]
        if visit.answer and not visit.answer.person:
            decision = went_on(stage, visit.answer.decision, words)
            yield [*place, visit.started, visit.answer.at, SYSTEM, None, decision, *[None] * 4, *of_step]
        elif not officials:
            yield [*place, visit.started, *[None] * 8, *of_step]


def _official(one: OfficialClock, words: Words) -> list[Any]:
    answer = one.answer
    return [
        one.official.at,
        one.until if answer else None,
        one.official.name,
        one.official.title,
        words.recorded.get(answer.decision, answer.decision) if answer else _unanswered(one.visit),
        one.minutes,
        round(one.standard.total_seconds() / 60, 1),
        _KEPT[one.punctual],
        answer.text if answer else None,
    ]


def _unanswered(visit: Visit) -> str | None:
    return "tidak dilanjutkan" if visit.left else None


def _of_step(clock: StepClock) -> list[Any]:
    waiting = "Tidak dilanjutkan" if clock.called_off else "Berjalan"
    kept = {True: "Ya", False: _KEPT[Punctual.LATE], None: waiting}[clock.on_time]
    return [clock.minutes, round(clock.standard.total_seconds() / 60, 1), kept]
