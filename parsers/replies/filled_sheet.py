"""A filled-in Lembar Disposisi or Berita Acara, attached to a mail that only points to it, as the words of an answer.

In a file of text a tick is a mark in a box; on a scan the ink says which boxes are filled (`documents/sheet_ink.py`), and
what OCR made of a tick says nothing. Where a box, the note or a struck-out word is in doubt the sheet decides nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from parsers.documents.document import SHEET_TITLE, Reason
from parsers.documents.formats import document_format
from parsers.documents.opening import Opener
from parsers.mails.enclosed import is_file
from parsers.mails.message import Mail
from parsers.words.numbers import Numbers

_POINTS = re.compile(
    r"\b(?:terlampir|dilampirkan|lampirkan|lampiran|sesuai lembar|lihat lembar|lembar disposisi|berita acara|hasil scan|pindaian|scan|attached|berikut (?:kami |saya )?"
    r"(?:sampaikan|kirim\w*|lampir\w*)|sebagaimana (?:terlampir|lembar))\b",
    re.IGNORECASE,
)
_RECORD = re.compile(
    r"\bberita\s+acara\b|\blaporan\s+(?:hasil\s+)?(?:penanganan|kegiatan|teknis|pekerjaan)\b", re.IGNORECASE
)
_TICK = re.compile(r"(?:[\[(|]\s*[XxVv✓✔√☑☒]\s*[\])|]|[☑☒✓✔√]|(?<![\w\[])[XxVv]\s*\])\s*([A-Za-z][^\t\n|\[\]☐☑☒]*)")
_NOTE = re.compile(
    r"^\W*(?:catatan|isi disposisi|instruksi|disposisi|arahan|petunjuk)(?:\s+(?:kepala\w*|kabid|kadis)\b[^:\n]*)?\s*:?[ \t]*(.*)$",
    re.IGNORECASE,
)
_END = re.compile(
    r"^\W*(?:kepala|kabid|kadis|plh\.?|plt\.?|a\.n\.?|sekretaris|padang,|nip\b|pembina|penata|paraf|tanda tangan|ttd|penugasan oleh|disposisi diberikan|mengetahui|"
    r"\w+, ?\d{1,2} \w+ 20\d\d)\b",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"\b(?:tim|koordinator|koord|bidang|seksi|kasi|csirt|helpdesk|sdr|staf|petugas|sekretaris|noc|subkoordinator|kabid|kepala)\b",
    re.IGNORECASE,
)
_PROCEED = re.compile(
    r"\b(?:proses lebih lanjut|tindak ?lanjut\w*|tangani|laksanakan|selesaikan|untuk dilaksanakan|ditindak ?lanjuti|penanganan)\b",
    re.IGNORECASE,
)
_DECLINE = re.compile(r"\b(?:tolak|ditolak|tidak setuju|tidak disetujui|tidak perlu|kembalikan)\b", re.IGNORECASE)
_APPROVE = re.compile(r"^\W*(?:ya|setuju|disetujui|acc)\b", re.IGNORECASE)
_MATTERS = re.compile(f"{_PROCEED.pattern}|{_DECLINE.pattern}|\\b(?:setuju|disetujui|ya|acc)\\b", re.IGNORECASE)
_STRUCK_OUT = re.compile(r"\bcoret\b", re.IGNORECASE)
"""Where the form asks to strike out what does not apply, no text shows what is left."""
MAX_FILES = 4


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """What a sheet says: `words` to be read like an answer's ("" if it decides nothing), ticked persons, or a record's text; and the incidents that it names."""

    words: str = ""
    assigned_to: str = ""
    record: str = ""
    incidents: tuple[str, ...] = ()


def points_to_attachment(text: str) -> bool:
    """Whether an answer's own words do nothing but point to what is attached."""
    return len(text.split()) <= 30 and _POINTS.search(text) is not None


def read_filled_sheet(mail: Mail, opener: Opener, numbers: Numbers) -> tuple[FilledSheet | None, bool]:
    """The sheet attached to `mail`; None if none could be read, or two disagree about which it is. And whether a file may
    be read yet by who takes the time (`Reason.NOT_READ`).
    """
    found: list[FilledSheet] = []
    slow = False
    for part in list(filter(is_file, mail.attachments))[:MAX_FILES]:
        format_name = document_format(part.mime_type, part.filename, part.content)
        if not format_name:
            continue
        document = opener.open(part.content, format_name)
        slow = slow or document.reason is Reason.NOT_READ
        sheet = None if document.problem else sheet_of(document.text, document.marks, scanned=document.scanned)
        if sheet:
            found.append(replace(sheet, incidents=tuple(sorted(numbers.within(document.text)))))
    return (found[0] if len(found) == 1 else None), slow


def sheet_of(text: str, marks: tuple[tuple[str, str], ...] = (), *, scanned: bool = False) -> FilledSheet | None:
    """The sheet or record in a document's text; None if it is neither. Of a scan only `marks` tell about boxes."""
    if SHEET_TITLE.search(text[:600]):
        return _disposition(text, marks, scanned=scanned)
    return FilledSheet(record=text) if _RECORD.search(text[:900]) else None


def _disposition(text: str, marks: tuple[tuple[str, str], ...], *, scanned: bool) -> FilledSheet:
    if _STRUCK_OUT.search(text):
        return FilledSheet()
    if scanned:
        if any(state == "ragu" and (label == "catatan" or _MATTERS.search(label)) for state, label in marks):
            return FilledSheet()
        ticked = [label.strip(" .,:") for state, label in marks if state == "isi"]
    else:
        ticked = [" ".join(match[1].split()).strip(" .,:") for match in _TICK.finditer(text)]
    people = [name for name in ticked if _WHO.search(name) and not _PROCEED.search(name)]
    note = _note(text)
    declines = any(_DECLINE.search(name) for name in ticked)
    approves = any(_PROCEED.search(name) or _APPROVE.match(name) for name in ticked)
    if declines and approves:
        return FilledSheet()
    words = note
    if not note:
        words = "Tidak disetujui." if declines else "Setuju, laksanakan." if approves else ""
    elif declines:
        words = f"Tidak disetujui. {note}"
    elif approves:
        words = f"Setuju. {note}"
    return FilledSheet(words, " dan ".join(people))


def _note(text: str) -> str:
    lines = text.split("\n")
    for index, line in enumerate(lines):
        match = _NOTE.match(line)
        if not match or SHEET_TITLE.search(line):
            continue
        kept = [match[1]] if match[1].strip() else []
        for following in lines[index + 1 : index + 8]:
            if _END.match(following.strip()) or (kept and not following.strip()):
                break
            if following.strip():
                kept.append(following.strip())
        note = " ".join(kept).strip(" .:_…-")
        if re.search(r"[A-Za-z]{2}", note):
            return note
    return ""
