"""Who wrote a mail, where its From field leaves no doubt (RFC 5322 §3.6.2).

Servers, mail programs and we take a careless field apart differently, and whoever is asked whether it is genuine may
have been asked about another address than the one that is read. So a field names an author only in the plain shapes
that every sound parser reads alike: one field, one mailbox, an optional name. Everything else is nobody's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from parsers.fields.addresses import Mailbox, address_of, mailboxes

MAX_FROM = 2000
_FROM = re.compile(rb"^from[ \t]*:", re.IGNORECASE | re.MULTILINE)
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_LONE_CR = re.compile(rb"\r(?!\n)")
_CONTROLS = r"\x00-\x08\x0a-\x1f\x7f-\x9f"
_WORDS = rf"[^<>@\"()\\,:;\[\]{_CONTROLS}]++"
_COMMENT = rf"\([^()<>@\"\\{_CONTROLS}]*+\)"
_QUOTED = rf'"[^"\\{_CONTROLS}]*+"|"(?:[^"\\<>@{_CONTROLS}]++|\\[^<>@{_CONTROLS}])*"'
_NAME = rf"(?:{_WORDS}|{_COMMENT}|{_QUOTED})*"
_LOOSE = rf"[^<>@\"()\\:;{_CONTROLS}]*+"
"""A name with commas or square brackets that nobody quoted: as long as there is no other "@", there is no other address."""
_SPEC = r"([^\s<>()\[\],;:\\\"@]++@[^\s<>()\[\],;:\\\"@]++)"
_BEHIND = rf"(?:[ \t]++|{_COMMENT})*"
_PLAIN = re.compile(rf"(?:{_NAME}|{_LOOSE})<[ \t]*+{_SPEC}[ \t]*+>{_BEHIND}|[ \t]*+{_SPEC}{_BEHIND}")


def author_of(raw: bytes, values: Sequence[str]) -> Mailbox | None:
    """The one mailbox that a mail's From names beyond doubt; None if there is any.

    Args:
        raw: the mail; its head is looked at for a second From that another parser might see.
        values: of From as we have found them, unfolded, not decoded.
    """
    head = _head(raw)
    if len(values) != 1 or len(_FROM.findall(head)) != 1 or _LONE_CR.search(head) or len(values[0]) > MAX_FROM:
        return None
    plain = _PLAIN.fullmatch(values[0])
    if plain is None:
        return None
    written = plain[1] or plain[2]
    address = address_of(written)
    if not address or unicodedata.normalize("NFKC", written) != written:  # some would take it for another's
        return None
    return next((one for one in mailboxes(values) if one.address == address), None)


def _head(raw: bytes) -> bytes:
    end = _HEAD_END.search(raw)
    return raw[: end.start()] if end else raw
