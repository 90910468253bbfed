"""What makes two copies of a mail the same mail.

Not the Message-ID alone: senders reuse it, and some have none (DESIGN: decision 1).
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime

from inbox.head import field

_ADDRESS = re.compile(rb"[^\s<>()\[\],;:\"@]{1,64}@[\w.-]{1,255}")
_ORIGIN = (b"message-id", b"from", b"date", b"subject", b"to", b"in-reply-to")


def mail_identity(raw: bytes, received: datetime | None = None) -> str:
    """SHA-256 (hex) over the origin header fields and the body of a mail (RFC 5322).

    Trace fields (Received, Delivered-To, X-*) differ between two copies of one mail and do not count. Without a
    Message-ID two mails of the same words are two mails if the server took them at different times (`received`).
    """
    head, _, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    lines = head.replace(b"\n ", b" ").replace(b"\n\t", b" ").split(b"\n")
    origin = sorted(line.strip() for line in lines if line.partition(b":")[0].strip().lower() in _ORIGIN)
    if received is not None and not message_id(raw):
        origin.append(b"received: " + received.astimezone(UTC).isoformat().encode())
    return hashlib.sha256(b"\n".join(origin) + b"\n\n" + body.rstrip()).hexdigest()


def message_id(raw: bytes) -> str:
    """The Message-ID field of a mail without its angle brackets, or ""."""
    head = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0].replace(b"\n ", b" ").replace(b"\n\t", b" ")
    for line in head.split(b"\n"):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"message-id":
            text = "".join(letter for letter in value.decode("ascii", "replace") if letter.isprintable())
            return text.strip().strip("<>").strip()
    return ""


def author(raw: bytes) -> str:
    """The address in a mail's From field, in lower case: in angle brackets, else the first; "" if there is none."""
    said = field(raw, b"from")
    found = _ADDRESS.search(said[said.rfind(b"<") + 1 :]) or _ADDRESS.search(said)
    return found.group(0).decode("ascii", "replace").lower() if found else ""
