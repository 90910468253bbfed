"""What there is to read of a mail: the forwarded letter instead of who forwarded it, the attached letter instead of the cover."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from parsers.documents.document import TOO_LONG
from parsers.letters import letter_head
from parsers.letters.symptoms import has_symptom
from parsers.mails.enclosed import Opener, enclosed, pasted_pages, to_ask_for
from parsers.mails.html import html_to_text
from parsers.mails.message import TEXT_CUT, Mail
from parsers.mails.quotes import forwarded_original, without_quotes
from parsers.text_bounds import bounded_text

MOST_READ = 20_000
"""Characters of a letter that are understood: some seven pages. What is longer is a log."""
SHORT_BODY = 200
"""Under so few words a picture in the text may be a photo of the letter."""
MOST_FORWARDS = 3
_FORWARD = re.compile(r"^\s*(?:(?:re|bls)\s*:\s*)?(?:fwd?|fw|tr|wg|terusan|diteruskan)\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Material:
    """All text of a mail, sorted by where it came from.

    Attributes:
        mail: the mail that counts: a forwarded one, else the one that came (`outer`).
        letter: the letter itself, wherever it stood; `body` the text of the mail. Of both at most `MOST_READ` characters.
        whole: everything, uncut.
    """

    mail: Mail
    outer: Mail
    body: str
    letter: str
    whole: str
    labels: dict[str, str]
    attachments: int
    unread: tuple[str, ...]
    from_document: bool
    to_ask_for: tuple[tuple[str, str], ...]
    scanned: bool


def mail_text(mail: Mail) -> str:
    """The body as text, plain part first."""
    return mail.plain.strip() or html_to_text(mail.html)


def gather(mail: Mail, opener: Opener) -> Material:
    outer, inside, unread = mail, enclosed(mail, opener), []
    mail, documents = inside.mail, list(inside.documents)  # the forwarded letter is what counts
    body, cut = bounded_text(mail_text(mail))
    if cut or TEXT_CUT in mail.defects:
        unread.append(f"badan surel ({TOO_LONG})")
    if not inside.attachments and len(body) < SHORT_BODY:
        documents += pasted_pages(mail, opener)
    if mail is outer:
        mail, body = _handed_on(mail, body)
    else:
        body = without_quotes(body)
    labels: dict[str, str] = {}
    letter, from_document, scanned = body, False, False
    for name, document in documents:
        if document.problem:
            unread.append(f"{name} ({document.problem})")
        if not document.text:
            continue
        text = _normal(document.text)
        found = {**letter_head.read_labels(text), **dict(document.labels)}
        is_letter = found.get("nomor") or found.get("hal") or "NIP" in text
        if not from_document and (is_letter or (len(text) > len(letter) and not document.data)):
            letter, labels, from_document, scanned = text, found, True, document.scanned
    if not from_document:
        letter = _normal(body)
        labels = letter_head.read_labels(letter)
    body = _normal(body)
    return Material(
        mail,
        outer,
        body[:MOST_READ],
        letter[:MOST_READ],
        (f"{body}\n{letter}" if from_document else letter).strip(),
        labels,
        inside.attachments,
        tuple(unread),
        from_document,
        to_ask_for(documents),
        scanned,
    )


def _handed_on(mail: Mail, body: str) -> tuple[Mail, str]:
    """A forwarded mail as if it had come by itself, and its text; of a mail that was forwarded twice the innermost."""
    own = body
    for _ in range(MOST_FORWARDS):
        forwarded = forwarded_original(own, handed_on=_FORWARD.match(mail.subject) is not None)
        if forwarded is None or len(forwarded.text) < 20 or has_symptom(forwarded.preamble):
            break
        mail = replace(
            mail,
            sender=forwarded.sender or mail.sender,
            sender_name=forwarded.sender_name,
            subject=forwarded.subject or mail.subject,
        )
        own = forwarded.text
    return mail, own if own is not body else without_quotes(body)


def _normal(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u2013", "–")
