"""Bytes in some charset as text, whatever the mail claims about them. Never raises."""

from __future__ import annotations

_NAMES = {
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "ansi": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "x-unknown": "utf-8",
    "unknown-8bit": "utf-8",
    "utf8mb4": "utf-8",
    "gb2312": "gb18030",
    "x-gbk": "gbk",
    "ks_c_5601-1987": "cp949",
    "iso-8859-8-i": "iso-8859-8",
    "unicode-1-1-utf-7": "utf-7",
}


def to_text(content: bytes, charset: str) -> str:
    """The text of `content`: by the charset it is said to be in, else by those it most likely is in."""
    wanted = charset.strip().strip("\"'").lower()
    for name in (_NAMES.get(wanted, wanted), "utf-8", "cp1252"):
        try:
            return content.decode(name) if name else content.decode("utf-8")
        except (LookupError, UnicodeError, ValueError):
            continue
    return content.decode("latin-1")
