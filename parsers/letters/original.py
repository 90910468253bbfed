"""The mail that an incident began with, as it is passed on to whoever works on it."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.letters.material import mail_text
from parsers.mails.enclosed import file_name, is_file
from parsers.mails.message import read_mail

MAX_ATTACHED = 10_000_000
"""Bytes of files; mail servers refuse more."""


@dataclass(frozen=True, slots=True)
class EnclosedFile:
    """A file that came with a mail. `name` is a bare, safe one."""

    name: str
    mime_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Original:
    """Attributes:
    message_id: without angle brackets, "" if there is none.
    text: the body as text.
    files: those that somebody sent along, as many as may be passed on.
    """

    message_id: str = ""
    text: str = ""
    files: tuple[EnclosedFile, ...] = ()


def original(raw: bytes) -> Original:
    """What is passed on of a mail (RFC 5322). Never raises."""
    mail, files, size = read_mail(raw), list[EnclosedFile](), 0
    for number, part in enumerate(filter(is_file, mail.attachments)):
        if size + len(part.content) <= MAX_ATTACHED:
            size += len(part.content)
            files.append(EnclosedFile(file_name(part, number), part.mime_type, part.content))
    return Original(mail.message_id, mail_text(mail), tuple(files))
