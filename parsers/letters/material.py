"""What there is to read of a mail: the forwarded letter instead of who forwarded it, the attached letter instead of the cover."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from parsers.documents import letter_head
from parsers.documents.document import TOO_LONG, Document, Reason
from parsers.documents.document import unread as unread_document
from parsers.documents.opening import Opener
from parsers.letters import evidence
from parsers.letters.lures import A_LURE, lure
from parsers.letters.symptoms import has_symptom
from parsers.mails.banner import without_banner
from parsers.mails.enclosed import enclosed, pasted_pages, to_ask_for
from parsers.mails.forwarded import forwarded_original
from parsers.mails.headers import Automation, automation
from parsers.mails.html import html_to_text
from parsers.mails.message import TEXT_CUT, Mail
from parsers.mails.pointers import kept_elsewhere, points_elsewhere, without_links
from parsers.mails.quotes import without_quotes
from parsers.words.subjects import FORWARD
from parsers.words.text_bounds import bounded_text

MOST_READ = 20_000
"""Characters of a letter that are understood: some seven pages. What is longer is a log."""
SHORT_BODY = 200
"""Under so few words a picture in the text may be a photo of the letter."""
MOST_FORWARDS = 3
_HANDS_ON = re.compile(r"\b(?:di|me)?terus(?:an|kan)\b|\bforward\w*\b|\b(?:di)?sampaikan\b", re.IGNORECASE)
_FORWARDS = re.compile(rf"^\s*(?:(?:re|bls)\s*:\s*)?(?:{FORWARD}|tr)\s*:", re.IGNORECASE)


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
    documents = list(inside.documents)
    if _counts_more(inside.mail, outer):  # the forwarded letter is what counts
        mail = inside.mail
    body, cut = bounded_text(mail_text(mail))
    if cut or TEXT_CUT in mail.defects:
        unread.append(f"badan surel ({TOO_LONG})")
    if not inside.attachments and len(body) < SHORT_BODY:
        documents += pasted_pages(mail, opener)
    if mail is outer:
        mail, body = _handed_on(mail, body)
    else:
        body = without_quotes(body)
    said = body
    if where := _kept_elsewhere(body, documents):
        documents.append((f"tautan {where}", unread_document(Reason.ELSEWHERE, "suratnya tidak ikut dikirim")))
        body = "" if kept_elsewhere(body) else without_links(body)
    labels: dict[str, str] = {}
    letter, from_document, scanned = body, False, False
    for name, document in documents:
        if document.problem:
            unread.append(f"{name} ({document.problem})")
        text = _normal(document.text)
        if not text or text.strip() == _normal(said).strip():  # a text with a name is a file and the body
            continue
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
        f"{_normal(said)}\n{letter if from_document else ''}".strip(),
        labels,
        inside.attachments,
        tuple(unread),
        from_document,
        to_ask_for(documents),
        scanned,
    )


def _kept_elsewhere(body: str, documents: list[tuple[str, Document]]) -> str:
    """The host at which the letter is kept, where the mail holds nothing but word of that."""
    if host := kept_elsewhere(body):
        return host
    return "" if documents or has_symptom(without_links(body)) else points_elsewhere(body)


def _counts_more(inner: Mail, outer: Mail) -> bool:
    """Whether an enclosed mail is the letter. A sample of a bounce, of a lure, of a provider's polite answer is none: it only
    shows what the words around it report.
    """
    if inner is outer or inner.mime_type == "multipart/report" or inner.bounce is not None:
        return False
    if automation(inner) is Automation.REPLIED:
        return False
    text = mail_text(inner)[:MOST_READ]
    if lure(inner, text) >= A_LURE:
        return False
    said = without_quotes(bounded_text(mail_text(outer))[0])[:MOST_READ]
    if not has_symptom(said):
        return True
    letter = letter_head.read_labels(text)
    handed_on = "nomor" in letter or "hal" in letter or _HANDS_ON.search(said) is not None
    return handed_on and evidence.incident(inner.subject, text) > evidence.incident("", said)


def _handed_on(mail: Mail, body: str) -> tuple[Mail, str]:
    """A forwarded mail as if it had come by itself, and its text; of a mail that was forwarded twice the innermost."""
    own = body
    for _ in range(MOST_FORWARDS):
        forwarded = forwarded_original(own, handed_on=_FORWARDS.match(mail.subject) is not None)
        if forwarded is None or len(forwarded.text) < 20 or has_symptom(forwarded.preamble):
            break
        inner = replace(
            mail,
            sender=forwarded.sender or mail.sender,
            apparent_sender=forwarded.sender or mail.apparent_sender,
            sender_name=forwarded.sender_name,
            subject=forwarded.subject or mail.subject,
        )
        if re.search(r"\w", forwarded.preamble) and lure(inner, forwarded.text) >= A_LURE:
            break
        mail, own = inner, without_banner(forwarded.text)
    return mail, own if own is not body else without_quotes(body)


def _normal(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u2013", "–")
