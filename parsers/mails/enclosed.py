"""What a mail encloses, laid open: mails inside mails, files inside archives, pictures of pages in the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from parsers.documents.dimensions import dimensions
from parsers.documents.document import UNKNOWN_TYPE, Document, Reason, unread
from parsers.documents.formats import document_format
from parsers.documents.opening import open_document
from parsers.mails.message import Mail, Part, read_mail

MAX_DEPTH, MAX_OPENED = 3, 40
PAGE_SIDE, MAX_PASTED = 600, 3
"""A photo of a letter pasted into a mail: larger in pixels than any logo or banner."""
Opener = Callable[[bytes, str], Document]
_TO_ASK_FOR = (Reason.LOCKED, Reason.BROKEN)


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


def enclosed(mail: Mail, opener: Opener = open_document) -> Enclosed:
    """Open what came with a mail. Never raises; what cannot be opened is a document with a problem."""
    found: list[Mail] = []
    documents = list(_laid_open(mail, opener, found, MAX_DEPTH))[: 2 * MAX_OPENED]
    return Enclosed(found[0] if found else mail, tuple(documents), sum(map(_counts, mail.attachments)))


def pasted_pages(mail: Mail, opener: Opener) -> list[tuple[str, Document]]:
    """Pictures inside the text that can be the letter itself. They are read, but they are no attachments."""
    pages = [
        part
        for part in mail.attachments
        if part.mime_type in ("image/jpeg", "image/png") and min(dimensions(part.content)) >= PAGE_SIDE
    ]
    return [_opened(part, opener) for part in pages[:MAX_PASTED]]


def to_ask_for(documents: tuple[tuple[str, Document], ...] | list[tuple[str, Document]]) -> tuple[tuple[str, str], ...]:
    """(name, reason) of those that the sender can mend: locked with a password, or broken."""
    return tuple((name, str(document.reason)) for name, document in documents if document.reason in _TO_ASK_FOR)


def _laid_open(mail: Mail, opener: Opener, found: list[Mail], depth: int) -> Iterator[tuple[str, Document]]:
    """The documents of a mail; the mails inside it are added to `found`, outermost first."""
    for number, part in enumerate(filter(_counts, mail.attachments)):
        if number >= MAX_OPENED:
            yield part.filename, unread(Reason.TOO_LARGE, "lampiran terlalu banyak")
        elif _is_mail(part):
            yield from _inside(part.filename, part.content, opener, found, depth)
        else:
            name, document = _opened(part, opener)
            yield from _files(name, document, opener, found, depth)


def _files(
    name: str, document: Document, opener: Opener, found: list[Mail], depth: int
) -> Iterator[tuple[str, Document]]:
    if document.mail:
        yield from _inside(name, document.mail, opener, found, depth)
    for inner_name, inside in document.inner:
        yield from _files(f"{name}/{inner_name}", inside, opener, found, depth)
    if document.text or document.problem:
        yield name, document


def _inside(name: str, content: bytes, opener: Opener, found: list[Mail], depth: int) -> Iterator[tuple[str, Document]]:
    if depth <= 0:
        yield name, unread(Reason.UNKNOWN, "surel di dalam surel terlalu dalam")
        return
    inner = read_mail(content)
    found.append(inner)
    yield from _laid_open(inner, opener, found, depth - 1)


def _opened(part: Part, opener: Opener) -> tuple[str, Document]:
    format_name = document_format(part.mime_type, part.filename, part.content)
    if not format_name:
        return part.filename, unread(Reason.UNKNOWN, UNKNOWN_TYPE)
    return part.filename or "gambar di badan surel", opener(part.content, format_name)


def _counts(part: Part) -> bool:
    """A file a person attached: no inline picture, no signature, no calendar, no report part."""
    ignored = (
        "text/calendar",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-signature",
    )
    if part.mime_type in ignored or (part.content_id and part.mime_type.startswith("image/")):
        return False
    return part.attached or part.mime_type == "message/rfc822"


def _is_mail(part: Part) -> bool:
    """A mail inside a mail: as its own type, or saved as a file and attached like any other."""
    saved = part.filename.lower().endswith(".eml") and re.match(rb"[\w-]+:[ \t]", part.content) is not None
    return part.mime_type == "message/rfc822" or saved
