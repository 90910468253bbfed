"""Bytes in some charset as text, whatever the mail claims about them. Never raises."""

from __future__ import annotations

import codecs

_NAMES = {
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "ansi": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "x-unknown": "utf-8",
    "unknown-8bit": "utf-8",
    "utf8": "utf-8",
    "utf8mb4": "utf-8",
    "gb2312": "gb18030",
    "x-gbk": "gbk",
    "ks_c_5601-1987": "cp949",
    "iso-8859-8-i": "iso-8859-8",
    "unicode-1-1-utf-7": "utf-7",
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
ENOUGH_TO_TELL = 4000
"""Bytes in which UTF-16 shows itself: every other one of a Latin letter is zero."""


def to_text(content: bytes, charset: str) -> str:
    """The text of `content`: by its byte order mark, the charset it is said to be in, else by those it most likely is in."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace")
    wanted = charset.strip().strip("\"'").lower()
    for name in (_sixteen_bits(content), _NAMES.get(wanted, wanted)):
        try:
            if name:
                return content.decode(name)
        except (LookupError, UnicodeError, ValueError):
            continue
    return content.decode("utf-8", "surrogateescape").translate(_AS_WINDOWS)


def _sixteen_bits(content: bytes) -> str:
    """UTF-16 without a mark, by the zeros at even or at odd places; "" for everything else."""
    start = content[:ENOUGH_TO_TELL]
    even, odd = start[::2].count(0), start[1::2].count(0)
    pairs = len(start) // 2
    if pairs < 2 or len(content) % 2:
        return ""
    if odd > 0.6 * pairs and even < 0.1 * pairs:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * pairs and odd < 0.1 * pairs else ""


def _as_windows(byte: int) -> str:
    single = bytes([byte])
    try:
        return single.decode("cp1252")
    except UnicodeError:
        return single.decode("latin-1")


_AS_WINDOWS = {0xDC00 + byte: _as_windows(byte) for byte in range(128, 256)}
"""What is no UTF-8 was most likely written on Windows; what is, stays."""
