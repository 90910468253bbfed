"""Reads winmail.dat, the envelope that Outlook puts around what it attaches (MS-OXTNEF). Runs in a reading child only."""

from __future__ import annotations

from collections.abc import Callable

from tnefparse import TNEF

from parsers.documents.document import Document, Reason, unread


def read_tnef(content: bytes, read: Callable[[str, bytes], Document]) -> Document:
    """The first document inside that can be read, else the text of the mail itself. Never raises.

    `read` takes the name and the bytes of an inner file.
    """
    try:
        envelope = TNEF(content, do_checksum=False)
        files = [
            (str(file.long_filename() or file.name or ""), bytes(file.data or b"")) for file in envelope.attachments
        ]
        text = _text(envelope.body)
    except Exception as error:  # noqa: BLE001  hostile bytes: whatever the library says, it is a broken envelope
        return unread(Reason.BROKEN, f"winmail.dat rusak ({type(error).__name__})")
    problems, reasons = list[str](), list[Reason]()
    for name, inner in files:
        document = read(name, inner)
        if not document.problem:
            return document
        problems.append(f"{name} ({document.problem})")
        reasons.append(document.reason or Reason.UNKNOWN)
    if text and not problems:
        return Document(text)
    # What the OPD can mend is asked for first.
    reason = min(reasons, key=list(Reason).index, default=Reason.EMPTY)
    return Document(text, problem="; ".join(problems) or "winmail.dat kosong", reason=reason)


def _text(body: bytes | str | None) -> str:
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else str(body or "")
    return text.replace("\x00", "").strip()
