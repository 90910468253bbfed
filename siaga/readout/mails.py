"""Any mail, as `siaga read mails` writes it."""

from __future__ import annotations

from pathlib import Path

from parsers.letters.kind import machine_kind
from parsers.letters.material import mail_text
from parsers.mails.reply_words import reply_text
from readers.pool import Reading

_CLASSES = {"bounce": "bounce", "delay": "bounce", "auto_reply": "auto_reply", "read_receipt": "mdn"}


def mail_row(reading: Reading, folder: Path, case: str) -> dict[str, object]:
    """What came, whoever wrote it; `folder` and `case` say nothing here. Raises: as `Reading.ask`."""
    mail = reading.mail
    kind = reading.ask(machine_kind, mail)
    return {
        "class": _CLASSES.get(str(kind), "message") if kind else "message",
        "subject": mail.subject,
        "from": mail.apparent_sender,
        "attachments": [part.filename for part in mail.attachments if part.filename],
        "text": reading.ask(mail_text, mail),
        "reply_text": reading.ask(reply_text, mail),
        "bounced": list(mail.bounce.addresses) if mail.bounce else [],
        "error": None,
    }
