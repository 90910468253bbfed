"""The same mail by another way: it belongs to the first, opens nothing, and tells nobody anything twice."""

from __future__ import annotations

from handlers.meaning.what_it_decides import PROPOSED, REFUSED
from handlers.ports import Ports
from handlers.too_often.flood import FLOOD, MAY_BE_URGENT
from handlers.too_often.repeated import REPEATED
from parsers.mails.again import CARRIED, Outline, is_same_again, outline, outline_of
from readers.pool import CannotRead, Overloaded, Reading
from register import ledger
from register.archive import ArchiveDamaged
from register.ledger import CollectedMail, State

MOST_COMPARED = 4
COUNTED = (State.DONE, State.PUT_OFF)
"""What nobody could read, or what was set apart, is nobody's original."""


def original_of(ports: Ports, collected: CollectedMail, reading: Reading) -> CollectedMail | None:
    """The mail of which this one is a copy: among those with its Message-ID, and the last ones of its author."""
    with ports.database.reading() as tx:
        by_author = ledger.earlier_by(tx, collected, MOST_COMPARED)
        by_id = ledger.by_message_ids(tx, [reading.mail.message_id]) if reading.mail.message_id else []
    others = {mail.id: mail for mail in (*by_id[:MOST_COMPARED], *by_author) if _may_be_original(mail, collected)}
    latest = by_author[0].id if by_author else ""
    new = reading.ask(outline, reading.mail) if others else None
    for mail in others.values():
        apart = abs(collected.received - mail.received)
        old = _outline(ports, mail)
        if new and old and is_same_again(new, old, apart, next_word=mail.id == latest):
            return mail
    return None


def _may_be_original(mail: CollectedMail, collected: CollectedMail) -> bool:
    """A refused or proposed answer is none: whoever forges an official's words must not make their own a copy; nor is a
    mail that was listed and not acted on.
    """
    if mail.id == collected.id or mail.state not in COUNTED:
        return False
    if mail.became in (ledger.COPY, ledger.OWN_COPY, REFUSED, PROPOSED):
        return False
    if mail.became in (MAY_BE_URGENT, FLOOD, REPEATED) and not mail.incident:
        return False
    return abs(collected.received - mail.received) <= CARRIED


def settle_copy(ports: Ports, collected: CollectedMail, original: CollectedMail) -> tuple[str, str]:
    """It is listed (`siaga surat --salinan`), and an answer to it finds the incident of the first."""
    with ports.database.writing() as tx:
        ledger.settle(tx, collected.id, ledger.COPY, original.incident, f"salinan dari {original.id}")
    return ledger.COPY, original.incident


def _outline(ports: Ports, mail: CollectedMail) -> Outline | None:
    try:
        return ports.readers.again(outline_of, ports.archive.get(mail.sha256))
    except (ArchiveDamaged, CannotRead, Overloaded):
        return None
