"""The header fields of a mail: as they stand, and as text. Never raises.

Fields made of words are decoded here. Fields made of addresses or of properties are kept as they stand as well: they
must be taken apart before any word in them is decoded (RFC 2047 §5), or the words could pass for their structure.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from email.header import Header
from email.message import Message

from parsers.fields.encoded_words import decode_words
from parsers.words.charsets import to_text

MAX_HEADER = 64_000
MOST_FIELDS = 200
"""Of one name."""
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_FOLD = re.compile(r"\r?\n(?=[ \t])")
_UNDECODED = re.compile(r"[\udc80-\udcff]")
Fields = dict[str, tuple[str, ...]]


def decoded_fields(message: Message) -> Fields:
    """Lower-case field name to decoded values, in order."""
    return _by_name(message, decoded)


def fields_as_they_stand(message: Message) -> Fields:
    """Lower-case field name to values in order, unfolded and nothing else; bytes that are no UTF-8 are surrogates."""
    return _by_name(message, _unfolded)


def printable(fields: Fields, *names: str) -> Fields:
    """Those of the fields that bear these names, without surrogates."""
    kept = {name: fields[name] for name in names if name in fields}
    return {name: tuple(_UNDECODED.sub("\ufffd", value) for value in values) for name, values in kept.items()}


def decoded(value: object) -> str:
    """A header value as text: RFC 2047 words, raw 8-bit, unknown charsets."""
    if value is None:
        return ""
    if isinstance(value, Header):
        value = str(value)
    text = str(value)[:MAX_HEADER].encode("utf-8", "surrogateescape")
    return clean(re.sub(r"\r?\n[ \t]*", " ", decode_words(to_text(text, "")))).strip()


def clean(text: str) -> str:
    """Without control and direction-changing characters, with plain line ends."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def first(fields: Fields, name: str) -> str:
    return (fields.get(name) or ("",))[0]


def ids(value: str) -> tuple[str, ...]:
    """Message-IDs, without angle brackets."""
    bracketed = re.findall(r"<([^<>\s]{1,400})>", value)
    return tuple(bracketed) or ((value.strip(),) if value.strip() and " " not in value.strip() else ())


def _by_name(message: Message, read: Callable[[object], str]) -> Fields:
    collected: dict[str, list[str]] = {}
    for name, value in message._headers:  # type: ignore[attr-defined]  # items() would replace 8-bit values by U+FFFD
        found = collected.setdefault(str(name).lower(), [])
        if len(found) < MOST_FIELDS:
            found.append(read(value))
    return {name: tuple(values) for name, values in collected.items()}


def _unfolded(value: object) -> str:
    text = str(value)[:MAX_HEADER].encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
    return _FOLD.sub("", text)
