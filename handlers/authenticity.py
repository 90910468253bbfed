"""Whether a mail's sender is genuine: what our own receiving server says (RFC 8601), and where it says nothing, what
the mail's signatures prove.

What others wrote into the mail proves nothing: only the field of our own server is read, and of several the topmost.
"""

from __future__ import annotations

import re
from enum import StrEnum

from handlers.ports import Ports
from parsers.mails.auth_results import bare, belongs, domains_named
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


def authenticity(mail: Mail, authserv_id: str) -> Authenticity:
    """What our own server found by DMARC, for the domain that the From field shows."""
    if not authserv_id:
        return Authenticity.UNCHECKED
    own = _field_of_our_server(mail.headers.get("authentication-results", ()), authserv_id.lower())
    results = re.findall(r"\bdmarc\s*=\s*(\w+)", own)
    if any(result in ("fail", "permerror") for result in results):
        return Authenticity.FAIL
    if results != ["pass"]:
        return Authenticity.SILENT
    domain = mail.sender.rpartition("@")[2]
    genuine = all(belongs(domain, name) for name in domains_named(own))
    return Authenticity.PASS if genuine else Authenticity.FAIL


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


def _field_of_our_server(values: tuple[str, ...], authserv_id: str) -> str:
    """The topmost field of our server, in lower case, without comments; "" if there is none."""
    for value in values:
        field = bare(value)
        name = field.partition(";")[0].strip().split(" ")[0]
        if authserv_id == NAMELESS:
            return field if "=" in field.partition(";")[0] else ""
        if name == authserv_id:
            return field
    return ""
