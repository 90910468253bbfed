"""What a bounce says of the mail that came back (RFC 3464 §2)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.mails.html import html_to_text
from parsers.mails.message import Mail

_MESSAGE_ID = re.compile(
    r"^Message-ID:[ \t]{0,20}(?:\r?\n[ \t]{1,20})?<([^<>\s]{1,400})>", re.IGNORECASE | re.MULTILINE
)
_STATUS = re.compile(r"\b[45]\.\d{1,3}\.\d{1,3}\b[^\n]{0,160}")
MOST_SCANNED = 400_000
"""Characters of each part: servers return the head, or the whole mail with what it enclosed."""


@dataclass(frozen=True, slots=True)
class CameBack:
    """Attributes:
    message_ids: of the mails whose heads are enclosed, without angle brackets.
    status: what the server says, in one line, such as "5.1.1 user unknown"; "" if nothing.
    """

    message_ids: tuple[str, ...]
    status: str


def came_back(mail: Mail) -> CameBack:
    """Never raises."""
    texts = [mail.plain or html_to_text(mail.html)]
    texts += [part.content[:MOST_SCANNED].decode("utf-8", "replace") for part in mail.attachments]
    text = "\n".join(texts)
    status = _STATUS.search(text)
    return CameBack(tuple(_MESSAGE_ID.findall(text)[:20]), " ".join(status.group(0).split()) if status else "")
