"""Somebody reported by telephone or in the WhatsApp group, and Helpdesk enters it (SOP step 1, "lisan").

The note is archived like a letter before anything is done with it, and entering the same note again changes nothing.
Helpdesk hears of it at once, whoever entered it; the reporter's address is written to only if somebody knows it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from sqlalchemy import Connection

from handlers.carry_out import open_incident
from handlers.letter_arrived import like
from handlers.ports import Ports
from handlers.telling.helpdesk import helpdesk_drafts
from handlers.trust.known_reporters import is_known
from handlers.trust.may_be_answered import is_nobody
from outbox import queue
from parsers.letters.occurrence import began_at
from parsers.letters.services import failing_services, named_services
from parsers.letters.symptoms import has_symptom
from parsers.letters.whatsapp import read_chat
from parsers.words.subjects import as_subject
from register import ledger
from sop.facts import Opened
from sop.mails import MailTemplate
from sop.report import Report
from templates.characters import plain
from templates.phrasing import WIB

CHANNELS = {"telepon": "telepon", "wag": "WhatsApp"}


@dataclass(frozen=True, slots=True)
class OralReport:
    """What the form asks for.

    Attributes:
        entered_by: by which way it was entered, and by whom where that is known.
        reference: what makes two entries the same report, such as the id of the form's run; "" when nothing does.
        received: when the call came (aware); None means now.
    """

    channel: str
    opd: str
    description: str
    reporter: str = ""
    title: str = ""
    phone: str = ""
    email: str = ""
    place: str = ""
    entered_by: str = ""
    reference: str = ""
    received: datetime | None = None


def enter_oral_report(ports: Ports, said: OralReport) -> str:
    """Open an incident from an oral report and return its number. Raises: ValueError for an empty report."""
    if said.channel not in CHANNELS:
        raise ValueError(f"saluran harus salah satu dari: {', '.join(CHANNELS)}")
    if not said.description.strip() or not said.opd.strip():
        raise ValueError("perangkat daerah dan uraian gangguan harus diisi")
    said, received = _as_typed(said), said.received or ports.now()
    report = _unwritten(ports, _report(ports, said, received))
    note_id = hashlib.sha256(f"lisan:{said.reference or ports.new_name()}".encode()).hexdigest()
    note = _note(ports, said, report.hal or "", note_id, received)
    sha256 = ports.archive.put(note)

    def archive(tx: Connection, number: str) -> bool:
        message_id = f"lisan.{note_id[:24]}"
        new = ledger.enter(
            tx, None, mail_id=note_id, sha256=sha256, message_id=message_id, size=len(note), now=ports.now()
        )
        if not new or not ledger.settle(tx, note_id, "insiden", number):
            return False
        # The number is certain only here.
        extra = _said(said, report) | {"nomor_insiden": number, "alamat_kita": ports.address}
        for draft in helpdesk_drafts(ports, note_id, sha256, MailTemplate.ORAL_REPORT, extra):
            queue.put(tx, draft, ports.now())
        return True

    fact = Opened(said.channel, received, report, note_id, like(ports, report, received))
    if number := open_incident(ports, fact, archive):
        return number
    with ports.database.reading() as tx:
        known = ledger.collected_mail(tx, note_id)
    return known.incident if known else ""


def _as_typed(said: OralReport) -> OralReport:
    """Without what no face can hold; only the description has lines."""
    return replace(
        said,
        opd=_on_one_line(said.opd),
        description=plain(said.description),
        reporter=_on_one_line(said.reporter),
        title=_on_one_line(said.title),
        phone=_on_one_line(said.phone),
        email=_on_one_line(said.email),
        place=_on_one_line(said.place),
        entered_by=_on_one_line(said.entered_by),
    )


def _on_one_line(text: str) -> str:
    return " ".join(plain(text).split())


def _report(ports: Ports, said: OralReport, received: datetime) -> Report:
    """The fields of the report; a chat that was pasted as the description says itself who wrote it and when."""
    chat = read_chat(said.description).report(has_symptom) if said.channel == "wag" else None
    description = (chat.text if chat else said.description).strip()
    first_clause = _on_one_line(description.split(",", maxsplit=1)[0].split(". ", maxsplit=1)[0])
    return Report(
        jenis=said.channel,
        hal=f"Laporan {CHANNELS[said.channel]}: {as_subject(first_clause)}",
        pengirim=said.reporter.strip() or (chat.name if chat else ""),
        jabatan=said.title.strip(),
        telepon=said.phone.strip() or (chat.phone if chat else ""),
        email=said.email.strip().lower(),
        opd=ports.offices.in_text(said.opd) or said.opd.strip(),
        lokasi=said.place.strip(),
        waktu_kejadian=began_at(description, chat.at if chat else received),
        layanan=tuple(failing_services("", description) or named_services(description)),
        ringkasan=description[:600],
    )


def _unwritten(ports: Ports, report: Report) -> Report:
    """With what keeps us from writing to an address that somebody typed: no person reads it, or nobody knows it."""
    if not report.email:
        return report
    if is_nobody(report.email, ports.address):
        return replace(report, tanpa_balasan=report.email)
    return report if is_known(ports, report.email) else replace(report, belum_dikenal=True)


def _said(said: OralReport, report: Report) -> dict[str, str]:
    """What Helpdesk is told was entered."""
    return {
        "saluran": CHANNELS[said.channel],
        "oleh": said.entered_by or "Siaga",
        "opd": report.opd or "",
        "pengirim": ", ".join(filter(None, (report.pengirim, report.jabatan, report.telepon))),
        "teks": said.description.strip(),
        "alamat_asing": (report.email or "") if report.belum_dikenal else "",
    }


def _note(ports: Ports, said: OralReport, subject: str, note_id: str, received: datetime) -> bytes:
    """Helpdesk's note as a mail of its own, so that the archive holds every report in one form."""
    note = EmailMessage(policy=SMTP)
    note["From"], note["To"] = ports.address, ports.address
    note["Subject"] = subject
    note["Date"] = format_datetime(received.astimezone(WIB))
    note["Message-ID"] = f"<lisan.{note_id[:24]}@{ports.address.rpartition('@')[2]}>"
    lines = {
        "Saluran": CHANNELS[said.channel],
        "Perangkat daerah": said.opd,
        "Pelapor": said.reporter,
        "Jabatan": said.title,
        "Telepon": said.phone,
        "Surel": said.email,
        "Lokasi": said.place,
        "Dicatat lewat": said.entered_by,
        "Uraian": said.description,
    }
    note.set_content(
        "\n".join(f"{label:<18}: {value.strip()}" for label, value in lines.items() if value.strip()) + "\n"
    )
    return note.as_bytes()
