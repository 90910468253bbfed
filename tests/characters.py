"""All of Unicode, for tests of what is drawn: no value may stop a face."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import cycle
from typing import Any

EVERY = [chr(code) for code in range(0x110000)]
"""Every code point, halves of characters and those that are none included."""

ODD = (
    "".join(map(chr, range(0x20)))
    + "".join(map(chr, range(0x7F, 0xA1)))
    + "\ud800 \udbff \udc80 \udfff \ud83d\ude4f \ufdd0 \ufffe \uffff \U0010ffff \U0001fffe"
    + "\u2028\u2029\u200b\u200d\ufeff\u202efdp.exe\u202c\u2066x\u2069\u061c\xad\u180e"
    + "\uf0b7\uf0d8\uf0fc\uf0a7\uf0a3 \ue000 \U000f0000"
    + "🙏✅👍🏽👨‍👩‍👧‍👦🇮🇩1️⃣❤️🧿🫨 华为 日本 한국 ไทย ꦗꦮ ᯅᯖᯂ᯲ ﷽ مديرية हिन्दी ሰላም 𝗦𝗘𝗚 ＡＢ ㈱ e\u0301 \u0301"
    + "\r\nBcc: x@y.example\r\n\r\n=?utf-8?q?=0A?= <b>&amp;</b> {{ 7 }} {% x %} #panic() $x$ \"'\\()|`*_[]@:;,"
)
"""What has ever been a trouble, in one line."""


def filled(value: Any, texts: Iterator[str]) -> Any:
    """`value` with every text in it replaced by the next of `texts`."""
    if isinstance(value, str):
        return next(texts)
    if isinstance(value, dict):
        return {key: filled(inner, texts) for key, inner in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **filled({part.name: getattr(value, part.name) for part in fields(value)}, texts))
    return [filled(inner, texts) for inner in value] if isinstance(value, list | tuple) else value


def in_parts(signs: list[str], parts: int) -> Iterator[str]:
    """All of `signs`, dealt out into so many texts, as words of a few signs; then the same again, for ever."""
    size = -(-len(signs) // parts)
    texts = [signs[first : first + size] for first in range(0, len(signs), size)]
    return cycle([" ".join("".join(text[at : at + 8]) for at in range(0, len(text), 8)) for text in texts])
