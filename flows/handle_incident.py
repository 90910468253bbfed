"""The flow behind the case file: runs when an admin resumes it with an oral answer."""

from __future__ import annotations

import json
import re
from typing import Any
from uuid import UUID

from prefect import flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State, StateDetails, StateType
from prefect.runtime import flow_run
from prefect.states import Completed

from flows.here import office_here
from handlers.admin_answered import NotWaiting, record_oral_answer
from handlers.send_mail import send_due_mail


@flow(name="Tangani insiden")
def handle_incident(nomor: str = "") -> State[Any]:
    """Journal the answer first, then send what follows. The painter then draws the case file as waiting again."""
    answer = _answer_of(str(flow_run.id))
    if not answer:
        return Completed(name="Tidak ada jawaban", message="Catat jawaban lisan lewat Resume pada berkas insidennya.")
    person = re.search(r"\(([^()]+)\)\s*$", str(answer.get("pejabat", "")))
    name, message = "Jawaban dicatat", ""
    try:
        record_oral_answer(
            office_here(),
            nomor,
            str(answer["jawaban"]),
            str(answer.get("catatan") or ""),
            person.group(1) if person else "",
            str(answer.get("pencatat") or "admin"),
        )
    except NotWaiting as error:
        name, message = "Jawaban tidak dapat dicatat", str(error)
    send_due_mail(office_here())
    # A fresh pause key each time: returning a used one would run this flow for ever.
    details = StateDetails(pause_key=office_here().new_name(), pause_reschedule=True)
    return State(type=StateType.PAUSED, name=name, message=message, state_details=details)


def _answer_of(run_id: str) -> dict[str, Any]:
    """What the admin wrote into the form of the last pause that had one."""
    with get_client(sync_client=True) as client:
        states = client.read_flow_run_states(UUID(run_id))
        paused = [s for s in states if s.type is StateType.PAUSED and s.state_details.run_input_keyset]
        if not paused:
            return {}
        keyset = max(paused, key=lambda state: state.timestamp).state_details.run_input_keyset or {}
        response = client.request(
            "POST",
            "/flow_runs/{id}/input/filter",
            path_params={"id": run_id},
            json={"prefix": keyset["response"], "limit": 1},
        )
    rows = response.json()
    return dict(json.loads(rows[0]["value"])) if rows else {}
