"""Whether we know who writes: an official, an office of the province, whoever has reported before; else a stranger.

Everybody is heard. But strangers cost nothing to make up: of many at once the rest is gathered for Helpdesk.
"""

from __future__ import annotations

from handlers.ports import Ports
from handlers.trust.authenticity import failed_authentication
from parsers.mails.message import Mail
from register import ledger
from register.ledger import CollectedMail
from register.recent import SPAN
from sop.people import Directory

LATEST = 20
"""Mails of a sender among which an earlier report is looked for."""


def is_acquainted(ports: Ports, collected: CollectedMail, mail: Mail) -> bool:
    """Whether `mail` is by somebody we know, as far as nobody disproves it.

    Where no server checks who writes, a forged address is taken for what it says: in doubt it is an emergency.
    """
    if not mail.sender or failed_authentication(mail, ports.authserv_id):
        return False
    if is_official(ports.directory(), mail.sender):
        return True
    return _of_an_office(ports, mail.sender) or _has_reported(ports, collected)


def is_official(directory: Directory, address: str) -> bool:
    """Whether `address` is an official's, or one whose mail counts as theirs: of an aide."""
    return bool(directory.by_address(address) or directory.by_aide(address))


def _of_an_office(ports: Ports, sender: str) -> bool:
    """By its host: our own domain and what is below it, or one that bears an office's name.

    An office's name before the @ shows nothing, anybody may choose it.
    """
    host, own = sender.rpartition("@")[2], ports.address.rpartition("@")[2]
    return host == own or host.endswith(f".{own}") or bool(ports.offices.by_address(f"@{host}"))


def _has_reported(ports: Ports, collected: CollectedMail) -> bool:
    """Whether a mail of theirs belongs to an incident, since longer than a flood of strangers is counted."""
    with ports.database.reading() as tx:
        earlier = ledger.earlier_by(tx, collected, LATEST)
    return any(mail.incident and mail.received < collected.received - SPAN for mail in earlier)
