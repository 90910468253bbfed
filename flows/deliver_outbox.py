"""The flow that sends what is due: what had to wait, and what a crash left behind."""

from __future__ import annotations

from prefect import flow

from flows.here import run_name
from flows.poll_mailbox import deliver


@flow(name="Kirim surat keluar", flow_run_name=lambda: run_name("Surat keluar"))
def deliver_outbox() -> str:
    """Send what is due. Returns one line."""
    return f"{deliver()} terkirim"
