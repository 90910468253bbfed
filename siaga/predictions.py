"""The prediction formats of the corpora: what was understood of one mail, as JSON values."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from inbox.received import received_at
from office.clock import SystemClock
from office.offices_file import DEFAULT, read_offices
from parsers.letters.kind import machine_kind
from parsers.letters.letter import read_letter
from parsers.letters.material import mail_text
from parsers.letters.offices import Office, Offices
from parsers.letters.values import Field
from parsers.mails.reply_words import reply_text
from parsers.words.numbers import Numbers
from readers.pool import Reading
from sop.load import load_procedure

OWN_OFFICE = "Dinas Komunikasi, Informatika dan Statistik"


def came_in(raw: bytes) -> datetime:
    """When a mail that stands in a file came in, as the desk would have it of a server that does not say."""
    return received_at(raw, None, SystemClock().now())


def letter_prediction(reading: Reading, folder: Path, case: str) -> dict[str, Any]:
    """One letter in the format of the letters corpus."""
    numbers = Numbers((load_procedure().prefix,))
    letter = reading.ask(
        read_letter,
        reading.raw,
        _offices(folder),
        received=came_in(reading.raw),
        opener=reading.opener,
        numbers=numbers,
    )

    def value(field: Field) -> str | None:
        return field.value or None

    return {
        "kind": str(letter.kind),
        "jenis": value(letter.jenis),
        "nomor": value(letter.nomor),
        "tanggal": value(letter.tanggal),
        "sifat": value(letter.sifat),
        "hal": value(letter.hal),
        "pengirim": {
            "nama": value(letter.pengirim),
            "nip": value(letter.nip),
            "jabatan": value(letter.jabatan),
            "telepon": value(letter.telepon),
            "email": value(letter.email),
        },
        "narahubung": value(letter.narahubung),
        "opd": value(letter.opd),
        "layanan": list(letter.layanan),
        "lokasi": value(letter.lokasi),
        "waktu_kejadian": value(letter.waktu_kejadian),
        "ringkasan": letter.ringkasan,
        "attachments": letter.attachments,
        "rujukan": value(letter.rujukan),
    }


def mail_prediction(reading: Reading, folder: Path, case: str) -> dict[str, Any]:
    """One mail in the format of the real-mail collection."""
    mail = reading.mail
    kind = reading.ask(machine_kind, mail)
    classes = {"bounce": "bounce", "delay": "bounce", "auto_reply": "auto_reply", "read_receipt": "mdn"}
    return {
        "class": classes.get(str(kind), "message") if kind else "message",
        "subject": mail.subject,
        "from": mail.apparent_sender,
        "attachments": [part.filename for part in mail.attachments if part.filename],
        "text": reading.ask(mail_text, mail),
        "reply_text": reading.ask(reply_text, mail),
        "bounced": list(mail.bounce.addresses) if mail.bounce else [],
        "error": None,
    }


@cache
def _offices(folder: Path) -> Offices:
    """The folder's own `opd.json` where it has one, else the offices that are shipped."""
    listed = folder / "opd.json"
    if not listed.exists():
        return read_offices(DEFAULT, own=OWN_OFFICE)
    rows = json.loads(listed.read_text(encoding="utf-8"))
    return Offices([Office(row["nama"], tuple(row["singkatan"])) for row in rows], own=OWN_OFFICE)
