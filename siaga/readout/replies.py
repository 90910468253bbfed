"""An official's reply, as `siaga read replies` writes it: what it decides, and whose it is."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from parsers.letters.kind import machine_kind
from parsers.mails.date_field import sent_at
from parsers.replies.answer import Answer, read_answer
from parsers.replies.handling_report import read_report
from parsers.replies.whole_answer import Question, read_whole_answer
from readers.pool import Reading
from siaga.readout.beside import Asked, asked, came_in, officials
from siaga.readout.senders import Official, mentioned_role, sender_status, staff_of

_ACCEPTED = {
    "analisis": ("ya", "tidak"),
    "penerusan": ("teruskan", "kembalikan"),
    "disposisi": ("disposisi", "tidak", "kembalikan"),
    "laporan": ("laporan", "progres", "minta_waktu"),
    "penerimaan": ("diterima", "kembalikan"),
}
_SAID_AS = {
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


def reply_row(reading: Reading, folder: Path, case: str) -> dict[str, object]:
    """What the reply decides, by what the folder says was asked in this case, and of whom. Raises: as `Reading.ask`."""
    mail, known, was_asked = reading.mail, officials(folder), asked(folder, case)
    status = sender_status(mail, known)
    attachments = len([part for part in mail.attachments if part.attached and not part.filename.endswith(".p7s")])
    machine = reading.ask(machine_kind, mail)
    if machine is not None:
        by = None if str(machine) in ("bounce", "delay") else status
        return {"decision": str(machine), "text": None, "attachments": attachments, "sender_status": by}
    accepted = _ACCEPTED.get(was_asked.question, ("ya", "tidak"))
    received = came_in(reading.raw)
    sent = sent_at(mail.date, received) or received
    official = staff_of(mail.sender, known)
    behind = official.addresses if official else ()
    question = Question(accepted, was_asked.incident, sent, was_asked.subject, behind)
    whole = reading.ask(read_whole_answer, mail, question, reading.opener)
    answer, text, words = whole.answer, whole.text, whole.words
    if answer.kind == "ralat" and answer.details.instead:
        answer = reading.ask(read_answer, answer.details.instead, accepted, sent, was_asked.incident)
    told = {"report": _report(reading, answer, words, sent), "attachments": attachments, "sender_status": status}
    return _decided(answer, text, known, was_asked) | told


def _report(reading: Reading, answer: Answer, words: str, sent: datetime) -> dict[str, object] | None:
    if _SAID_AS.get(answer.decision) != "report":
        return None
    read = reading.ask(read_report, words, sent)
    names = ("cause", "actions", "started_at", "finished_at", "status")
    return {name: getattr(answer.details, name) or getattr(read, name) or None for name in names}


def _decided(answer: Answer, text: str, known: tuple[Official, ...], was_asked: Asked) -> dict[str, object]:
    decision, details = _SAID_AS.get(answer.decision, answer.decision), answer.details
    if answer.kind == "delegasi":
        decision = "delegate"
    compared = decision in _COMPARED
    delegate = mentioned_role(details.delegate_to, known, was_asked.role)
    return {
        "decision": decision,
        "text": text,
        "instructions": (details.instructions if compared else None) or None,
        "assignee": (details.assignee or details.assigned_to or None) if compared else None,
        "deadline": (details.deadline or None) if compared else None,
        "delegate_to": (delegate or None) if decision == "delegate" else None,
    }
