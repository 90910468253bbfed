"""What somebody outside wrote, as a text that is enclosed whole: the values its template speaks of.

A text, and neither the mail itself (.eml) nor a PDF: every mail program shows it, on a telephone too, many right below
the words of ours; nothing in it can run, load or lead anywhere; and the letter's own files go beside it as they came
(docs/adr/0038).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class MailShown:
    """One mail, under the names that the template knows. `teks_lain`: what its HTML says, where that differs."""

    dari: str
    tanggal: datetime | None
    subjek: str
    teks: str
    teks_lain: str = ""
    terpotong: bool = False


@dataclass(frozen=True, slots=True)
class LetterPart:
    """The letter, a later word, a linked report: with the mails it came in, outermost first.

    Attributes:
        jenis: "laporan", "lisan", "susulan", "dibuka_lagi", "semula" or "gabungan".
        insiden: number of the incident it was written for.
        teks: what the journal has of it, where the mail itself cannot be had.
        tidak_disertakan: (name, why) of files that are not enclosed.
    """

    jenis: str
    insiden: str
    dari_pelapor: bool = True
    surel: Sequence[MailShown] = ()
    teks: str = ""
    tidak_disertakan: Sequence[tuple[str, str]] = ()
