"""Which reader a file is for. Bytes come first: names and types often lie."""

from __future__ import annotations

import re
from pathlib import PurePath

READABLE = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/ms-tnef": "tnef",
    "application/vnd.ms-tnef": "tnef",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/rtf": "rtf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "spreadsheet",
    "application/zip": "package",
    "application/x-zip-compressed": "package",
    **dict.fromkeys(("application/msword", "application/vnd.ms-excel", "application/vnd.ms-outlook"), "ole"),
    **dict.fromkeys(("text/plain", "text/csv"), "plain"),
    "text/rtf": "rtf",
    **dict.fromkeys(("image/jpeg", "image/pjpeg", "image/jpg", "image/png", "image/gif", "image/webp"), "image"),
    **dict.fromkeys(("image/tiff", "image/bmp", "image/x-ms-bmp"), "image"),
}
_BY_EXTENSION = {".pdf": "pdf", ".docx": "docx", ".odt": "odt", ".rtf": "rtf", ".zip": "package"}
_BY_EXTENSION |= dict.fromkeys((".doc", ".xls", ".msg"), "ole")
_BY_EXTENSION |= dict.fromkeys((".xlsx", ".xlsm", ".xlsb", ".ods"), "spreadsheet")
_BY_EXTENSION |= dict.fromkeys((".txt", ".csv", ".log"), "plain")
_BY_EXTENSION |= dict.fromkeys((".jpg", ".jpeg", ".png", ".gif", ".webp", ".tif", ".tiff", ".bmp"), "image")
_STARTS = {
    b"PK\x03\x04": "package",
    b"PK\x05\x06": "package",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "ole",
    b"\x78\x9f\x3e\x22": "tnef",
    b"{\\rtf": "rtf",
    **dict.fromkeys((b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\0", b"MM\0*"), "image"),
}
_HEADER = re.compile(rb"[\w-]+:[ \t]")


def document_format(mime_type: str, filename: str, content: bytes) -> str:
    """Which reader a file is for ("pdf", "package", "ole", "image" …), or "" if none can read it.

    A package may be a DOCX, a workbook or an archive, a compound file a .doc or a .msg: their readers find out.
    """
    if content[:1024].lstrip().startswith(b"%PDF"):
        return "pdf"
    for start, format_name in _STARTS.items():
        if content.startswith(start):
            return format_name
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image"
    suffix = PurePath(filename.lower()).suffix
    if suffix == ".eml" and _HEADER.match(content):
        return "mail"
    return READABLE.get(mime_type) or _BY_EXTENSION.get(suffix, "")
