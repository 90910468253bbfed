"""A mail of ours as its reader had it before them: what a reply to it may quote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parsers.mails.html import html_to_text
from parsers.mails.message import read_mail

_ENCLOSED = b"Content-Disposition: attachment"
_ENOUGH = 200_000
"""Bytes: our words stand first, what is enclosed below them."""


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


def read_our_mail(raw: bytes) -> OurMail:
    """What we wrote, from the bytes we sent. Never raises."""
    mail = read_mail(raw.partition(_ENCLOSED)[0][:_ENOUGH])
    texts = tuple(text for text in (mail.plain, html_to_text(mail.html)) if text.strip())
    return OurMail(texts, mail.sender_name, mail.sender, (mail.header("to"), *mail.recipients))


def names_in(ours: Sequence[OurMail]) -> tuple[str, ...]:
    """All that a client may call us, or the reader, above the quote."""
    return tuple({said for mail in ours for said in (mail.name, mail.address, *mail.readers)})
