"""What the papers say, as plain values: events in, a dictionary for the templates out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from report.officials import signatories, team
from sop.clocks import OfficialClock, official_clocks
from sop.details import NO_DETAILS
from sop.incident import Answered as Answer
from sop.incident import Incident
from sop.people import Directory
from sop.procedure import Procedure
from sop.standing import Standing
from sop.story import story
from sop.who_reads import Audience
from templates import phrasing
from templates.links import inert_values
from templates.words import Words


@dataclass(frozen=True, slots=True)
class OfficeFace:
    """How the office presents itself on paper."""

    letterhead: tuple[str, ...]
    name: str
    unit: str
    place: str


OURS = ("kop", "kantor", "unit", "dasar", "prosedur")
"""What the office says of itself; its letterhead may name its site."""


def without_links(model: Mapping[str, Any]) -> dict[str, Any]:
    """`model` with the words of others made inert: whoever opens the PDF is given no link by them."""
    return {name: value if name in OURS else inert_values(value) for name, value in model.items()}


def paper_model(standing: Standing, directory: Directory, office: OfficeFace, words: Words) -> dict[str, Any]:
    """Everything a paper may print. All values are text, lists or dictionaries of text: nothing can be executed."""
    procedure, incident, events = standing.procedure, standing.incident, standing.events
    written = events[-1].at
    local = written.astimezone(phrasing.WIB)
    day = phrasing.common_day([incident.received or written, *(event.at for event in events)])
    handling = incident.last_answer("penanganan")
    disposisi = incident.last_answer("disposisi")
    assignment = incident.last_answer("penugasan")
    analysis = incident.last_answer("analisis")
    return {
        "kop": list(office.letterhead),
        "kantor": office.name,
        "unit": office.unit.upper(),
        "tempat": office.place,
        "nomor": incident.number,
        "dasar": procedure.basis,
        "prosedur": procedure.name.upper(),
        "tanggal": phrasing.day(written),
        "hari": phrasing.weekday(written),
        "tanggal_kata": phrasing.in_words(local.day),
        "bulan": phrasing.day(written).split()[1],
        "tahun_kata": phrasing.in_words(local.year),
        "jam": phrasing.clock(written, phrasing.office_day(written)),
        "hasil": phrasing.how_it_ended(incident, procedure, words) or "dalam proses",
        "arahan": phrasing.directions(incident),
        "kartu": [list(row) for row in phrasing.card(incident, words, Audience.PAPER)],
        "opd": incident.report.opd or words.no_office,
        "hal": incident.report.hal or "",
        "surat": {
            "nomor": incident.report.nomor or "-",
            "tanggal": phrasing.written_moment(incident.report.tanggal or "") or "-",
            "sifat": incident.report.sifat or "Biasa",
            "diterima": phrasing.moment(incident.received) if incident.received else "-",
        },
        "layanan": phrasing.services(incident.report, words) or "layanan",
        "ringkasan": incident.report.ringkasan or "",
        "analisis": _answer(analysis),
        "disposisi": _answer(disposisi),
        "penugasan": _answer(assignment),
        "petugas": team(incident, "penugasan", directory),
        "penanganan": _answer(handling),
        "laporan": _report(handling, incident),
        "langkah": _steps(incident, procedure, day),
        "cerita": [
            [phrasing.clock(line.at, day), str(line.step or ""), line.what, line.text]
            for line in story(events, procedure, words, Audience.PAPER)
        ],
        "pejabat": signatories(incident, events, procedure, directory),
    }


def _answer(answer: Answer | None) -> dict[str, str]:
    if answer is None:
        return {"ada": "", "keputusan": "", "teks": "", "nama": "", "jabatan": "", "jam": ""}
    return {
        "ada": "ya",
        "keputusan": answer.decision.upper(),
        "teks": answer.text,
        "nama": answer.name,
        "jabatan": answer.title,
        "jam": phrasing.moment(answer.at),
    }


def _report(handling: Answer | None, incident: Incident) -> dict[str, str]:
    details = handling.details if handling else NO_DETAILS
    progress = [
        answer.text
        for visit in incident.visits
        for answer in visit.recorded
        if visit.stage == "penanganan" and answer.text
    ]
    return {
        "penyebab": details.cause or "",
        "tindakan": details.actions or (handling.text if handling else ""),
        "hasil": details.result or "",
        "saran": details.advice or "",
        "mulai": phrasing.written_moment(details.started_at or ""),
        "selesai": phrasing.written_moment(details.finished_at or ""),
        "status": details.status or "",
        "kemajuan": "\n".join(progress),
    }


def _steps(incident: Incident, procedure: Procedure, day: date | None) -> list[list[str]]:
    """A row for each step, and below it one for each official where it is not their row alone."""
    rows, officials = list[list[str]](), official_clocks(incident, procedure)
    for step, clock in zip(procedure.steps, incident.step_clocks(procedure), strict=True):
        verdict = {True: "tepat", False: "terlambat", None: "-"}[clock.on_time]
        rows.append(
            [
                str(step.number),
                step.activity,
                phrasing.span(clock.standard),
                _clock(clock.started, day),
                _clock(clock.answered, day),
                "; ".join(clock.by),
                _minutes(clock.minutes),
                verdict,
            ]
        )
        of_step = [one for one in officials if one.stage.step == step.number]
        if len(of_step) > 1 or any(one.answer is None for one in of_step):
            rows += [_official(one, day) for one in of_step]
    return rows


def _official(one: OfficialClock, day: date | None) -> list[str]:
    asked = one.official
    return [
        "",
        f"{one.stage.label}: {asked.title}",
        phrasing.span(one.standard),
        _clock(asked.at, day),
        _clock(one.until if one.answer else None, day),
        asked.name,
        _minutes(one.minutes),
        one.punctual or "-",
    ]


def _minutes(minutes: float | None) -> str:
    return "-" if minutes is None else f"{minutes:g}".replace(".", ",")


def _clock(at: datetime | None, day: date | None) -> str:
    return phrasing.clock(at, day) if at else "-"
