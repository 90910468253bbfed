"""The flow that runs when a deadline of the journal is due."""

from __future__ import annotations

from prefect import flow, task

from flows.here import office_here, run_name
from flows.poll_mailbox import deliver
from handlers.deadline_passed import act_on_deadlines


@task(name="Ingatkan dan alihkan")
def climb() -> list[str]:
    """Climb the ladders that are due."""
    return act_on_deadlines(office_here())


@flow(name="Awasi batas waktu", flow_run_name=lambda: run_name("Batas waktu"))
def watch_deadlines() -> str:
    """Remind, escalate, inform or go on. Returns one line on the incidents concerned."""
    concerned = climb()
    sent = deliver()
    return f"{', '.join(concerned) or '-'}; {sent} terkirim"
