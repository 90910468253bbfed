"""Reads winmail.dat, the envelope that Outlook puts around what it attaches (MS-OXTNEF). Runs in a reading child only."""

from __future__ import annotations

from tnefparse import TNEF

from parsers.documents.document import Document, Reason, unread


def read_tnef(content: bytes) -> Document:
    """The text of the mail itself; the files inside are taken out. Never raises."""
    try:
        envelope = TNEF(content, do_checksum=False)
        files = [
            (str(file.long_filename() or file.name or ""), bytes(file.data or b"")) for file in envelope.attachments
        ]
        text = _text(envelope.body)
    except Exception as error:  # noqa: BLE001  hostile bytes: whatever the library says, it is a broken envelope
        return unread(Reason.BROKEN, f"winmail.dat rusak ({type(error).__name__})")
    return Document(text, inner=tuple(files)) if files or text else unread(Reason.EMPTY, "winmail.dat kosong")


def _text(body: bytes | str | None) -> str:
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else str(body or "")
    return text.replace("\x00", "").strip()
