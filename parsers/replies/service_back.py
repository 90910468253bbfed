"""Whether a reporter says that the outage is not over, after we said that it was."""

from __future__ import annotations

import re

_FINE = re.compile(
    r"\b(?:belum|tidak|tanpa) (?:ada|ditemukan|terjadi|menemukan|mengalami)(?: \w+)? (?:kendala|masalah|gangguan|keluhan|error|hambatan)\w*"
    r"|\bbelum (?:ada|perlu|sempat|kami cek|kami coba|dicoba|dicek)\b",
    re.IGNORECASE,
)
_DOUBT = re.compile(r"\b(?:kalau|jika|bila|apabila|seandainya|mungkin|sepertinya)\b", re.IGNORECASE)
_BARE = re.compile(
    r"^\W*+(?:(?:(?:mohon )?maaf|yth\S{0,40}|pak|bu|bapak|ibu|halo|selamat \w{1,20}|dengan hormat)\W*+)*belum\b",
    re.IGNORECASE,
)
_STILL = re.compile(
    r"\bbelum (?:juga |sepenuhnya |semua(?:nya)? |bisa |dapat |kembali )*(?:pulih|normal|bisa|dapat|menyala|hidup|jalan|berfungsi|beroperasi|terhubung|aktif|teratasi"
    r"|selesai|terkoneksi|diakses|dibuka)\w*|"
    r"\b(?:masih|tetap|kembali|lagi[- ]lagi)(?: saja| juga| sering| selalu)? (?:down|mati|error|eror|gangguan|terganggu|putus|terputus|lambat|lemot|offline|padam|hilang|bermasalah"
    r"|(?:tidak|tak|nggak|gak|ga|belum) (?:bisa|dapat|ada|jalan|normal|pulih|berfungsi|menyala|terhubung))\w*",
    re.IGNORECASE,
)


def says_not_back(text: str) -> bool:
    """Whether `text` (own words only) says beyond doubt that the service is still or again out of order."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    said = _FINE.sub(" ", text)
    if "?" in first or _DOUBT.search(first):
        return False
    return _BARE.match(_FINE.sub(" ", first)) is not None or _STILL.search(said) is not None


def says_not_yet(text: str) -> bool:
    """Whether `text` begins with the word that our closing notice offers: BELUM."""
    first = next((line for line in text.split("\n") if line.strip()), "")[:200]
    return "?" not in first and _BARE.match(_FINE.sub(" ", first)) is not None
