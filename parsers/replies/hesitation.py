"""What makes an answer too doubtful to act on: a question, a condition, a postponement, an absence, a slip.

Every doubt sends the answer back to its author; none decides anything.
"""

from __future__ import annotations

import re

QUESTION = "sebuah pertanyaan"
TWO_ANSWERS = "dua jawaban yang bertentangan"
UNSURE = "jawaban yang belum pasti"
AWAY = "pemberitahuan bahwa Bapak/Ibu sedang tidak dapat memutuskan"
_HEDGE = re.compile(
    r"\b(?:mungkin|barangkali|sepertinya|kayaknya|rasanya|kelihatannya|tampaknya|sepintas|entah|ragu(?!\w)|agaknya|kira-kira ya|"
    r"(?:tidak|belum|kurang) (?:begitu |terlalu )?(?:yakin|tahu|tau|paham|jelas|pasti|mengerti|ngerti|ingat)|"
    r"(?:tidak|belum) (?:bisa|dapat|sempat|berani) (?:saya |kami )?(?:me|di)?(?:pasti|jawab|mutus|putus|nilai|simpul|tentu|komentar|baca|lihat|"
    r"cek|tanggap|njawab|nanggap|nilai)\w*|belum (?:saya |kami )?(?:baca|cek|lihat|putuskan|pelajari|pastikan)|terserah|"
    r"(?:bisa|antara) (?:ya|iya)\b.{0,200}\btidak|fifty)\b"
)
_UNREADABLE = re.compile(
    r"\b(?:lampiran|berkas|file|dokumen|surat|surel|(?<!semua )(?<!server )(?<!layanan )(?<!, )email|laporan|pdf|foto)\w*(?: \w+){0,3} (?:(?:tidak|belum) (?:ada|bisa|dapat|lengkap|ter(?!masuk|golong)\w+|jelas|sesuai|masuk|sampai)|kosong|rusak|salah|blank)\b|"
    r"\b(?:tidak|belum)(?: \w+){0,2} (?:ter)?(?:baca|buka(?!n\b)|lampir)\w*|\b(?:tidak|belum) ada (?:lampiran|berkas|file|surat|dokumen|foto)\w*|"
    r"\b(?:mana|salah) (?:lampiran|berkas|file|laporan)\w*"
)
_AWAY = re.compile(
    r"\b(?:saya|kami|sy|ambo|awak)\b(?: \w+){0,2} (?:rapat|cuti|dinas luar|di luar kota|di jalan|di pesawat|sakit|diklat|perjalanan|mengemudi|nyetir)\b|"
    r"\b(?:tidak|bukan) (?:\w+ )?(?:di (?:kantor|tempat)|bidang saya|kewenangan saya|tugas saya|urusan saya|untuk saya)\b|"
    r"(?<!pelapor )(?<!user )(?<!pengguna )(?<!opd )(?<!mereka )\bsalah (?:kirim|alamat|orang|sambung)\b"
)
_WAIT = re.compile(
    r"\b(?:di)?tunda\b|\b(?:di)?tunggu\b|\bmenunggu (?:keputusan|arahan|persetujuan|petunjuk|disposisi|izin|konfirmasi|pak|bu|kadis|kabid)\b|\bnanti\b|"
    r"\bsebentar\b|\bpending\b|\bmenyusul\b|\bbesok saja\b|\bminta waktu\b|\bmohon waktu\b|\b(?:di)?tahan dulu\b|\bstand ?by\b|"
    r"\b(?:mau|akan|sedang|lagi|masih|perlu|biar|izinkan|coba)\s+(?:saya |kami |di|me|meng)*(?:cek|periksa|pelajari|pelajar|analisis|koordinasi|"
    r"tanya|konfirmasi|diskusi|baca|pikir|pertimbang|kaji|rapat|lihat|verifikasi|telaah)\w*|"
    r"\b(?:cek|periksa|pelajari|analisis|koordinasi\w*|konfirmasi\w*|tanya\w*|baca|lihat|pastikan|diskusi\w*|bicara\w*|rapat\w*|lengkapi|perbaiki) dulu\b|"
    r"(?<!sudah )(?<!telah )\b(?:saya|kami|ambo|awak) (?:akan |mau |coba |segera |langsung )?(?!\w+ (?:bukan|tidak|ternyata|memang)\b)(?:cek|periksa|pelajari|analisis|koordinasi\w*|tanya\w*|konfirmasi\w*(?! bahwa)|diskusi\w*|"
    r"kaji|telaah|verifikasi|baca|lihat|pastikan(?! (?:ini|bahwa|benar|bukan|tidak|darurat))|tinjau|pikir\w*)\b|\b(?:di)?(?:cek|periksa|tinjau|analisis|pelajari|pastikan|verifikasi|konfirmasi) (?:lagi|ulang|kembali)\b|"
    r"\bdulu\W*$|\b(?:tidak|belum) sekarang\b|\bjangan (?:dulu|buru-buru|terburu\w*)\b"
)
_PATIENT = re.compile(
    r"\b(?:jangan|tidak (?:perlu|usah|bisa|boleh|dapat|sempat)(?: lagi)?|tanpa) (?:lagi |di|me|ber)*(?:tunda|nunda|tunggu|nunggu|nanti|lama)\w*(?:-\w+)?(?: lagi| sampai \w+| besok)?|"
    r"\b(?:saya |kami |di)?tunggu (?:laporan|hasil|kabar|perkembangan|info|update|progres)\w*|"
    r"\bnanti (?:lapor\w*|kabar\w*|hasilnya|sampaikan|infokan|update)|\b(?:hasil|laporan)nya nanti\b|\b(?:laporan|hasil|kabar|perkembangan)(?:nya)? (?:saya|kami) tunggu\b|\b(?:tim|petugas|teknisi)(?: \w+)? stand ?by\b|"
    r"\b(?:nanti|besok) (?:kami|teknisi|petugas|helpdesk|tim) (?:bantu|datang|ke sana|ke lokasi|perbaiki|remote|arahkan|hubungi)\b|\b(?:yang|layanan|opd|server|aplikasi) lain(?:nya)? (?:menyusul|nanti|belakangan)\b|\b(?:yang|layanan|opd|server|aplikasi) lain(?:nya)? (?:menyusul|nanti|belakangan)\b"
)
_CONDITION = re.compile(
    r"\b(?:asal(?:kan)?|dengan syarat|dengan catatan|setelah|sesudah|sebelum ada|selama|kecuali|tergantung|sepanjang|begitu)\b|"
    r"\b(?:kalau|jika|bila|apabila|andai\w*|seandainya|if|unless)\b"
)
_COURTESY = re.compile(
    r"\b(?:kalau|jika|bila|apabila) (?:ada (?:kendala|apa-apa|perkembangan|hambatan|kesulitan|masalah|yang kurang)|(?:memang )?(?:di)?perlu\w*|"
    r"memungkinkan|bisa|sempat|boleh|sudah(?: \w+)?|selesai|butuh\w*|membutuhkan|(?:masih |belum |tidak )+\w+)\b"
)
_CHECKED = re.compile(
    r"(?:^|[.,] )\W{0,9}(?:setelah|sesudah) (?:kami |saya |tim |dilakukan |melakukan )*(?:di|me|men|ber|pen|pem|peng)*(?:cek|ngecek|periksa|analisis|koordinasi|konfirmasi|verifikasi|teliti|pelajari|diskusi|rapat|konsultasi|musyawarah|uji|telusuri|tinjau)\w*"
    r"(?=[^.]{0,60}[,:]|[^.,]{0,50}\b(?:kami|saya|ini|maka|ternyata|hasilnya|sepakat|bukan|tidak|termasuk|memang)\b)"
)
_TELL_ME = re.compile(
    r"\b(?:lapor(?:kan)?|dilaporkan|hubung\w*|kabar\w*|telepon|telp|beri ?tahu|eskalasi\w*|sampaikan|info\w*|minta bantuan|koordinasi\w*|ajukan)\b"
)
_QUESTION = re.compile(
    r"\?|^\W*(?:apa(?:kah)?|kenapa|mengapa|bagaimana|gimana|baa|kapan|siapa|sia|berapa|yang mana|mana|dimana|di mana)\b|\btidak ya\b|"
    r"\b(?:siapa|kapan|bagaimana|berapa lama) (?:ya|yang|kira-kira)\b|\b(?:bagaimana|gimana|kapan|siapa)\W*$"
)
_ARRANGES = re.compile(r"\b(?:siapa|kapan|berapa|berangkat|tim|vendor|estimasi)\b")
_ABOUT_IT = re.compile(
    r"\b(?:darurat|ya|iya|tidak|bukan|yakin|benar|betul|setuju|perlu|harus|disposisi|diteruskan|sudah)\b"
)
_DECIDES = re.compile(r"\b(?:darurat|ya|iya|tidak|yakin|benar|betul|setuju)\b")
_SLIP = re.compile(
    r"\b(?:tidak jadi|batal(?!kan)\w*|dibatalkan dulu|ralat|koreksi|eh|maksud (?:saya|kami)|salah (?:ketik|tulis|jawab|pencet))\b|"
    r"\b(?:ya|iya)\s*(?:/|atau|dan)\s*tidak\b|^\W*(?:ya|iya)\W*tidak\W*$|^\W*tidak\W*(?:ya|iya)\W*$|\bya\s*/\s*tdk\b|\b(?:darurat|setuju) atau (?:tidak|bukan|belum)\b|^\W*balas\b"
)
_CONTRAST = re.compile(r"\b(?:tapi|tetapi|namun|hanya saja|cuma|sayangnya|padahal|but|however)\b(.*)$")
_ORDER_FOLLOWS = re.compile(
    r"^\W*(?:(?:tetap|masih) (?:tidak|belum|saja|mati|down|gagal|error|putus|sama)|(?:tidak|belum) (?:berhasil|bisa|mau|kunjung|ada hasil)|gagal)\b|^\W*(?:ini |kali ini |juga )?(?:tolong|mohon|harap|pastikan|utamakan|dahulukan|prioritaskan|segera|agar|hati-hati|jangan (?:lupa|sampai|lama)|tetap|"
    r"laporkan|lapor|kabari|libatkan|koordinasikan|awasi|dokumentasikan|amankan|catat|selesaikan)\b"
)


def doubt(words: str) -> str:
    """Why `words` (see `answer_clauses.bare_words`) cannot be acted on, in formal Indonesian; "" when nothing speaks against it."""
    if _SLIP.search(words):
        return TWO_ANSWERS
    if _asks(words):
        return QUESTION
    if _HEDGE.search(words):
        return UNSURE
    if _UNREADABLE.search(words):
        return "lampiran yang tidak terbaca atau tidak ada"
    if _AWAY.search(words):
        return AWAY
    if _WAIT.search(_PATIENT.sub(" itu ", words)):
        return "permintaan untuk menunggu"
    if _conditional(words):
        return "persetujuan atau penolakan dengan syarat"
    contrast = _CONTRAST.search(re.sub(r"^\W*(?:tidak|bukan)\W+cuma\b", "tidak", words))
    if contrast and not _ORDER_FOLLOWS.match(contrast[1]):
        return "jawaban dengan keberatan atau catatan yang belum jelas"
    return ""


def _asks(words: str) -> bool:
    """A question about the decision, or nothing but questions. "Ya, darurat. Siapa yang berangkat?" has answered first."""
    first, *later = [part for part in re.split(r"(?<=[.!?])\s+", words) if re.search(r"\w", part)] or [""]
    if _QUESTION.search(first):
        return True
    return any(_QUESTION.search(part) and (_doubts(part) or len(first.split()) > 12) for part in later)


def _doubts(question: str) -> bool:
    return _DECIDES.search(question) is not None or (
        _ABOUT_IT.search(question) is not None and _ARRANGES.search(question) is None
    )


def _conditional(words: str) -> bool:
    if re.match(r"^\W*\w+[\s,]*+(?:(?:pak|bu)[\s,]*+)?(?:kalau|jika|bila|apabila|asal\w*|setelah)\b", words):
        return True
    words = _CHECKED.sub(" ", words)
    for sentence in re.split(r"(?<=[.!?;])\s+", words):
        told = _TELL_ME.search(sentence) is not None
        if told and re.search(r"\b(?:kalau|jika|bila|apabila|setelah|begitu|sebelum)\b", sentence):
            continue
        if _CONDITION.search(_COURTESY.sub(" ", sentence)):
            return True
    return False
