"""Whether a yes is meant as one: what stands in the same breath must belong to it.

"Ya pak, darurat" and "Setuju ditangani tim jaringan" agree; "Ya untuk Dinkes", "Ok noted", "Iya surelnya sudah masuk"
and "Setuju dengan pendapat Pak Ilham" say something else, or too little.
"""

from __future__ import annotations

import re

from parsers.words.word_set import word_set

_FILLERS = word_set(
    "ya yaa iya iyo y yes ok oke okay okey betul benar sekali setuju sepakat sependapat disetujui acc approved agree "
    "agreed approve lanjut lanjutkan lanjuik lanjuikkan se saja aja silakan laksanakan proses boleh gas siap baik "
    "pak bu buk bapak ibu bpk kabid kadis koordinator saya kami kita pun ini itu memang jelas darurat emergency "
    "mendesak segera sangat secepatnya sekarang juga juo go ahead proceed dan untuk dengan kondisi keadaan status "
    "termasuk kategori dinyatakan nyatakan menyatakan dianggap tergolong merupakan adalah bahwa prinsipnya pada "
    "sesuai sop prosedur aturan arahan ketentuan dong lah ko bana hasil analisis analisa tim teknis helpdesk tanpa "
    "catatan ke tahap berikutnya selanjutnya langkah penanganan penanganannya kejadian gangguan tolong mohon cepat "
    "diteruskan teruskan dilanjutkan diproses dilaksanakan ditindaklanjuti penuh sudah sebagai dalam keberatan tidak "
    "yap yup tersebut bersama setujui confirmed urgent putuskan simpulkan izinkan maka sepenuhnya fix aptika "
    "terkonfirmasi lebih bos positif memenuhi kriteria menetapkan mah sampaikan laporkan dimaksud atas banget semua "
    "pasti oleh"
)
_FREE = re.compile(
    r"\b(?:karena|sebab|mengingat|berhubung|agar|supaya|untuk segera|mohon|tolong|menugaskan|menangani|memperbaiki|menindak\w*|mengerahkan|(?:di)?(?:tangani|perbaiki|tindak ?lanjut\w*|kerjakan|tugaskan|tunjuk|turunkan|kerahkan|"
    r"laksanakan|selesaikan|lakukan|pulihkan|amankan|eksekusi|berangkatkan|atasi|pelok\w*|karajoan|teruskan|kirim\w*)|karena itu|darurat)\b"
)
_ONLY_READ = re.compile(
    r"\b(?:surel|email|e-mail|surat|pesan|laporan|lampiran|info\w*)(?:nya)?\b(?: \w+){0,3} (?:ter|di|mem|men)?(?:baca|terima|lihat|masuk|simak)\w*|"
    r"\b(?:baca|terima|lihat|dibaca|diterima) (?:surel|email|surat|pesan|laporan|lampiran)\w*|\b(?:noted|dicatat|dimengerti|mengerti|paham)\b"
)
_PAPER = re.compile(
    r"\b(?:perbaiki|diperbaiki|lengkapi|dilengkapi|lanjut(?:kan)?|selesaikan|kerjakan|buat(?:kan)?|siapkan|kirim(?:kan)?|susun)(?: (?:dulu|ulang|saja|lagi))* "
    r"(?:surat|laporan|analisis|analisa|kop|judul|hal|ejaan|penulisan|nomor|lampiran|data|dokumen|berkas|nota|redaksi|format|isi|lembar|tulisan|kalimat)\w*"
)

_OTHER_PAPER = re.compile(
    r"\b(?:tindak ?lanjut\w*|proses|tangani|selesaikan|kerjakan|jawab|balas|laksanakan)(?: (?:dulu|segera|saja))* (?:surat )?(?:undangan|balasan|administrasi|nota|spt|spj|surat tugas|kontrak|tagihan|pembayaran)\w*"
)
_OWN_WORK = re.compile(
    r"\b(?:laksanakan|lakukan|proses|kerjakan|lanjut(?:kan)?|selesaikan|siap)\b(?: \w+){0,2} (?:pengecekan|pemeriksaan|koordinasi|analisis|analisa|investigasi|verifikasi|rapat|pembahasan|"
    r"telaah|kajian|konfirmasi|pendalaman|pemantauan|survei|survey|tugas|kerja|cek|ngecek)\b"
)


def is_about_reading(words: str) -> bool:
    """Whether it says that something was read, or is written or looked into."""
    return any(pattern.search(words) for pattern in (_ONLY_READ, _PAPER, _OTHER_PAPER, _OWN_WORK))


def means_yes(words: str) -> bool:
    """Whether words that open with a yes, or order something, mean nothing else (`words` as of `bare_words`)."""
    if is_about_reading(words):
        return False
    words = re.sub(r"\byang (?:ada|berlaku|ditetapkan)\b", " ", words)
    first = re.split(r"[.,;:!–—]|\s-\s", words.strip(" .,;:!-"), maxsplit=1)[0]
    free = _FREE.search(first)
    said = first[: free.start()] if free else first
    return all(word in _FILLERS for word in re.findall(r"[a-z]+", said))


def made_of_yes(words: str) -> bool:
    """Whether a clause has no words but those of a plain yes, and no denial among them."""
    said = re.findall(r"[a-z]+", words)
    return all(word in _FILLERS for word in said) and "tidak" not in said
