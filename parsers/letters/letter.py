"""Reads a mail as a clerk reads it: which kind, and the fields of the letter with where each was found."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from parsers.documents import letter_head
from parsers.documents.opening import Opener
from parsers.letters import occurrence, signature
from parsers.letters.kind import Look, look_at
from parsers.letters.material import Material, gather, mail_text
from parsers.letters.offices import Offices
from parsers.letters.place import place
from parsers.letters.services import failing_services, named_services
from parsers.letters.summary import summary
from parsers.letters.symptoms import has_symptom
from parsers.letters.urgency import urgency_hint
from parsers.letters.values import NOTHING, Field, Letter, MailKind
from parsers.letters.wanted import human_kind, some_trouble
from parsers.letters.whatsapp import Message, read_chat
from parsers.mails.date_field import HELD, sent_at
from parsers.mails.headers import as_written
from parsers.mails.message import Mail, read_mail
from parsers.words.dates import WIB, contradicts_itself, first_date
from parsers.words.numbers import Numbers

OCR_ERRS = 0.8
UNSURE = 0.5
"""A weekday that is not the date's: one of them is a slip, and people are asked to look."""
KEPT = timedelta(days=60)
"""So long a mail may have lain with somebody before they forwarded it."""
NONE_OURS = Numbers()
NOT_SCANNED = ("alamat pengirim", "nama pengirim", "subjek")
_WAG = re.compile(r"\[wag\]|via whatsapp|whats\s?app|laporan wag|\bgrup wa\b", re.IGNORECASE)
_PHONED = re.compile(
    r"form(?:ulir)? laporan telepon|laporan telepon|(?:via|lewat|melalui|per|by) (?:telepon|telp|tlp|telpon|sms)|no\.? telepon.{0,200}jam terima|penelepon|"
    r"penelpon|(?:catatan|log|berita|buku|lap\.?) (?:telepon|telp|tlp|telpon|sms|panggilan)|(?:telepon|telp|tlp|telpon|sms|panggilan)\.? (?:masuk|dari)\b",
    re.I | re.S,
)
_NOTE = re.compile(
    r"^[^\w\n]*+n\s?o\s?t\s?a\s+d\s?i\s?n\s?a\s?s\b(?!\s+(?:kami|saudara|(?:no|nomor)\b[^\n]*\b(?:tgl|tanggal)))",
    re.IGNORECASE | re.MULTILINE,
)
_NOTED_CALL = re.compile(r"^\W*(?:telepon|telp|tlp(?!:)|telpon|sms|call)\b", re.IGNORECASE)
_LABELLED_SERVICE = re.compile(r"^[^\S\n]*+layanan(?: terganggu)?\s{0,40}:\s*+(.+)$", re.IGNORECASE | re.MULTILINE)
_LABELLED_OFFICE = re.compile(
    r"^[^\S\n]*+(?:instansi|opd|perangkat daerah|unit kerja|dari)\s{0,40}:\s*+(.+)$", re.IGNORECASE | re.MULTILINE
)


def read_letter(
    raw: bytes,
    offices: Offices,
    *,
    opener: Opener,
    received: datetime | None = None,
    numbers: Numbers = NONE_OURS,
    own: str = "",
) -> Letter:
    """What a mail's bytes say; as `letter_of`."""
    return letter_of(read_mail(raw), offices, received=received, opener=opener, numbers=numbers, own=own)


def letter_of(
    mail: Mail,
    offices: Offices,
    look: Look | None = None,
    *,
    opener: Opener,
    received: datetime | None = None,
    numbers: Numbers = NONE_OURS,
    own: str = "",
) -> Letter:
    """What a decoded mail says. Never raises; what could not be read is named in `unread`.

    Args:
        look: what has been seen of it already.
        opener: how what came with it is opened.
        received: when our server had the mail (aware). Relative words count from when it was sent, and the sender's clock
            is believed only where it agrees. None: nobody knows, and the Date field is all there is.
        numbers: what our incident numbers look like.
        own: our own address, lower case: whoever writes through a list or a form in our name is read as the sender.
    """
    written = as_written(mail, own)
    if look is None or look.answers or written is not mail:  # a letter is seen by itself, and as its author's
        look = look_at(written, answers=False)
    mail, machine = written, look.machine
    if machine is not None:
        reference = _machine_reference(mail, numbers)
        hal = _field(mail.subject, "subjek", 1.0)
        return Letter(kind=machine.kind, hal=hal, rujukan=reference, text=mail_text(mail), trouble=machine.trouble)
    return read_decoded(mail, offices, opener, numbers, received=received)


def read_decoded(
    mail: Mail, offices: Offices, opener: Opener, numbers: Numbers = NONE_OURS, *, received: datetime | None = None
) -> Letter:
    """What a mail that a person wrote says. Never raises."""
    return _read(gather(mail, opener), offices, numbers, received)


def _read(material: Material, offices: Offices, numbers: Numbers, received: datetime | None) -> Letter:
    mail, text, labels = material.mail, material.letter, material.labels
    source = "surat terlampir" if material.from_document else "badan surat"
    everything = f"{material.body}\n{text}" if material.from_document else text
    number = letter_head.letter_number(labels, text)
    hal = letter_head.regarding(labels, mail.subject)
    by_helpdesk = bool(offices.own) and offices.by_address(mail.sender) == offices.own
    jenis = _form(material, number, by_helpdesk=by_helpdesk)
    chat = _chat(text, jenis)
    office = _office(material, offices, jenis, chat)
    official = bool(number) or office.source == "alamat pengirim"
    kind = human_kind(material.outer, hal, everything, official=official, numbers=numbers)
    day = letter_head.letter_date(labels, text)
    if day is None and by_helpdesk and jenis in ("wag", "telepon"):
        day = letter_head.noted_date(text)
    sender = signature.signatory(text, mail.sender_name, official=jenis in ("surat", "nota_dinas"))
    below_head = text[len(letter_head.letterhead(text)) :]
    contact, phone = _contact(material, below_head, jenis, chat)
    if contact and sender.name and _same_person(contact, sender.name):
        contact = ""
    base = _base(day, material, chat, received)
    named = signature.reporter(text).name
    by_chat = Field(chat.name, "obrolan", 0.7) if chat and not sender.nip and not labels and not named else NOTHING
    began = occurrence.table_start(text, first_date(" ".join(text.split()))) if material.from_document else ""
    began = began or (occurrence.began_at(everything, base) if base else "")
    labelled = _LABELLED_SERVICE.search(text)
    services = (
        named_services(hal)
        if kind is MailKind.REQUEST
        else failing_services(hal, everything, labelled[1] if labelled else "")
    )
    reported = jenis not in ("wag", "telepon")
    letter = Letter(
        kind=kind,
        jenis=_field(jenis, source, 0.9),
        nomor=_field(number, source, 0.95 if "nomor" in labels else 0.8),
        tanggal=_field(day.isoformat() if day else "", source, UNSURE if contradicts_itself(text) else 0.9),
        sifat=_field(letter_head.urgency(labels), source, 0.95),
        hal=_field(hal, source if "hal" in labels else "subjek", 0.95 if "hal" in labels else 0.7),
        pengirim=by_chat or _field(sender.name, "tanda tangan", 0.9 if sender.nip else 0.7),
        nip=_field(sender.nip, "tanda tangan", 0.95),
        jabatan=_field(sender.title, "tanda tangan", 0.8),
        telepon=phone,
        email=_field(mail.sender if reported else "", "alamat pengirim", 1.0),
        narahubung=_field(contact, source, 0.85),
        opd=office,
        layanan=services,
        lokasi=_field(place(_without_hal(below_head)) or place(below_head), source, 0.6),
        waktu_kejadian=_field(began, source, UNSURE if contradicts_itself(everything) else 0.8),
        ringkasan=summary(hal, text if material.from_document else material.body),
        rujukan=_reference(material, number, numbers) if kind is MailKind.FOLLOW_UP else NOTHING,
        attachments=material.attachments,
        text=material.whole,
        unread=material.unread,
        to_ask_for=material.to_ask_for,
        urgency=urgency_hint(letter_head.urgency(labels), everything, services=services),
        trouble=kind is not MailKind.INCIDENT and some_trouble(hal, everything),
    )
    return _by_eye(letter) if material.scanned else letter


def _by_eye(letter: Letter) -> Letter:
    """What OCR read is less sure, and says so."""
    less: dict[str, Any] = {}
    for item in fields(letter):
        field = getattr(letter, item.name)
        if isinstance(field, Field) and field and field.source not in NOT_SCANNED:
            less[item.name] = Field(field.value, f"pindaian, {field.source}", round(field.sure * OCR_ERRS, 2))
    return replace(letter, **less)


def _form(material: Material, number: str, *, by_helpdesk: bool) -> str:
    """surat, nota_dinas, wag, telepon or email."""
    text, subject = material.letter, material.mail.subject
    head = text[:1500]
    if _NOTE.search(head) or re.search(r"\bnota\s+dinas\b(?! (?:kami|saudara))", subject, re.IGNORECASE):
        return "nota_dinas"
    if _WAG.search(f"{subject}\n{head[:300]}") or read_chat(text):
        return "wag"
    if (by_helpdesk and _NOTED_CALL.match(subject)) or _PHONED.search(f"{subject}\n{head}"):
        return "telepon"
    if number or ("hal" in material.labels and re.search(r"\bNIP\b", text)):
        return "surat"
    if material.unread and re.search(r"\bsurat\b|\bnota\b", f"{subject} {material.body}", re.IGNORECASE):
        return "surat"
    return "email"


def _chat(text: str, jenis: str) -> Message | None:
    """The message of a handed-on chat that reports the outage."""
    return read_chat(text).report(has_symptom) if jenis == "wag" else None


def _office(material: Material, offices: Offices, jenis: str, chat: Message | None) -> Field:
    text = material.letter
    labelled = "\n".join(match[1] for match in _LABELLED_OFFICE.finditer(text))
    reporter = re.search(
        r"^[^\w\n]*+(?:nama\s{1,9})?(?:pelapor|penelepon|penelpon)\s{0,40}:\s*+(.+)$",
        text,
        re.IGNORECASE | re.MULTILINE,
    )
    body = re.sub(r"(?im)^.*\b(?:yth|kepada|c\.?q|u\.?p|tembusan)\b.*$", " ", text)
    places = [("isian", labelled, 0.95), ("pelapor", reporter[1] if reporter else "", 0.9)]
    if chat:  # whoever hands a chat on is somebody else
        places += [("obrolan", chat.text, 0.75), ("nama di obrolan", chat.name, 0.7)]
    if jenis in ("surat", "nota_dinas") and (material.from_document or material.labels):
        places.append(("kop", letter_head.letterhead(text), 0.95))
    handed_on = jenis in ("wag", "telepon")
    places += [("badan surat", body, 0.6), ("subjek", material.mail.subject, 0.6)] if handed_on else []
    places += [
        ("tanda tangan", body[-400:] if jenis in ("surat", "nota_dinas") else "", 0.85),
        ("alamat pengirim", "", 0.85),
        ("nama pengirim", material.mail.sender_name, 0.7),
        ("badan surat", body, 0.6),
        ("subjek", material.mail.subject, 0.6),
    ]
    found = offices.find(places, material.mail.sender)
    handed_over = offices.by_address(material.outer.sender) if not found else ""
    return found or _field(handed_over if handed_over != offices.own else "", "alamat penerus", 0.6)


def _reference(material: Material, own_number: str, numbers: Numbers) -> Field:
    for source, text in (("subjek", material.outer.subject), ("badan surat", material.letter)):
        found = numbers.within(text)
        if found:
            return Field(found[0], source, 1.0)
    match = re.search(
        r"(?:surat|laporan|nota dinas) (?:kami )?(?:terdahulu |sebelumnya )?(?:nomor|no\.?)\s?:?\s?([\w.]{1,30}\s?/[\w./ -]{0,80}?(?:19|20)\d\d)",
        " ".join(material.letter.split()),
        re.I,
    )
    earlier = re.sub(r"\s+", "", match[1]) if match else ""
    return _field(earlier if earlier != own_number else "", "badan surat", 0.8)


def _machine_reference(mail: Mail, numbers: Numbers) -> Field:
    places = [mail.subject, mail_text(mail)]
    places += [part.content.decode("utf-8", "replace") for part in mail.attachments]
    for text in places:
        found = numbers.within(text)
        if found:
            return Field(found[0], "subjek", 0.9)
    return NOTHING


def _without_hal(text: str) -> str:
    """The Hal names the place in short; the letter itself in full."""
    return re.sub(r"(?im)^[^\S\n]*+(?:peri)?hal\s{0,40}[:\t].*$", "", text)


def _contact(material: Material, below_head: str, jenis: str, chat: Message | None) -> tuple[str, Field]:
    """The name of whom to ask, "" where none is told, and the number at which to call back."""
    source = "surat terlampir" if material.from_document else "badan surat"
    contact, beside = signature.contact_person(below_head)
    phone = signature.callback_number(_callback_region(below_head, jenis), beside)
    if not phone and material.from_document:
        phone = signature.callback_number(material.body, "")
    return contact, _field((chat and chat.phone) or phone, "narahubung" if beside else source, 0.85)


def _callback_region(text: str, jenis: str) -> str:
    return (
        re.split(r"^[^\w\n]*+dicatat oleh\b", text, maxsplit=1, flags=re.I | re.M)[0]
        if jenis in ("wag", "telepon")
        else text
    )


def _base(day: date | None, material: Material, chat: Message | None, received: datetime | None) -> datetime | None:
    """What relative words count from: the letter's date or the chat's, else when the mail was sent; None if nobody knows.

    None of them lies ahead of `received`: a year that is a slip of the pen is none.
    """
    sent = sent_at(material.mail.date, received, HELD if material.mail.date == material.outer.date else KEPT)
    if chat and day is None:
        return min(chat.at, received) if received else chat.at
    if day is None or (sent and day >= sent.astimezone(WIB).date()):
        return sent.astimezone(WIB) if sent else None
    return datetime.combine(day, time(23, 59), WIB)


def _same_person(one: str, other: str) -> bool:
    def bare(name: str) -> set[str]:
        return set(re.findall(r"[a-z]{3,}", name.split(",", maxsplit=1)[0].lower()))

    return bool(bare(one) & bare(other))


def _field(value: str, source: str, sure: float) -> Field:
    return Field(value, source, sure) if value else NOTHING
