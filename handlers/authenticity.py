"""What our own receiving server says about whether a mail's sender is genuine (RFC 8601).

What others wrote into the mail proves nothing: only the field of our own server is read, and of several the topmost.
"""

from __future__ import annotations

import re
from enum import StrEnum

from parsers.message import Mail

NAMELESS = "tanpa-nama"
"""`authserv_id` for servers that leave their name out, as Office 365 does: then only the topmost field is theirs."""
_NOISE = re.compile(r'\([^()]*\)|"[^"]*"')
"""Comments and quoted words may hold anything, also "dmarc=pass"."""


class Authenticity(StrEnum):
    """What is known of a mail's sender."""

    PASS = "pass"  # noqa: S105  the word of RFC 8601, no password
    FAIL = "fail"
    SILENT = "silent"
    """Our server vouches for nothing: the domain has no DMARC, or the field is missing or not to be understood."""
    UNCHECKED = "unchecked"
    """The office has not said what its receiving server is called."""


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
    named = re.findall(r"\bheader\.from\s*=\s*\"?(?:[^\s;\"@]*@)?([\w.-]+)", own)
    domain = mail.sender.rpartition("@")[2]
    return Authenticity.PASS if all(_belongs(domain, name) for name in named) else Authenticity.FAIL


def failed_authentication(mail: Mail, authserv_id: str) -> bool:
    return authenticity(mail, authserv_id) is Authenticity.FAIL


def _field_of_our_server(values: tuple[str, ...], authserv_id: str) -> str:
    """The topmost field of our server, in lower case, without comments; "" if there is none."""
    for value in values:
        bare = value
        for _ in range(10):  # comments nest
            bare, before = _NOISE.sub(" ", bare), bare
            if bare == before:
                break
        bare = " ".join(bare.lower().split())
        name = bare.partition(";")[0].strip().split(" ")[0]
        if authserv_id == NAMELESS:
            return bare if "=" in bare.partition(";")[0] else ""
        if name == authserv_id:
            return bare
    return ""


def _belongs(domain: str, name: str) -> bool:
    name = name.strip(".")
    return domain == name or domain.endswith(f".{name}")
