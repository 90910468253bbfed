"""Decodes any mail (RFC 5322, MIME) without ever raising.

The standard library's modern policy raises on real mail, so the structure is taken with `policy.compat32` and every
header and body is decoded here, guarded. What was odd is listed in `defects`.
"""

from __future__ import annotations

import email
import email.policy
import email.utils
import re
from dataclasses import dataclass, replace
from datetime import datetime
from email.header import Header
from email.message import Message as RawMessage

from parsers.mails.banner import without_banner
from parsers.mails.bodies import bodies, both_forms, text_parts, with_pictures_shown
from parsers.mails.bounce import Bounce, read_bounce
from parsers.mails.bounds import bounded
from parsers.mails.charsets import to_text
from parsers.mails.date_field import read_date
from parsers.mails.encoded_words import decode_words
from parsers.mails.parts import Part, unquoted
from parsers.mails.sealed import unwrapped, with_sealed_text
from parsers.text_bounds import bounded_text, in_shape

__all__ = ["Mail", "Part", "clean", "decoded", "read_mail"]

MAX_DEPTH, MAX_PARTS = 40, 500
MAX_ADDRESS = 254
"""RFC 5321 §4.5.3.1.3; whatever is longer is nobody's."""
MAX_HEADER, MAX_PARAMETERS = 64_000, 8000
MAX_HTML = 2_000_000
"""Characters of HTML with pictures written into it."""
TEXT_CUT = "text longer than is read"
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Mail:
    """A decoded mail.

    Attributes:
        sender, sender_name: the first From mailbox, lower-case addr-spec and display name; "" if there is none.
        date: aware, from the Date field, whatever clock wrote it; None when missing, broken or without zone.
        message_id, in_reply_to, references: without angle brackets.
        plain, html: the body's text parts, joined; "" where there is none. `plain` is also "" where it only stands in for
            what the HTML says. A gateway's banner above the words is left out of `plain`.
        attachments: leaves that are no body text, and a named one that is.
        headers: lower-case field name to decoded values, in order.
        defects: what was odd, for the log.
        bounce: whose mail came back, if this is a bounce.
        differing: its text and its HTML each say something that the other does not; `plain` is only one of them.
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
    differing: bool = False

    def header(self, name: str) -> str:
        values = self.headers.get(name.lower(), ())
        return values[0] if values else ""


def read_mail(raw: bytes, *, ours: bool = False) -> Mail:
    """Decode a mail's bytes. Never raises; unreadable parts are left out and noted in `defects`."""
    defects: list[str] = []
    raw = bounded(raw, defects)
    message = _structure(raw, defects)
    headers = _headers(message)
    parts: list[Part] = []
    try:
        _walk(message, parts, defects)
    except (RecursionError, ValueError, TypeError, LookupError, AttributeError, KeyError) as error:
        defects.append(f"parts: {type(error).__name__}")
    from_ = _addresses(headers.get("from", ()))
    if len(from_) != 1:
        defects.append(f"{len(from_)} From mailboxes")
    texts = text_parts(parts)
    body = both_forms(texts) if ours else bodies(texts, from_[0][0] if from_ else "")
    plain, sealed = with_sealed_text(body.plain)
    plain, cut = bounded_text(without_banner(clean(plain)))
    html = body.html.replace("\x00", "")
    if cut or len(html) > MAX_HTML:
        defects.append(TEXT_CUT)
    files = [part for part in parts if part.attached or not any(part is text for text in texts)]
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
        plain=plain,
        html=html[:MAX_HTML],
        attachments=with_pictures_shown([*files, *sealed], html),
        mime_type=message.get_content_type(),
        report_type=report_type,
        part_types=tuple(part.mime_type for part in parts),
        headers=headers,
        defects=tuple(defects),
        differing=body.differ,
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


def _walk(message: RawMessage, parts: list[Part], defects: list[str], depth: int = 0, alternative: int = 0) -> None:
    """Add the leaves below `message`; `alternative` is the multipart/alternative that they are forms of."""
    if depth > MAX_DEPTH or len(parts) >= MAX_PARTS:
        defects.append("too deep or too many parts")
        return
    mime_type = message.get_content_type()
    children = message.get_payload() if message.is_multipart() else None
    if isinstance(children, list) and mime_type.startswith("multipart/"):
        if mime_type == "multipart/alternative" and not alternative:
            alternative = len(parts) + 1
        for child in children:
            if isinstance(child, RawMessage):
                _walk(child, parts, defects, depth + 1, alternative)
        return
    part = replace(_leaf(message, mime_type, children), alternative=alternative)
    inside = unwrapped(part, depth)
    if inside is not None:  # no trust is drawn from the signature: it is only a wrapping
        _walk(_structure(bounded(inside, defects), defects), parts, defects, depth + 1, alternative)
        return
    parts.append(part)


def _leaf(message: RawMessage, mime_type: str, children: object) -> Part:
    _clip_parameters(message)
    filename = _filename(message)
    disposition = decoded(message.get("content-disposition")).partition(";")[0].strip().lower()
    if isinstance(children, list):  # message/*: stays one attachment, its headers are never ours
        content = b"\n".join(_bytes_of(child) for child in children if isinstance(child, RawMessage))
        filename = filename or ("pesan.eml" if mime_type == "message/rfc822" else "")
    else:
        content = _payload(message)
        if mime_type.startswith("text/") and _encoding(message) in ("", "7bit", "8bit"):
            content = unquoted(content)
    return Part(
        mime_type=mime_type,
        filename=filename,
        content=content,
        charset=_parameter(message, "charset"),
        attached=disposition == "attachment" or bool(filename),
        content_id=decoded(message.get("content-id")).strip("<> "),
        disposition=disposition,
        flow=_flow(message),
    )


def _encoding(message: RawMessage) -> str:
    return decoded(message.get("content-transfer-encoding")).strip().lower()


def _flow(message: RawMessage) -> str:
    if _parameter(message, "format").strip().lower() != "flowed":
        return ""
    return "delsp" if _parameter(message, "delsp").strip().lower() == "yes" else "flowed"


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
    moment = read_date(value)
    if moment is None:
        defects.append("date")
    return moment
