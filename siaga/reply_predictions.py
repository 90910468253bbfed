"""The prediction format of the replies corpus: what an official's answer decides, as JSON values."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from parsers.documents.opening import open_document
from parsers.letters.kind import machine_kind
from parsers.mails.date_field import sent_at
from parsers.mails.enclosed import Opener
from parsers.mails.message import read_mail
from parsers.replies.answer import Answer, read_answer
from parsers.replies.handling_report import read_report
from parsers.replies.whole_answer import Question, read_whole_answer
from siaga.predictions import came_in
from siaga.reply_senders import Official, mentioned_role, sender_status, staff_of

_ACCEPTED = {
    "analisis": ("ya", "tidak"),
    "penerusan": ("teruskan", "kembalikan"),
    "disposisi": ("disposisi", "tidak", "kembalikan"),
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
_COMPARED = ("ya", "tidak", "acknowledge")


def reply_prediction(raw: bytes, folder: Path, case: str, opener: Opener = open_document) -> dict[str, Any]:
    """One reply; `context.json` says what was asked, `officials.json` who is who."""
    mail, officials = read_mail(raw), _officials(folder)
    context = _context(folder).get(case, {})
    status = sender_status(mail, officials)
    attachments = len([part for part in mail.attachments if part.attached and not part.filename.endswith(".p7s")])
    machine = machine_kind(mail)
    if machine is not None:
        known = None if str(machine) in ("bounce", "delay") else status
        return {"decision": str(machine), "text": None, "attachments": attachments, "sender_status": known}
    asked, number = context.get("ask", "analisis"), context.get("incident", "")
    accepted = _ACCEPTED.get(asked, ("ya", "tidak"))
    received = came_in(mail)
    sent = sent_at(mail.date, received) or received
    official = staff_of(mail.sender, officials)
    behind = official.addresses if official else ()
    whole = read_whole_answer(mail, Question(accepted, number, sent, context.get("subject", ""), behind), opener)
    answer, text, words = whole.answer, whole.text, whole.words
    if answer.kind == "ralat" and answer.details.get("instead"):
        answer = read_answer(str(answer.details["instead"]), accepted, sent, number)
    return _row(answer, text, words, sent, officials, context) | {"attachments": attachments, "sender_status": status}


def _row(
    answer: Answer, text: str, words: str, sent: datetime, officials: tuple[Official, ...], context: dict[str, Any]
) -> dict[str, Any]:
    decision, details = _AS_CORPUS.get(answer.decision, answer.decision), answer.details
    if answer.kind == "delegasi":
        decision = "delegate"
    compared = decision in _COMPARED
    report = None
    if decision == "report":
        read = read_report(words, sent)
        names = ("cause", "actions", "started_at", "finished_at", "status")
        report = {name: details.get(name) or getattr(read, name) or None for name in names}
    delegate = mentioned_role(str(details.get("delegate_to", "")), officials, context.get("asked_role", ""))
    return {
        "decision": decision,
        "text": text,
        "instructions": (details.get("instructions") if compared else None) or None,
        "assignee": (details.get("assignee") or details.get("assigned_to") or None) if compared else None,
        "deadline": (details.get("deadline") or None) if compared else None,
        "delegate_to": (delegate or None) if decision == "delegate" else None,
        "report": report,
    }


@cache
def _context(folder: Path) -> dict[str, Any]:
    path = folder / "context.json"
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return loaded


@cache
def _officials(folder: Path) -> tuple[Official, ...]:
    path = folder / "officials.json"
    rows = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return tuple(Official.from_row(row) for row in rows)
