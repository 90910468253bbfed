"""The words that count in a reply: its author's own, or an official's words that a staff member forwards."""

from __future__ import annotations

import re

from parsers.mails.html import html_to_text, reply_markup
from parsers.mails.message import Mail
from parsers.mails.quotes import forwarded_original, own_words

_PREFIX = re.compile(r"^\s*(?:(?:re|bls|balas(?:an)?|fwd?|tr|aw|wg)\s*:\s*)*", re.IGNORECASE)
_TOKEN = re.compile(r"\([a-z2-7]{5}-[a-z2-7]{5}-[a-z2-7]{4}\)")


def reply_text(mail: Mail) -> str:
    """The author's own new words in a reply, from whichever part has them."""
    if mail.plain.strip():
        return own_words(mail.plain, mail.sender_name)
    return own_words(html_to_text(reply_markup(mail.html)), mail.sender_name)


def forwarded_words(mail: Mail) -> tuple[str, str]:
    """Address and own words of the official whose mail was forwarded inline; ("", "") if none was.

    Whether the address is an official's, and the forwarder a registered staff member of theirs, is for the caller to say.
    """
    original = forwarded_original(mail.plain if mail.plain.strip() else html_to_text(mail.html))
    return (original.sender, own_words(original.text, original.sender_name)) if original else ("", "")


def added_to_subject(subject: str, asked: str) -> str:
    """What the author wrote into the subject: without reply prefixes, our token and the words (number too) of our own."""
    bare = _PREFIX.sub("", subject)
    own = {word.lower() for word in re.findall(r"\w+", asked)}
    added = [word for word in _TOKEN.sub(" ", bare).split() if not set(re.findall(r"\w+", word.lower())) <= own]
    return " ".join(added)
