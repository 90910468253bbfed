"""Bytes of what somebody wrote, as a mail client and the office's own receiving server leave them (RFC 5322).

Assembled by hand: the generators of the standard library cost more than all the rest of a simulated day.
"""

from __future__ import annotations

from binascii import b2a_base64, b2a_qp
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from random import Random

from tests.year.world.calendar import WIB
from tests.year.world.written import Attached, Written

OFFICE = "darurat@contoh.example"
AUTHENTICATES = "mx.contoh.example"
"""The receiving server of the office: whose Authentication-Results count."""
_AGENTS = (
    ("User-Agent", "Mozilla Thunderbird"),
    ("X-Mailer", "Microsoft Outlook 16.0"),
    ("X-Mailer", "Zimbra 8.8.15_GA_4257"),
    ("X-Mailer", "iPhone Mail (21F90)"),
    ("User-Agent", "Roundcube Webmail/1.6.7"),
)
_PRINTABLE = frozenset(map(chr, range(0x20, 0x7F)))
_ENCODED_BYTES = 42
"""Of a header's text in one encoded word; with its frame that is less than the 75 characters allowed."""


def message_id(rng: Random, domain: str) -> str:
    """Without angle brackets."""
    return f"{rng.getrandbits(64):016x}.{rng.getrandbits(32):08x}@{domain}"


def mail(
    rng: Random,
    written: Written,
    *,
    sender: str,
    at: datetime,
    name: str = "",
    to: str = OFFICE,
    reply_to: str = "",
    references: Sequence[str] = (),
    genuine: bool = True,
) -> bytes:
    """The mail as our server hands it over, with CRLF.

    Args:
        written: its own `sender` and `name`, where it has them, go before those given.
        at: when it is sent (aware); stands in Date.
        reply_to, references: Message-IDs without angle brackets: what it answers, and what its thread was before.
        genuine: whether DMARC passed; what is not genuine failed.
    """
    sender, name = written.sender or sender, written.name or name
    domain = sender.partition("@")[2] or "contoh.example"
    verdict = "pass" if genuine else "fail"
    lines = [
        f"Authentication-Results: {AUTHENTICATES}; dmarc={verdict} header.from={domain}",
        f"Date: {format_datetime(at.astimezone(WIB).replace(microsecond=0))}",
        f"From: {_phrase(name)} <{sender}>" if name else f"From: {sender}",
        f"To: {to}",
        f"Message-ID: <{message_id(rng, domain)}>",
        *_thread(reply_to, references),
        f"Subject: {header_text(written.subject)}",
        *(f"{key}: {value}" for key, value in written.headers),
    ]
    if rng.random() < 0.7:
        lines.append(": ".join(_AGENTS[int(rng.random() * len(_AGENTS))]))
    head = "\r\n".join(lines).encode("ascii", "replace")
    if written.raw_body:
        return head + b"\r\n" + written.raw_body
    return head + b"\r\nMIME-Version: 1.0\r\n" + _content(rng, written)


def header_text(text: str) -> str:
    """As it stands in a header field: plain ASCII as it is, else in encoded words (RFC 2047)."""
    if _PRINTABLE.issuperset(text) and "=?" not in text and len(text) < 900:
        return text
    content, words = text.encode("utf-8", "surrogatepass"), list[str]()
    while content:
        cut = min(_ENCODED_BYTES, len(content))
        while cut < len(content) and content[cut] & 0xC0 == 0x80:
            cut -= 1
        cut = cut or _ENCODED_BYTES
        words.append(f"=?utf-8?B?{b2a_base64(content[:cut], newline=False).decode()}?=")
        content = content[cut:]
    return "\r\n ".join(words)


def _phrase(name: str) -> str:
    if _PRINTABLE.issuperset(name):
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}"'
    return header_text(name)


def _thread(reply_to: str, references: Sequence[str]) -> list[str]:
    if not reply_to:
        return []
    whole = "\r\n ".join(f"<{one}>" for one in (*references, reply_to))
    return [f"In-Reply-To: <{reply_to}>", f"References: {whole}"]


def _content(rng: Random, written: Written) -> bytes:
    """The fields that describe the body, a blank line, and the body."""
    bodies = [_text(rng, "plain", written.text)] if written.text or not written.html else []
    if written.html:
        bodies.append(_text(rng, "html", written.html))
    body = bodies[0] if len(bodies) == 1 else _multipart(rng, "alternative", bodies)
    if not written.attached:
        return body
    return _multipart(rng, "mixed", [body, *map(_file, written.attached)])


def _text(rng: Random, subtype: str, text: str) -> bytes:
    content = text.encode("utf-8", "surrogatepass").replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    draw = rng.random()
    long = max(map(len, content.split(b"\r\n"))) > 998
    if draw < 0.25 or (long and draw < 0.6):
        encoding, content = "base64", _base64(content)
    elif draw < 0.45 or long:
        encoding, content = "quoted-printable", b2a_qp(content, istext=True)
    else:
        encoding = "7bit" if content.isascii() else "8bit"
    head = f'Content-Type: text/{subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n'
    return head.encode() + content


def _file(file: Attached) -> bytes:
    name = header_text(file.name)
    head = (
        f'Content-Type: {file.mime}; name="{name}"\r\nContent-Disposition: attachment; filename="{name}"\r\n'
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return head.encode() + _base64(file.content)


def _base64(content: bytes) -> bytes:
    return b"".join(b2a_base64(content[at : at + 57], newline=False) + b"\r\n" for at in range(0, len(content), 57))


def _multipart(rng: Random, subtype: str, parts: Sequence[bytes]) -> bytes:
    boundary = f"=_{rng.getrandbits(96):024x}"
    mark = f"--{boundary}".encode()
    inner = b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts)
    return f'Content-Type: multipart/{subtype}; boundary="{boundary}"\r\n\r\n'.encode() + inner + mark + b"--\r\n"
