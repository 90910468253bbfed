"""Somebody reported by telephone or in the WhatsApp group, and Helpdesk enters it (SOP step 1, "lisan").

The note is archived like a letter before anything is done with it, and entering the same note again changes nothing.
Helpdesk hears of it at once, whoever entered it; the reporter's address is written to only if somebody knows it.
"""

from __future__ import annotations

import hashlib
import re
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
from parsers.letters.card_values import office_doubt, since_when
from parsers.letters.occurrence import began_at
from parsers.letters.services import failing_services, named_services
from parsers.letters.summary import shortened
from parsers.letters.symptoms import has_symptom
from parsers.letters.whatsapp import read_chat
from parsers.words.dates import CLOCKS_DIFFER
from parsers.words.subjects import as_subject
from register import ledger
from sop.facts import Opened
from sop.mails import MailTemplate
from sop.report import Report
from templates.characters import plain
from templates.phrasing import WIB, written_moment

CHANNELS = {"telepon": "telepon", "wag": "WhatsApp"}
ADDRESS = re.compile(
    r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.IGNORECASE | re.ASCII
)
"""One addr-spec and nothing else."""


@dataclass(frozen=True, slots=True)
class OralReport:
    """What the form asks for.

    Attributes:
        entered_by: by which way it was entered, and by whom where that is known.
        reference: what makes two entries the same report, such as the id of the form's run; "" when nothing does.
        received: when the call came (aware); None means now.
        called: the same, as it was typed; "" for nothing.
        since: since when it fails, as it was typed; "" leaves it to the description.
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
    called: str = ""
    since: str = ""


def enter_oral_report(ports: Ports, said: OralReport) -> str:
    """Open an incident from an oral report and return its number.

    Raises: ValueError, in Indonesian, for what cannot be entered so: nothing is lost, whoever typed it mends it.
    """
    if said.channel not in CHANNELS:
        raise ValueError(f"saluran harus salah satu dari: {', '.join(CHANNELS)}")
    if not said.description.strip() or not said.opd.strip():
        raise ValueError("perangkat daerah dan uraian gangguan harus diisi")
    said = _as_typed(said)
    received = _when_called(ports, said)
    said = replace(said, opd=_office(ports, said.opd), since=_since(said, received))
    if said.email and not ADDRESS.fullmatch(said.email):
        raise ValueError(
            f"surel “{said.email}” bukan satu alamat surel; tulis misalnya nama@dinas.contoh.example, atau kosongkan"
        )
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

    fact = Opened(said.channel, received, report, note_id, like(ports, report, received), archived=sha256)
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
        called=_on_one_line(said.called),
        since=_on_one_line(said.since),
    )


def _office(ports: Ports, typed: str) -> str:
    """The office's name; as typed where none is listed so: a report is not refused for that. Raises: ValueError."""
    names = ports.offices.fitting(typed)
    if len(names) > 1:
        raise ValueError(f"perangkat daerah {office_doubt(names, typed)}")
    return names[0] if names else typed


def _when_called(ports: Ports, said: OralReport) -> datetime:
    """When the call came: said (`received`), typed, or now. Raises: ValueError for a time that is none, or to come."""
    now = ports.now()
    if said.called:
        typed = since_when(said.called, now, hour_needed=True)
        if typed.doubt:
            raise ValueError(f"waktu lapor: {typed.doubt}")
        return datetime.fromisoformat(typed.text)
    received = said.received or now
    if received > now + CLOCKS_DIFFER:
        raise ValueError("waktu lapor belum tiba")
    return min(received, now)


def _since(said: OralReport, received: datetime) -> str:
    """Since when it fails, ISO 8601; "" where only the description says so. Raises: ValueError, as `_when_called`."""
    if not said.since:
        return ""
    typed = since_when(said.since, received)
    if typed.doubt:
        raise ValueError(f"sejak: {typed.doubt}")
    return typed.text


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
        opd=said.opd,
        lokasi=said.place.strip(),
        waktu_kejadian=said.since or began_at(description, chat.at if chat else received),
        layanan=tuple(failing_services("", description) or named_services(description)),
        ringkasan=shortened(description),
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
        "Sejak": written_moment(said.since),
        "Dicatat lewat": said.entered_by,
        "Uraian": said.description,
    }
    note.set_content(
        "\n".join(f"{label:<18}: {value.strip()}" for label, value in lines.items() if value.strip()) + "\n"
    )
    return note.as_bytes()
