"""Somebody reported by telephone or in the WhatsApp group, and Helpdesk enters it (SOP step 1, "lisan")."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from handlers.carry_out import open_incident
from handlers.ports import Ports
from parsers.services import failing_services, named_services
from sop.decide import Opened

CHANNELS = ("telepon", "wag")


@dataclass(frozen=True, slots=True)
class OralReport:
    """What the form asks for. `received` is when the call came; None means now."""

    channel: str
    opd: str
    description: str
    reporter: str = ""
    title: str = ""
    phone: str = ""
    email: str = ""
    place: str = ""
    received: datetime | None = None


def enter_oral_report(ports: Ports, said: OralReport) -> str:
    """Open an incident from an oral report and return its number. Raises: ValueError for an empty report."""
    if said.channel not in CHANNELS:
        raise ValueError(f"saluran harus salah satu dari: {', '.join(CHANNELS)}")
    if not said.description.strip() or not said.opd.strip():
        raise ValueError("perangkat daerah dan uraian gangguan harus diisi")
    services = failing_services("", said.description) or named_services(said.description)
    report = {
        "opd": ports.offices.in_text(said.opd) or said.opd.strip(),
        "hal": f"Laporan {'telepon' if said.channel == 'telepon' else 'WhatsApp'}: {said.description.strip()[:80]}",
        "pengirim": said.reporter.strip(),
        "jabatan": said.title.strip(),
        "telepon": said.phone.strip(),
        "email": said.email.strip().lower(),
        "lokasi": said.place.strip(),
        "layanan": list(services),
        "ringkasan": said.description.strip()[:600],
        "jenis": said.channel,
    }
    verdict = open_incident(ports, Opened(said.channel, said.received or ports.now(), report))
    assert verdict is not None  # nothing_else never refuses
    return verdict.incident.number
