"""Does a short Indonesian answer say yes, no, or neither for certain?

A wrong decision is the one unforgivable fault, so every doubt is UNCLEAR: both signs at once, a question, a condition,
a postponement (`hesitation.py`). What remains must open with a sign or state it; a "tidak" that denies something else
("tidak ada lampiran", "server tidak bisa diakses") is no sign.
"""

from __future__ import annotations

import re
from enum import StrEnum

from parsers.replies.answer_clauses import bare_words
from parsers.replies.hesitation import doubt
from parsers.replies.plain_yes import means_yes


class Polarity(StrEnum):
    """What an answer says."""

    YES = "ya"
    NO = "tidak"
    UNCLEAR = "tidak jelas"


_NOT = r"(?:tidak|bukan|bukanlah|belum|jangan|no|not|tanpa|kurang)"
_HARMLESS = re.compile(
    r"\btidak (?:ada )?(?:masalah|mslh|mengapa|apa-apa|keberatan|ragu|diragukan(?: lagi)?|disangkal|salah lagi)\b|"
    r"\btidak (?:perlu|usah) (?:ragu|menunggu|izin|surat|konfirmasi|persetujuan|rapat|lama|dirapatkan|tunggu)\w*(?: \w+)?|"
    r"\btidak (?:bisa|boleh|dapat) (?:lagi )?(?:di)?(?:tunda|biarkan|abaikan|tunggu)\w*(?: lagi)?|\btidak ada (?:catatan|perbaikan|koreksi)\b|"
    r"\bjangan (?:di)?(?:tunda|tunggu|ragu|lupa|sampai|biarkan|lama|berlama)\S*(?: \w+)?|\b(?:yang )?(?:tidak|bukan) prioritas\b|\bno problem\b|"
    r"\b(?:bukan|tidak) (?:\w+ )?(?:biasa|sembarangan|ringan|sepele|main-main)\b"
)
_YES = (
    r"(?:ya+|iya+|iyo+|y|yes|yup|yoi|betul|benar|setuju|sepakat|sependapat|disetujui|acc|a\.c\.c|ok|oke|okay|okey|oce|approved?|agreed?|"
    r"lanju(?:t|ik)(?:kan|lah|i|an)?|laksanakan|proses|go ahead|proceed|gas)"
)
_WEAK = r"(?:siap|baik|baiklah|sip|mantap|noted|dicatat)"
_GO = r"silakan\W+(?:pak |bu )?(?:di)?(?:lanjut|proses|tangani|tindak|laksana|terus|kirim|kerja|jalan|eksekusi|tugas|segera)\w*"
_LEAD_YES = re.compile(
    rf"^\W*(?:{_WEAK}\W+)?(?:(?:saya|kami|pada prinsipnya|prinsipnya|sangat|segera) )?(?:{_YES}|{_GO})\b"
)
_NO_ANSWER = re.compile(
    r"^\W*(?:ok|oke|ya|iya)\W+tidak apa-apa\W*$|^\W*(?:ya|iya|yah?)\W*(?:halo|hallo|ada apa|allah|ampun|tuhan|sudah(?:lah)?\b(?:\W*$|\W+(?:kalau|nanti|biar))|begitulah|gimana|kok|kan\b|terus\W*$|elah|salam)"
)
TITLE = re.compile(
    r"^\W*(?:re\W+)?(?:laporan|analisis|analisa|surat|surel|email|disposisi|tim|permohonan|prosedur|sop|penanganan|nomor|kontak|hal|perihal) (?:layanan )?(?:darurat|emergency)\W*$"
)
"""The name of something, and no sentence about it."""
_EXACT_NO = re.compile(r"^\W*(?:tidak|no|n|t|bukan)\W*(?:$|[.,;:!–-]|(?:pak|bu|bapak|ibu|do)\b)")
_DENIAL = re.compile(
    rf"\b{_NOT}(?: (?:lah|ini|itu|termasuk|merupakan|masuk|tergolong|perlu|dalam|kategori|keadaan|kondisi|suatu|bisa|dapat|di\w+|sebagai|dianggap|"
    rf"saya|kami|ada|yang|layak|lagi|an|prosedur|sop|urusan|hal|sangat|terlalu|memenuhi|kriteria|sampai|begitu)){{0,6}} "
    rf"(?:darurat|emergency|urgent|mendesak|genting|gawat|kritis)\b|"
    rf"^\W*(?:saya |kami )(?:sangat )?keberatan\b|\b(?:saya |kami )?(?:menolak|(?:di)?tolak)\b|\b(?:tidak|bukan|no|not) (?:saya |kami |dapat |bisa )?(?:me|di)?(?:setuju|nyetuju|sepakat|sependapat|terima|lanjut|proses|terus|"
    rf"acc|disposisi|kirim|tangani|tugas)\w*|\btidak (?:perlu|usah)\b"
)
_CLOSES = re.compile(r"\b(?:tutup saja|ditutup saja|hentikan|dihentikan|stop|batalkan|dibatalkan|abaikan)\b")
_RESTORED = re.compile(
    r"(?<!bila )(?<!jika )(?<!kalau )(?<!sampai )(?<!hingga )(?<!agar )(?<!setelah )\b(?:sudah|telah|kembali|ternyata) (?:kembali |pada |mulai |bisa |dapat )?"
    r"(?:normal|pulih|teratasi|selesai|nyala|hidup|up|online|aman|terkendali|beres|ditangani|diperbaiki|diakses)\b"
)
_ORDINARY = re.compile(
    r"\b(?:(?:tiket|gangguan|masalah|kendala|permintaan|layanan) (?:\w+ )?biasa|biasa saja|ringan|cukup (?:di)?(?:restart|reboot|remote|telepon|bersihkan)\w*)\b"
)
_EMERGENCY = re.compile(
    r"^\W*(?:(?:ini|itu|hal|kondisi|keadaan|memang|jelas|jelas-jelas|saya|kami|nyatakan|menyatakan|sependapat|anggap|menurut|termasuk|tergolong|masuk|"
    r"kategori|adalah|merupakan|benar-benar|sangat|betul|benar|statusnya|status|gangguan|insiden|dinyatakan|bahwa|sebagai|dalam|kejadian|"
    r"dikategorikan|analisis|hasil|tingkat|layak|harus|tetap|sudah|suatu|laporan|tim|putuskan|memutuskan|dengan|simpulkan|disimpulkan|kesimpulan|kesimpulannya|pengecekan|teknis)[\s,:]+)*(?:darurat|emergency)\b"
    r"(?=\W*$|\W*[.,;:!(–-]|\W+(?:karena|sebab|mengingat|pak|bu|bapak|ibu|sekali|bana|dan|mohon|segera|tolong|agar|untuk|yang|sehingga|berat|total|tingkat|sesuai)\b)"
)
_VERB = (
    r"(?:tangani|perbaiki|tindak ?lanjut\w*|kerjakan|tugaskan|tunjuk|turunkan|kerahkan|laksanakan|selesaikan|lakukan|pulihkan|amankan|proses|"
    r"eksekusi|karajoan|pelok\w*|berangkatkan|atasi|isolasi|ganti|hidupkan|jalankan|tanggulangi|kirimkan tim|kirim tim)"
)
_ORDER = re.compile(
    rf"(?:^\W*|\b(?:segera|mohon|tolong|agar|harap|supaya|untuk|silakan|untuk segera)\b(?: \w+){{0,4}} )(?:di)?{_VERB}(?:lah|kan)?\b|"
    rf"\b(?:segera|mohon|tolong|agar|harap|supaya)\b(?: \w+){{0,3}} (?:menugaskan|menangani|memperbaiki|menindak ?lanjuti|menurunkan|memulihkan|mengerahkan|melaksanakan|menyelesaikan|mengatasi)\b|"
    rf"^\W*(?:saya |kami )(?:perintahkan|instruksikan|minta|tugaskan)\b(?: \w+){{1,5}} (?:segera )?(?:men|me|mem|meng)?(?:{_VERB}|angani|indak\w*|urun\w*|ugas\w*|uju|atasi|erbaiki)\b|"
    rf"[:,.]\s*(?:segera )?(?:di)?{_VERB}\b|\b{_VERB} (?:segera|sekarang)\b|\b(?:lanjutkan|dilanjutkan)\b"
)
_AGREES = re.compile(r"\b(?:setuju|disetujui|acc|sepakat|tidak keberatan|persilakan)\b")


def polarity(text: str) -> Polarity:
    """The sign of an answer."""
    words = bare_words(text)
    if TITLE.match(words) or not re.search(r"\w", words) or doubt(words) or _NO_ANSWER.match(words):
        return Polarity.UNCLEAR
    consents = bool(_AGREES.search(words) and re.search(r"\btidak keberatan\b", words))
    words = re.sub(r"^\W*(?:dan|jadi|maka)\b", "", _HARMLESS.sub(" ", words)).strip(" ,.;")
    denies = _DENIAL.search(words) is not None
    closes, restored = _CLOSES.search(words) is not None, _RESTORED.search(words) is not None
    says_no = _EXACT_NO.match(words) is not None or denies
    orders = _ORDER.search(words) is not None
    leads = _LEAD_YES.match(words) is not None
    says_yes = leads or consents or orders or any(_EMERGENCY.match(part) for part in _parts(words))
    if says_no:
        return Polarity.UNCLEAR if says_yes and not _only_ordinary(words) else Polarity.NO
    if says_yes and (closes or restored or _ORDINARY.search(words) or _late_no(words)):
        return Polarity.UNCLEAR
    if (leads and not means_yes(words)) or (orders and not means_yes("ya. " + words)):
        return Polarity.UNCLEAR
    return Polarity.YES if says_yes else Polarity.UNCLEAR


def orders_work(words: str) -> bool:
    """Whether it has the work done, and not as an ordinary matter."""
    return _ORDER.search(words) is not None and _ORDINARY.search(words) is None


def _parts(words: str) -> list[str]:
    return [part for part in re.split(r"[.,;:!]\s+", words) if part]


def _late_no(words: str) -> bool:
    """ "Ya. Tidak." """
    return re.search(r"[.,!;]\s*(?:tidak|bukan|no|jangan)\s*(?:[.,!]|$)", words) is not None


def _only_ordinary(words: str) -> bool:
    """ "Tidak. Setuju ditangani sebagai tiket biasa": a no opens, and the rest says what instead."""
    return _LEAD_YES.match(words) is None and _ORDINARY.search(words) is not None
