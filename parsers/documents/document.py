"""What a document says, and why one says nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

NOT_YET = "hasil pindai, belum dibaca"
"""The problem of a picture that OCR may still read (`opening.Opener.reads_pictures`)."""
UNKNOWN_TYPE = "jenis berkas belum dapat dibaca"
NO_OCR = "hasil pindai; OCR tidak terpasang"
TOO_LONG = "terlalu panjang, hanya bagian awal yang dibaca"
SHEET_TITLE = re.compile(r"\blembar\s+disposisi\b", re.IGNORECASE)
"""By this a Lembar Disposisi is known, scanned or not."""


class Reason(StrEnum):
    """Why a document could not be read. The OPD can do something about the first four."""

    LOCKED = "terkunci sandi"
    BROKEN = "rusak"
    SEALED = "disandikan"
    """Only the key of somebody else opens it (S/MIME, PGP)."""
    ELSEWHERE = "berada di tempat lain"
    """What came only says where the letter can be looked at."""
    TOO_LARGE = "terlalu besar"
    UNKNOWN = "jenis tidak dikenal"
    NOT_READ = "belum dibaca"
    """A scan that waits for OCR, or a program that is not installed here."""
    EMPTY = "tanpa teks"


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a document, and its label block ("Nomor", "Hal" …) where geometry gave it away.

    Attributes:
        text: all text, lines in reading order.
        labels: lower-case label to value, wrapped values joined.
        problem: why it could not be read, or not all of it, in words for a person; "" when it could.
        reason: the same in one of a few words for programs; None when there is no problem.
        mail: of a mail saved as a file, the mail (RFC 5322); to be read like one that came attached.
        data: rows or a log, no letter unless it has what letters have.
        inner: of an archive, what is inside: the name, and the bytes of a file that is still to be opened, or a document
            that says why it could not be taken out.
    """

    text: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    reason: Reason | None = None
    mail: bytes = b""
    data: bool = False
    inner: tuple[tuple[str, bytes | Document], ...] = ()
    scanned: bool = False
    """Read by OCR, all or in part: people should look twice."""
    marks: tuple[tuple[str, str], ...] = ()
    """Of a scanned Lembar Disposisi: state ("isi", "kosong", "ragu") and label of its boxes; ("ragu", "catatan") where
    the note was not read beyond doubt."""


def unread(reason: Reason, problem: str) -> Document:
    """A document that could not be read; `problem` says it to a person."""
    return Document(problem=problem, reason=reason)
