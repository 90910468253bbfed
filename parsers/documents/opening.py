"""Opens one document. What is refused, broken or too greedy comes back as a `problem`: the letter goes on to a human with
the original attached.

The bytes are a stranger's, so this runs in a reading child (`readers/`). The child watches over it: a document
that takes too long, or kills the child, is left unopened when the mail is read once more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from parsers.documents.document import NOT_YET, Document, Reason, unread
from parsers.documents.reader import read_document

Opener = Callable[[bytes, str], Document]
MAX_BYTES = 40_000_000
TOO_GREEDY = "berkas terlalu lama dibaca"
UNSAFE = "berkas tidak dapat dibuka dengan aman"
LEFT_OUT = "surat ini terlalu berat; berkas tidak dibuka"
ALL = "*"


@dataclass(slots=True)
class Watch:
    """Attributes:
    left_out: digest of a document (`ALL` for every one), and the problem it has instead of being opened.
    opens: told the digest of a document that is about to be opened, and "" when that is done.
    """

    left_out: Mapping[str, str] = field(default_factory=dict)
    opens: Callable[[str], None] = lambda _: None


watch = Watch()
"""Of this process: a reading child has one mail, and sets it before it begins."""


def open_document(content: bytes, format_name: str) -> Document:
    """Read a document, scans excepted. Never raises for what the document is."""
    return unread(Reason.NOT_READ, NOT_YET) if format_name == "image" else _opened(content, format_name, ocr=False)


def open_scan(content: bytes, format_name: str) -> Document:
    """Read a document, pictures by OCR: seconds a page, so never while mail waits to be taken in."""
    return _opened(content, format_name, ocr=True)


def _opened(content: bytes, format_name: str, *, ocr: bool) -> Document:
    if len(content) > MAX_BYTES:
        return unread(Reason.TOO_LARGE, "berkas terlalu besar untuk dibaca otomatis")
    digest = hashlib.sha256(content).hexdigest()
    problem = watch.left_out.get(digest) or watch.left_out.get(ALL)
    if problem:
        return unread(Reason.BROKEN if problem == UNSAFE else Reason.TOO_LARGE, problem)
    watch.opens(digest)
    try:
        return read_document(format_name, content, ocr=ocr)
    except (MemoryError, RecursionError):
        return unread(Reason.TOO_LARGE, TOO_GREEDY)
    except Exception:  # noqa: BLE001  libraries on hostile bytes: whatever they raise, the document is not to be read
        return unread(Reason.BROKEN, UNSAFE)
    finally:
        watch.opens("")
