"""WhatsApp chats as people hand them on: exported from Android or iOS, or copied out of WhatsApp Web.

03/02/26 09.15 - Nama: teks            (Android, Indonesian)
3/2/2026, 09:15 - +62 812-…: teks      (Android)
[03/02/26 09.15.12] Nama: teks         (iOS)
[09.15, 3/2/2026] Nama: teks           (WhatsApp Web)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from parsers.words.dates import WIB

_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SPACES = re.compile("[\u00a0\u202f]")
_DATE = r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{2,4})"
_TIME = r"(?P<h>\d{1,2})[.:](?P<min>\d\d)(?:[.:]\d\d)?(?:\s{0,3}(?P<ap>[AaPp]\.?[Mm]\.?))?"
_HEADS = tuple(
    re.compile(rf"^\s*{head}\s*(?P<rest>.*)$")
    for head in (
        rf"\[{_DATE},?\s{{1,5}}{_TIME}\]",
        rf"\[{_TIME},?\s{{1,5}}{_DATE}\]",
        rf"{_DATE},?\s{{1,5}}(?:pukul\s{{1,5}})?{_TIME}\s{{1,5}}[-–]",
    )
)
_NOT_SAID = re.compile(
    r"^\W*(?:media tidak disertakan|media omitted|(?:gambar|foto|video|audio|stiker|dokumen|image|sticker|document) (?:tidak disertakan|omitted)|"
    r"pesan ini (?:telah )?dihapus|this message was deleted|pesan suara tidak disertakan|null)\W*$",
    re.IGNORECASE,
)
_EDITED = re.compile(r"<(?:pesan ini diedit|this message was edited)>\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `at` is aware (WIB). `phone` has digits with a leading 0 where the name was a number."""

    at: datetime
    name: str
    phone: str
    text: str


@dataclass(frozen=True, slots=True)
class Chat:
    """The messages of a chat in order; system lines and media that were left out are not among them."""

    messages: tuple[Message, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.messages)

    def report(self, tells: Callable[[str], bool]) -> Message | None:
        """The message that reports: the first of which `tells` says that it tells of an outage; else the first one.

        What the same person adds within ten minutes belongs to it.
        """
        first = next((message for message in self.messages if tells(message.text)), None)
        first = first or next(iter(self.messages), None)
        if first is None:
            return None
        near = timedelta(minutes=10)
        own = [m.text for m in self.messages if m.name == first.name and first.at <= m.at <= first.at + near]
        return Message(first.at, first.name, first.phone, "\n".join(own))


def read_chat(text: str) -> Chat:
    """The chat in `text`, wherever it begins; an empty Chat where there is none. Never raises."""
    found: list[tuple[Message, list[str]]] = []
    open_ = False
    for raw in text.replace("\r\n", "\n").split("\n"):
        line = _SPACES.sub(" ", _MARKS.sub("", raw))
        head = next((match for pattern in _HEADS if (match := pattern.match(line))), None)
        if head is None:
            if open_ and line.strip():  # a message goes on over several lines
                found[-1][1].append(line.strip())
            open_ = open_ and bool(line.strip())
            continue
        name, colon, said = head["rest"].partition(": ")
        at = _moment(head)
        name = name.strip().removeprefix("~").strip(" :")
        open_ = bool(colon or head["rest"].rstrip().endswith(":")) and at is not None and 0 < len(name) <= 60
        if open_ and at is not None:
            phone = _phone(name)
            found.append((Message(at, "" if phone else name, phone, ""), [_EDITED.sub("", said).strip()]))
    messages = (replace(message, text="\n".join(lines).strip()) for message, lines in found)
    return Chat(tuple(message for message in messages if message.text and not _NOT_SAID.match(message.text)))


def _moment(head: re.Match[str]) -> datetime | None:
    """Day before month, as Indonesian phones write; the other way round where it cannot be otherwise."""
    day, month, year, hour = int(head["d"]), int(head["m"]), int(head["y"]), int(head["h"])
    if month > 12 >= day:
        day, month = month, day
    if head["ap"]:
        hour = hour % 12 + (12 if head["ap"][0] in "pP" else 0)
    try:
        return datetime(year + 2000 if year < 100 else year, month, day, hour, int(head["min"]), tzinfo=WIB)
    except ValueError:
        return None


def _phone(name: str) -> str:
    digits = re.sub(r"\D", "", name)
    if not re.fullmatch(r"[+\d][\d\s().-]{7,}", name) or not 9 <= len(digits) <= 15:
        return ""
    return f"0{digits[2:]}" if digits.startswith("62") else digits
