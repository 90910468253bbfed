"""The event and its effect in a few sentences: a letter without its head, salutation and closing."""

from __future__ import annotations

import re

MAX_SUMMARY = 600
_SKIPPED_LINE = re.compile(
    r"^\s*(?:(?:nomor|no|sifat|lampiran|lamp|hal|perihal|tanggal|tgl|yth|kepada|dari|tembusan|di|tempat|padang)\b\.?\s*[:.,]?.*"
    r"|(?:dengan hormat|assalamu.*|selamat (?:pagi|siang|sore|malam)|terima kasih|demikian|atas perhatian|hormat kami|salam|"
    r"nip\b|pemerintah provinsi|jalan |jl\.|telp|laman|pos-?el).*)$",
    re.IGNORECASE,
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
