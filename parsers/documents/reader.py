"""Which reader reads what. Runs in a reading child only, and imports no more than the one document needs."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from parsers.documents.document import NOT_YET, UNKNOWN_TYPE, Document, Reason, unread
from parsers.documents.formats import document_format

_SIMPLE = {
    "pdf": "read_pdf",
    "docx": "read_docx",
    "odt": "read_odt",
    "rtf": "read_rtf",
    "ole": "read_ole",
    "spreadsheet": "read_spreadsheet",
    "plain": "read_plain",
}
_ENVELOPES = {"tnef": "read_tnef", "package": "read_package"}
MAX_DEPTH = 2
"""An archive inside an archive is opened, and no further: each costs again what the first may cost."""


def read_document(format_name: str, content: bytes, *, ocr: bool = False, depth: int = MAX_DEPTH) -> Document:
    """Read a document of the format that `document_format` gave. Never raises for what the document is."""
    if format_name == "image":
        document = unread(Reason.NOT_READ, NOT_YET)
    elif format_name == "mail":
        return Document(mail=content)
    elif format_name in _ENVELOPES:
        read = partial(_read_inner, ocr=ocr, depth=depth - 1) if depth > 0 else _too_deep
        return _reader(format_name, _ENVELOPES[format_name])(content, read)
    elif format_name in _SIMPLE:
        document = _reader(format_name, _SIMPLE[format_name])(content)
    else:
        return unread(Reason.UNKNOWN, UNKNOWN_TYPE)
    if ocr and document.reason is Reason.NOT_READ and format_name in ("image", "pdf"):
        from parsers.documents.scan import read_scan

        scan = read_scan(content, format_name)
        # Pages of text stay what they are where the pictures among them say nothing.
        return scan if scan.text or not document.text else replace(document, problem=scan.problem, reason=scan.reason)
    return document


def _reader(module: str, function: str) -> Callable[..., Document]:
    reader: Callable[..., Document] = getattr(importlib.import_module(f"parsers.documents.{module}"), function)
    return reader


def _too_deep(_filename: str, _content: bytes) -> Document:
    return unread(Reason.UNKNOWN, "arsip di dalam arsip di dalam arsip tidak dibuka")


def _read_inner(filename: str, content: bytes, ocr: bool, depth: int) -> Document:
    return read_document(document_format("", filename, content), content, ocr=ocr, depth=depth)
