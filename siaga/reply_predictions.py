"""The prediction format of the replies corpus: what an official's answer decides, as JSON values."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from parsers.letters.kind import machine_kind
from parsers.mails.date_field import sent_at
from parsers.replies.answer import Answer, read_answer
from parsers.replies.handling_report import read_report
from parsers.replies.whole_answer import Question, read_whole_answer
from readers.pool import Reading
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


def reply_prediction(reading: Reading, folder: Path, case: str) -> dict[str, Any]:
    """One reply; `context.json` says what was asked, `officials.json` who is who."""
    mail, officials = reading.mail, _officials(folder)
    context = _context(folder).get(case, {})
    status = sender_status(mail, officials)
    attachments = len([part for part in mail.attachments if part.attached and not part.filename.endswith(".p7s")])
    machine = reading.ask(machine_kind, mail)
    if machine is not None:
        known = None if str(machine) in ("bounce", "delay") else status
        return {"decision": str(machine), "text": None, "attachments": attachments, "sender_status": known}
    asked, number = context.get("ask", "analisis"), context.get("incident", "")
    accepted = _ACCEPTED.get(asked, ("ya", "tidak"))
    received = came_in(reading.raw)
    sent = sent_at(mail.date, received) or received
    official = staff_of(mail.sender, officials)
    behind = official.addresses if official else ()
    question = Question(accepted, number, sent, context.get("subject", ""), behind)
    whole = reading.ask(read_whole_answer, mail, question, reading.opener)
    answer, text, words = whole.answer, whole.text, whole.words
    if answer.kind == "ralat" and answer.details.get("instead"):
        answer = reading.ask(read_answer, str(answer.details["instead"]), accepted, sent, number)
    told = {"report": _report(reading, answer, words, sent), "attachments": attachments, "sender_status": status}
    return _row(answer, text, officials, context) | told


def _report(reading: Reading, answer: Answer, words: str, sent: datetime) -> dict[str, Any] | None:
    if _AS_CORPUS.get(answer.decision) != "report":
        return None
    read = reading.ask(read_report, words, sent)
    names = ("cause", "actions", "started_at", "finished_at", "status")
    return {name: answer.details.get(name) or getattr(read, name) or None for name in names}


def _row(answer: Answer, text: str, officials: tuple[Official, ...], context: dict[str, Any]) -> dict[str, Any]:
    decision, details = _AS_CORPUS.get(answer.decision, answer.decision), answer.details
    if answer.kind == "delegasi":
        decision = "delegate"
    compared = decision in _COMPARED
    delegate = mentioned_role(str(details.get("delegate_to", "")), officials, context.get("asked_role", ""))
    return {
        "decision": decision,
        "text": text,
        "instructions": (details.get("instructions") if compared else None) or None,
        "assignee": (details.get("assignee") or details.get("assigned_to") or None) if compared else None,
        "deadline": (details.get("deadline") or None) if compared else None,
        "delegate_to": (delegate or None) if decision == "delegate" else None,
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
