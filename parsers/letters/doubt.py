"""What to make of a mail in which nothing known speaks for an outage, a wish or news: is all well in it?

Nobody can list all the words for failing. Where an office of ours tells of a service, and nothing shows that it hands
something over, thanks, plans or asks how a thing is done, trouble is what is left.
"""

from __future__ import annotations

import re

from parsers.letters.service_nouns import hinted, named
from parsers.letters.symptoms import denies, statements

_COURTESY = re.compile(
    r"\b(?:(?:atas|demikian)\b[^.\n]{0,90}\b(?:terima\s?kasih|maklum\w*)|terima\s?kasih(?!\s+(?:atas (?:bantuan|dukungan|kerja|respon|penanganan)|telah|sudah))|"
    r"(?:kami|di)?\s?ucapkan terima\s?kasih|kerja ?sama(?:nya)?|assala\w+[^\n,.]*|wassala\w+[^\n]*)",
    re.IGNORECASE,
)
"""How every letter ends: no thanks for anything."""
_ALL_IS_WELL = re.compile(
    r"\b(?:terima\s?kasih|mokasih|makasih|alhamdulillah|selamat (?!pagi|siang|sore|malam)\w+|syukur|sukses|berhasil(?<!tidak berhasil)|seperti (?:biasa|semula)|"
    r"(?:sudah|telah|alah|lah) (?:kami |saya |dapat )?(?:cek|terima|diterima|normal|baik|tampil|lancar|selesai|dipasang|diperbarui|terpasang|kami perbaiki|diresmikan|diluncurkan|ditunjuk|dilantik)|"
    r"siap (?:pak|bu|bang|min|ndan)|noted|baik (?:pak|bu)|meraih|penghargaan|peluncuran|launching)\b",
    re.IGNORECASE,
)
_HANDS_OVER = re.compile(
    r"\b(?:terlampir|dilampirkan|lampirkan|berikut (?:ini )?(?:\w+ )?(?:kontak|nama|data|daftar|link|tautan|jadwal|laporan|materi|nomor|rekap\w*|dokumen|berkas|foto|spesifikasi|alamat)|"
    r"(?:sampaikan|disampaikan|kirimkan|dikirimkan|kirim|teruskan)\s+(?:kembali\s+)?(?:laporan|dokumen|berkas|data|daftar|surat|undangan|rekap\w*|notul\w+|materi|nama|proposal|edaran|jadwal|spj|foto|draf\w*|usulan|rencana|hasil|link|kontak))",
    re.IGNORECASE,
)
_OCCASION = re.compile(
    r"\b(?:rapat|undangan|mengundang|acara|bimtek|pelatihan|sosialisasi|workshop|seminar|webinar|kegiatan|upacara|lomba|kunjungan|pertemuan|koordinasi|survei|kuesioner|"
    r"libur|cuti|rutin|berkala|silakan hubungi|silahkan hubungi|diberitahukan|edaran|dipedomani|diimbau|himbauan|imbauan|mengingatkan|pengumuman|anggaran|renja|rka|dpa|kontrak|tagihan|invoice|kuitansi|spj|lelang|pengadaan|penawaran|"
    r"tahun depan|bulan depan|minggu depan|pekan depan|rencana\w*|akan (?:di\w+|me\w+|kami|berlangsung|ada)|peraturan|perda|pergub|opini|pendapat|masukan)\b",
    re.IGNORECASE,
)
_ASKS_ONLY = re.compile(
    r"\b(?:apakah|apa\s+(?:saja|perbedaan|beda)|bagaimana|gimana|kapan|siapa|berapa|di ?mana|bolehkah|bisakah|ada(?:kah)?)\b[^.!\n]{0,300}\?",
    re.IGNORECASE,
)


def looks_like_trouble(head: str, text: str) -> bool:
    """Whether somebody of ours tells of a service, and nothing says that all is well with it."""
    said = _COURTESY.sub(" ", text)
    if not re.search(r"\w{3}", said):
        return False
    if any(sign.search(said) for sign in (_ALL_IS_WELL, _HANDS_OVER, _OCCASION, _ASKS_ONLY)):
        return False
    return any(named(one) or hinted(one) or denies(one) for one in statements(f"{head}\n{said}"))
