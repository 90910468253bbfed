"""The mailboxes that an address field names (RFC 5322 §3.4 and §4.4, RFC 6532), however carelessly. Never raises.

The field is taken apart as it stands. Words are decoded in display names alone, after the addresses have been found: an
address that shows itself only when words are decoded is none (RFC 2047 §5).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from parsers.fields.comments import comment_end
from parsers.fields.field_values import MAX_HEADER, decoded

MAX_ADDRESS = 254
"""Bytes (RFC 5321 §4.5.3.1.3); whatever is longer is nobody's."""
MAX_VALUES, MOST = 20, 2000
"""Fields of one name that are read, and mailboxes."""
_OUTSIDE = r"\s<>()\[\],;:\\\"@"
"""What stands in no address but within quotation marks."""
_LOCAL = re.compile(rf"[^{_OUTSIDE}]++")
_QUOTED_LOCAL = re.compile(r'"(?:[^"\\\x00-\x1f\x7f]++|\\[ -~])+"')
_DOMAIN = re.compile(r"[\w\u0080-\U0010ffff-]++(?:\.[\w\u0080-\U0010ffff-]++)*|\[[\w.:-]++\]")
_WORD = re.compile(r"=\?.*\?=")
_QUOTED = re.compile(r'"(?:[^"\\]++|\\.)*"', re.DOTALL)
_PAIR = re.compile(r"\\(.)", re.DOTALL)
_TOKEN = re.compile(r"=\?[^?\s]{1,40}\?[bBqQ]\?[^?\s]*\?=|\s++|[^\s\"(),:;<=>@]++|.", re.DOTALL)
_JOINTS = re.compile(r"([.@])")
_NO_BRACKETS = str.maketrans("()", "  ")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Attributes:
    name: display name, decoded; "" if there is none.
    address: lower-case addr-spec in NFC.
    """

    name: str
    address: str


def mailboxes(values: Sequence[str]) -> list[Mailbox]:
    """All that `values` of an address field name, in order, members of groups among them.

    Args:
        values: as they stand in the mail, unfolded, not decoded; bytes that are no UTF-8 are surrogates.
    """
    found: list[Mailbox] = []
    for value in values[:MAX_VALUES]:
        for element in _elements(value[:MAX_HEADER]):
            found += element
            if len(found) >= MOST:
                return found[:MOST]
    return found


def address_of(text: str) -> str:
    """`text` as an addr-spec in lower case; "" for what is none, or hides in encoded words."""
    local, _, domain = unicodedata.normalize("NFC", text).rpartition("@")
    address = unicodedata.normalize("NFC", f"{local}@{domain}".lower())
    if not (_LOCAL.fullmatch(local) or _QUOTED_LOCAL.fullmatch(local)) or not _DOMAIN.fullmatch(domain):
        return ""
    if _WORD.search(local) or not all(sign.isascii() or unicodedata.category(sign)[0] in "LMN" for sign in address):
        return ""
    return address if len(address.encode("utf-8", "replace")) <= MAX_ADDRESS and address.isprintable() else ""


@dataclass(slots=True)
class _Element:
    """What stands between two commas, so far."""

    phrase: list[str] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    angle: list[str] | None = None

    def name(self) -> str:
        return "".join(self.phrase).strip() or " ".join(self.comments).strip()

    def read(self, before: str) -> list[Mailbox]:
        """`before`: what stood before the comma; a name with a comma in it that nobody quoted."""
        if self.angle is not None:
            route = "".join(self.angle).strip()
            spec = route.rpartition(":")[2] if route[:1] == "@" or route[:7].lower() == "mailto:" else route
            return _named(f"{before}, {self.name()}" if before and self.name() else before or self.name(), spec)
        text = "".join(self.bare).strip()
        whole = _named(" ".join(self.comments), text)
        if whole or "@" not in text:
            return whole
        words = [word for word in text.split() if "@" in word]
        names = ["".join(self.phrase).partition(words[0])[0]]
        return [one for word in words for one in _named(names.pop() if names else "", word)]


def _named(name: str, spec: str) -> list[Mailbox]:
    if '"' not in spec:  # blanks may stand around a full stop (RFC 5322 §4.4)
        spec = "".join(map(str.strip, _JOINTS.split(spec)))
    address = address_of(spec.strip())
    return [Mailbox(decoded(name.strip()), address)] if address else []


def _elements(value: str) -> Iterator[list[Mailbox]]:
    element, before = _Element(), ""
    inside = False
    for kind, text in _tokens(value):
        on_route = inside and element.angle is not None and element.angle[:1] == ["@"]
        ends = (kind == "," and not on_route) or (kind == ";" and not inside)
        if ends or (kind == "<" and element.angle is not None):
            found = element.read(before)
            before = "" if found or kind != "," else ", ".join(filter(None, (before, element.name())))[:MAX_ADDRESS]
            yield found
            element, inside = _Element(), False
        if kind == "<":
            element.angle, inside = [], True
        elif inside and element.angle is not None:
            inside = kind != ">"
            if inside and kind != "(" and (element.angle or text.strip()):
                element.angle.append(text)
        elif kind == "(":
            element.comments.append(text)
        elif kind == ":":  # the name of a group, or "mailto"
            element = _Element()
        elif not ends and kind != ">":
            element.phrase.append(_unquoted(text) if kind == '"' else text)
            element.bare.append(text)
    yield element.read(before)


def _tokens(value: str) -> Iterator[tuple[str, str]]:
    """Kind and text: `"` a quoted string, `(` what a comment says, a special character by itself, and "" the rest.

    A quotation mark or a bracket that nobody closed is a blank, and so is each of its kind behind it.
    """
    at = 0
    while at < len(value):
        if value[at] == '"':
            quoted = _QUOTED.match(value, at)
            if quoted is None:
                value = value[:at] + value[at:].replace('"', " ")
                continue
            yield '"', quoted[0]
            at = quoted.end()
        elif value[at] == "(":
            end = comment_end(value, at)
            if end < 0:
                value = value[:at] + value[at:].translate(_NO_BRACKETS)
                continue
            yield "(", value[at + 1 : end - 1]
            at = end
        else:
            token = _TOKEN.match(value, at)
            if token is None:  # it matches every character
                return
            yield (token[0] if token[0] in ",;:<>" else ""), " " if token[0] == ")" else token[0]
            at = token.end()


def _unquoted(text: str) -> str:
    return _PAIR.sub(r"\1", text[1:-1])
