"""The case file of an incident in the Prefect UI: one flow run, drawn from the journal over the REST API.

The run waits in the state "Menunggu Kabid"; the SOP's steps are its task runs, running while an official's clock runs;
the card is a markdown artifact; the story stands in its log; Resume opens a form for an oral answer. All drawing lives
here, so that a new Prefect version fails loudly in one place.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count
from typing import Any

from flows.api import Api
from flows.case_card import Case, card_markdown
from flows.case_memo import Memo
from register.faces import Face
from sop.incident import Incident, StepClock
from sop.procedure import Procedure, Stage
from sop.story import story
from sop.who_reads import Audience
from templates.characters import plain
from templates.links import inert

DEPLOYMENT = "kasus"
TAG = "siaga"
"""Of all that is ours: the deployment gives it to its runs."""
LOGGER = "siaga"
"""Writes our lines in a run's log; Prefect's own loggers write there, too."""
RUNNING = {"type": "RUNNING", "name": "Berjalan"}
CALLED_OFF = {"type": "CANCELLED", "name": "Tidak dilanjutkan"}
MOST_ROWS = 200
"""The server gives no more at once."""


class CaseFiles:
    """Draws case files. `drawn` is what the register remembers of the last drawing."""

    def __init__(self, api: Api, deployment_id: str, new_name: Callable[[], str]) -> None:
        """`new_name`: what nothing else is called."""
        self.api, self.deployment_id, self._new_name = api, deployment_id, new_name
        self._finished: dict[str, str] = {}

    def draw(self, case: Case, drawn: Face) -> Face:
        """Bring the case file up to date and return what to remember. Drawing again changes nothing.

        Raises: httpx.HTTPError; then the next drawing goes on where this one stopped.
        """
        incident, memo = case.incident, Memo.read(drawn.memo)
        # A drawing that nobody remembers, of a desk that was killed or lost its journal, may be there.
        certain = self._finished.pop(case.number, "") == drawn.memo != ""
        run = drawn.ref or self._open(case, incident, memo)
        if incident.visits:
            self._draw_steps(run, case, incident, memo)
        self._draw_card(run, case, incident, memo, certain=certain)
        self._draw_log(run, case, memo, certain=certain)
        self._draw_title(run, case, incident, memo)
        if incident.outcome:
            label = case.procedure.outcome(incident.outcome).label
            self._set_state(run, {"type": "COMPLETED", "name": label})
        elif incident.current:
            self._wait(run, case, incident, case.procedure.stage(incident.current.stage))
        elif incident.linked_to:  # nobody is waited for: a pause without a form
            self._set_state(run, {"type": "PAUSED", "name": f"Digabung dengan {incident.linked_to}"})
        remembered = memo.written()
        if not incident.outcome:
            self._finished[case.number] = remembered
        return Face(case.number, incident.seq, run, remembered)

    def _open(self, case: Case, incident: Incident, memo: Memo) -> str:
        """Start as RUNNING: a run that never ran shows as "late" beside its name for ever."""
        name, tags = _name(case, incident), _tags(case, incident)
        body = {
            "name": name,
            "tags": tags,
            "parameters": {"nomor": case.number},
            "state": RUNNING,
            "idempotency_key": case.number,
        }
        opened = self.api.post(f"/deployments/{self.deployment_id}/create_flow_run", body)
        memo.title = _title(
            str(opened["name"]), list(opened["tags"])
        )  # it may have been there, and be called otherwise
        return str(opened["id"])

    def _draw_title(self, run: str, case: Case, incident: Incident, memo: Memo) -> None:
        """Who reports, and what does not work, may be read later than the incident was opened."""
        name, tags = _name(case, incident), _tags(case, incident)
        if memo.title != _title(name, tags):
            self.api.patch(f"/flow_runs/{run}", {"name": name, "tags": tags})
            memo.title = _title(name, tags)

    def _draw_steps(self, run: str, case: Case, incident: Incident, memo: Memo) -> None:
        """A step that is come to again after a correction gets a run of its own; what it showed before stays."""
        for clock in incident.step_clocks(case.procedure):
            key, state = str(clock.step), _step_state(clock)
            if clock.started is None:
                continue
            round_ = _round(case.procedure, incident, clock.step)
            if key not in memo.tasks or memo.rounds.get(key, round_) < round_:
                if memo.shown.get(key) == RUNNING["name"]:
                    self._set_step(memo, key, CALLED_OFF)
                self._start_step(run, case, clock.step, round_, memo)
            memo.rounds[key] = round_
            if memo.shown.get(key) != state["name"]:
                self._set_step(memo, key, state)

    def _start_step(self, run: str, case: Case, step: int, round_: int, memo: Memo) -> None:
        body = {
            "flow_run_id": run,
            "task_key": f"langkah-{step}",
            "dynamic_key": f"{step}.{round_}",
            "name": f"{step}  {case.procedure.step(step).short}",
            "state": RUNNING,
        }
        begun = self.api.post("/task_runs/", body)  # it may have been there, and be over
        memo.tasks[str(step)], memo.shown[str(step)] = str(begun["id"]), str(begun["state"]["name"])

    def _set_step(self, memo: Memo, key: str, state: dict[str, str]) -> None:
        self.api.post(f"/task_runs/{memo.tasks[key]}/set_state", {"state": state, "force": True})
        memo.shown[key] = state["name"]

    def _draw_card(self, run: str, case: Case, incident: Incident, memo: Memo, *, certain: bool) -> None:
        data = card_markdown(case, incident)
        if not memo.artifact and not certain:
            there = self.api.post("/artifacts/filter", {"flow_runs": {"id": {"any_": [run]}}, "limit": 1})
            memo.artifact = str(there[0]["id"]) if there else ""
        if memo.artifact:
            self.api.patch(f"/artifacts/{memo.artifact}", {"data": data})
            return
        body = {
            "key": case.number.lower(),
            "type": "markdown",
            "description": f"Kartu {case.number}",
            "data": data,
            "flow_run_id": run,
        }
        memo.artifact = str(self.api.post("/artifacts/", body)["id"])

    def _draw_log(self, run: str, case: Case, memo: Memo, *, certain: bool) -> None:
        fresh = [event for event in case.events if event.seq > memo.logged]
        lines = story(fresh, case.procedure, case.words, Audience.ADMIN)
        rows = [
            {
                "name": LOGGER,
                "level": 20,
                "message": plain(inert(f"{line.what}{': ' + line.text if line.text else ''}"[:2000])),
                "timestamp": line.at.isoformat(),
                "flow_run_id": run,
            }
            for line in lines
        ]
        if rows and not certain:
            there = Counter(self._logged(run, min(line.at for line in lines)))
            rows = [row for row in rows if not _taken(there, _told(row))]
        if rows:
            self.api.post("/logs/", rows)
        memo.logged = case.events[-1].seq

    def _logged(self, run: str, since: datetime) -> Iterator[tuple[datetime, str]]:
        """What the log tells from a moment on, in our words."""
        wanted = {"flow_run_id": {"any_": [run]}, "timestamp": {"after_": since.isoformat()}}
        for offset in count(0, MOST_ROWS):
            rows = self.api.post("/logs/filter", {"logs": wanted, "limit": MOST_ROWS, "offset": offset})
            yield from (_told(row) for row in rows if row["name"] == LOGGER)
            if len(rows) < MOST_ROWS:
                return

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


def _name(case: Case, incident: Incident) -> str:
    return plain(inert(f"{case.number} · {incident.report.opd or 'tanpa OPD'}"))


def _tags(case: Case, incident: Incident) -> list[str]:
    return [*(plain(case.words.services.get(name, name)) for name in incident.report.layanan or ()), TAG]


def _title(name: str, tags: list[str]) -> str:
    """All that a title says, to be compared."""
    return json.dumps([name, sorted(set(tags))])


def _step_state(clock: StepClock) -> dict[str, str]:
    if clock.called_off:
        return CALLED_OFF
    if clock.answered is None:
        return RUNNING
    return {"type": "COMPLETED", "name": "Terlambat" if clock.on_time is False else "Tepat waktu"}


def _round(procedure: Procedure, incident: Incident, step: int) -> int:
    """How many times an incident has come to a step."""
    names = {stage.name for stage in procedure.step(step).stages}
    there = [visit.stage in names for visit in incident.visits]
    return sum(here and not before for before, here in zip([False, *there], there, strict=False))


def _told(row: dict[str, Any]) -> tuple[datetime, str]:
    return datetime.fromisoformat(row["timestamp"]), str(row["message"])


def _taken(there: Counter[tuple[datetime, str]], told: tuple[datetime, str]) -> bool:
    """Whether one of these is there; it is then counted off."""
    there[told] -= 1
    return there[told] >= 0


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
