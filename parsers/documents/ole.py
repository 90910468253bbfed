"""What Microsoft wrote before packages (MS-CFB): .doc, .xls and .msg, and every Office document with a password.

Told apart by the streams inside, never by the name. Runs inside the sandbox only.
"""

from __future__ import annotations

import io

import olefile

from parsers.documents.document import UNKNOWN_TYPE, Document, Reason, unread


def read_ole(content: bytes) -> Document:
    """Read a compound file of any sort. Never raises for what the file is."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            names = {entry[0].lower() for entry in ole.listdir(streams=True, storages=True)}
            locked_word = "worddocument" in names and _is_encrypted(ole)
    except Exception:  # noqa: BLE001  hostile bytes: whatever the library says, it is a broken file
        return unread(Reason.BROKEN, "berkas Office rusak atau tidak lengkap")
    if "encryptedpackage" in names or locked_word:
        return unread(Reason.LOCKED, "berkas Office dilindungi kata sandi")
    if "__properties_version1.0" in names:
        from parsers.documents.msg import read_msg

        return read_msg(content)
    if "worddocument" in names:
        from parsers.documents.doc import read_doc

        return read_doc(content)
    if names & {"workbook", "book"}:
        from parsers.documents.spreadsheet import read_spreadsheet

        return read_spreadsheet(content)
    return unread(Reason.UNKNOWN, UNKNOWN_TYPE)


def _is_encrypted(ole: olefile.OleFileIO) -> bool:
    """MS-DOC 2.5.1: a bit of the header says so."""
    with ole.openstream("WordDocument") as stream:
        header = stream.read(12)
    return len(header) == 12 and bool(header[11] & 0x01)
