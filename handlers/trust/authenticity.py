"""Whether a mail's sender is genuine: what our own receiving server says (RFC 8601), and where it says nothing, what
the mail's signatures prove.

What others wrote into the mail proves nothing: only the field of our own server is read, and of several the topmost.
"""

from __future__ import annotations

from enum import StrEnum

from handlers.ports import Ports
from parsers.mails.auth_results import AuthResults, names_domain, read_results
from parsers.mails.message import Mail
from register.ledger import CollectedMail

NAMELESS = "tanpa-nama"
"""`authserv_id` for servers that leave their name out, as Office 365 does: then only the topmost field is theirs."""


class Authenticity(StrEnum):
    """What is known of a mail's sender."""

    PASS = "pass"  # noqa: S105  the word of RFC 8601, no password
    FAIL = "fail"
    SILENT = "silent"
    """Nobody vouches: the domain has no DMARC, our server's field is missing or not to be understood, and where the
    office checks signatures itself, none holds."""
    UNCHECKED = "unchecked"
    """The office has neither said what its receiving server is called, nor does it check signatures itself."""


_OF_DOMAIN = {True: Authenticity.PASS, False: Authenticity.FAIL, None: Authenticity.SILENT}
"""What a pass is worth, by whether it names the sender's domain."""


def authenticity(mail: Mail, authserv_id: str) -> Authenticity:
    """What our own server found by DMARC, for the domain that the From field shows.

    It vouches for a mail only by a field that is understood as a whole, and names the very domain by which we know the
    sender. That another one was examined means that the mail shows its sender in two ways.
    """
    if not authserv_id:
        return Authenticity.UNCHECKED
    own = _results_of_our_server(mail.undecoded.get("authentication-results", ()), authserv_id.lower())
    if own is None:
        return Authenticity.SILENT
    if own.fails:
        return Authenticity.FAIL
    said = own.passes_dmarc()
    if said is None or not mail.sender:
        return Authenticity.SILENT
    return _OF_DOMAIN[names_domain(said, mail.sender.rpartition("@")[2])]


def proven_authenticity(ports: Ports, collected: CollectedMail, mail: Mail) -> Authenticity:
    """What our own server found; where it vouches for nothing, whether the mail's signatures prove the sender.

    A signature that does not hold says nothing (lists break them), so it never speaks against a mail. May take as long
    as the DNS is waited for: to be asked only where the answer depends on it.
    """
    found = authenticity(mail, ports.authserv_id)
    if ports.signatures is None or found in (Authenticity.PASS, Authenticity.FAIL):
        return found
    raw = ports.archive.get(collected.sha256)
    return Authenticity.PASS if ports.signatures(raw, mail.sender) else Authenticity.SILENT


def failed_authentication(mail: Mail, authserv_id: str) -> bool:
    return authenticity(mail, authserv_id) is Authenticity.FAIL


def _results_of_our_server(values: tuple[str, ...], authserv_id: str) -> AuthResults | None:
    """The topmost field of our server; None if there is none."""
    for value in values:
        field = read_results(value)
        if authserv_id == NAMELESS:
            return None if field.server else field
        if field.server == authserv_id:
            return field
    return None
