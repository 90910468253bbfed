"""What the fields of a card are called where people read them, so that they can be corrected by these names."""

from __future__ import annotations

from templates.words import Words

CORRECTABLE = (
    *("opd", "layanan", "lokasi", "waktu_kejadian", "pengirim", "jabatan", "nip", "telepon", "narahubung"),
    *("nomor", "tanggal", "sifat", "hal", "ringkasan"),
)
"""Fields of a report that an official may mend. Never the address: who gets our mails stays whoever reported."""


def card_names(words: Words) -> dict[str, str]:
    """By name (lower case) the field; with "-" before it where nobody can correct it."""
    names = {label.lower(): field for part in (words.fields, words.card) for field, label in part.items()}
    return {name: field if field in (*CORRECTABLE, "email") else f"-{field}" for name, field in names.items()}
