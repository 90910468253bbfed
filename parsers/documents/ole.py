"""What Microsoft wrote before packages (MS-CFB): .doc, .xls and .msg, and every Office document with a password.

Told apart by the streams inside, never by the name. Runs in a reading child only.
"""

from __future__ import annotations

import io
import struct

import olefile

from parsers.documents.document import UNKNOWN_TYPE, Document, Reason, unread
from parsers.documents.programs import Programs

FILE_PASS, FIRST_RECORDS = 0x2F, 12


def read_ole(content: bytes, programs: Programs) -> Document:
    """Read a compound file of any sort. Never raises for what the file is."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            names = {entry[0].lower() for entry in ole.listdir(streams=True, storages=True)}
            locked = "worddocument" in names and _is_encrypted(ole)
            locked = locked or any(_is_locked_book(ole, name) for name in ("Workbook", "Book") if name.lower() in names)
    except Exception:  # noqa: BLE001  hostile bytes: whatever the library says, it is a broken file
        return unread(Reason.BROKEN, "berkas Office rusak atau tidak lengkap")
    if "encryptedpackage" in names or locked:
        return unread(Reason.LOCKED, "berkas Office dilindungi kata sandi")
    if "__properties_version1.0" in names:
        from parsers.documents.msg import read_msg

        return read_msg(content)
    if "worddocument" in names:
        from parsers.documents.doc import read_doc

        return read_doc(content, programs)
    if names & {"workbook", "book"}:
        from parsers.documents.spreadsheet import read_spreadsheet

        return read_spreadsheet(content)
    return unread(Reason.UNKNOWN, UNKNOWN_TYPE)


def _is_locked_book(ole: olefile.OleFileIO, stream: str) -> bool:
    """MS-XLS 2.4.117: a FilePass record among the first ones; what follows is encrypted."""
    with ole.openstream(stream) as book:
        for _ in range(FIRST_RECORDS):
            kind, length = struct.unpack("<HH", book.read(4).ljust(4, b"\0"))
            if kind == FILE_PASS or not kind:
                return bool(kind)
            book.seek(length, 1)
    return False


def _is_encrypted(ole: olefile.OleFileIO) -> bool:
    """MS-DOC 2.5.1: a bit of the header says so."""
    with ole.openstream("WordDocument") as stream:
        header = stream.read(12)
    return len(header) == 12 and bool(header[11] & 0x01)
