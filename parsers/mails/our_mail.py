"""A mail of ours as its reader had it before them: what a reply to it may quote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OurMail:
    """Attributes:
    texts: each face of it (text/plain, text/html) as text; a client quotes either.
    name, address: of its From field.
    readers: names and addresses of its To field.
    """

    texts: tuple[str, ...]
    name: str = ""
    address: str = ""
    readers: tuple[str, ...] = ()


def names_in(ours: Sequence[OurMail]) -> tuple[str, ...]:
    """All that a client may call us, or the reader, above the quote."""
    return tuple({said for mail in ours for said in (mail.name, mail.address, *mail.readers)})
