"""Word's .doc, by the program catdoc of the system."""

from __future__ import annotations

import re

from parsers.documents.document import Document, Reason, unread
from parsers.documents.programs import NotInstalled, ProgramFailed, Programs

NO_CATDOC = "berkas .doc belum dapat dibaca: catdoc tidak terpasang"
_CELL = "\x07"


def read_doc(content: bytes, programs: Programs) -> Document:
    """Read a .doc; cells of a table row stand on one line, with tabs between them. Never raises."""
    try:
        said = programs.doc_text(content)
    except NotInstalled:
        return unread(Reason.NOT_READ, NO_CATDOC)
    except ProgramFailed:
        return unread(Reason.BROKEN, "DOC rusak atau tidak lengkap")
    text = said.replace("\r\n", "\n").replace(_CELL, "\t")
    text = re.sub(r"[\x00\x08\x0b\x0c\x0e-\x1f]", "", text)
    return Document(text) if text.strip() else unread(Reason.EMPTY, "DOC tanpa teks")
