"""The case file of an incident in the Prefect UI: one flow run, drawn from the journal over the REST API.

The run waits in the state "Menunggu Kabid"; the SOP's steps are its task runs, running while an official's clock runs;
the card is a markdown artifact; the story stands in its log; Resume opens a form for an oral answer. All drawing lives
here, so that a new Prefect version fails loudly in one place.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flows.api import Api
from register.faces import Face
from sop.events import Event
from sop.fold import fold
from sop.incident import Incident, StepClock, due
from sop.people import Directory
from sop.procedure import Procedure, Stage
from sop.story import story
from templates import phrasing
from templates.links import inert
from templates.words import Words

DEPLOYMENT = "kasus"


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


class CaseFiles:
    """Draws case files. `drawn` is what the register remembers of the last drawing."""

    def __init__(self, api: Api, deployment_id: str, new_name: Callable[[], str]) -> None:
        """`new_name`: what nothing else is called."""
        self.api, self.deployment_id, self._new_name = api, deployment_id, new_name

    def draw(self, case: Case, drawn: Face) -> Face:
        """Bring the case file up to date and return what to remember. Drawing again changes nothing.

        Raises: httpx.HTTPError; then the next drawing goes on where this one stopped.
        """
        incident = case.incident
        memo = json.loads(drawn.memo) if drawn.memo else {}
        memo = {"tasks": {}, "done": [], "artifact": "", "logged": 0} | memo
        run = drawn.ref or self._open(case, incident)
        if incident.visits:
            self._draw_steps(run, case, incident, memo)
        self._draw_card(run, case, incident, memo)
        self._draw_log(run, case, memo)
        if incident.outcome:
            label = case.procedure.outcome(incident.outcome).label
            self._set_state(run, {"type": "COMPLETED", "name": label})
        elif incident.current:
            self._wait(run, case, incident, case.procedure.stage(incident.current.stage))
        elif incident.linked_to:  # nobody is waited for: a pause without a form
            self._set_state(run, {"type": "PAUSED", "name": f"Digabung dengan {incident.linked_to}"})
        return Face(case.number, incident.seq, run, json.dumps(memo))

    def _open(self, case: Case, incident: Incident) -> str:
        """Start as RUNNING: a run that never ran shows as "late" beside its name for ever."""
        report = incident.report
        tags = [case.words.services.get(name, name) for name in report.layanan or ()]
        body = {
            "name": inert(f"{case.number} · {report.opd or 'tanpa OPD'}"),
            "tags": tags,
            "parameters": {"nomor": case.number},
            "state": {"type": "RUNNING", "name": "Berjalan"},
            "idempotency_key": case.number,
        }
        return str(self.api.post(f"/deployments/{self.deployment_id}/create_flow_run", body)["id"])

    def _draw_steps(self, run: str, case: Case, incident: Incident, memo: dict[str, Any]) -> None:
        for clock in incident.step_clocks(case.procedure):
            key = str(clock.step)
            if clock.started is None:
                continue
            reopened = key in memo["done"] and clock.answered is None and not clock.called_off
            if key not in memo["tasks"] or reopened:
                memo["tasks"][key] = self._start_step(run, case, clock, len(memo["done"]))
                memo["done"] = [step for step in memo["done"] if step != key]
            if (clock.answered is not None or clock.called_off) and key not in memo["done"]:
                late = clock.on_time is False
                state = {"type": "COMPLETED", "name": "Terlambat" if late else "Tepat waktu"}
                if clock.called_off:
                    state = {"type": "CANCELLED", "name": "Tidak dilanjutkan"}
                self.api.post(f"/task_runs/{memo['tasks'][key]}/set_state", {"state": state, "force": True})
                memo["done"].append(key)

    def _start_step(self, run: str, case: Case, clock: StepClock, round_: int) -> str:
        body = {
            "flow_run_id": run,
            "task_key": f"langkah-{clock.step}",
            "dynamic_key": f"{clock.step}-{round_}",
            "name": f"{clock.step}  {case.procedure.step(clock.step).short}",
            "state": {"type": "RUNNING", "name": "Berjalan"},
        }
        return str(self.api.post("/task_runs/", body)["id"])

    def _draw_card(self, run: str, case: Case, incident: Incident, memo: dict[str, Any]) -> None:
        data = card_markdown(case, incident)
        if memo["artifact"]:
            self.api.patch(f"/artifacts/{memo['artifact']}", {"data": data})
            return
        body = {
            "key": case.number.lower(),
            "type": "markdown",
            "description": f"Kartu {case.number}",
            "data": data,
            "flow_run_id": run,
        }
        memo["artifact"] = str(self.api.post("/artifacts/", body)["id"])

    def _draw_log(self, run: str, case: Case, memo: dict[str, Any]) -> None:
        fresh = [event for event in case.events if event.seq > memo["logged"]]
        lines = story(fresh, case.procedure, case.words, full=True)
        rows = [
            {
                "name": "siaga",
                "level": 20,
                "message": inert(f"{line.what}{': ' + line.text if line.text else ''}"[:2000]),
                "timestamp": line.at.isoformat(),
                "flow_run_id": run,
            }
            for line in lines
        ]
        if rows:
            self.api.post("/logs/", rows)
        memo["logged"] = case.events[-1].seq

    def _wait(self, run: str, case: Case, incident: Incident, stage: Stage) -> None:
        key = self._new_name()  # a used pause key would be re-run for ever
        keyset = {name: f"paused-{key}-{name}" for name in ("description", "response", "schema")}
        self.api.post(
            f"/flow_runs/{run}/input", {"key": keyset["schema"], "value": json.dumps(_form(case, incident, stage))}
        )
        description = f"**{case.number}**: catat jawaban lisan untuk *{case.procedure.step(stage.step).short}*."
        self.api.post(f"/flow_runs/{run}/input", {"key": keyset["description"], "value": json.dumps(description)})
        details = {"pause_key": key, "pause_reschedule": True, "run_input_keyset": keyset}
        name = f"Menunggu {case.procedure.role_label(stage.role)}"
        self._set_state(run, {"type": "PAUSED", "name": name, "state_details": details})

    def _set_state(self, run: str, state: dict[str, Any]) -> None:
        self.api.post(f"/flow_runs/{run}/set_state", {"state": state, "force": True})


def _form(case: Case, incident: Incident, stage: Stage) -> dict[str, Any]:
    """The Resume form as JSON Schema: the UI draws it, the server validates it, `handle_incident` reads it."""
    asked = [asked.person for asked in incident.current.asked] if incident.current else []
    people = [person for person in (case.directory.person(person_id) for person_id in asked) if person]
    names = list(dict.fromkeys(f"{person.name} ({person.id})" for person in people)) or ["-"]
    return {
        "title": "JawabanLisan",
        "type": "object",
        "additionalProperties": False,
        "required": ["jawaban", "pejabat"],
        "properties": {
            "jawaban": {
                "title": "Jawaban",
                "type": "string",
                "enum": [reply.decision for reply in stage.replies],
                "position": 0,
            },
            "pejabat": {"title": "Pejabat yang menjawab", "type": "string", "enum": names, "position": 1},
            "catatan": {"title": "Isi jawaban", "type": "string", "default": "", "position": 2},
            "pencatat": {"title": "Dicatat oleh", "type": "string", "default": "", "position": 3},
        },
    }


def card_markdown(case: Case, incident: Incident) -> str:
    """The incident card, the clocks and the story, as an admin reads them."""
    procedure, words = case.procedure, case.words
    standing = "Selesai"
    if incident.outcome:
        standing = procedure.outcome(incident.outcome).label
    elif incident.linked_to:
        standing = f"Digabung dengan {incident.linked_to}"
    elif incident.current:
        stage = procedure.stage(incident.current.stage)
        until = phrasing.clock(due(incident.current, stage))
        standing = f"Menunggu {procedure.role_label(stage.role)} sampai {until} WIB"
    card = phrasing.card(incident, words)
    summary = words.card["ringkasan"]  # long: a paragraph, because the UI does not wrap cells
    rows = "\n".join(f"| **{label}** | {_cell(value)} |" for label, value in card if label != summary)
    about = "\n\n".join(_cell(value) for label, value in card if label == summary)
    clocks = "\n".join(_clock_row(procedure, clock) for clock in incident.step_clocks(procedure))
    lines = "\n".join(
        f"- **{phrasing.clock(line.at)}** {_cell(line.what)}{': ' + _cell(line.text[:300]) if line.text else ''}"
        for line in story(case.events, procedure, words, full=True)
    )
    return (
        f"## {standing}\n\n| Kartu | {case.number} |\n|---|---|\n{rows}\n\n{about}\n\n"
        "### Waktu tiap langkah\n\n"
        "| No | Langkah | Tepat? | Baku | Mulai | Dijawab | Oleh |\n|---|---|---|---|---|---|---|\n"
        f"{clocks}\n\n"
        f"### Jalannya penanganan\n\n{lines}\n"
    )


def _clock_row(procedure: Procedure, clock: StepClock) -> str:
    verdict = {True: "ya", False: "**terlambat**", None: ""}[clock.on_time]
    cells = (
        str(clock.step),
        procedure.step(clock.step).short,
        verdict,
        phrasing.span(clock.standard),
        _hour(clock.started),
        _hour(clock.answered),
        _cell("; ".join(clock.by)),
    )
    return f"| {' | '.join(cells)} |"


def _hour(at: datetime | None) -> str:
    return phrasing.clock(at) if at else ""


def _cell(text: str) -> str:
    """A letter's words must not become markup, nor a link."""
    flat = inert(" ".join(text.split())).replace("\\", "\\\\")
    for sign in "|<>*_`[]#":
        flat = flat.replace(sign, f"\\{sign}")
    return flat
