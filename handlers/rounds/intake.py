"""The rounds of a desk: what is done when mail came, when time passed, when mail is due. `flows/` says when.

Plain functions, so that a desk without Prefect does exactly the same. When several desks work on one journal, one of
them takes in mail for all; the others step in when it has not renewed its lease.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from handlers.care.heads import take_head
from handlers.collect_mail import collect_mail
from handlers.mail_arrived import Handled, act_on_mail
from handlers.ports import Ports
from handlers.rounds.lists import list_at_once, list_set_apart
from inbox.mailbox import Mailbox, MailboxError
from readers.pool import Interrupted
from register import leases, ledger

log = logging.getLogger(__name__)


class IntakePorts(Ports, Protocol):
    """The ports, and the mailboxes that are watched."""

    def collecting(self) -> AbstractContextManager[Sequence[Mailbox]]:
        """The watched mailboxes, for one thread at a time."""


@dataclass(slots=True)
class Collected:
    """How many mails were new, and which mailboxes could not be used."""

    new: int = 0
    faults: list[MailboxError] = field(default_factory=list)


def collect_waiting_mail(ports: IntakePorts) -> Collected:
    """Collect from every watched mailbox; one that is out of order holds up no other.

    Raises: OSError (archive full), JournalUnavailable.
    """
    collected = Collected()
    if not _intake_is_ours(ports):
        return collected
    with ports.collecting() as mailboxes:
        for mailbox in mailboxes:
            try:
                collected.new += collect_mail(ports, mailbox)
            except MailboxError as fault:
                log.warning("%s", fault)
                collected.faults.append(fault)
        take_head(ports)
        list_set_apart(ports)
        if len(collected.faults) == len(mailboxes):  # we see nothing: whoever sees something may take over
            with ports.database.writing() as tx:
                leases.let_go(tx, leases.INTAKE, ports.desk)
    return collected


def act_on_waiting_mail(ports: Ports) -> list[Handled]:
    """Act on every collected mail, oldest first; each stands alone."""
    done: list[Handled] = []
    tried: set[str] = set()
    while True:
        with ports.database.reading() as tx:
            batch = [mail for mail in ledger.waiting(tx) if mail.id not in tried]
        if not batch or not _renewed(ports):  # acting takes time: the whole of the lease lies ahead
            break
        for mail in batch:
            tried.add(mail.id)
            try:
                done.append(act_on_mail(ports, mail))
            except Interrupted:
                return done  # the desk is closing; what has not been read waits
        list_at_once(ports)
    return done


def _intake_is_ours(ports: Ports) -> bool:
    with ports.database.reading() as tx:
        if leases.held(tx, leases.INTAKE, ports.desk, ports.now()):
            return True
    return _renewed(ports)


def _renewed(ports: Ports) -> bool:
    with ports.database.writing() as tx:
        return leases.hold(tx, leases.INTAKE, ports.desk, ports.now())
