"""S/MIME and CAdES wrap what they sign (CMS, RFC 5652): what is inside, without asking whether the signature holds.

A bounded reader of BER: lengths are checked, nothing recurses deeper than `MAX_DEPTH`, and nothing is believed.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

MAX_DEPTH, MAX_ELEMENTS = 12, 20_000
_SIGNED = bytes.fromhex("2a864886f70d010702")
_ENVELOPED = (bytes.fromhex("2a864886f70d010703"), bytes.fromhex("2a864886f70d0109100117"))
"""Of id-envelopedData, id-ct-authEnvelopedData."""
_OID, _OCTETS, _CONTEXT, _CONSTRUCTED = 0x06, 0x04, 0x80, 0x20
_PEM = re.compile(rb"-----BEGIN (?:PKCS ?#?7|CMS)-----\s+")


class _BrokenError(ValueError):
    """It is no BER, or more of it than we read."""


def signed_content(content: bytes) -> bytes | None:
    """What a signed-data object encloses; None if it is none, broken, or signs something that is elsewhere."""
    try:
        kind, signed = _content_info(content)
        if kind != _SIGNED:
            return None
        fields = list(_children(signed))
        enclosed = next(body for tag, body in fields if tag == 0x30)  # after the version and a SET of algorithms
        wrapped = [body for tag, body in _children(enclosed) if tag == _CONTEXT | _CONSTRUCTED]
        return _octets(wrapped[0], 0) if wrapped else None
    except (_BrokenError, StopIteration, IndexError):
        return None


def is_encrypted(content: bytes) -> bool:
    """Whether it is an object that only its recipient's key opens."""
    try:
        return _content_info(content)[0] in _ENVELOPED
    except (_BrokenError, StopIteration, IndexError):
        return False


def _content_info(content: bytes) -> tuple[bytes, bytes]:
    """The object identifier of what it is, and its fields."""
    content = _binary(content)
    tag, body, _ = _element(content, 0)
    if tag != 0x30:
        raise _BrokenError("no SEQUENCE")
    (kind_tag, kind), (_, wrapped) = [*_children(body)][:2]
    if kind_tag != _OID:
        raise _BrokenError("no type")
    _, inner, _ = _element(wrapped, 0)
    return kind, inner


def _binary(content: bytes) -> bytes:
    """DER as it is; PEM or bare base64 decoded."""
    if content[:1] == b"\x30":
        return content
    text = content.lstrip()
    head = _PEM.match(text)
    text = text[head.end() if head else 0 :].partition(b"-----END")[0]
    if not text.startswith((b"MI", b"MD")):
        raise _BrokenError("neither DER nor PEM")
    try:
        return base64.b64decode(re.sub(rb"\s+", b"", text))
    except binascii.Error as error:
        raise _BrokenError("no base64") from error


def _octets(body: bytes, depth: int) -> bytes:
    """An OCTET STRING in one piece, or in many."""
    if depth > MAX_DEPTH:
        raise _BrokenError("too deep")
    pieces = []
    for tag, piece in _children(body):
        if tag == _OCTETS:
            pieces.append(piece)
        elif tag == _OCTETS | _CONSTRUCTED:
            pieces.append(_octets(piece, depth + 1))
        else:
            raise _BrokenError("no OCTET STRING")
    return b"".join(pieces)


def _children(body: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    for _ in range(MAX_ELEMENTS):
        if place >= len(body) or body[place : place + 2] == b"\0\0":
            return
        tag, inner, place = _element(body, place)
        yield tag, inner
    raise _BrokenError("too many elements")


def _element(content: bytes, place: int, depth: int = 0) -> tuple[int, bytes, int]:
    """Tag, body and the place after it of the element that begins at `place`."""
    if depth > MAX_DEPTH or place + 2 > len(content):
        raise _BrokenError("cut off")
    tag, length = content[place], content[place + 1]
    start = place + 2
    if length == 0x80:  # ends where two zeros stand
        end = start
        for _ in range(MAX_ELEMENTS):
            if content[end : end + 2] == b"\0\0":
                return tag, content[start:end], end + 2
            _, _, end = _element(content, end, depth + 1)
        raise _BrokenError("too many elements")
    if length > 0x80:
        size = length & 0x7F
        length = int.from_bytes(content[start : start + size], "big")
        start += size
        if size > 8:
            raise _BrokenError("too long")
    if start + length > len(content):
        raise _BrokenError("cut off")
    return tag, content[start : start + length], start + length
