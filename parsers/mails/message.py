"""Decodes any mail (RFC 5322, MIME) without ever raising.

The standard library's modern policy raises on real mail, so the structure is taken with `policy.compat32` and every
header and body is decoded here, guarded. What was odd is listed in `defects`.
"""

from __future__ import annotations

import email
import email.policy
import email.utils
import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.message import Message as RawMessage

from parsers.fields.addresses import mailboxes
from parsers.fields.field_values import (
    Fields,
    clean,
    decoded,
    decoded_fields,
    fields_as_they_stand,
    first,
    ids,
    printable,
)
from parsers.mails.author import author_of
from parsers.mails.banner import without_banner
from parsers.mails.bodies import bodies, both_forms, text_parts, with_pictures_shown
from parsers.mails.bounce import Bounce, read_bounce
from parsers.mails.bounds import bounded
from parsers.mails.date_field import read_date
from parsers.mails.parts import Part, unquoted
from parsers.mails.sealed import unwrapped, with_sealed_text
from parsers.words.text_bounds import bounded_text

MAX_DEPTH, MAX_PARTS = 40, 500
MAX_PARAMETERS = 8000
MAX_HTML = 2_000_000
"""Characters of HTML with pictures written into it."""
TEXT_CUT = "text longer than is read"
_UNDECODED = (
    "authentication-results",
    "to",
    "reply-to",
    "x-original-from",
    "x-google-original-from",
    "x-original-sender",
)
"""Fields whose structure is read where it is needed."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A decoded mail.

    Attributes:
        sender: lower-case addr-spec of the one mailbox that From names beyond doubt; "" where it does not: such a mail is
            nobody's. It reports what it reports, but decides nothing and is not answered.
        sender_name: display name of the first From mailbox, of which nothing is certain.
        apparent_sender: the address that From seems to name, doubtful or not; "" if there is none. For telling what kind of
            mail it is, and for people to read; never for deciding or answering.
        date: aware, from the Date field, whatever clock wrote it; None when missing, broken or without zone.
        message_id, in_reply_to, references: without angle brackets.
        plain, html: the body's text parts, joined; "" where there is none. `plain` is also "" where it only stands in for
            what the HTML says. A gateway's banner above the words is left out of `plain`.
        attachments: leaves that are no body text, and a named one that is.
        headers: lower-case field name to decoded values, in order.
        undecoded: the same of some structured fields, as they stand, unfolded.
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
    apparent_sender: str = ""
    undecoded: Fields = field(default_factory=dict)

    def header(self, name: str) -> str:
        values = self.headers.get(name.lower(), ())
        return values[0] if values else ""


def read_mail(raw: bytes, *, ours: bool = False) -> Mail:
    """Decode a mail's bytes. Never raises; unreadable parts are left out and noted in `defects`."""
    defects: list[str] = []
    whole, raw = raw, bounded(raw, defects)
    message = _structure(raw, defects)
    headers, written = decoded_fields(message), fields_as_they_stand(message)
    parts: list[Part] = []
    try:
        _walk(message, parts, defects)
    except (RecursionError, ValueError, TypeError, LookupError, AttributeError, KeyError) as error:
        defects.append(f"parts: {type(error).__name__}")
    author = author_of(whole, written.get("from", ()))
    if author is None:
        defects.append("From names no one author")
    name, apparent = _first_mailbox(written.get("from", ()))
    texts = text_parts(parts)
    body = both_forms(texts) if ours else bodies(texts, name)
    plain, sealed = with_sealed_text(body.plain)
    plain, cut = bounded_text(without_banner(clean(plain)))
    html = body.html.replace("\x00", "")
    if cut or len(html) > MAX_HTML:
        defects.append(TEXT_CUT)
    files = [part for part in parts if part.attached or not any(part is text for text in texts)]
    report_type = _parameter(message, "report-type").lower()
    return Mail(
        subject=first(headers, "subject")[:1000],
        sender=author.address if author else "",
        sender_name=name,
        reply_to=_addresses(written.get("reply-to", ())),
        recipients=_addresses((*written.get("to", ()), *written.get("cc", ()))),
        date=_date(first(headers, "date"), defects),
        message_id=(ids(first(headers, "message-id")) or ("",))[0],
        in_reply_to=ids(first(headers, "in-reply-to"))[:5],
        references=ids(first(headers, "references"))[-50:],
        plain=plain,
        html=html[:MAX_HTML],
        attachments=with_pictures_shown([*files, *sealed], html),
        mime_type=message.get_content_type(),
        report_type=report_type,
        part_types=tuple(part.mime_type for part in parts),
        headers=headers,
        defects=tuple(defects),
        differing=body.differ,
        apparent_sender=apparent,
        undecoded=printable(written, *_UNDECODED),
        bounce=read_bounce(raw, apparent, first(headers, "subject"), first(headers, "return-path"), report_type),
    )


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


def _first_mailbox(values: tuple[str, ...]) -> tuple[str, str]:
    found = mailboxes(values)
    return (found[0].name, found[0].address) if found else ("", "")


def _addresses(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(mailbox.address for mailbox in mailboxes(values))


def _date(value: str, defects: list[str]) -> datetime | None:
    moment = read_date(value)
    if moment is None:
        defects.append("date")
    return moment
