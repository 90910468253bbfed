"""The words that count in a reply: its author's own, or an official's words that a staff member forwards."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from parsers.mails.banner import without_banner, without_tags
from parsers.mails.forwarded import forwarded_original
from parsers.mails.html import html_to_text, marked_text, reply_markup
from parsers.mails.message import Mail
from parsers.mails.our_mail import OurMail
from parsers.mails.quotes import marked_above, own_words, quotes_us
from parsers.words.subjects import ANSWER

_ANY_PREFIX = re.compile(rf"(?<!\w)(?:{ANSWER}|fwd?|tr|aw|wg)\s{{0,3}}:", re.IGNORECASE)
_TOKEN = re.compile(r"\([a-z2-7]{5}-[a-z2-7]{5}-[a-z2-7]{4}\)")
_OURS = "\x00"


def reply_text(mail: Mail, ours: Sequence[OurMail] = ()) -> str:
    """The author's own new words in a reply, from whichever part has them. `ours`: our mails that it may quote."""
    if mail.plain.strip():
        return own_words(mail.plain, mail.sender_name, ours)
    marked = marked_text(mail.html) if ours else ""
    if quotes_us(marked, ours):  # else what mail clients mark as quoted must do
        return own_words(marked, mail.sender_name, ours)
    return own_words(html_to_text(reply_markup(mail.html)), mail.sender_name, ours)


def marked_words(mail: Mail, ours: Sequence[OurMail] = ()) -> list[tuple[str, bool]]:
    """What stands behind marks above the quote, and whether it is ours (see `marked_above`)."""
    return marked_above(mail.plain if mail.plain.strip() else marked_text(mail.html), ours)


def forwarded_words(mail: Mail, ours: Sequence[OurMail] = ()) -> tuple[str, str]:
    """Address and own words of the official whose mail was forwarded inline; ("", "") if none was.

    Whether the address is an official's, and the forwarder a registered staff member of theirs, is for the caller to say.
    """
    original = forwarded_original(mail.plain if mail.plain.strip() else html_to_text(mail.html))
    text = without_banner(original.text) if original else ""
    return (original.sender, own_words(text, original.sender_name, ours)) if original else ("", "")


def added_to_subject(subject: str, asked: str) -> str:
    """What the author wrote into the subject: without reply prefixes, a gateway's marks, our number, our token and our own
    subject. Words of ours count as ours where two of them follow each other; a single one may be the answer.
    """
    words = _TOKEN.sub(f" {_OURS} ", _ANY_PREFIX.sub(" ", without_tags(subject))).split()
    own = re.findall(r"\w+", _TOKEN.sub(" ", asked).lower())
    pairs = set(itertools.pairwise(own))
    tokens = [(index, token) for index, word in enumerate(words) for token in re.findall(r"\w+", word.lower())]
    ours = {at for one, other in itertools.pairwise(tokens) if (one[1], other[1]) in pairs for at in (one[0], other[0])}
    ours |= {index for index, word in enumerate(words) if word == _OURS}
    first = min(ours, default=0)
    if first and words[first - 1].endswith(":"):  # "Diterima: [DKL-…": a calendar's word or a client's, and no answer
        ours |= set(range(first))
    return " ".join(word for index, word in enumerate(words) if index not in ours and re.search(r"\w", word))
