"""Whether somebody only says thank you, or that they have seen it: such words decide nothing and ask for nothing."""

from __future__ import annotations

import re

from parsers.words.word_set import word_set

_THANKS = word_set(
    "terima terimakasih kasih trims makasih tks thanks thank thx noted siap baik ok oke sip mantap monitor dimonitor"
)
_BESIDE = word_set(
    "you informasi informasinya info infonya kabar kabarnya atas banyak telah sudah kami saya diterima dicatat "
    "dibaca sama kerja samanya kerjasamanya bantuan bantuannya respons responsnya cepat tanggap tanggapannya "
    "pemberitahuan pemberitahuannya pak bu bapak ibu kembali ya dan nya yang"
)
COURTEOUS = _THANKS | _BESIDE
"""What courtesy is made of."""
LONGEST = 20
"""Words: whoever writes more says more."""


def is_courtesy(text: str) -> bool:
    """Whether `text` (own words only) is nothing but courtesy. "" is none."""
    if "👍" in text or "🙏" in text:
        text = f"{text} baik"
    words = re.findall(r"\w+", text.lower())
    return bool(set(words) & _THANKS) and set(words) <= COURTEOUS and len(words) <= LONGEST and "?" not in text
