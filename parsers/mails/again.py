"""Whether a mail is one that has come before, by another way or sent twice: known by who says what, not by its bytes.

Gateways encode anew, put a word before the subject and a warning above the text; lists add a footer; people press the
button twice. A copy that says anything more than the first, or brings another file, is no copy.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from parsers.mails.html import html_to_text
from parsers.mails.message import Mail, read_mail

RESENT = timedelta(minutes=10)
"""Who sends the same words twice within this pressed the button twice, or did not see the first go out. A machine that
reports the same outage hour after hour reports it anew each time, and so may people.
"""
CARRIED = timedelta(days=7)
"""So long mail is tried before it comes back (RFC 5321 §4.5.4.1): a copy by a slower way may be late by that."""
_LINK = re.compile(r"https?://\S+")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_PREFIX = re.compile(r"\s{0,20}(?:\[[^\]\n]{1,60}\]\s{0,20}){1,9}")
ENOUGH = 3
"""Words by which a text is known again within a longer one."""


@dataclass(frozen=True, slots=True)
class Outline:
    """Who says what: as little of a mail as tells whether another says the same.

    Attributes:
        authors: its From address, and those that answers go to: a list may put itself in the author's place.
        date: of its Date field, in whole seconds; None when missing.
        subject, words: in lower case; `linked` also has the words of its links.
        refers: what it answers.
        files: SHA-256 of what is attached, text with plain line ends.
    """

    authors: frozenset[str]
    message_id: str
    date: datetime | None
    subject: str
    words: str
    linked: str
    refers: frozenset[str]
    files: frozenset[str]


def outline_of(raw: bytes) -> Outline:
    """Of a mail's bytes. Never raises."""
    return outline(read_mail(raw))


def outline(mail: Mail) -> Outline:
    """Never raises."""
    text = mail.plain if mail.plain.strip() else html_to_text(mail.html)
    return Outline(
        authors=frozenset({mail.sender, *mail.reply_to} - {""}),
        message_id=mail.message_id,
        date=mail.date.astimezone(UTC).replace(microsecond=0) if mail.date else None,
        subject=_words(_PREFIX.sub("", mail.subject) if _PREFIX.match(mail.subject) else mail.subject),
        words=_words(_LINK.sub(" ", text)),
        linked=_words(text),
        refers=frozenset((*mail.in_reply_to, *mail.references)),
        files=frozenset(_digest(part.mime_type, part.content) for part in mail.attachments),
    )


def is_same_again(new: Outline, old: Outline, apart: timedelta, *, next_word: bool) -> bool:
    """Whether `new` is the mail `old` once more.

    `apart`: how far apart the server received them. `next_word`: their author said nothing else in between.
    """
    if not new.authors & old.authors or not new.files <= old.files or not _contains(new.subject, old.subject):
        return False
    same_id = bool(new.message_id) and new.message_id == old.message_id
    if not same_id and new.refers != old.refers:  # an answer quotes what it answers, and is no copy of it
        return False
    if new.date is not None and new.date == old.date and (same_id or apart <= RESENT):
        return apart <= CARRIED and (new.words == old.words or _adds_only(new.words, old.words))
    if not (new.words or new.files or new.subject) or new.linked != old.linked or new.files != old.files:
        return False
    if same_id and (new.date is None or old.date is None):
        return apart <= RESENT
    near = new.date is None or old.date is None or abs(new.date - old.date) <= RESENT
    return near and apart <= RESENT and next_word


def _adds_only(one: str, other: str) -> bool:
    """Whether all that the shorter says stands in the longer in one piece: a banner above it, or a footer below."""
    shorter = min(one, other, key=len)
    return len(shorter.split()) >= ENOUGH and _contains(one, other)


def _contains(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return f" {shorter} " in f" {longer} " or not shorter


def _words(text: str) -> str:
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return " ".join(re.findall(r"\w+", plain.lower()))


def _digest(mime_type: str, content: bytes) -> str:
    plain = content.replace(b"\r\n", b"\n").rstrip() if mime_type.startswith("text/") else content
    return hashlib.sha256(plain).hexdigest()
