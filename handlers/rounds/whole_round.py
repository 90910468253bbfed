"""One round of everything, for cron and for measurement: take, act, send, draw."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from handlers.deadline_passed import act_on_deadlines
from handlers.faces.compile_papers import compile_due_papers, compile_papers
from handlers.faces.draw_register import draw_register
from handlers.mail_arrived import Handled
from handlers.read_again import read_what_is_unread
from handlers.rounds.intake import IntakePorts, act_on_waiting_mail, collect_waiting_mail
from handlers.send_mail import SendingPorts, send_due_mail
from inbox.mailbox import MailboxError
from outbox import queue
from register.workbook import WorkbookBusy

log = logging.getLogger(__name__)


class OncePorts(IntakePorts, SendingPorts, Protocol):
    """What a whole round needs besides the ports."""

    @property
    def register_folder(self) -> Path:
        """Where the workbooks are."""

    @property
    def papers_folder(self) -> Path:
        """Where the papers are."""


@dataclass(frozen=True, slots=True)
class Round:
    """What was done, which mailboxes could not be used, and what could not be sent."""

    collected: int
    acted: list[Handled]
    sent: int
    faults: list[MailboxError]
    unsent: queue.Unsent


def work_once(office: OncePorts) -> Round:
    """Take what is in the mailboxes, act, send until nothing is due, draw workbook and papers.

    Raises: OSError when the disk is full or broken; JournalUnavailable.
    """
    collected = collect_waiting_mail(office)
    acted = act_on_waiting_mail(office)
    act_on_deadlines(office)
    sent = send_all_due(office)
    if read_what_is_unread(office):
        sent += send_all_due(office)
    try:
        draw_register(office, office.register_folder)
    except WorkbookBusy as busy:
        log.warning("%s; digambar nanti", busy)
    folder = office.papers_folder
    if fault := compile_due_papers(office, folder, lambda number: compile_papers(office, folder, number)):
        raise fault
    with office.database.reading() as tx:
        unsent = queue.unsent(tx)
    return Round(collected.new, acted, sent, collected.faults, unsent)


def send_all_due(office: SendingPorts) -> int:
    """Send, portion by portion, until nothing is due or the server takes no more. Returns how many went out."""
    sent = 0
    while tried := send_due_mail(office):
        sent += sum(delivery.state is queue.State.SENT for delivery in tried)
    return sent
