"""RTF, as WordPad and old templates write it, by striprtf. Runs in a reading child only."""

from __future__ import annotations

from striprtf.striprtf import rtf_to_text

from parsers.documents.document import Document, Reason, unread


def read_rtf(content: bytes) -> Document:
    """Read an RTF; cells of a table row stand on one line, with tabs between them. Never raises."""
    try:
        text = str(rtf_to_text(content.decode("latin-1"), errors="ignore"))
    except Exception as error:  # noqa: BLE001  hostile bytes: whatever the library says, it is a broken file
        return unread(Reason.BROKEN, f"RTF rusak ({type(error).__name__})")
    lines = [line.rstrip("|").replace("|", "\t") if line.endswith("|") else line for line in text.split("\n")]
    return Document("\n".join(lines)) if text.strip() else unread(Reason.EMPTY, "RTF tanpa teks")
