"""Which reader reads what. Runs in a reading child only, and imports no more than the one document needs."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import replace

from parsers.documents.document import NOT_YET, TOO_LONG, UNKNOWN_TYPE, Document, Reason, unread
from parsers.documents.programs import Programs
from parsers.words.text_bounds import bounded_text

_READERS = {
    "pdf": "read_pdf",
    "docx": "read_docx",
    "odt": "read_odt",
    "rtf": "read_rtf",
    "spreadsheet": "read_spreadsheet",
    "plain": "read_plain",
    "tnef": "read_tnef",
    "package": "read_package",
}


def read_document(format_name: str, content: bytes, programs: Programs, *, reads_pictures: bool) -> Document:
    """Read a document of the format that `document_format` gave; the files in an archive are taken out, not opened."""
    document = _read(format_name, content, programs, reads_pictures=reads_pictures)
    text, cut = bounded_text(document.text)
    if cut and not document.problem:
        return replace(document, text=text, problem=TOO_LONG, reason=Reason.TOO_LARGE)
    return replace(document, text=text)


def _read(format_name: str, content: bytes, programs: Programs, *, reads_pictures: bool) -> Document:
    if format_name == "image":
        document = unread(Reason.NOT_READ, NOT_YET)
    elif format_name == "mail":
        return Document(mail=content)
    elif format_name == "ole":
        document = _reader("ole", "read_ole")(content, programs)
    elif format_name in _READERS:
        document = _reader(format_name, _READERS[format_name])(content)
    else:
        return unread(Reason.UNKNOWN, UNKNOWN_TYPE)
    if reads_pictures and document.reason is Reason.NOT_READ and format_name in ("image", "pdf"):
        from parsers.documents.scan import read_scan

        scan = read_scan(content, format_name, programs)
        # Pages of text stay what they are where the pictures among them say nothing.
        return scan if scan.text or not document.text else replace(document, problem=scan.problem, reason=scan.reason)
    return document


def _reader(module: str, function: str) -> Callable[..., Document]:
    reader: Callable[..., Document] = getattr(importlib.import_module(f"parsers.documents.{module}"), function)
    return reader
