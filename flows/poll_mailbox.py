"""The flow that takes what is in the mailbox: one run a batch."""

from __future__ import annotations

from typing import Any

from prefect import flow, task
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.here import office_here, run_name
from handlers.rounds.intake import act_on_waiting_mail, collect_waiting_mail
from handlers.send_mail import send_due_mail
from register import ledger


@task(name="Ambil surat")
def collect() -> int:
    """Archive what is new in the watched mailboxes."""
    return collect_waiting_mail(office_here()).new


@task(name="Baca dan tindak lanjuti")
def act() -> list[str]:
    """Read what waits and act on it."""
    return [f"{done.became} {done.incident}".strip() for done in act_on_waiting_mail(office_here())]


@task(name="Kirim surat")
def deliver() -> int:
    """Send what came of it."""
    return len(send_due_mail(office_here()))


@flow(name="Periksa kotak surat", flow_run_name=lambda: run_name("Kotak surat"))
def poll_mailbox() -> State[Any]:
    """Take, read, act, answer. The run ends with one line on what became of the mails, and says it by name when a mail
    could not be read.
    """
    new = collect()
    became = act()
    sent = deliver()
    name = "Ada surat tidak terbaca" if ledger.State.UNREADABLE in became else None
    return Completed(name=name, message=f"{new} surat baru ({', '.join(became) or '-'}), {sent} terkirim")
