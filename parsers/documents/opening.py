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
from parsers.documents.programs import Programs
from parsers.documents.reader import read_document

MAX_BYTES = 40_000_000
TOO_GREEDY = "berkas terlalu lama dibaca"
UNSAFE = "berkas tidak dapat dibuka dengan aman"
LEFT_OUT = "surat ini terlalu berat; berkas tidak dibuka"
ALL = "*"


@dataclass(frozen=True, slots=True)
class Opener:
    """How the documents of one mail are opened: fast, or with the time that pictures take.

    Attributes:
        programs: of the system, for what no library reads.
        reads_pictures: also pictures, by OCR: seconds a page, so never while mail waits to be taken in.
        left_out: digest of a document (`ALL` for every one), and the problem it has instead of being opened.
        opens: told the digest of a document that is about to be opened, and "" when that is done.
    """

    programs: Programs
    reads_pictures: bool = False
    left_out: Mapping[str, str] = field(default_factory=dict)
    opens: Callable[[str], None] = lambda _: None

    def open(self, content: bytes, format_name: str) -> Document:
        """Read a document. Never raises for what the document is."""
        if format_name == "image" and not self.reads_pictures:
            return unread(Reason.NOT_READ, NOT_YET)
        if len(content) > MAX_BYTES:
            return unread(Reason.TOO_LARGE, "berkas terlalu besar untuk dibaca otomatis")
        digest = hashlib.sha256(content).hexdigest()
        problem = self.left_out.get(digest) or self.left_out.get(ALL)
        if problem:
            return unread(Reason.BROKEN if problem == UNSAFE else Reason.TOO_LARGE, problem)
        self.opens(digest)
        try:
            return read_document(format_name, content, self.programs, reads_pictures=self.reads_pictures)
        except (MemoryError, RecursionError):
            return unread(Reason.TOO_LARGE, TOO_GREEDY)
        except Exception:  # noqa: BLE001  libraries on hostile bytes: whatever they raise, the document is not to be read
            return unread(Reason.BROKEN, UNSAFE)
        finally:
            self.opens("")
