"""The prediction formats of the corpora: what was understood of one mail, as JSON values."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from office.offices_file import DEFAULT, read_offices
from parsers.answer import read_answer, reply_text
from parsers.documents.sandbox import open_document
from parsers.enclosed import Opener
from parsers.kind import machine_kind
from parsers.letter import mail_text, read_letter
from parsers.message import read_mail
from parsers.offices import Office, Offices
from parsers.values import Field

OWN_OFFICE = "Dinas Komunikasi, Informatika dan Statistik"
_ACCEPTED = {
    "analisis": ("ya", "tidak"),
    "penerusan": ("teruskan", "kembalikan"),
    "disposisi": ("disposisi", "tidak"),
    "laporan": ("laporan", "progres", "minta_waktu"),
    "penerimaan": ("diterima", "kembalikan"),
}
_AS_CORPUS = {
    "": "unclear",
    "teruskan": "acknowledge",
    "diterima": "acknowledge",
    "disposisi": "ya",
    "kembalikan": "tidak",
    "laporan": "report",
    "progres": "report",
    "minta_waktu": "unclear",
}


def letter_prediction(raw: bytes, folder: Path, case: str, opener: Opener = open_document) -> dict[str, Any]:
    """One letter in the format of the letters corpus."""
    letter = read_letter(raw, _offices(folder), opener=opener)

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


def reply_prediction(raw: bytes, folder: Path, case: str) -> dict[str, Any]:
    """One reply in the format of the replies corpus; `context.json` says what was asked."""
    mail = read_mail(raw)
    machine = machine_kind(mail)
    if machine is not None:
        return {"decision": str(machine), "text": None}
    asked = _context(folder).get(case, {}).get("ask", "analisis")
    text = reply_text(mail)
    answer = read_answer(text, _ACCEPTED.get(asked, ("ya", "tidak")), mail.date or datetime.now(UTC))
    details = dict(answer.details)
    row: dict[str, Any] = {
        "decision": _AS_CORPUS.get(answer.decision, answer.decision),
        "text": text,
        "instructions": None,
        "assignee": details.get("assignee"),
        "deadline": None,
        "delegate_to": None,
        "attachments": len([part for part in mail.attachments if part.attached]),
        "report": None,
    }
    if row["decision"] == "report":
        row["report"] = {
            "cause": details.get("cause", ""),
            "actions": details.get("actions", ""),
            "started_at": details.get("started_at") or None,
            "finished_at": details.get("finished_at") or None,
            "status": details.get("status", "proses"),
        }
    return row


def mail_prediction(raw: bytes, folder: Path, case: str) -> dict[str, Any]:
    """One mail in the format of the real-mail collection."""
    mail = read_mail(raw)
    kind = machine_kind(mail)
    classes = {"bounce": "bounce", "delay": "bounce", "auto_reply": "auto_reply", "read_receipt": "mdn"}
    return {
        "class": classes.get(str(kind), "message") if kind else "message",
        "subject": mail.subject,
        "from": mail.sender,
        "attachments": [part.filename for part in mail.attachments if part.filename],
        "text": mail_text(mail),
        "reply_text": reply_text(mail),
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


@cache
def _context(folder: Path) -> dict[str, Any]:
    path = folder / "context.json"
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return loaded
