"""What a mail encloses, laid open: mails inside mails, files inside archives, pictures of pages in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from parsers.documents.cms import signed_content
from parsers.documents.dimensions import dimensions
from parsers.documents.document import UNKNOWN_TYPE, Document, Reason, unread
from parsers.documents.formats import document_format
from parsers.documents.opening import Opener
from parsers.mails.message import Mail, read_mail
from parsers.mails.parts import Part
from parsers.mails.sealed import is_sealed

MAX_DEPTH = 3
"""Mails inside mails, and archives inside archives."""
MOST_FILES, MOST_BYTES, MOST_TEXT, MOST_LINES = 40, 80_000_000, 400_000, 20_000
"""Of one mail with all that is inside it: what is opened, and characters and lines of text that are kept of it."""
PAGE_SIDE, MAX_PASTED = 600, 3
"""A photo of a letter pasted into a mail: larger in pixels than any logo or banner."""
PASTED_SIDE, PASTED_BYTES = 200, 20_000
"""A picture that is shown for its own sake, a cutting of a screen included; bytes where its sides are not known."""
TOO_MANY, TOO_LONG = "lampiran terlalu banyak", "teks terlalu panjang; hanya awalnya dibaca"
_TO_ASK_FOR = (Reason.LOCKED, Reason.BROKEN, Reason.SEALED, Reason.ELSEWHERE)
_SUFFIXES = {"pdf": ".pdf", "docx": ".docx", "odt": ".odt", "rtf": ".rtf", "plain": ".txt"}
_NO_FILES = frozenset(
    {
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-signature",
        "application/pgp-encrypted",
        "application/pgp-keys",
        "application/applefile",
        "text/calendar",
        "text/vcard",
        "text/x-vcard",
        "text/directory",
        "text/rfc822-headers",
        "message/delivery-status",
        "message/disposition-notification",
        "message/feedback-report",
        "message/global-delivery-status",
        "message/global-headers",
    }
)
"""Signatures, appointments, cards, and what machines report."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """Attributes:
    mail: the mail that counts: a forwarded one inside, else the one given.
    documents: name and document of each file, in order.
    attachments: how many files a person attached to the mail given.
    """

    mail: Mail
    documents: tuple[tuple[str, Document], ...]
    attachments: int


def enclosed(mail: Mail, opener: Opener) -> Enclosed:
    """Open what came with a mail. Never raises; what cannot be opened is a document with a problem."""
    laying = _LayingOpen(opener)
    documents = [*laying.mail(mail, MAX_DEPTH), *laying.refused()]
    return Enclosed(laying.found[0] if laying.found else mail, tuple(documents), sum(map(is_file, mail.attachments)))


def pasted_pages(mail: Mail, opener: Opener) -> list[tuple[str, Document]]:
    """Pictures inside the text that can be the letter itself. They are read, but they are no attachments."""
    pages = [
        part
        for part in mail.attachments
        if part.mime_type in ("image/jpeg", "image/png") and min(dimensions(part.content)) >= PAGE_SIDE
    ]
    return [_opened(part, number, opener) for number, part in enumerate(pages[:MAX_PASTED])]


def to_ask_for(documents: tuple[tuple[str, Document], ...] | list[tuple[str, Document]]) -> tuple[tuple[str, str], ...]:
    """(name, reason) of those that the sender can mend: locked with a password, or broken."""
    return tuple((name, str(document.reason)) for name, document in documents if document.reason in _TO_ASK_FOR)


@dataclass(slots=True)
class _LayingOpen:
    """Opens all that is in one mail, at whatever depth, within what there is for the whole of it.

    Attributes:
        found: the mails inside, outermost first.
        left_out: how many files were not opened, because there were too many.
    """

    opener: Opener
    found: list[Mail] = field(default_factory=list)
    left_out: int = 0
    files_left: int = MOST_FILES
    bytes_left: int = MOST_BYTES
    text_left: int = MOST_TEXT
    lines_left: int = MOST_LINES

    def mail(self, mail: Mail, depth: int) -> Iterator[tuple[str, Document]]:
        """Name and document of each file of a mail."""
        for number, part in enumerate(filter(is_file, mail.attachments)):
            name = file_name(part, number)
            if is_mail(part):
                yield from self._mail_inside(name, part.content, depth)
            elif is_sealed(part):
                yield name, unread(Reason.SEALED, "disandikan")
            elif part.mime_type == "message/external-body":
                yield name, unread(Reason.ELSEWHERE, "tidak ikut dikirim")
            else:
                yield from self._file(name, part.mime_type, part.filename, part.content, depth)

    def refused(self) -> list[tuple[str, Document]]:
        """One line for all that was too much."""
        return [(f"{self.left_out} berkas lain", unread(Reason.TOO_LARGE, TOO_MANY))] if self.left_out else []

    def _file(
        self, name: str, mime_type: str, filename: str, content: bytes, depth: int
    ) -> Iterator[tuple[str, Document]]:
        if content[:1] in (b"0", b"-", b"M") and (signed := signed_content(content)):  # a letter signed as a whole
            name, content = name.removesuffix(".p7m"), signed
            mime_type, filename = "application/octet-stream", name
        format_name = document_format(mime_type, filename, content)
        if not format_name:
            yield name, unread(Reason.UNKNOWN, UNKNOWN_TYPE)
        elif self._may_open(content):
            document = self._within_bounds(self.opener.open(content, format_name))
            if document.mail:
                yield from self._mail_inside(name, document.mail, depth)
            yield from self._archive(name, document, depth)
            if document.text or document.problem:
                yield name, document

    def _archive(self, name: str, archive: Document, depth: int) -> Iterator[tuple[str, Document]]:
        if archive.inner and depth <= 0:
            yield name, unread(Reason.UNKNOWN, "arsip di dalam arsip terlalu dalam; tidak dibuka")
            return
        for inner_name, inside in archive.inner:
            if isinstance(inside, Document):
                yield f"{name}/{inner_name}", inside
            else:
                yield from self._file(f"{name}/{inner_name}", "", inner_name, inside, depth - 1)

    def _mail_inside(self, name: str, content: bytes, depth: int) -> Iterator[tuple[str, Document]]:
        if depth <= 0:
            yield name, unread(Reason.UNKNOWN, "surel di dalam surel terlalu dalam")
        elif self._may_open(content):
            inner = read_mail(content)
            self.found.append(inner)
            yield from self.mail(inner, depth - 1)

    def _may_open(self, content: bytes) -> bool:
        if self.files_left <= 0 or len(content) > self.bytes_left:
            self.left_out += 1
            return False
        self.files_left -= 1
        self.bytes_left -= len(content)
        return True

    def _within_bounds(self, document: Document) -> Document:
        lines = document.text.split("\n", self.lines_left)
        text = "\n".join(lines[: self.lines_left])[: self.text_left]
        self.lines_left -= text.count("\n")
        self.text_left -= len(text)
        if len(text) == len(document.text):
            return document
        return replace(
            document, text=text, problem=document.problem or TOO_LONG, reason=document.reason or Reason.TOO_LARGE
        )


def _opened(part: Part, number: int, opener: Opener) -> tuple[str, Document]:
    """The document that a picture in the text is, and its name."""
    return file_name(part, number), opener.open(part.content, "image")


def file_name(part: Part, number: int) -> str:
    """Its name; of one without a name its kind and its place among the files, counted from 0."""
    if part.filename:
        return part.filename
    format_name = document_format(part.mime_type, "", part.content)
    return (
        "gambar di badan surel" if format_name == "image" else f"lampiran {number + 1}{_SUFFIXES.get(format_name, '')}"
    )


def is_file(part: Part) -> bool:
    """Whether a leaf is a file that somebody sent along, named or not: no ornament of the text, no signature, no second
    form of the text, nothing that machines tell each other."""
    if part.shown or part.mime_type in _NO_FILES:
        return False
    if part.attached or part.mime_type == "message/rfc822":
        return True
    return not (part.mime_type.startswith("text/") and part.alternative)


def is_pasted(part: Part) -> bool:
    """Whether a picture in the text is what somebody shows in it, a photo or a page, and no logo or ornament."""
    if not (part.shown and part.mime_type.startswith("image/")):
        return False
    sides = dimensions(part.content)
    return (
        (min(sides) >= PASTED_SIDE and max(sides) >= 2 * PASTED_SIDE)
        if any(sides)
        else len(part.content) >= PASTED_BYTES
    )


def is_mail(part: Part) -> bool:
    """A mail inside a mail: as its own type, or saved as a file and attached like any other."""
    saved = part.filename.lower().endswith(".eml") and re.match(rb"[\w-]+:[ \t]", part.content) is not None
    return part.mime_type == "message/rfc822" or saved
