"""A text file: exported chats, logs, letters typed in Notepad."""

from __future__ import annotations

import codecs
import re

from parsers.documents.document import Document, Reason, unread
from parsers.words.charsets import to_text


def read_plain(content: bytes) -> Document:
    """Read a text file in whatever charset it is. Never raises."""
    charset = "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    text = re.sub(r"[\x00\x08\x0b\x0c\x0e-\x1f]", "", to_text(content, charset)).replace("\r\n", "\n")
    return Document(text, data=True) if text.strip() else unread(Reason.EMPTY, "berkas teks kosong")
