"""The labels of an official letter, however they are spelt."""

from __future__ import annotations

from rapidfuzz import fuzz, process

_LABELS = {
    "nomor": "nomor",
    "no": "nomor",
    "sifat": "sifat",
    "lampiran": "lampiran",
    "lamp": "lampiran",
    "hal": "hal",
    "perihal": "hal",
    "tanggal": "tanggal",
    "tgl": "tanggal",
    "hari/tanggal": "tanggal",
    "dari": "dari",
    "yth": "yth",
    "kepada": "yth",
    "tembusan": "tembusan",
}


def label_name(word: str) -> str:
    """The canonical name of a label word ("Perihal" → "hal"), or "" when it is none.

    Longer words may be slightly damaged ("lampiranp", "nornor"), as OCR and hasty typing leave them.
    """
    bare = "".join(word.lower().split()).strip(".:")
    if bare in _LABELS:
        return _LABELS[bare]
    if len(bare) < 5:
        return ""
    close = process.extractOne(bare, _LABELS.keys(), scorer=fuzz.ratio, score_cutoff=82)
    return _LABELS[close[0]] if close else ""
