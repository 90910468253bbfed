"""The lines in the foot of our mails that bear witness to the register, wherever such a mail has come to: kept, quoted,
forwarded, or saved as a file.

A line counts right after a "Kode surel": in our own mail the code is its own, which nobody could know before it was
written; so no letter that a mail of ours speaks of can bear witness in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parsers.mails.html import html_to_text
from parsers.mails.message import Mail, read_mail

MAX_DEPTH, MOST_MAILS = 3, 50
"""Mails inside mails, and how many of them."""
MOST_LINES = 200
"""Of one file: a thread that quotes a year of notices."""
_MARKS = re.compile(r"(?m)^[ \t>|]{1,200}")
_CODE = re.compile(r"Kode surel: ?([a-z2-7]{5} ?- ?[a-z2-7]{5} ?- ?[a-z2-7]{4})\b ?")
_LINE = re.compile(
    r"Sidik (?:register (\d{1,9})|([\w-]{1,40}-\d{4}-\d{4,9})/(\d{1,9})), ?(\d\d-\d\d-\d{4}) (\d\d\.\d\d): ?"
    r"([a-z2-7]{7} ?- ?[a-z2-7]{7} ?- ?[a-z2-7]{6} ?- ?[a-z2-7]{6})\b ?"
)


@dataclass(frozen=True, slots=True)
class Line:
    """What one line says: of a head over all incidents (`head`, then `incident` is ""), or of an incident's first `seq`
    events. `code` is of the mail it stood in first; `at` as it is printed, WIB: "23-11-2026 07.00".
    """

    code: str
    head: int
    incident: str
    seq: int
    at: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Testimony:
    """Of one mail or file. Sender and Message-ID (no angle brackets) as it gives them, "" where it is no mail."""

    sender: str
    message_id: str
    lines: tuple[Line, ...]


def testimony(raw: bytes) -> Testimony:
    """What a mail (RFC 5322), or a text saved from one, bears witness to. Never raises."""
    mail = read_mail(raw, ours=True)
    found = dict.fromkeys(line for text in _texts(mail, raw) for line in _lines(text))
    return Testimony(mail.sender, mail.message_id, tuple(found)[:MOST_LINES])


def _texts(mail: Mail, raw: bytes) -> Iterator[str]:
    waiting = [(mail, 0)]
    for count, (one, depth) in enumerate(waiting):
        yield one.plain
        yield html_to_text(one.html) if one.html else ""
        inside = [part for part in one.attachments if part.mime_type == "message/rfc822"]
        if depth < MAX_DEPTH and count + len(waiting) < MOST_MAILS:
            waiting += [(read_mail(part.content, ours=True), depth + 1) for part in inside[:MOST_MAILS]]
    yield raw.decode("utf-8", "replace")


def _lines(text: str) -> Iterator[Line]:
    said = " ".join(_MARKS.sub("", text).split())  # neither wrapping nor marks of a quote break a line
    for code in _CODE.finditer(said):
        place = code.end()
        while match := _LINE.match(said, place):
            head, incident, seq, day, clock, fingerprint = match.groups()
            at, letters = f"{day} {clock}", fingerprint.replace(" ", "")
            yield Line(code[1].replace(" ", ""), int(head or 0), incident or "", int(seq or 0), at, letters)
            place = match.end()
