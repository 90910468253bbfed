"""One sender, or many, write more than people do: it is kept and listed, and answered by nothing.

No mail is lost by this: it lies in quarantine, and Helpdesk finds it in the list of the next morning. What counts is
when the server took each: the mail of a morning that waited for the desk is no flood.
"""

from __future__ import annotations

import logging

from handlers.authenticity import authenticity
from handlers.ports import Ports
from handlers.settle_mail import set_apart
from handlers.tell_helpdesk import notify_helpdesk
from parsers.mails.message import Mail
from register.ledger import CollectedMail
from templates import phrasing

log = logging.getLogger(__name__)
FLOOD = "banjir"
FROM_ONE = 30
"""Mails an hour from one address; no office writes a letter a minute."""
FROM_OFFICIAL = 600
"""Officials answer many mails in a bad hour; a machine that answers in their name still ends here."""
GENERAL = 40
"""Mails an hour, from whomever, that Helpdesk is shown one by one although they report no emergency."""


def is_flood(ports: Ports, collected: CollectedMail, mail: Mail, *, has_token: bool) -> bool:
    """Whether its sender has written too often; then the mail is set apart, and Helpdesk told once an hour.

    What is proved to be a sender's own is counted by itself: nobody can shut out an official by forging their address.
    """
    directory = ports.directory()
    known = directory.by_address(mail.sender) or directory.by_aide(mail.sender)
    most = FROM_OFFICIAL if known and has_token else FROM_ONE
    proof = "kode" if has_token else authenticity(mail, ports.authserv_id)
    count = ports.recent.count(f"pengirim {mail.apparent_sender} {proof}", collected.id, collected.received)
    if count <= most:
        return False
    set_apart(ports, collected, FLOOD, mail.apparent_sender)
    if count == most + 1:
        _tell(ports, collected, mail.apparent_sender or "Pengirim tanpa alamat", most)
    return True


def too_many_to_show(ports: Ports, collected: CollectedMail) -> bool:
    """Whether Helpdesk has been shown so many general mails that this one had better stand in the list."""
    count = ports.recent.count("surat umum", collected.id, collected.received)
    if count == GENERAL + 1:
        _tell(ports, collected, "Berbagai pengirim", GENERAL)
    return count > GENERAL


def _tell(ports: Ports, collected: CollectedMail, who: str, most: int) -> None:
    """Helpdesk must know at once that mail is kept from them until the morning; once an hour is enough."""
    log.warning("banjir surel dari %s: selebihnya disisihkan", who)
    hour = f"{collected.received.astimezone(phrasing.WIB):%Y-%m-%d %H}"
    notify_helpdesk(ports, f"banjir {who} {hour}", "banjir_surel", {"pengirim": who, "jumlah": str(most)})
