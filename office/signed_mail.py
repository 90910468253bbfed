"""A mail as its signatures see it, taken apart only where there is no doubt that we read the very mail that was signed.

The library that verifies and the parser that we read by are two. Whoever finds a mail that they take apart differently
could show us words that nobody signed. Such mails have no signatures for us, nor have those that would keep the library
busy for minutes.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from email.errors import MessageError, MultipartInvariantViolationDefect
from email.message import Message
from email.parser import BytesHeaderParser

import dkim
from dkim.util import InvalidTagValueList, parse_tag_value

from parsers.mails.bounds import bounded
from parsers.mails.message import read_mail

MOST_HEAD, MOST_FIELD = 100_000, 3000
"""Bytes of all header fields, and of a signature: the library takes minutes over some that are longer."""
ONCE = frozenset(
    b"from sender subject date message-id in-reply-to references mime-version content-type"
    b" content-transfer-encoding".split()
)
"""Fields of which a mail has one: with two, one would be signed and the other one read."""
TELLING = frozenset(b"from subject date in-reply-to references content-type content-transfer-encoding".split())
"""Fields by which we know who answers what, and when, and how the body is read: where present, they must be signed."""
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_RUN = re.compile(rb"[\t ]+")
_BASE64 = re.compile(rb"[A-Za-z0-9+/]+={0,2}")
Tags = dict[bytes, bytes]


@dataclass(slots=True)
class SignedMail:
    """Header fields and body as they were signed.

    Attributes:
        domain: of the one From address.
        fields: name and value in order, as the library wants them.
        body: as it stands; `even_body`: each run of blanks one blank, as "relaxed" wants it.
    """

    domain: str
    fields: list[list[bytes]]
    body: bytes
    even_body: bytes
    names: Counter[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.names = Counter(name.lower() for name, _ in self.fields)

    def tags_of(self, name: bytes) -> list[Tags | None]:
        """The tags of each field called `name` (lower case), in order; None for one that is no signature."""
        return [_tags(value) for found, value in self.fields if found.lower() == name]

    def covered_by(self, tags: Tags) -> bool:
        """Whether a signature holds for all that is telling, and for the body to its end."""
        signed = {name.strip().lower() for name in tags.get(b"h", b"").split(b":")}
        return b"l" not in tags and not (TELLING & set(self.names)) - signed


def take_apart(raw: bytes, sender: str) -> SignedMail | None:
    """The mail of `sender` (lower-case address, as we read it); None if it had better not be relied upon."""
    end = _HEAD_END.search(raw, 0, MOST_HEAD)
    defects: list[str] = []
    if end is None or raw.count(b"\r") != raw.count(b"\r\n") or bounded(raw, defects) != raw or defects:
        return None
    try:
        verified = dkim.DKIM(raw)
        read = BytesHeaderParser().parsebytes(raw[: end.end()])
    except (dkim.DKIMException, MessageError, ValueError, IndexError, AssertionError):
        return None
    same = [name.lower() for name, _ in verified.headers] == [name.lower().encode() for name in read]
    if (
        not same or _faults(read) or read.get_payload()
    ):  # a stray line "From x" ends the head for us, not for the library
        return None
    mail = SignedMail(sender.rpartition("@")[2], verified.headers, verified.body, _RUN.sub(b" ", verified.body))
    if any(mail.names[name] > 1 for name in ONCE) or mail.names[b"from"] != 1 or not mail.domain:
        return None
    shown = next(value for name, value in mail.fields if name.lower() == b"from")
    author = read_mail(b"From:" + shown + b"\r\n")
    return mail if author.sender == sender else None


def _faults(head: Message) -> list[Exception]:
    """What is wrong with a head. That a multipart has no parts is not: only its head was read (older Pythons)."""
    return [fault for fault in head.defects if not isinstance(fault, MultipartInvariantViolationDefect)]


def _tags(value: bytes) -> Tags | None:
    """None for whatever the library would take long to find fault with, too."""
    if len(value) > MOST_FIELD:
        return None
    try:
        tags: Tags = parse_tag_value(value)
    except InvalidTagValueList:
        return None
    proofs = [re.sub(rb"\s", b"", tags[name]) for name in (b"b", b"bh") if name in tags]
    return tags if proofs and all(_BASE64.fullmatch(proof) for proof in proofs) else None
