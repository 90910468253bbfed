"""The mail that an incident began with, or a later word on it, as it is passed on whole to whoever works on it.

What its author wrote is passed on as text, and the files that came with it as they came: mails that are enclosed are laid
open, as a letter is read. What could do harm when it is opened is named and held back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from parsers.letters.harmful import runs
from parsers.letters.material import mail_text
from parsers.mails.enclosed import MAX_DEPTH, file_name, is_file, is_mail, is_pasted
from parsers.mails.html import html_to_text
from parsers.mails.message import TEXT_CUT, Mail, read_mail
from parsers.mails.our_mail import OurMail
from parsers.mails.parts import Part, text_of
from parsers.mails.quotes import without_ours

MAX_ATTACHED = 10_000_000
"""Bytes of files; mail servers refuse more."""
MOST_MAILS = 20
"""Mails inside mails whose text is passed on."""
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_PAGE_NAMES = (".html", ".htm", ".xhtml", ".shtml", ".mht", ".mhtml")
_PICTURES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/heic": ".heic",
    "image/webp": ".webp",
}


class HeldBack(StrEnum):
    """Why a file is not passed on."""

    RUNS = "dapat dijalankan"
    TOO_LARGE = "terlalu besar"
    TOO_DEEP = "terlalu dalam"


@dataclass(frozen=True, slots=True)
class EnclosedFile:
    """A file that came with a mail. `name` is a bare, safe one; `charset` "" where none is known."""

    name: str
    mime_type: str
    content: bytes
    charset: str = ""


@dataclass(frozen=True, slots=True)
class MailWords:
    """What one mail says: the one that came, or one inside it.

    Attributes:
        sender: name and address as the mail gives them, of which nothing is certain.
        date: aware; None where it has no good one.
        other: what its HTML says where that is something else.
        cut: its text is longer than is read.
    """

    sender: str
    subject: str
    date: datetime | None
    text: str
    other: str = ""
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Original:
    """Attributes:
    message_id: without angle brackets, "" if there is none.
    text: the body as text.
    files: those that somebody sent along, as many as may be passed on.
    mails: what the mail says, and then the mails inside it.
    held_back: (name, why) of the files that are not passed on.
    """

    message_id: str = ""
    text: str = ""
    files: tuple[EnclosedFile, ...] = ()
    mails: tuple[MailWords, ...] = ()
    held_back: tuple[tuple[str, HeldBack], ...] = ()


def original(raw: bytes, ours: tuple[OurMail, ...] = (), instead: str = "") -> Original:
    """What is passed on of a mail (RFC 5322); `instead` of what it quotes of `ours`. Never raises."""
    mail, laying = read_mail(raw), _LayingOpen()
    laying.mail(mail, MAX_DEPTH)
    if ours:
        first = laying.mails[0]
        text, other = (without_ours(said, ours, instead) for said in (first.text, first.other))
        laying.mails[0] = replace(first, text=text, other=other)
    return Original(mail.message_id, mail_text(mail), tuple(laying.files), tuple(laying.mails), tuple(laying.held_back))


@dataclass(slots=True)
class _LayingOpen:
    files: list[EnclosedFile] = field(default_factory=list)
    mails: list[MailWords] = field(default_factory=list)
    held_back: list[tuple[str, HeldBack]] = field(default_factory=list)
    size: int = 0

    def mail(self, mail: Mail, depth: int) -> None:
        self.mails.append(_words(mail))
        for name, part in _sent_along(mail):
            if not is_mail(part):
                self._file(name, part)
            elif depth > 0 and len(self.mails) < MOST_MAILS:
                self.mail(read_mail(part.content), depth - 1)
            else:
                self.held_back.append((name, HeldBack.TOO_DEEP))

    def _file(self, name: str, part: Part) -> None:
        """A page of the web is passed on as its words: opened as it came it could lead anywhere."""
        file = EnclosedFile(name, part.mime_type, part.content, part.charset)
        if part.mime_type in _PAGE_TYPES or name.lower().endswith(_PAGE_NAMES):
            file = EnclosedFile(f"{name}.txt", "text/plain", html_to_text(text_of(part)).encode(), "utf-8")
        elif runs(name, part.content):
            self.held_back.append((name, HeldBack.RUNS))
            return
        if self.size + len(file.content) > MAX_ATTACHED:
            self.held_back.append((name, HeldBack.TOO_LARGE))
            return
        self.size += len(file.content)
        self.files.append(file)


def _sent_along(mail: Mail) -> Iterator[tuple[str, Part]]:
    """The name and the part of each file that a person sent along, pictures pasted into the text among them."""
    number = 0
    for part in mail.attachments:
        if is_file(part):
            yield file_name(part, number), part
            number += 1
        elif is_pasted(part):
            yield part.filename or f"gambar-{number + 1}{_PICTURES.get(part.mime_type, '')}", part
            number += 1


def _words(mail: Mail) -> MailWords:
    address = mail.sender or mail.apparent_sender
    sender = f"{mail.sender_name} <{address}>" if mail.sender_name and address else mail.sender_name or address
    other = html_to_text(mail.html) if mail.differing else ""
    return MailWords(sender, mail.subject, mail.date, mail_text(mail), other, TEXT_CUT in mail.defects)
