"""Mail that a calendar sends (RFC 5546), and what such a mail says besides that somebody is asked to come."""

from __future__ import annotations

import re

from parsers.letters.symptoms import statements
from parsers.mails.message import Mail
from parsers.mails.parts import Part

_ITIP = re.compile(rb"(?im)^METHOD:(?!PUBLISH)")
_TOLD = re.compile(r"(?im)^(?:SUMMARY|DESCRIPTION|COMMENT)[^:\n]{0,200}:(.*)$")
MOST_TOLD = 20_000
"""Characters of calendars that are looked at."""
_MEETS = re.compile(
    r"\b(?:hadir\w*|menghadiri|(?:meng|di)undang\w*|undangan|rapat|rakor|meeting|zoom|acara|agenda)\b", re.IGNORECASE
)
_ATTENDS = re.compile(rb"(?im)^METHOD:(?:REPLY|COUNTER|REFRESH|DECLINECOUNTER)")
"""RFC 5546: what a calendar sends when somebody taps "Terima"; it accepts a meeting and nothing else."""


def invites(mail: Mail) -> list[bytes]:
    """What a calendar says beside the words of a mail (RFC 5546); a file that somebody attached is no such thing."""
    return [part.content for part in mail.attachments if _is_calendar(part) and _ITIP.search(part.content)]


def besides_inviting(mail: Mail, text: str) -> str:
    """What an invitation says besides that somebody is asked to come, and to what; all of `text` where it is none."""
    if not invites(mail):
        return text
    return "\n".join(statement for statement in statements(text) if not _MEETS.search(statement))


def told_by_calendar(mail: Mail) -> str:
    """What the calendars of a mail say in words: title, description, comment."""
    folded = "\n".join(part.content.decode("utf-8", "replace") for part in mail.attachments if _is_calendar(part))
    return "\n".join(_TOLD.findall(re.sub(r"\r?\n[ \t]", "", folded[:MOST_TOLD])))


def accepts(calendar: bytes) -> bool:
    """Whether a calendar only tells who comes."""
    return _ATTENDS.search(calendar) is not None


def _is_calendar(part: Part) -> bool:
    return part.mime_type == "text/calendar" and not part.attached
