"""The card of an incident in the Prefect UI: what is known, the clocks and the story, in markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sop.events import Event
from sop.fold import fold
from sop.incident import Incident, StepClock, due
from sop.people import Directory
from sop.procedure import Procedure
from sop.story import story
from sop.who_reads import Audience
from templates import phrasing
from templates.links import inert
from templates.words import Words


@dataclass(frozen=True, slots=True)
class Case:
    """All that is drawn."""

    number: str
    events: Sequence[Event]
    procedure: Procedure
    directory: Directory
    words: Words

    @property
    def incident(self) -> Incident:
        return fold(self.number, self.events)


def card_markdown(case: Case, incident: Incident) -> str:
    """The incident card, the clocks and the story, as an admin reads them."""
    procedure, words = case.procedure, case.words
    day = phrasing.common_day([event.at for event in case.events])
    standing = "Selesai"
    if incident.outcome:
        standing = phrasing.how_it_ended(incident, procedure, words)
    elif incident.linked_to:
        standing = f"Digabung dengan {incident.linked_to}"
    elif incident.current:
        stage = procedure.stage(incident.current.stage)
        until = phrasing.clock_wib(due(incident.current, stage), day)
        standing = f"Menunggu {procedure.role_label(stage.role)} sampai {until}"
    card = phrasing.card(incident, words, Audience.ADMIN)
    summary = words.card["ringkasan"]  # long: a paragraph, because the UI does not wrap cells
    rows = "\n".join(f"| **{label}** | {_cell(value)} |" for label, value in card if label != summary)
    about = "\n\n".join(_cell(value) for label, value in card if label == summary)
    clocks = "\n".join(_clock_row(procedure, clock, day) for clock in incident.step_clocks(procedure))
    lines = "\n".join(
        f"- **{phrasing.clock(line.at, day)}** {_cell(line.what)}{': ' + _cell(line.text[:300]) if line.text else ''}"
        for line in story(case.events, procedure, words, Audience.ADMIN)
    )
    return (
        f"## {standing}\n\n| Kartu | {case.number} |\n|---|---|\n{rows}\n\n{about}\n\n"
        "### Waktu tiap langkah\n\n"
        "| No | Langkah | Tepat? | Baku | Mulai | Dijawab | Oleh |\n|---|---|---|---|---|---|---|\n"
        f"{clocks}\n\n"
        f"### Jalannya penanganan\n\n{lines}\n"
    )


def _clock_row(procedure: Procedure, clock: StepClock, day: date | None) -> str:
    verdict = {True: "ya", False: "**terlambat**", None: ""}[clock.on_time]
    cells = (
        str(clock.step),
        procedure.step(clock.step).short,
        verdict,
        phrasing.span(clock.standard),
        _hour(clock.started, day),
        _hour(clock.answered, day),
        _cell("; ".join(clock.by)),
    )
    return f"| {' | '.join(cells)} |"


def _hour(at: datetime | None, day: date | None) -> str:
    return phrasing.clock(at, day) if at else ""


def _cell(text: str) -> str:
    """A letter's words must not become markup, nor a link."""
    flat = inert(" ".join(text.split())).replace("\\", "\\\\")
    for sign in "|<>*_`[]#":
        flat = flat.replace(sign, f"\\{sign}")
    return flat
