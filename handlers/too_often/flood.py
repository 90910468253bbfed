"""One sender, or many, write more than people do: the rest is kept, gathered in lists, and answered by nothing.

Nobody is muted by that. What may be an emergency is listed for Helpdesk at once (`handlers/rounds/lists.py`), the
rest in the morning. What counts is when the server took each: the mail of a morning that waited for the desk is none.
"""

from __future__ import annotations

import logging

from handlers.meaning.letter_report import letter_in
from handlers.ports import Ports
from handlers.telling.helpdesk import notify_helpdesk
from handlers.trust.acquainted import is_acquainted
from handlers.trust.authenticity import authenticity
from handlers.what_became import set_apart
from outbox.queue import QueuedMail
from parsers.letters.kind import Look
from parsers.letters.material import mail_text
from parsers.letters.values import Letter, MailKind
from parsers.mails.headers import as_written
from parsers.mails.message import Mail
from readers.pool import Reading
from register import ledger
from register.ledger import CollectedMail
from register.recent_words import digest, words_in
from sop.mails import MailTemplate
from templates import phrasing

log = logging.getLogger(__name__)
FLOOD = "banjir"
MAY_BE_URGENT = ledger.MAY_BE_URGENT
FROM_ONE = 30
"""Mails an hour from one address; no office writes a letter a minute."""
STRANGERS = 10
"""Letters an hour of people we do not know that open an incident each, with its four mails; offices have less a day."""
BEYOND = 10
"""Reports an hour that are worked on although their sender has written too much: most of that may be forged."""
GENERAL = 40
"""Mails an hour, from whomever, that Helpdesk is shown one by one although they report no emergency."""
UNREADABLE = 10
"""Mails an hour that nobody can read and that Helpdesk gets as they came."""
FLOODS_TOLD = 5
"""Senders an hour that Helpdesk is told of by name; many names at once are made up."""


def is_flood(ports: Ports, collected: CollectedMail, mail: Mail, *, has_token: bool) -> bool:
    """Whether its sender has written too often; Helpdesk is told so once an hour.

    An answer with our code (`has_token`) is none: how often a machine is answered back is limited elsewhere. What is
    proved to be a sender's own is counted by itself, so that nobody uses it up by forging their address.
    """
    if has_token:
        return False
    name = _counted_as(ports, mail)
    count = ports.recent.count(f"pengirim {name}", collected.id, collected.received)
    if count == FROM_ONE + 1:
        _tell(ports, collected, mail.apparent_sender or "Pengirim tanpa alamat", FROM_ONE)
    return count > FROM_ONE


def keep_back(ports: Ports, collected: CollectedMail, reading: Reading, look: Look, asked: QueuedMail | None) -> str:
    """Set a mail of a flood apart. Returns what became of it; "" for one that is to be acted on all the same.

    It is read all the same, for the flood may be forged and the emergency that comes with it real.
    """
    mail = as_written(reading.mail, ports.address)
    if look.machine is not None:
        urgent = look.machine.trouble
    else:
        letter = letter_in(ports, reading, collected.received, look)
        if letter.kind is MailKind.INCIDENT:
            name = f"laporan dalam banjir {_counted_as(ports, mail)}"
            if ports.recent.count(name, collected.id, collected.received) <= BEYOND:
                return ""
        urgent = asked is not None or may_be_urgent(letter)
    if urgent:
        return list_at_once(ports, collected, mail, what_is_said(mail, reading.ask(mail_text, mail)))
    return set_apart(ports, collected, FLOOD, mail.apparent_sender)


def may_be_urgent(letter: Letter) -> bool:
    return letter.kind in (MailKind.INCIDENT, MailKind.FOLLOW_UP) or letter.trouble or bool(letter.unread)


def list_at_once(ports: Ports, collected: CollectedMail, mail: Mail, what: str) -> str:
    """Have Helpdesk shown a mail in the next list; mails of one sender that say the same (`what`) share a line."""
    return set_apart(ports, collected, MAY_BE_URGENT, f"{mail.apparent_sender or 'tanpa alamat pengirim'} #{what}")


def what_is_said(mail: Mail, text: str) -> str:
    """The same for mails that differ in numbers only, and enclose the same."""
    return digest(words_in(f"{mail.subject}\n{text}", [part.content for part in mail.attachments]).said)


def one_too_many(ports: Ports, collected: CollectedMail, mail: Mail) -> bool:
    """Whether a letter that would be worked on comes after so many of its kind that Helpdesk had better choose.

    People we know are limited each for themselves; strangers all together, or by the office whose name they bear.
    """
    if is_acquainted(ports, collected, mail):
        name = f"laporan {_counted_as(ports, mail)}"
        return ports.recent.count(name, collected.id, collected.received) > FROM_ONE
    office = ports.offices.by_address(mail.sender)
    return ports.recent.count(f"pelapor baru {office}", collected.id, collected.received) > STRANGERS


def too_many_to_show(ports: Ports, collected: CollectedMail) -> bool:
    """Whether Helpdesk has been shown so many general mails that this one had better stand in a list."""
    count = ports.recent.count("surat umum", collected.id, collected.received)
    if count == GENERAL + 1:
        _tell(ports, collected, "Berbagai pengirim", GENERAL)
    return count > GENERAL


def too_many_unreadable(ports: Ports, collected: CollectedMail) -> bool:
    """Whether Helpdesk has been sent so many mails that nobody can read that this one had better stand in a list."""
    return ports.recent.count("tidak terbaca", collected.id, collected.received) > UNREADABLE


def _counted_as(ports: Ports, mail: Mail) -> str:
    """Mail that is nobody's is counted by whose it seems to be."""
    return f"{mail.sender or f'? {mail.apparent_sender}'} {authenticity(mail, ports.authserv_id)}"


def _tell(ports: Ports, collected: CollectedMail, who: str, most: int) -> None:
    """Helpdesk must know at once that mail is kept from them until the morning; once an hour is enough."""
    hour = f"{collected.received.astimezone(phrasing.WIB):%Y-%m-%d %H}"
    if ports.recent.count("kabar banjir", f"{who} {hour}", collected.received) > FLOODS_TOLD:
        who = "Berbagai pengirim"
    log.warning("banjir surel dari %s: selebihnya disisihkan", who)
    notify_helpdesk(ports, f"banjir {who} {hour}", MailTemplate.FLOOD, {"pengirim": who, "jumlah": str(most)})
