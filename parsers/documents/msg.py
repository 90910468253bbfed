"""A mail that Outlook saved as a file (.msg, MS-OXMSG), turned into the mail it was. Runs in a reading child only."""

from __future__ import annotations

import email.encoders
import email.utils
import io
import re
from datetime import datetime
from email.header import Header
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

from olefile import OleFileIO
from oxmsg.domain import constants
from oxmsg.properties import Properties
from oxmsg.storage import Storage

from parsers.documents.document import Document, Reason, unread
from parsers.fields.addresses import mailboxes

MAX_ATTACHMENTS, MAX_DEPTH = 50, 3
_ROOT_HEAD, _EMBEDDED_HEAD, _ATTACHMENT_HEAD = 32, 24, 8
"""Bytes before the first property, MS-OXMSG 2.4.1."""
_EMBEDDED = "__substg1.0_3701000D"
_ODD = (KeyError, UnicodeError, LookupError, ValueError, OverflowError, TypeError, AttributeError)


def read_msg(content: bytes) -> Document:
    """The mail inside, with its attachments, in `Document.mail`. Never raises for what the file is."""
    try:
        with OleFileIO(io.BytesIO(content)) as ole:
            return Document(mail=_mail(Storage.from_ole(ole), _ROOT_HEAD, MAX_DEPTH).as_bytes())
    except Exception as error:  # noqa: BLE001  hostile bytes: whatever the library says, it is a broken file
        return unread(Reason.BROKEN, f"surel Outlook (.msg) rusak ({type(error).__name__})")


def _mail(storage: Storage, head: int, depth: int) -> MIMEMultipart:
    said = Properties(storage, head)
    mail = MIMEMultipart(boundary=f"{'=' * 15}{depth:019}==")  # everything in it is base64: nobody can write it
    mail["From"] = _sender(said)
    subject = _text(said, constants.PID_SUBJECT)
    mail["Subject"] = Header(subject, "us-ascii" if subject.isascii() else "utf-8", maxlinelen=400).encode()
    sent = _sent(said)
    if sent:
        mail["Date"] = email.utils.format_datetime(sent)
    mail.attach(_body(said))
    for attachment in list(storage.iter_attachment_storages())[:MAX_ATTACHMENTS]:
        part = _attachment(attachment, depth)
        if part is not None:
            mail.attach(part)
    return mail


def _sender(said: Properties) -> str:
    """As the transport headers have it; colleagues on one Exchange have an address of letters and digits besides."""
    headers = _text(said, constants.PID_TRANSPORT_MESSAGE_HEADERS, lines=True)
    told = re.search(r"(?im)^from:[ \t]*(.+(?:\n[ \t].+)*)", headers)
    if told and "@" in told[1]:
        return ", ".join(_mailbox(one.name, one.address) for one in mailboxes([" ".join(told[1].split())]))
    smtp, other = (_text(said, pid) for pid in (constants.PID_SENDER_SMTP_ADDRESS, constants.PID_SENDER_EMAIL_ADDRESS))
    address = smtp or (other if "@" in other else "")
    return _mailbox(_text(said, constants.PID_SENDER_NAME), address)


def _mailbox(name: str, address: str) -> str:
    return email.utils.formataddr((name, address)) if address.isascii() else ""


def _body(said: Properties) -> MIMEText:
    plain = _text(said, constants.PID_BODY, lines=True)
    if plain.strip():
        return MIMEText(plain, "plain", "utf-8")
    try:
        marked = said.binary_prop_value(constants.PID_HTML) or b""
        html = marked.decode(said.body_encoding, "replace")
    except _ODD:
        html = ""
    return MIMEText(html or _text(said, constants.PID_BODY_HTML, lines=True), "html", "utf-8")


def _attachment(storage: Storage, depth: int) -> MIMEBase | None:
    said = Properties(storage, _ATTACHMENT_HEAD)
    inside = next((part for part in storage.storages if part.name.upper() == _EMBEDDED.upper()), None)
    part: MIMEBase
    if inside is not None:
        if depth <= 0:
            return None
        part = MIMEBase("message", "rfc822")
        part.attach(_mail(inside, _EMBEDDED_HEAD, depth - 1))
        part.add_header("Content-Disposition", "attachment")
        return part
    try:
        content = said.binary_prop_value(constants.PID_ATTACH_DATA_BINARY)
    except _ODD:
        content = None
    if content is None:  # a link to a file that stayed where it was
        return None
    main, _, sub = _text(said, constants.PID_ATTACH_MIME_TAG).partition("/")
    known = re.fullmatch(r"[\w.+-]+", main) and re.fullmatch(r"[\w.+-]+", sub) and main not in ("multipart", "message")
    part = MIMEBase(main, sub) if known else MIMEBase("application", "octet-stream")
    part.set_payload(content)
    email.encoders.encode_base64(part)
    name = _text(said, constants.PID_ATTACH_LONG_FILENAME) or _text(said, constants.PID_ATTACH_FILENAME)
    part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name) if name else "lampiran")
    shown_in_the_text = _text(said, constants.PID_ATTACH_CONTENT_ID)
    if shown_in_the_text and main == "image":
        part["Content-ID"] = f"<{shown_in_the_text}>"
    return part


def _sent(said: Properties) -> datetime | None:
    try:
        return said.date_prop_value(constants.PID_CLIENT_SUBMIT_TIME)
    except _ODD:
        return None


def _text(said: Properties, pid: int, *, lines: bool = False) -> str:
    """A string property, "" if it is missing or broken; on one line unless `lines`."""
    try:
        value = (said.str_prop_value(pid) or "").replace("\x00", "")
    except _ODD:
        return ""
    value = value.encode("utf-8", "replace").decode().replace("\r\n", "\n")
    return value if lines else " ".join(value.split())
