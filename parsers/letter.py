"""Reads a mail as a clerk reads it: which kind, and the fields of the letter with where each was found."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from parsers import letter_head, occurrence, signature
from parsers.dates import WIB, first_date
from parsers.documents.dimensions import dimensions
from parsers.documents.document import Document
from parsers.documents.formats import document_format
from parsers.documents.sandbox import open_document
from parsers.html import html_to_text
from parsers.kind import INCIDENT_NUMBER, human_kind, machine_kind
from parsers.message import Mail, Part, read_mail
from parsers.offices import Offices
from parsers.quotes import forwarded_original, without_quotes
from parsers.services import failing_services, named_services
from parsers.urgency import urgency_hint
from parsers.values import NOTHING, Field, Letter, MailKind

MAX_SUMMARY = 600
SHORT_BODY, MAX_PASTED, PAGE_SIDE = 200, 3, 600
"""A photo of a letter pasted into a mail: under few words, and larger in pixels than any logo or banner."""
_SKIPPED_LINE = re.compile(
    r"^\s*(?:(?:nomor|no|sifat|lampiran|lamp|hal|perihal|tanggal|tgl|yth|kepada|dari|tembusan|di|tempat|padang)\b\.?\s*[:.,]?.*"
    r"|(?:dengan hormat|assalamu.*|selamat (?:pagi|siang|sore|malam)|terima kasih|demikian|atas perhatian|hormat kami|salam|"
    r"nip\b|pemerintah provinsi|jalan |jl\.|telp|laman|pos-?el).*)$",
    re.IGNORECASE,
)
_WAG = re.compile(r"\[wag\]|via whatsapp|whats\s?app|laporan wag|\bgrup wa\b", re.IGNORECASE)
_CHAT_LINE = re.compile(
    r"^\[?\d{1,2}/\d{1,2}/\d{2,4}[, ]+\d{1,2}[.:]\d\d(?:[.:]\d\d)?\]?\s*[-–]?\s*[^:\n]{2,40}:", re.MULTILINE
)
_PHONED = re.compile(
    r"form(?:ulir)? laporan telepon|laporan telepon|via telepon|lewat telepon|no\.? telepon.*jam terima|via sms",
    re.I | re.S,
)
_LABELLED_SERVICE = re.compile(r"^\s*layanan(?: terganggu)?\s*:\s*(.+)$", re.IGNORECASE | re.MULTILINE)
_LABELLED_OFFICE = re.compile(
    r"^\s*(?:instansi|opd|perangkat daerah|unit kerja|dari)\s*:\s*(.+)$", re.IGNORECASE | re.MULTILINE
)
Opener = Callable[[bytes, str], Document]


@dataclass(frozen=True, slots=True)
class _Material:
    """All text of a mail, sorted by where it came from. `letter` is the letter itself, wherever it stood."""

    mail: Mail
    outer: Mail
    body: str
    letter: str
    labels: dict[str, str]
    attachments: int
    unread: tuple[str, ...]
    from_document: bool


def read_letter(raw: bytes, offices: Offices, *, opener: Opener = open_document, depth: int = 0) -> Letter:
    """What the mail says. Never raises; what could not be read is named in `unread`."""
    mail = read_mail(raw)
    kind = machine_kind(mail)
    if kind is not None:
        reference = _machine_reference(mail)
        return Letter(kind=kind, hal=_field(mail.subject, "subjek", 1.0), rujukan=reference, text=mail_text(mail))
    material = _gather(mail, opener)
    letter = _read(material, offices)
    hint = urgency_hint(letter)
    return replace(letter, kegentingan=hint.level, alasan_kegentingan=hint.reasons)


def mail_text(mail: Mail) -> str:
    """The body as text, plain part first."""
    return mail.plain.strip() or html_to_text(mail.html)


def _gather(mail: Mail, opener: Opener) -> _Material:
    outer, attached = mail, [part for part in mail.attachments if _counts(part)]
    count, unread, documents = len(attached), [], []
    for part in attached:
        if _is_mail(part):  # the forwarded letter is what counts
            mail = read_mail(part.content)
            inner = [p for p in mail.attachments if _counts(p)]
            documents += [_opened(p, opener) for p in inner]
        else:
            documents.append(_opened(part, opener))
    body = mail_text(mail)
    if not attached and len(body) < SHORT_BODY:
        documents += [_opened(part, opener) for part in mail.attachments if _is_pasted_page(part)][:MAX_PASTED]
    forwarded = forwarded_original(body)
    if forwarded and mail is outer:
        mail = replace(
            mail,
            sender=forwarded.sender or mail.sender,
            sender_name=forwarded.sender_name,
            subject=forwarded.subject or mail.subject,
        )
        body = forwarded.text
    else:
        body = without_quotes(body)
    labels: dict[str, str] = {}
    letter, from_document = body, False
    for name, document in documents:
        if document.problem:
            unread.append(f"{name} ({document.problem})")
            continue
        text = _normal(document.text)
        found = {**letter_head.read_labels(text), **dict(document.labels)}
        if not from_document and (found.get("nomor") or found.get("hal") or "NIP" in text or len(text) > len(letter)):
            letter, labels, from_document = text, found, True
    if not from_document:
        letter = _normal(body)
        labels = letter_head.read_labels(letter)
    return _Material(mail, outer, _normal(body), letter, labels, count, tuple(unread), from_document)


def _read(material: _Material, offices: Offices) -> Letter:
    mail, text, labels = material.mail, material.letter, material.labels
    source = "surat terlampir" if material.from_document else "badan surat"
    everything = f"{material.body}\n{text}" if material.from_document else text
    number = letter_head.letter_number(labels, text)
    hal = letter_head.regarding(labels, mail.subject)
    jenis = _form(material, number)
    office = _office(material, offices, jenis)
    kind = human_kind(material.outer, hal, everything, official=bool(number) or office.source == "alamat pengirim")
    day = letter_head.letter_date(labels, text)
    sender = signature.signatory(text, mail.sender_name, official=jenis in ("surat", "nota_dinas"))
    below_head = text[len(letter_head.letterhead(text)) :]
    contact, contact_text = signature.contact_person(below_head)
    phone = signature.callback_number(_callback_region(below_head, jenis), contact_text)
    if contact and sender.name and _same_person(contact, sender.name):
        contact = ""
    base = _base(day, mail)
    began = occurrence.table_start(text, first_date(" ".join(text.split()))) if material.from_document else ""
    began = began or occurrence.began_at(everything, base)
    labelled_service = _LABELLED_SERVICE.search(text)
    services = (
        named_services(hal)
        if kind is MailKind.REQUEST
        else failing_services(hal, everything, labelled_service[1] if labelled_service else "")
    )
    reported = jenis not in ("wag", "telepon")
    return Letter(
        kind=kind,
        jenis=_field(jenis, source, 0.9),
        nomor=_field(number, source, 0.95 if "nomor" in labels else 0.8),
        tanggal=_field(day.isoformat() if day else "", source, 0.9),
        sifat=_field(letter_head.urgency(labels), source, 0.95),
        hal=_field(hal, source if "hal" in labels else "subjek", 0.95 if "hal" in labels else 0.7),
        pengirim=_field(sender.name, "tanda tangan", 0.9 if sender.nip else 0.7),
        nip=_field(sender.nip, "tanda tangan", 0.95),
        jabatan=_field(sender.title, "tanda tangan", 0.8),
        telepon=_field(phone, "narahubung" if contact_text else source, 0.85),
        email=_field(mail.sender if reported else "", "alamat pengirim", 1.0),
        narahubung=_field(contact, source, 0.85),
        opd=office,
        layanan=services,
        lokasi=_field(occurrence.place(_without_hal(below_head)) or occurrence.place(below_head), source, 0.6),
        waktu_kejadian=_field(began, source, 0.8),
        ringkasan=summary(hal, text if material.from_document else material.body),
        rujukan=_reference(material, number) if kind is MailKind.FOLLOW_UP else NOTHING,
        attachments=material.attachments,
        text=everything.strip(),
        unread=material.unread,
    )


def summary(hal: str, text: str) -> str:
    """The event and its effect in at most 600 characters: the letter without head, salutation and closing."""
    lines = [line.strip() for line in _without_closing(text).split("\n")]
    kept = [
        line
        for line in lines
        if len(line) > 3 and not _SKIPPED_LINE.match(line) and (len(line) > 60 or not line.isupper())
    ]
    flowing = " ".join(" ".join(kept).split())
    if len(flowing) > MAX_SUMMARY:
        cut = flowing[:MAX_SUMMARY]
        flowing = cut[: cut.rfind(" ")] if " " in cut else cut
    return flowing or hal[:MAX_SUMMARY]


def _without_closing(text: str) -> str:
    """From the salutation on, and without the signature block: who writes and signs stands in fields of its own."""
    # Many go on in the same line: "Dengan hormat, kami laporkan bahwa …".
    salutation = re.search(r"(?im)^\W*(?:dengan hormat|assalamu\S*(?:\s+wr\.?\s*wb)?)\b[\s.,:]*", text)
    body = text[salutation.end() :] if salutation else text
    closes = r"a\.?\s?n\.?\s|u\.?\s?b\.?\s|hormat kami|plt\.|plh\.|nip\b|(?:terima\s?kasih|tks|salam|wassalam\S*)\W*$"
    signed = re.search(rf"(?im)^\W*(?:{closes})", body)
    kept = body[: signed.start()] if signed else body
    return kept if len(kept.strip()) > 40 else text


def _form(material: _Material, number: str) -> str:
    """surat, nota_dinas, wag, telepon or email."""
    text, subject = material.letter, material.mail.subject
    head = text[:1500]
    if re.search(r"nota\s+dinas", f"{subject}\n{head}", re.IGNORECASE):
        return "nota_dinas"
    if _WAG.search(f"{subject}\n{head[:300]}") or len(_CHAT_LINE.findall(text)) >= 2:
        return "wag"
    if _PHONED.search(f"{subject}\n{head}"):
        return "telepon"
    if number or ("hal" in material.labels and re.search(r"\bNIP\b", text)):
        return "surat"
    if material.unread and re.search(r"\bsurat\b|\bnota\b", f"{subject} {material.body}", re.IGNORECASE):
        return "surat"
    return "email"


def _office(material: _Material, offices: Offices, jenis: str) -> Field:
    text = material.letter
    labelled = "\n".join(match[1] for match in _LABELLED_OFFICE.finditer(text))
    reporter = re.search(r"^\s*(?:nama\s+)?pelapor\s*:\s*(.+)$", text, re.IGNORECASE | re.MULTILINE)
    body = re.sub(r"(?im)^.*\b(?:yth|kepada|c\.?q|u\.?p|tembusan)\b.*$", " ", text)
    places = [("isian", labelled, 0.95), ("pelapor", reporter[1] if reporter else "", 0.9)]
    if jenis in ("surat", "nota_dinas") and (material.from_document or material.labels):
        places.append(("kop", letter_head.letterhead(text), 0.95))
    places += [
        ("tanda tangan", body[-400:] if jenis in ("surat", "nota_dinas") else "", 0.85),
        ("alamat pengirim", "", 0.85),
        ("nama pengirim", material.mail.sender_name, 0.7),
        ("badan surat", body, 0.6),
        ("subjek", material.mail.subject, 0.6),
    ]
    return offices.find(places, material.mail.sender)


def _reference(material: _Material, own_number: str) -> Field:
    for source, text in (("subjek", material.outer.subject), ("badan surat", material.letter)):
        match = INCIDENT_NUMBER.search(text)
        if match:
            return Field(match.group(0), source, 1.0)
    match = re.search(
        r"surat (?:kami )?(?:terdahulu )?(?:nomor|no\.?)\s*:?\s*([\w.]+\s*/[\w./ -]*?(?:19|20)\d\d)",
        " ".join(material.letter.split()),
        re.I,
    )
    earlier = re.sub(r"\s+", "", match[1]) if match else ""
    return _field(earlier if earlier != own_number else "", "badan surat", 0.8)


def _machine_reference(mail: Mail) -> Field:
    places = [mail.subject, mail_text(mail)]
    places += [part.content.decode("utf-8", "replace") for part in mail.attachments]
    for text in places:
        match = INCIDENT_NUMBER.search(text) or re.search(r"\b[a-z]{2,5}-20\d\d-\d{3,6}\b", text)
        if match:
            return Field(match.group(0).upper(), "subjek", 0.9)
    return NOTHING


def _without_hal(text: str) -> str:
    """The Hal names the place in short; the letter itself in full."""
    return re.sub(r"(?im)^\s*(?:peri)?hal\s*[:\t].*$", "", text)


def _callback_region(text: str, jenis: str) -> str:
    return (
        re.split(r"^\W*dicatat oleh\b", text, maxsplit=1, flags=re.I | re.M)[0] if jenis in ("wag", "telepon") else text
    )


def _base(day: date | None, mail: Mail) -> datetime:
    """Relative words count from the letter's date, else from the mail's Date field."""
    sent = (mail.date or datetime.now(UTC)).astimezone(WIB)
    if day is None or day == sent.date():
        return sent
    return datetime.combine(day, time(23, 59), WIB)


def _counts(part: Part) -> bool:
    """A file a person attached: no inline picture, no signature, no calendar, no report part."""
    ignored = (
        "text/calendar",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-signature",
    )
    if part.mime_type in ignored or (part.content_id and part.mime_type.startswith("image/")):
        return False
    return part.attached or part.mime_type == "message/rfc822"


def _is_mail(part: Part) -> bool:
    """A mail inside a mail: as its own type, or saved as a file and attached like any other."""
    saved = part.filename.lower().endswith(".eml") and re.match(rb"[\w-]+:[ \t]", part.content) is not None
    return part.mime_type == "message/rfc822" or saved


def _is_pasted_page(part: Part) -> bool:
    """A picture inside the text that can be the letter itself. It is read, but it is no attachment."""
    return part.mime_type in ("image/jpeg", "image/png") and min(dimensions(part.content)) >= PAGE_SIDE


def _opened(part: Part, opener: Opener) -> tuple[str, Document]:
    format_name = document_format(part.mime_type, part.filename, part.content)
    if not format_name:
        return part.filename, Document(problem="jenis berkas belum dapat dibaca")
    return part.filename or "gambar di badan surel", opener(part.content, format_name)


def _same_person(one: str, other: str) -> bool:
    def bare(name: str) -> set[str]:
        return set(re.findall(r"[a-z]{3,}", name.split(",", maxsplit=1)[0].lower()))

    return bool(bare(one) & bare(other))


def _normal(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u2013", "–")


def _field(value: str, source: str, sure: float) -> Field:
    return Field(value, source, sure) if value else NOTHING
