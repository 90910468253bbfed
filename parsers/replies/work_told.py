"""What a team tells of its own work: whatever else stands in its answer is no progress and no report.

An absence, an order to somebody, a receipt, a word about the paper or a decision belongs to another question, however much
of the words for work it borrows ("Saya sedang cuti sampai Jumat", "Cek lagi analisisnya").
"""

from __future__ import annotations

import re

from parsers.replies.answer_clauses import plain_words

_CLAUSES = re.compile(r"(?<=[.!?;])\s|\n|, | (?=(?:tapi|tetapi|namun|sedangkan|sementara|dan)\b)", re.IGNORECASE)
_AWAY = re.compile(
    r"\b(?:cuti|dinas luar|perjalanan dinas|luar kota|luar negeri|sakit|libur|izin tidak masuk|tidak masuk|umrah|umroh|haji|diklat|bimtek|pelatihan|tugas luar|melahirkan|berduka|mutasi|pensiun|"
    r"(?:(?:di)?rapat\w*|sidang|upacara|seminar)(?! (?:paripurna )?(?:terganggu|sudah|dapat|bisa)))\b"
)
_ANOTHERS = re.compile(
    r"\b(?:vendor|teknisi|pln|penyedia|provider|pelapor|user|pengguna|opd|dinkes|dinas \w+)\b[^,.;]*$"
)
_POLITE = r"^\W*(?:(?:dan|pak|bu|bapak|ibu|yth)\W+){0,3}(?:(?:mohon|tolong|harap|silakan|agar|segera|coba|minta|dimohon)\b(?: \w+){0,3}? )?(?:di)?"
_ANOTHER_QUESTION = re.compile(
    rf"{_POLITE}(?:perbaiki(?! (?:oleh|dengan|dan|sudah|pukul|jam))|revisi|koreksi|lengkapi|kembalikan|teruskan|tugaskan|tunjuk|tindak ?lanjuti|disposisi(?:kan)?)(?:nya)?\b|"
    r"\b(?:ini|termasuk|kategori|keadaan|nyatakan|dinyatakan|tidak|bukan)\b(?: \w+){0,2} darurat\b"
)
"""Said first, it makes the whole an answer to another question."""
_ORDERS = re.compile(
    rf"{_ANOTHER_QUESTION.pattern}|{_POLITE}(?:laksanakan|(?:cek|periksa|analisis|hitung|buat) (?:lagi|ulang|kembali)|pertahankan|tingkatkan)(?:nya)?\b|"
    r"^\W*(?:mohon|tolong|harap|silakan|agar|segera|dimohon)\b(?: \w+){0,3} (?:di)?(?:perbaiki|cek|periksa|kirim\w*|tangani|tugaskan|kerjakan|selesaikan|sampaikan|lanjutkan)\b|\b(?:perbaiki|tangani|kerjakan|selesaikan|kirim|ganti) segera\b"
)
_PAPER = re.compile(
    r"\blaporan(?:nya)?(?: (?:ini|hasil|sudah|telah|saya|kami|dengan|sangat|penanganan|tidak|belum))* (?:di)?(?:terima|pelajari|baca|bagus|baik|benar|lengkap|sesuai|periksa|kembalikan|teruskan|kirim|setujui|termasuk|menyusul|buat)\w*\b|"
    r"\b(?:di)?(?:teruskan|naikkan|sampaikan|lanjut(?:kan)?) (?:ke|kepada)\b|\b(?:jam|waktu|pukul|tanggal)\b[^,.;]{0,60}\b(?:seharusnya|bukan|jadi|salah|keliru|tidak sesuai)\b"
)
_DECISION = re.compile(r"^\W*(?:ya|iya|ok|oke|setuju|acc|disetujui|darurat)\b\W*(?:pak|bu)?\W*(?:darurat)?\W*$")


def work_told(text: str) -> str:
    """The clauses of `text` (own words) that tell of the work, one a line; "" if none does."""
    parts = [
        clause.strip() for clause in _CLAUSES.split(re.sub(r"[^\S\n]+", " ", text)) if re.search(r"\w", clause or "")
    ]
    if not parts or _ANOTHER_QUESTION.search(plain_words(parts[0])):
        return ""
    return "\n".join(clause for clause in parts if _tells(plain_words(clause)))


def _tells(clause: str) -> bool:
    away = _AWAY.search(clause)
    if away and not _ANOTHERS.search(clause[: away.start()]):
        return False
    return not any(one.search(clause) for one in (_ORDERS, _PAPER, _DECISION))
