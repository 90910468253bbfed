"""Turns "who must be told what" into the bytes of a mail (RFC 5322, MIME), from the templates in `templates/mail`.

Each template holds its words once; the text part and the HTML part are two faces of the same paragraphs. No mail waits
for a template that is broken: it goes out plain, with the same facts.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from email.headerregistry import Address, HeaderRegistry
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import templates
from outbox.letter_text import LetterPart
from outbox.mail_templates import LAID_OUT, LETTER_TEXT, LONGEST_SUBJECT, Tappable, fault_of, foot, layers, one_line
from outbox.matter import Attachment, Choice, Matter
from outbox.tokens import sign
from outbox.told import Told, told
from outbox.values import values
from sop.likeness import Similar
from sop.mails import MailTemplate
from sop.procedure import Procedure, Reply, Stage
from sop.verdict import Outgoing
from templates import phrasing
from templates.characters import plain
from templates.links import inert
from templates.words import AnswerWords, Words

log = logging.getLogger(__name__)
LONGEST_NAME = 120
_MESSAGE_ID = re.compile(r"[!-;=?-~]{1,250}")
_MIME_TYPE = re.compile(r"(?!multipart/)[a-z0-9][a-z0-9.+-]{0,80}/[a-z0-9][a-z0-9.+-]{0,80}", re.ASCII | re.IGNORECASE)
_CHARSET = re.compile(r"[a-z0-9][a-z0-9_-]{1,30}", re.ASCII | re.IGNORECASE)


class _Fields(HeaderRegistry):
    """Header fields as the library makes them. They never change, and most are the same in every mail of ours."""

    def __init__(self) -> None:
        super().__init__()
        self._kind = lru_cache(maxsize=256)(super().__getitem__)  # it makes a class each time it is asked
        self._made = lru_cache(maxsize=256)(super().__call__)

    def __getitem__(self, name: str) -> Any:
        return self._kind(name)

    def __call__(self, name: str, value: object) -> Any:
        return self._made(name, str(value))


_POLICY = SMTP.clone(header_factory=_Fields())


@dataclass(frozen=True, slots=True)
class Composed:
    """A mail ready to be frozen.

    Attributes:
        fault: what is wrong with its template, so that it is made from another; "" where nothing is.
    """

    message_id: str
    token: str
    subject: str
    raw: bytes
    fault: str = ""


@dataclass(frozen=True, slots=True)
class _Written:
    """The words of a mail."""

    subject: str
    text: str
    html: str
    fault: str = ""


class Composer:
    """Writes mails in the name of one office mailbox."""

    def __init__(
        self, folder: Path, words: Words, address: str, office: str, secret: bytes, builtin: Path = templates.FOLDER
    ) -> None:
        """`folder`: the office's templates, above those that are `builtin`; `address`: the official mailbox, `office`
        its display name.
        """
        self.words, self.address, self.office, self._secret = words, address, office, secret
        self.layers = layers(folder, builtin)
        self._logged: set[str] = set()

    def compose(self, letter: Outgoing, matter: Matter) -> Composed:
        """The mail for `letter`. The same letter and matter give the same bytes."""
        share = told(letter, matter.reader.addressee, matter.standing, self.words)
        letter = replace(letter, extra=share.extra)
        token = sign(self._secret, letter.key, matter.reader.address)
        domain = self.address.rpartition("@")[2]
        number = matter.standing.number
        message_id = f"{number or 'umum'}.{token}@{domain}".lower()
        written = self._write(letter, self._values(letter, matter, share, token))
        message = EmailMessage(policy=_POLICY)
        message["From"] = _mailbox(self.office, self.address)
        message["To"] = _mailbox(matter.reader.name, matter.reader.address)
        message["Subject"] = f"[{number}] {written.subject}" if number else written.subject
        message["Date"] = format_datetime(matter.now.astimezone(phrasing.WIB))
        message["Message-ID"] = f"<{message_id}>"
        thread = [earlier for earlier in matter.thread if _MESSAGE_ID.fullmatch(earlier)]
        if thread:
            message["In-Reply-To"] = f"<{thread[-1]}>"
            message["References"] = " ".join(f"<{earlier}>" for earlier in thread)
        # Never start a conversation between machines (RFC 3834; the second field is Exchange's). Only whoever is asked
        # for something may let us know by a machine that they are away: servers keep that back for what is automatic.
        hears_absence = _is_request(letter, matter.standing.procedure)
        if not hears_absence:
            message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = ", ".join((*(() if hears_absence else ("OOF",)), "AutoReply", "RN"))
        message.set_content(written.text, cte="quoted-printable")
        message.add_alternative(written.html, subtype="html", cte="quoted-printable")
        for attachment in matter.attachments:
            kind = attachment.mime_type if _MIME_TYPE.fullmatch(attachment.mime_type) else "application/octet-stream"
            maintype, _, subtype = kind.partition("/")
            if maintype in ("message", "multipart"):  # has a form of its own, which bytes of others need not keep
                maintype, subtype = "application", "octet-stream"
            text = (
                {"charset": attachment.charset} if maintype == "text" and _CHARSET.fullmatch(attachment.charset) else {}
            )
            name = _filename(attachment.filename)
            message.add_attachment(attachment.content, maintype, subtype, filename=name, params=text)
        _set_boundaries(message, message_id)
        return Composed(message_id, token, str(message["Subject"]), message.as_bytes(), written.fault)

    def _write(self, letter: Outgoing, values: Mapping[str, Any]) -> _Written:
        """Everything that was written by others passes through here, with whatever characters they used."""
        faults = list[str]()
        for layer in self.layers:
            try:
                page = layer.page(letter.template, values, self.office)
            except Exception as error:  # noqa: BLE001  whatever staff wrote into a template: what was decided goes out
                faults.append(fault_of(error, letter.template))
                self._log_once(faults[-1])
            else:
                return _Written(page.subject, page.text, page.html, faults[0] if faults else "")
        return _plainly(letter, {**values, "kantor": self.office}, self.words, faults[0])

    def _log_once(self, fault: str) -> None:
        if fault not in self._logged:
            self._logged.add(fault)
            log.error("templat gagal, surelnya disusun dengan templat bawaan atau sederhana: %s", fault)

    def _values(self, letter: Outgoing, matter: Matter, share: Told, token: str) -> dict[str, Any]:
        procedure, incident = matter.standing.procedure, share.incident
        stage = procedure.stage(letter.stage) if letter.stage else None
        like = incident.like if stage == procedure.first_stage() else ()
        choices = self.choices(_offered(letter, stage, like, self.words), incident.number, token)
        return values(letter, matter, share, self.words, choices, token)

    def known(self, letter: Outgoing, matter: Matter) -> frozenset[str]:
        """What the template of `letter` can speak of, by name."""
        share = told(letter, matter.reader.addressee, matter.standing, self.words)
        return frozenset(self._values(letter, matter, share, ""))

    def unknown(self, letter: Outgoing, matter: Matter, *layouts: str) -> list[str]:
        """What the template of `letter`, or else these `layouts` around it, speak of that nobody fills in, in whatever
        branch: one line each.
        """
        share = told(letter, matter.reader.addressee, matter.standing, self.words)
        values = self._values(replace(letter, extra=share.extra), matter, share, "")
        if not layouts:
            return self.layers[0].unknown(f"{letter.template}.j2", values)
        page = {**values, **dict.fromkeys(LAID_OUT)}
        return [line for layout in layouts for line in self.layers[0].unknown(layout, page)]

    def letter_text(self, number: str, parts: Sequence[LetterPart]) -> Attachment:
        """What was written from outside about incident `number`, whole; by its mark telephones know it is UTF-8."""
        values = {"insiden": number, "daftar": parts}
        for layer in self.layers:
            try:
                name, text = layer.letter_text(values)
            except Exception as error:  # noqa: BLE001  as in `_write`
                self._log_once(fault_of(error, LETTER_TEXT))
            else:
                break
        else:  # no template is left: the letter all the same
            name, text = f"Isi-Surel-{number}", "\n\n".join(mail.teks for part in parts for mail in part.surel)
        content = f"{plain(text).strip()}\n".replace("\n", "\r\n").encode("utf-8-sig")
        return Attachment(f"{one_line(name, LONGEST_NAME)}.txt", "text/plain", content, "utf-8")

    def choices(self, offered: Sequence[str], incident: str, token: str) -> list[Choice]:
        """The answers `offered` to the mail that has `token`, each to be given by a tap. `incident`: number, or ""."""
        choices, address = list[Choice](), quote(self.address, safe="@")
        for offer in offered:
            decision, _, number = offer.partition(" ")
            known = self.words.answers.get(decision)
            word = " ".join(filter(None, (known.word if known else decision.replace("_", " ").upper(), number)))
            known = known or AnswerWords(word, word, f"{word}\n", word)
            # The subject carries the token: a tapped link opens a new mail, which quotes nothing.
            subject = quote(f"[{incident}] {word} ({token})" if incident else f"{word} ({token})")
            body = quote(known.body.replace("{nomor}", number).replace("\n", "\r\n"))
            label, hint = (text.replace("{nomor}", number) for text in (known.label, known.hint))
            mailto = Tappable(f"mailto:{address}?subject={subject}&body={body}")
            choices.append(Choice(label, word, hint, mailto))
        return choices

    def templates(self) -> set[str]:
        """The names of all letters that can be composed."""
        return self.layers[0].names()


def _offered(letter: Outgoing, stage: Stage | None, like: Sequence[Similar], words: Words) -> list[str]:
    """The words the reader may answer with: those of the stage, and what else is offered with this letter."""
    if stage is None or not letter.asks:
        return list(letter.offers)
    return [
        *letter.offers,
        *(_as_worded(reply, words) for reply in stage.replies),
        *(f"gabung {other.nomor}" for other in [one for one in like if not one.selesai][:1]),
    ]


def _as_worded(reply: Reply, words: Words) -> str:
    """The key of the words for an answer: those for where it leads ("tidak.analisis"), where there are any."""
    special = f"{reply.decision}.{reply.target}"
    return special if special in words.answers else reply.decision


def _is_request(letter: Outgoing, procedure: Procedure) -> bool:
    """Whether the office asks a person of its own accord, at first or again: it answers no mail of theirs."""
    if not letter.asks or letter.person.is_reporter:
        return False
    return letter.template in (procedure.stage(letter.stage).template, MailTemplate.REMINDER)


def _set_boundaries(message: EmailMessage, message_id: str) -> None:
    """As the library would, but not by chance. No part can hold one: each is quoted-printable or base64."""
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        digest = hashlib.sha256(f"{message_id} {number}".encode()).digest()
        boundary = f"{'=' * 15}{int.from_bytes(digest[:8]) % 10**19:019}=="
        part.replace_header("Content-Type", f'{part.get_content_type()}; boundary="{boundary}"')


def _plainly(letter: Outgoing, page: Mapping[str, Any], words: Words, fault: str) -> _Written:
    """What the templates would have said, without them: the words of others, how to answer, the card."""
    said = [str(value) for value in letter.extra.values() if isinstance(value, str) and value]
    hints = [choice.hint for choice in page["pilihan"]]
    hints = ["Cara menjawab, pada baris pertama:", *hints] if hints else []
    card = [f"{label}: {value}" for label, value in page["kartu"]]
    asked = page["tenggat"] and page["ditunggu"]
    due = [f"Mohon dijawab sebelum {phrasing.moment(page['tenggat'])}."] if asked else []
    reader = page["penerima"]
    head = [f"Yth. {reader.title or reader.name},", "", words.plain_mail, "", page["tahap"]]
    text = inert(plain("\n".join([*head, *said, "", *hints, *due, "", *card, "", page["kantor"], *foot(page)])))
    subject = f"{page['tahap'] or letter.template.replace('_', ' ')}: {page['opd']}"
    subject = one_line(inert(subject), LONGEST_SUBJECT)
    return _Written(subject, f"{text}\n", f"<!DOCTYPE html><pre>{escape(text)}</pre>\n", fault)


def _filename(name: str) -> str:
    """In one line, its extension kept."""
    line = " ".join(plain(name).split())
    stem, dot, extension = line.rpartition(".")
    if len(line) <= LONGEST_NAME:
        return line or "lampiran"
    return f"{stem[: LONGEST_NAME - 12]}…{dot}{extension}" if dot and len(extension) <= 10 else line[:LONGEST_NAME]


def _mailbox(name: str, address: str) -> Address:
    local, _, domain = one_line(address, 320).rpartition("@")
    return Address(one_line(inert(name), LONGEST_NAME), username=local, domain=domain)
