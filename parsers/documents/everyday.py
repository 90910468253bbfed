"""Words that hardly a letter lacks: by them a page of words is told from noise."""

from __future__ import annotations

import re
from collections.abc import Iterable

A_LETTER = 4
"""So many different everyday words make a page a letter; a photo of a broken router has none."""
_EVERYDAY = re.compile(
    r"dan|di|yang|dengan|untuk|pada|ini|kami|dari|ke|tidak|dapat|nomor|hal|perihal|sifat|lampiran|tanggal|kepala|dinas|"
    r"provinsi|sumatera|barat|hormat|terima|kasih|demikian|mohon|bantuan|saudara|nip|jalan|telp|layanan|surat"
)


def everyday_words(words: Iterable[str]) -> int:
    """How many different everyday words there are among these."""
    return sum(_EVERYDAY.fullmatch(word) is not None for word in {word.lower().strip(".,:;") for word in words})
