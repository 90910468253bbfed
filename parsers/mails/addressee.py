"""To whom a mail was addressed, as its author chose: to us, to others with a copy for us, or handed on."""

from __future__ import annotations

import re

from parsers.fields.addresses import mailboxes
from parsers.mails.message import Mail
from parsers.words.subjects import FORWARD

_FORWARDS = re.compile(rf"^\s*(?:{FORWARD}|trs)\s*:", re.IGNORECASE)
"""A subject that begins so was handed on; "TR:" too means a reply in Turkish, and says too little."""


def is_forward(mail: Mail) -> bool:
    """Whether the author handed a mail on instead of answering it."""
    return _FORWARDS.match(mail.subject) is not None


def is_to(mail: Mail, address: str) -> bool:
    """Whether `address` (lower case), or a subaddress of it (RFC 5233), stands in To, and not only in Cc or nowhere."""
    return any(_without_detail(one.address) == address for one in mailboxes(mail.undecoded.get("to", ())))


def _without_detail(address: str) -> str:
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"
