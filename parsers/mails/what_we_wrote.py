"""Our own mails, from the bytes we sent."""

from __future__ import annotations

from parsers.mails.html import html_to_text
from parsers.mails.message import read_mail
from parsers.mails.our_mail import OurMail

_ENCLOSED = b"Content-Disposition: attachment"
_ENOUGH = 200_000
"""Bytes: our words stand first, what is enclosed below them."""


def read_our_mail(raw: bytes) -> OurMail:
    """What we wrote, from the bytes we sent. Never raises."""
    mail = read_mail(raw.partition(_ENCLOSED)[0][:_ENOUGH], ours=True)
    texts = tuple(text for text in (mail.plain, html_to_text(mail.html)) if text.strip())
    return OurMail(texts, mail.sender_name, mail.sender, (mail.header("to"), *mail.recipients))
