"""Mail that a program wrote in a person's name and under no header of its own: read receipts, recalls, reactions; and what
Exchange hands over in place of a mail that it cannot convert.

Each is known by its subject or type *and* by saying nothing else: who adds a word of their own has written a mail.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from parsers.mails.html import html_to_text
from parsers.mails.message import Mail
from parsers.words.subjects import ANSWER

MAX_NOTICE = 1500
"""Characters of what a program says; whoever writes more is a person."""


class Notice(StrEnum):
    """What a program tells."""

    READ = "tanda baca"
    RECALL = "penarikan surel"
    REACTION = "reaksi"


@dataclass(frozen=True, slots=True)
class Withheld:
    """A mail that stands in the mailbox but was not handed over; what its stand-in says of it, each "" if unsaid."""

    number: str
    subject: str
    sender: str
    sent: str


_READ_SUBJECT = re.compile(
    r"\s*(?:read(?:[- ]receipt)?|not read|unread|deleted|return receipt(?: \(displayed\))?|displayed|dibaca|telah dibaca|sudah dibaca|tidak dibaca|"
    r"belum dibaca|dihapus|tanda terima(?: (?:telah )?(?:di)?baca)?|bukti baca|konfirmasi (?:telah )?(?:di)?baca)\s*[:：-]",
    re.IGNORECASE,
)
_READ_SAID = re.compile(
    r"\b(?:was|were|has been|have been|is|been) (?:read|displayed|opened|deleted)\b|\bdeleted without being read\b|\b(?:read|return) receipt\b|"
    r"\b(?:telah|sudah) (?:di)?(?:baca|buka|tampilkan)\b|\bdibaca pada\b|\b(?:dihapus|terhapus) tanpa (?:di)?baca|\btanda terima\b|\breceipt for the (?:mail|message)\b|"
    r"\bpesan (?:telah |sudah )?ditampilkan\b",
    re.IGNORECASE,
)
_READ_OPENS = re.compile(
    r"\W*(?:your (?:message|mail|e-?mail)|the (?:message|mail|e-?mail)|this is a|pesan (?:anda|yang|ini)|(?:surel|e-?mail) (?:anda|yang)|ini (?:adalah )?|"
    r"(?:tanda terima|bukti baca|return receipt|read receipt))",
    re.IGNORECASE,
)
_RECALL_SUBJECT = re.compile(
    r"\s*(?:recall|message recall\w*|recall (?:success|failure)|penarikan(?: kembali)?(?: pesan)?|tarik kembali|menarik kembali)\b[^:]{0,40}:",
    re.IGNORECASE,
)
_RECALL_SAID = re.compile(
    r"[^\n]{0,120}\b(?:would like to recall|wants to recall|(?:ingin|hendak|akan|mau) menarik(?: kembali)?|meminta penarikan)\b[^\n]{0,20}\b(?:the |this )?(?:message|e-?mail|mail|pesan|surel)\b"
    r"[^\n]{0,600}",
    re.IGNORECASE,
)
_REACTED = re.compile(
    r"(?!\W*(?:saya|kami|aku|i|we)\b)[^\n]{0,80}?\b(?:(?:reacted|bereaksi)\b[^\n]{0,40}|"
    r"(?:liked|loved|laughed at|celebrated|was surprised by|was saddened by|disliked|emphasized|questioned)\b[^\n]{0,10}\b(?:message|e-?mail|mail)|"
    r"(?:menyukai|mencintai|menertawakan|merayakan|tidak menyukai|terkejut (?:oleh|dengan))\b[^\n]{0,10}\b(?:pesan|surel|e-?mail)(?: (?:anda|saudara|ini))?)\W*[^\w\n]*",
    re.IGNORECASE,
)
_GMAIL = re.compile(r"\b(?:reacted|bereaksi)\b[^\n]{0,30}\bgmail\b", re.IGNORECASE)
_STAND_IN = re.compile(r"\b(?:IMAP4?|POP3?)\b.{0,120}?(\d{1,12})\s*$", re.IGNORECASE)
_OF_EXCHANGE = re.compile(r"(?:microsoft )?exchange", re.IGNORECASE)
_TOLD = re.compile(r"^[^:\n]{2,30}:[ \t]{0,4}(\S.{0,300})$", re.MULTILINE)
_PREFIX = re.compile(rf"\s*(?:{ANSWER}|fwd?)\s*:\s*", re.IGNORECASE)


def notice(mail: Mail) -> Notice | None:
    """What a program tells in this mail; None for one that a person wrote. A Gmail reaction is its sender's own doing."""
    said = _said(mail)
    if len(said) > MAX_NOTICE:
        return None
    if _READ_SUBJECT.match(mail.subject) and (not said or (_READ_OPENS.match(said) and _READ_SAID.search(said))):
        return Notice.READ
    if _RECALL_SUBJECT.match(mail.subject) and (not said or _RECALL_SAID.fullmatch(said)):
        return Notice.RECALL
    if reaction(mail):
        return None
    lines = [line for line in _lines_of_its_own(mail, said) if re.search(r"\w", line)]
    return Notice.REACTION if len(lines) == 1 and _REACTED.fullmatch(lines[0].strip()) else None


def reaction(mail: Mail) -> str:
    """The sign with which its sender reacted in Gmail, "" for any other mail. It decides nothing, but its sender waits."""
    lines = [line.strip() for line in _said(mail).split("\n") if line.strip()]
    signs = [line for line in lines if not re.search(r"\w", line)]
    said = [line for line in lines if re.search(r"\w", line) and not re.fullmatch(r"<?https?://\S+>?", line)]
    if not said or len(lines) > 12 or not all(_GMAIL.search(line) and len(line) < 160 for line in said):
        return ""
    return signs[0][:20] if signs else "emoji"


def withheld(mail: Mail) -> Withheld | None:
    """What Exchange hands over by IMAP or POP in place of a mail that it cannot convert; None for any other mail."""
    number = _STAND_IN.search(mail.subject)
    if number is None or mail.in_reply_to or not _OF_EXCHANGE.search(mail.header("from")):
        return None
    told = [value.replace('"', "").strip() for value in _TOLD.findall(mail.plain or html_to_text(mail.html))]
    subject, sender, sent = [*told, "", "", ""][:3]
    return Withheld(number[1], subject, sender, sent)


def _said(mail: Mail) -> str:
    """All that stands above a quote with marks."""
    text = mail.plain if mail.plain.strip() else html_to_text(mail.html)
    kept: list[str] = []
    for line in text.split("\n"):
        if line.startswith(">"):
            break
        kept.append(line)
    return "\n".join(kept).strip()


def _lines_of_its_own(mail: Mail, said: str) -> list[str]:
    """Without the subject of ours that a reaction repeats."""
    ours = _PREFIX.sub("", mail.subject).strip()
    return [line for line in said.split("\n") if not ours or _PREFIX.sub("", line).strip() != ours]
