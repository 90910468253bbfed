"""Whether a mail does nothing but try whether mail arrives: "Tes", "coba masuk ga", "uji coba pengiriman, mohon abaikan"."""

from __future__ import annotations

import re

from parsers.letters.symptoms import failure, statements

MOST_WORDS = 25
"""Who tries a mailbox writes a line; what is longer says something."""
_TRIES = re.compile(
    r"\b(?:(?:nge)?tes+t?(?:ing)?|uji ?coba|percobaan|(?:men)?coba(?:[ -]coba)?|trial|ping|cek|check)\b", re.IGNORECASE
)
_TRIED = re.compile(
    r"\b(?:hasil|sudah|telah|setelah|saat|ketika|waktu|lulus|speed|rapid|swab|kami|saya)\s+(?:\w+\s+)?(?:di)?(?:tes+t?|uji ?coba|coba|cek|ping|check)\b|"
    r"\b(?:di|men)(?:tes+t?|uji ?coba|coba|cek|ping)\b|\b(?:tes+t?|uji ?coba) (?:cpns|pppk|cat|masuk cpns|kompetensi|kesehatan|wawancara|tertulis|narkoba)\b",
    re.IGNORECASE,
)
"""What was tried, and with what result, is told; or a test of people."""
_SAYS_NO_MORE = re.compile(
    r"\b(?:(?:nge)?tes+t?(?:ing)?|uji ?coba|percobaan|(?:men)?coba|trial|ping|cek|check|kirim(?:an)?|pengiriman|mengirim|terkirim|dikirim|terima|diterima|masuk|sampai|"
    r"e-?mail|surel|mail|message|pesan|surat|kotak|alamat|inbox|akun|sistem|siaga|baru|fungsi|lampiran|balas\w*|"
    r"ini|itu|hanya|cuma|sekadar|sekedar|saja|aja|doang|dulu|ya|yaa?|yuk|apakah|apa|bisa|sudah|udah|belum|ga|gak|nggak|tidak|atau|dari|ke|ke?pada|untuk|dengan|lewat|via|melalui|"
    r"mohon|tolong|harap|silakan|izin|ijin|dinas|abaikan|diabaikan|info|konfirmasi|jika|bila|kalau|agar|dan|yang|di|the|is|this|a|an|please|ignore|only|just|"
    r"halo|hai|hello|hi|assalam\w*|selamat|pagi|siang|sore|malam|yth|bapak|ibu|pak|bu|bang|min|admin|tim|rekan|kominfo\w*|kasih|makasih|trims|thanks|satu|dua|tiga|"
    r"saya|kami|hp|laptop|komputer|kantor)\b|[\d\W_]+",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w{2,}")
MOST_OTHERS = 2
"""Words besides: a name below, an office."""


def only_tries(subject: str, text: str) -> bool:
    """Whether subject and text try the line and say nothing else; above all not that something fails."""
    said = f"{subject}\n{text}"[:2000]
    if len(said.split()) > MOST_WORDS or not _TRIES.search(said) or _TRIED.search(said):
        return False
    if any(failure(statement) for statement in statements(said)):
        return False
    return len(set(_WORD.findall(_SAYS_NO_MORE.sub(" ", said.lower())))) <= MOST_OTHERS
