"""Whether a handling report says that the work is over: what is called a report while something is still down is none."""

from __future__ import annotations

import re

from parsers.replies.answer_clauses import plain_words

_BESIDE = re.compile(
    r"^[^\w\n]*+(?:penyebab|sebab|akar masalah|kronologi|kondisi awal|awal|saran|tindak lanjut|rekomendasi|catatan|rencana|pencegahan|usul\w*)\b[^:\n]{0,30}:.*$",
    re.IGNORECASE | re.MULTILINE,
)
_OPEN = re.compile(
    r"\?|\b(?:belum|masih|kecuali|sebagian|separuh|tinggal|nanti|sedang|menunggu|tunggu|besok|hampir|sepertinya|mungkin|tapi|tetapi|namun|kalau|jika|apabila|coba|mencoba|akan|tidak berhasil|gagal|"
    r"kadang\w*|\d+ (?:menit|mnt|jam) lagi|lagi (?:ganti|pasang|cek|proses|restore|perbaik\w*|perjalanan|kerja\w*|nunggu|cari\w*)|sesekali|putus[- ]nyambung|on[- ]off|lagi (?:di|me|ng|nge)\w+|tidak (?:bisa|dapat|mau|normal|pulih|hidup|nyala|stabil)(?! diakses karena))\b"
)
_CLOSED = re.compile(
    r"\btidak ada (?:kendala|masalah|gangguan)\w*(?: lagi)?|\b(?:akan|masih) (?:kami |tetap |terus |di)*(?:pantau|monitor|awasi|jadwal|usul)\w*|\b(?:akan|nanti|besok)(?: \w+){0,3} (?:pantau|monitor|jadwal|usul|buat|kirim|susul|"
    r"ganti permanen|evaluasi)\w*|\bbelum (?:ada|pernah) (?:keluhan|gangguan|masalah|kendala)\w*|\b(?:sebelumnya|tadi|awalnya|semula)\b[^.;\n]*|\b(?:karena|akibat|disebabkan|penyebab(?:nya)?)\b[^.;,\n]*|"
    r"\bmasih (?:garansi|normal|aman|berfungsi|bagus)\b|\bcatatan\b"
)


def is_finished(text: str) -> bool:
    """Whether nothing in it, causes and advice apart, is still open."""
    words = plain_words(_BESIDE.sub("", text))
    return _OPEN.search(_CLOSED.sub(" ", words)) is None
