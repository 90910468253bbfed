"""Whether RALAT or KOREKSI may be about what stands on the card instead of about an answer; then it is asked.

"Ralat OPD-nya Dinas Sosial" and "koreksi sedikit, lokasinya gedung B" take no answer back. RALAT alone on its line, BATAL
and words about the answer itself do, and so does whatever begins with another answer.
"""

from __future__ import annotations

import re

from parsers.replies.answer_clauses import bare_words
from parsers.replies.card_corrections import NAMES

CARD_OR_ANSWER = "ralat atau koreksi yang belum pasti tentang jawaban atau tentang isi kartu"
HOW_TO = "untuk kartu tulis misalnya KOREKSI LOKASI: diikuti yang benar; untuk jawaban tulis RALAT diikuti jawabannya"
_FIELD = (
    rf"(?:{'|'.join(re.escape(name) for name in sorted(NAMES, key=len, reverse=True) if name not in ('no', 'no.'))}|"
    r"kartu(?: insiden)?|isian|data(?: pelapor| surat)?|kolom)"
)
_NAMES_FIELD = re.compile(rf"(?<!\w){_FIELD}(?:-?nya)?(?!\w)", re.IGNORECASE)
_ABOVE_FIELDS = re.compile(rf"^\W*(?:ralat|koreksi)\W*\n\W*{_FIELD}(?:-?nya)?\s{{0,3}}[:=]", re.IGNORECASE)
_ALONE = re.compile(r"^\W*(?:ralat|batal\w*)\W*(?:\n|$)", re.IGNORECASE)
_TAKEN_BACK = re.compile(
    r"^\W*batal|\b(?:(?:mem)?batalkan|dibatalkan|pembatalan|cabut|dicabut|tarik|ditarik|abaikan)\b"
)
_KOREKSI = re.compile(r"^\W*koreksi\b(?!\W*$)")
_ANSWER = re.compile(r"\b(?:jawaban|keputusan|balasan|disposisi|persetujuan|penugasan)\b")
_YA = re.compile(r"^\W*(?:ralat|koreksi)[\s,]+ya\b(?!\W*(?:\n|$))", re.IGNORECASE)
"""Here "ya" may only ask for it."""
_FILLING = re.compile(
    r"^\W*(?:(?:jawaban(?:nya)?|seharusnya|harusnya|menjadi|jadi|maksud|saya|kami|adalah|yang|benar|itu|ternyata|memang)\W+){0,5}"
)


def instead_of(text: str, instead: str) -> str:
    """What is said instead of an answer, from the word on that may answer; "" where that may be no answer."""
    return "" if _YA.match(text) else _FILLING.sub("", instead, count=1)


def may_mean_card(text: str, *, answers: bool) -> bool:
    """Whether `text`, which seems to take an answer back, may correct the card as well.

    `answers`: whether what it says instead begins with an answer that was offered, and is one.
    """
    text = text.strip()
    if answers:
        return False
    if _ABOVE_FIELDS.match(text):
        return True
    words = bare_words(text)
    if _ALONE.match(text) or _TAKEN_BACK.search(words):
        return False
    if _NAMES_FIELD.search(text.split("\n\n")[0]):
        return True
    return _KOREKSI.match(words) is not None and _ANSWER.search(words) is None
