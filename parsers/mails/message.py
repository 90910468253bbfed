"""Decodes any mail (RFC 5322, MIME) without ever raising.

The standard library's modern policy raises on real mail, so the structure is taken with `policy.compat32` and every
header and body is decoded here, guarded. What was odd is listed in `defects`.
"""

from __future__ import annotations

import email
import email.policy
import email.utils
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.header import Header
from email.message import Message as RawMessage

from parsers.mails.bounce import Bounce, read_bounce
from parsers.mails.bounds import bounded
from parsers.mails.charsets import to_text
from parsers.mails.encoded_words import decode_words
from parsers.text_bounds import bounded_text, in_shape

MAX_DEPTH, MAX_PARTS = 40, 500
MAX_ADDRESS = 254
"""RFC 5321 §4.5.3.1.3; whatever is longer is nobody's."""
MAX_HEADER, MAX_PARAMETERS = 64_000, 8000
MAX_HTML = 2_000_000
"""Characters of HTML with pictures written into it."""
TEXT_CUT = "text longer than is read"
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Part:
    """One leaf of the MIME tree. `filename` is a bare, safe name, or "" for the body."""

    mime_type: str
    filename: str
    content: bytes
    charset: str
    attached: bool
    content_id: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A decoded mail.

    Attributes:
        sender, sender_name: the first From mailbox, lower-case addr-spec and display name; "" if there is none.
        date: aware, from the Date field; None when missing or broken.
        message_id, in_reply_to, references: without angle brackets.
        plain, html: the body's text parts, joined; "" where there is none.
        attachments: leaves that are no body text.
        headers: lower-case field name to decoded values, in order.
        defects: what was odd, for the log.
        bounce: whose mail came back, if this is a bounce.
    """

    subject: str
    sender: str
    sender_name: str
    reply_to: tuple[str, ...]
    recipients: tuple[str, ...]
    date: datetime | None
    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    plain: str
    html: str
    attachments: tuple[Part, ...]
    mime_type: str
    report_type: str
    part_types: tuple[str, ...]
    headers: dict[str, tuple[str, ...]]
    defects: tuple[str, ...]
    bounce: Bounce | None = None

    def header(self, name: str) -> str:
        values = self.headers.get(name.lower(), ())
        return values[0] if values else ""


def read_mail(raw: bytes) -> Mail:
    """Decode a mail's bytes. Never raises; unreadable parts are left out and noted in `defects`."""
    defects: list[str] = []
    raw = bounded(raw, defects)
    message = _structure(raw, defects)
    headers = _headers(message)
    parts: list[Part] = []
    try:
        _walk(message, parts, defects, 0)
    except (RecursionError, ValueError, TypeError, LookupError, AttributeError, KeyError) as error:
        defects.append(f"parts: {type(error).__name__}")
    from_ = _addresses(headers.get("from", ()))
    if len(from_) != 1:
        defects.append(f"{len(from_)} From mailboxes")
    plain = [to_text(p.content, p.charset) for p in parts if p.mime_type == "text/plain" and not p.attached]
    html = [to_text(p.content, p.charset) for p in parts if p.mime_type == "text/html" and not p.attached]
    text, cut = bounded_text(clean("\n".join(plain)))
    marked_up = "\n".join(html).replace("\x00", "")
    if cut or len(marked_up) > MAX_HTML:
        defects.append(TEXT_CUT)
    name, address = from_[0] if from_ else ("", "")
    report_type = _parameter(message, "report-type").lower()
    return Mail(
        subject=_first(headers, "subject")[:1000],
        sender=address,
        sender_name=name,
        reply_to=tuple(a for _, a in _addresses(headers.get("reply-to", ()))),
        recipients=tuple(a for _, a in _addresses((*headers.get("to", ()), *headers.get("cc", ())))),
        date=_date(_first(headers, "date"), defects),
        message_id=(_ids(_first(headers, "message-id")) or ("",))[0],
        in_reply_to=_ids(_first(headers, "in-reply-to"))[:5],
        references=_ids(_first(headers, "references"))[-50:],
        plain=text,
        html=marked_up[:MAX_HTML],
        attachments=tuple(p for p in parts if p.attached or p.mime_type not in ("text/plain", "text/html")),
        mime_type=message.get_content_type(),
        report_type=report_type,
        part_types=tuple(part.mime_type for part in parts),
        headers=headers,
        defects=tuple(defects),
        bounce=read_bounce(raw, address, _first(headers, "subject"), _first(headers, "return-path"), report_type),
    )


def clean(text: str) -> str:
    """Without control and direction-changing characters, with plain line ends."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _structure(raw: bytes, defects: list[str]) -> RawMessage:
    try:
        message = email.message_from_bytes(raw, policy=email.policy.compat32)
        _clip_parameters(message)
        return message
    except (RecursionError, ValueError, TypeError, LookupError, AttributeError, AssertionError) as error:
        defects.append(f"structure: {type(error).__name__}")
        bare = RawMessage(policy=email.policy.compat32)
        bare.set_payload("")
        return bare


def _clip_parameters(message: RawMessage) -> None:
    """The standard library takes seconds for a field of thousands of parameters."""
    fields = message._headers  # type: ignore[attr-defined]
    for index, (name, value) in enumerate(fields):
        if name.lower().startswith("content-") and len(str(value)) > MAX_PARAMETERS:
            fields[index] = (name, str(value)[:MAX_PARAMETERS])


def _walk(message: RawMessage, parts: list[Part], defects: list[str], depth: int) -> None:
    if depth > MAX_DEPTH or len(parts) >= MAX_PARTS:
        defects.append("too deep or too many parts")
        return
    mime_type = message.get_content_type()
    children = message.get_payload() if message.is_multipart() else None
    if isinstance(children, list) and mime_type.startswith("multipart/"):
        for child in children:
            if isinstance(child, RawMessage):
                _walk(child, parts, defects, depth + 1)
        return
    _clip_parameters(message)
    filename = _filename(message)
    disposition = decoded(message.get("content-disposition")).partition(";")[0].strip().lower()
    if isinstance(children, list):  # message/*: stays one attachment, its headers are never ours
        content = b"\n".join(_bytes_of(child) for child in children if isinstance(child, RawMessage))
        filename = filename or ("pesan.eml" if mime_type == "message/rfc822" else "")
    else:
        content = _payload(message)
    parts.append(
        Part(
            mime_type=mime_type,
            filename=filename,
            content=content,
            charset=_parameter(message, "charset"),
            attached=disposition == "attachment" or bool(filename),
            content_id=decoded(message.get("content-id")).strip("<> "),
        )
    )


def _payload(message: RawMessage) -> bytes:
    try:
        payload = message.get_payload(decode=True)
    except (ValueError, TypeError, AssertionError):
        payload = str(message.get_payload()).encode("utf-8", "surrogateescape")
    return payload if isinstance(payload, bytes) else b""


def _bytes_of(message: RawMessage) -> bytes:
    try:
        return message.as_bytes(policy=email.policy.compat32)
    except (ValueError, TypeError, LookupError, RecursionError, AttributeError):
        return b""


def _headers(message: RawMessage) -> dict[str, tuple[str, ...]]:
    collected: dict[str, list[str]] = {}
    for name, value in message._headers:  # type: ignore[attr-defined]  # items() would replace 8-bit values by U+FFFD
        collected.setdefault(str(name).lower(), []).append(decoded(value))
    return {name: tuple(values[:200]) for name, values in collected.items()}


def decoded(value: object) -> str:
    """A header value as text: RFC 2047 words, raw 8-bit, unknown charsets."""
    if value is None:
        return ""
    if isinstance(value, Header):
        value = str(value)
    text = str(value)[:MAX_HEADER].encode("utf-8", "surrogateescape")
    return clean(re.sub(r"\r?\n[ \t]*", " ", decode_words(to_text(text, "")))).strip()


def _parameter(message: RawMessage, name: str) -> str:
    try:
        value = message.get_param(name)
        return "" if value is None else email.utils.collapse_rfc2231_value(value)
    except (ValueError, TypeError, LookupError, AttributeError):
        return ""


def _filename(message: RawMessage) -> str:
    """RFC 2231 or RFC 2047 name, without any folder and without a leading dot."""
    for header, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        try:
            value = message.get_param(parameter, None, header)
            text = email.utils.collapse_rfc2231_value(value) if value else ""
        except (ValueError, TypeError, LookupError, AttributeError):
            continue
        bare = re.sub(r"^.*[\\/]", "", decoded(text)).lstrip(".").strip()
        if bare:
            return bare[:180]
    return ""


def _first(headers: dict[str, tuple[str, ...]], name: str) -> str:
    return (headers.get(name) or ("",))[0]


def _addresses(values: tuple[str, ...]) -> list[tuple[str, str]]:
    try:
        pairs = email.utils.getaddresses([in_shape(", ".join(values[:20])[:MAX_HEADER])])
    except (ValueError, TypeError, IndexError, RecursionError):
        pairs = [("", address) for address in re.findall(r"[^\s<>()\[\],;:\"@]{1,64}@[\w.-]{1,255}", values[0][:2000])]
    return [
        (name.strip(), address.strip().lower())
        for name, address in pairs
        if "@" in address and len(address) <= MAX_ADDRESS
    ][:2000]


def _ids(value: str) -> tuple[str, ...]:
    bracketed = re.findall(r"<([^<>\s]{1,400})>", value)
    return tuple(bracketed) or ((value.strip(),) if value.strip() and " " not in value.strip() else ())


def _date(value: str, defects: list[str]) -> datetime | None:
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        defects.append("date")
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
