"""To whom a mail was addressed, as its author chose: to us, to others with a copy for us, or handed on."""

from __future__ import annotations

import re
from email.utils import getaddresses

from parsers.mails.message import Mail
from parsers.text_bounds import in_shape

FORWARDS = re.compile(r"^\s*(?:fwd?|fw|wg|trs|terusan|diteruskan)\s*:", re.IGNORECASE)
"""A subject that begins so was handed on; "TR:" too means a reply in Turkish, and says too little."""
MAX_FIELD = 8000


def is_forward(mail: Mail) -> bool:
    """Whether the author handed a mail on instead of answering it."""
    return FORWARDS.match(mail.subject) is not None


def is_to(mail: Mail, address: str) -> bool:
    """Whether `address` (lower case), or a subaddress of it (RFC 5233), stands in To, and not only in Cc or nowhere."""
    local, _, domain = address.partition("@")
    return any(
        domain == theirs.rpartition("@")[2] and local == theirs.rpartition("@")[0].partition("+")[0]
        for theirs in _addresses(mail.header("to"))
    )


def _addresses(field: str) -> list[str]:
    pairs = getaddresses([in_shape(field[:MAX_FIELD])])
    return [address.strip().lower() for _, address in pairs if "@" in address]
