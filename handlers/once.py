"""One round of everything, for cron and for measurement: take, act, send, draw."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from handlers.collect_mail import collect_mail
from handlers.compile_papers import compile_papers, papers_due
from handlers.deadline_passed import act_on_deadlines
from handlers.draw_register import draw_register
from handlers.mail_arrived import Handled
from handlers.rounds import act_on_waiting_mail
from handlers.send_mail import SendingPorts, send_due_mail
from inbox.mailbox import Mailbox
from register.workbook import WorkbookBusy

log = logging.getLogger(__name__)


class OncePorts(SendingPorts, Protocol):
    """What a whole round needs besides the ports."""

    @property
    def register_folder(self) -> Path:
        """Where the workbooks are."""

    @property
    def papers_folder(self) -> Path:
        """Where the papers are."""

    def new_mailbox(self) -> Mailbox:
        """A connection to the official mailbox."""


@dataclass(frozen=True, slots=True)
class Round:
    """What was done."""

    collected: int
    acted: list[Handled]
    sent: int


def work_once(office: OncePorts) -> Round:
    """Take what is in the mailbox, act, send what is due, draw workbook and papers. Raises: MailboxError."""
    mailbox = office.new_mailbox()
    try:
        collected = collect_mail(office, mailbox)
    finally:
        mailbox.close()
    acted = act_on_waiting_mail(office)
    act_on_deadlines(office)
    sent = send_due_mail(office)
    try:
        draw_register(office, office.register_folder)
    except WorkbookBusy as busy:
        log.warning("%s; digambar nanti", busy)
    for number in papers_due(office):
        compile_papers(office, office.papers_folder, number)
    return Round(collected, acted, sent)
