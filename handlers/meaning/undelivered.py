"""A mail of ours did not reach its reader: a server refused it, or it came back."""

from __future__ import annotations

from outbox.queue import QueuedMail
from sop.facts import Undelivered


def undelivered(mail: QueuedMail, reason: str, bounce: str = "") -> Undelivered:
    """That a mail of ours did not reach its reader. `bounce`: id of the mail that says so."""
    return Undelivered(
        mail.key, mail.recipient, reason, bounce, mail.template, mail.person, mail.stage, mail.visit, mail.asks
    )
