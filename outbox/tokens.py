"""Tokens that tie an answer to the very mail, and the very person, it answers."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

from sop.mail_key import MailKey

_TOKEN = re.compile(r"\b([a-z2-7]{5})-([a-z2-7]{5})-([a-z2-7]{4})\b")


def sign(secret: bytes, key: MailKey, recipient: str) -> str:
    """The token of one mail to one recipient: 70 bits of HMAC-SHA-256, such as "k3v6a-x2mpq-7abc"."""
    digest = hmac.new(secret, f"{key}\n{recipient.lower()}".encode(), hashlib.sha256).digest()
    letters = base64.b32encode(digest).decode().lower()[:14]
    return f"{letters[:5]}-{letters[5:10]}-{letters[10:]}"


def names_our_mail(message_id: str, address: str) -> bool:
    """Whether a Message-ID (without brackets) has the form of those we give, so that even a desk whose outbox was lost
    knows its own mail. `address`: ours.
    """
    left, _, domain = message_id.lower().partition("@")
    about, _, token = left.rpartition(".")
    return bool(about) and domain == address.rpartition("@")[2] and _TOKEN.fullmatch(token) is not None


def find_token(text: str) -> str:
    """The first thing in `text` that looks like a token, or ""."""
    match = _TOKEN.search(text.lower())
    return match.group(0) if match else ""
