"""What text from outside may look like on any face: mail, paper, workbook, case file.

Faces show what the author sees in the mail, and no character may stop them: what has a meaning gets its usual form,
what has none is left out, and what is broken shows as "�".
"""

from __future__ import annotations

import re
from typing import Any

_ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\uf000-\uf0ff\ufdd0-\ufdef\ufffe\uffff]"
)
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
_NO_CHARACTER = re.compile(
    f"[{''.join(chr(plane + last) for plane in range(0x10000, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))}]"
)
"""Looked for apart: with them among the odd, every letter would be compared with each of these."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINES = dict.fromkeys("\r\x0b\x0c\u2028\u2029", "\n")
_APART = dict.fromkeys("\x1c\x1d\x1e\x1f", " ")
_BULLETS = dict(
    zip(
        "\uf0b7\uf09f\uf09e\uf0a7\uf0a8\uf06c\uf06e\uf06f\uf071\uf072\uf075\uf076\uf0ab\uf0d8\uf0fc\uf0fb\uf0fe\uf0fd",
        "••·▪◻●■□❑❒◆❖★➢✓✗☑☒",
        strict=True,
    )
) | dict(
    zip(
        "\uf0df\uf0e0\uf0e1\uf0e2\uf0e8\uf0ef\uf0f0\uf02d\uf043\uf044\uf046\uf04a\uf04c",
        "←→↑↓➔⇦⇨-👍👎☞☺☹",
        strict=True,
    )
)
"""Word writes the signs of Symbol and Wingdings as private characters. Those that are beyond doubt: bullets, arrows,
ticks, faces; a code that the two fonts read differently stays what it is."""


def plain(text: str) -> str:
    """`text` without what no face can hold: controls, broken halves of characters, turned directions.

    Line breaks of every kind are "\\n". Ordinary text comes back as it is. Never raises.
    """
    if _SURROGATE.search(text):  # two halves that belong together are one character, one alone is none
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    text = _ODD.sub(_usual, text)
    return _NO_CHARACTER.sub("\ufffd", text) if _BEYOND.search(text) else text


def plain_values(value: Any) -> Any:
    """The same for every text within lists and dictionaries."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {plain_values(key): plain_values(inner) for key, inner in value.items()}
    return [plain_values(inner) for inner in value] if isinstance(value, list | tuple) else value


def _usual(odd: re.Match[str]) -> str:
    sign = odd[0]
    for known in (_LINES, _APART, _BULLETS):
        if sign in known:
            return known[sign]
    if "\x80" <= sign <= "\x9f":  # Windows' quotes and dashes, decoded as if they were Latin-1
        return sign.encode("latin-1").decode("cp1252", "ignore")
    if "\uf000" <= sign <= "\uf0ff":
        return sign
    return "\ufffd" if sign >= "\ufdd0" else ""
