"""The words that count in a reply: its author's own, or an official's words that a staff member forwards."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.mails.forwarded import forwarded_original
from parsers.mails.html import html_to_text, marked_text, reply_markup
from parsers.mails.message import Mail
from parsers.mails.our_mail import OurMail
from parsers.mails.quotes import own_words, quotes_us

_PREFIX = re.compile(r"^\s*(?:(?:re|bls|balas(?:an)?|fwd?|tr|aw|wg)\s*:\s*)*", re.IGNORECASE)
_NUMBER = re.compile(r"\[?[A-Z]{2,5}-\d{4}-\d+\]?|\([a-z2-7]{5}-[a-z2-7]{5}-[a-z2-7]{4}\)")


def reply_text(mail: Mail, ours: Sequence[OurMail] = ()) -> str:
    """The author's own new words in a reply, from whichever part has them. `ours`: our mails that it may quote."""
    if mail.plain.strip():
        return own_words(mail.plain, mail.sender_name, ours)
    marked = marked_text(mail.html) if ours else ""
    if quotes_us(marked, ours):  # else what mail clients mark as quoted must do
        return own_words(marked, mail.sender_name, ours)
    return own_words(html_to_text(reply_markup(mail.html)), mail.sender_name, ours)


def forwarded_words(mail: Mail, ours: Sequence[OurMail] = ()) -> tuple[str, str]:
    """Address and own words of the official whose mail was forwarded inline; ("", "") if none was.

    Whether the address is an official's, and the forwarder a registered staff member of theirs, is for the caller to say.
    """
    original = forwarded_original(mail.plain if mail.plain.strip() else html_to_text(mail.html))
    return (original.sender, own_words(original.text, original.sender_name, ours)) if original else ("", "")


def added_to_subject(subject: str, asked: str) -> str:
    """What the author wrote into the subject: without reply prefixes, our number, our token and the words of our own subject."""
    bare = _PREFIX.sub("", subject)
    own = {word.lower() for word in re.findall(r"\w+", asked)}
    added = [word for word in _NUMBER.sub(" ", bare).split() if not set(re.findall(r"\w+", word.lower())) <= own]
    return " ".join(added)
