"""Whether a handling report says that the work is over: what is called a report while something is still down is none."""

from __future__ import annotations

import re

from parsers.replies.answer_clauses import plain_words
from parsers.replies.slips import mended
from parsers.replies.telling_words import BROKEN, TROUBLE

_BESIDE = re.compile(
    r"^[^\w\n]*+(?:penyebab|sebab|akar masalah|kronologi|kondisi awal|awal|saran|tindak lanjut|rekomendasi|catatan|rencana|pencegahan|usul\w*)\b[^:\n]{0,30}:.*$",
    re.IGNORECASE | re.MULTILINE,
)
_OPEN = re.compile(
    r"\?|\b(?:belum|masih|kecuali|sebagian|separuh|tinggal|nanti|sedang|menunggu|tunggu|besok|hampir|sepertinya|mungkin|tapi|tetapi|namun|kalau|jika|apabila|asal|asalkan|(?:ber|dengan )?syarat|tergantung|coba|mencoba|akan|tidak berhasil|gagal|"
    r"kadang\w*|\d+ (?:menit|mnt|jam) lagi|lagi (?:ganti|pasang|cek|proses|restore|perbaik\w*|perjalanan|kerja\w*|nunggu|cari\w*)|sesekali|putus[- ]nyambung|on[- ]off|lagi (?:di|me|ng|nge)\w+|tidak (?:bisa|dapat|mau|normal|pulih|hidup|nyala|stabil)(?! diakses karena))\b"
)
_CLOSED = re.compile(
    r"\btidak ada (?:kendala|masalah|gangguan)\w*(?: lagi)?|\b(?:akan|masih) (?:kami |tetap |terus |di)*(?:pantau|monitor|awasi|jadwal|usul)\w*|\b(?:akan|nanti|besok)(?: \w+){0,3} (?:pantau|monitor|jadwal|usul|buat|kirim|susul|"
    r"ganti permanen|evaluasi)\w*|\bbelum (?:ada|pernah) (?:keluhan|gangguan|masalah|kendala)\w*|\b(?:sebelumnya|tadi|awalnya|semula)\b[^.;\n]*|\b(?:karena|akibat|disebabkan|penyebab(?:nya)?)\b[^.;,\n]*|"
    r"\bmasih (?:garansi|normal|aman|berfungsi|bagus)\b|\bcatatan\b"
)


_WAVERS = re.compile(
    r"\b(?:tidak|bukan|belum|jangan|mungkin|ragu|entah|tahu|yakin|pasti|batal|tunggu|kata|menurut|setuju|putus\w*|pertimbang\w*|dipertimbang\w*|pikir\w*|wait|sure|not|only|if|explain|kalau|jika|asal|syarat|bersyarat|tergantung|khusus|hanya|"
    r"sebagian|terserah|siapa|bagaimana|apakah|kecuali|coba|nanti dulu)\b"
)
_OF_THE_WORK = re.compile(
    rf"{TROUBLE.pattern}|{BROKEN.pattern}|\b(?:di|me|men|mem|ter|ber)?(?:ganti|pasang|sambung|restart|perbaiki|pulih|normal|nyala|hidup|cek|periksa|uji|konfigurasi|kendala|gangguan|akses|layanan|server|jaringan|aplikasi|kabel|"
    r"perangkat|sistem|listrik|modul|data|alat|suku cadang|spare|vendor datang|teknisi|waktu|jam|menit|titik|lokasi|sebab|penyebab|ketemu|hujan|cuaca|jalan|mobil|gudang|genset|pln|password|log|backup|restore|ups|tegangan|sinyal|port|selesai|beres|kelar|stabil|sumber)\w*\b"
)


def is_settled(words: str) -> bool:
    """Whether no clause of `words` (lower case) wavers without a word about the work: "Saya ragu", "Jangan dulu"."""
    parts = re.split(r"[.,;!?]\s+|\s+(?=(?:tapi|tetapi|namun)\b)", words)
    return not any(_WAVERS.search(part) and not _OF_THE_WORK.search(part) for part in parts)


def is_finished(text: str) -> bool:
    """Whether nothing in it, causes and advice apart, is still open."""
    words = mended(plain_words(_BESIDE.sub("", text)))
    return _OPEN.search(_CLOSED.sub(" ", words)) is None and is_settled(words)
