"""A server handed over a stand-in for a mail that it cannot convert: the mail itself may be an emergency."""

from __future__ import annotations

from handlers.ports import Ports
from handlers.telling.helpdesk import helpdesk_drafts
from handlers.what_became import queueing, settling
from parsers.mails.notices import Withheld
from register.ledger import CollectedMail
from sop.mails import MailTemplate

WITHHELD = "tertahan di server"


def tell_of_withheld(ports: Ports, collected: CollectedMail, stand_in: Withheld) -> str:
    """Helpdesk is told, once, to look into the mailbox. Returns what became of the stand-in."""
    said = (
        ("nomor", stand_in.number),
        ("subjek", stand_in.subject),
        ("dari", stand_in.sender),
        ("dikirim", stand_in.sent),
    )
    known = ", ".join(f"{name} {value}" for name, value in said if value)
    extra = {
        "tempat": known,
        "alasan": "server menyerahkan surel pengganti karena surel aslinya tidak dapat diubah bentuknya",
    }
    drafts = helpdesk_drafts(ports, collected.id, "", MailTemplate.WITHHELD, extra)  # the stand-in says nothing more
    with ports.database.writing() as tx:
        queueing(ports, drafts, settling(collected, WITHHELD, known))(tx, "")
    return WITHHELD
