"""A WhatsApp chat as it is exported or pasted: who wrote what and when. Android and iOS, 24 hours or am/pm."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from parsers.dates import WIB

_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"))
_STAMP = re.compile(
    r"^\[?(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4}|\d\d),?\s+(?P<h>\d{1,2})[.:](?P<min>\d\d)(?:[.:]\d\d)?"
    r"\s*(?P<half>[ap]\.?\s?m\.?)?(?:\]\s*|\s+[-–]\s+)(?P<rest>.*)$",
    re.IGNORECASE,
)
_AUTHOR = re.compile(r"^(?:~\s*)?(?P<name>[^:\n]{1,60}?):(?:\s+|$)(?P<text>.*)$")
_MEDIA = re.compile(r"<\s*media\b[^>]*>|(?:gambar|video|audio|stiker|image|sticker) (?:tidak disertakan|omitted)", re.I)
_NUMBER = re.compile(r"^\+?[\d\s().-]{9,20}$")


@dataclass(frozen=True, slots=True)
class Message:
    """One message; `at` is aware (WIB), `phone` is given where the name is a number (digits, leading 0)."""

    at: datetime
    author: str
    phone: str
    text: str


@dataclass(frozen=True, slots=True)
class Chat:
    """The messages people wrote, in their order; system lines and media marks are left out."""

    messages: tuple[Message, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.messages)

    @property
    def text(self) -> str:
        """What was said, a line a message."""
        return "\n".join(message.text for message in self.messages)


def read_chat(text: str) -> Chat:
    """The chat in `text`; an empty one when there is none. Never raises."""
    found: list[Message] = []
    open_message = False
    for line in text.translate(_MARKS).replace("\u202f", " ").replace("\xa0", " ").splitlines():
        stamp = _STAMP.match(line.strip())
        if not stamp:
            if open_message and line.strip():
                found[-1] = replace(found[-1], text=f"{found[-1].text}\n{line.strip()}")
            elif not line.strip():
                continue
            continue
        at, said = _moment(stamp), _AUTHOR.match(stamp["rest"])
        open_message = bool(at and said)  # a system line ("Budi ditambahkan") has no author and ends the one before
        if at and said:
            name = said["name"].strip()
            found.append(Message(at, name, _phone(name), said["text"].strip()))
    cleaned = (replace(message, text=_MEDIA.sub("", message.text).strip()) for message in found)
    return Chat(tuple(message for message in cleaned if message.text))


def _moment(stamp: re.Match[str]) -> datetime | None:
    year, hour = int(stamp["y"]), int(stamp["h"])
    half = (stamp["half"] or "")[:1].lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return datetime(
            year + 2000 if year < 100 else year, int(stamp["m"]), int(stamp["d"]), hour, int(stamp["min"]), tzinfo=WIB
        )
    except ValueError:
        return None


def _phone(name: str) -> str:
    if not _NUMBER.match(name):
        return ""
    digits = re.sub(r"\D", "", name)
    return "0" + digits[2:] if digits.startswith("62") else digits
