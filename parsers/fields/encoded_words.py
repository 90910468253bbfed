"""Encoded words in header fields (RFC 2047), also as broken clients write them. Never raises.

Not the standard library's `decode_header`: it loses the space between a word and the text beside it.
"""

from __future__ import annotations

import base64
import binascii
import re

from parsers.words.charsets import to_text

_WORD = re.compile(r"=\?([^?\s]{1,40})\?([bBqQ])\?([^?\r\n]*)\?=")
_BETWEEN = re.compile(r"(?<=\?=)[ \t\r\n]+(?==\?[^?\s]{1,40}\?[bBqQ]\?)")


def decode_words(text: str) -> str:
    """`text` with its encoded words decoded. Space between two of them belongs to neither (RFC 2047 §6.2)."""
    if "=?" not in text:
        return text
    joined = _BETWEEN.sub("", text)
    said, end = "", 0
    held, held_charset = b"", ""  # a character may be split over two words of one charset
    for match in _WORD.finditer(joined):
        charset = match[1].partition("*")[0].lower()  # RFC 2231 §5 allows a language after it
        gap = joined[end : match.start()]
        if gap or charset != held_charset:
            said += to_text(held, held_charset) + gap
            held, held_charset = b"", charset
        held += _content(match[2].lower(), match[3], charset)
        end = match.end()
    return said + to_text(held, held_charset) + joined[end:]


def _content(encoding: str, payload: str, charset: str) -> bytes:
    try:
        # Some leave letters as they are inside the word; those have been decoded already.
        raw = payload.encode("ascii" if payload.isascii() else charset)
    except (LookupError, UnicodeError, ValueError):
        raw = payload.encode("utf-8", "surrogatepass")
    if encoding == "q":
        return binascii.a2b_qp(raw.replace(b"_", b" "))
    kept = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    try:
        return base64.b64decode(kept[: len(kept) - (len(kept) % 4 == 1)] + b"=" * (-len(kept) % 4))
    except binascii.Error:
        return raw
