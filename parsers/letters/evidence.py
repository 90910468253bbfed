"""What speaks for each kind of letter, with a weight: an outage that is reported now, a wish, news, or a lure.

Nothing here decides; `kind.py` compares the sums.
"""

from __future__ import annotations

import re

from parsers.letters.service_nouns import named
from parsers.letters.symptoms import denies, fails, failure, statements

Row = tuple[int, re.Pattern[str]]


def _row(weight: int, pattern: str) -> Row:
    return weight, re.compile(pattern, re.IGNORECASE)


_REPAIR = r"(?:perbaikan|pemulihan|penanganan|pengecekan|pemeriksaan|penanggulangan|tindak lanjut gangguan|normalisasi|troubleshoot\w*)"
_THINGS = (
    r"(?:fasilitasi|akun|pembuatan|subdomain|domain|hosting|colocation|kolokasi|bandwidth|data(?:nya)?|narasumber|pemateri|pinjam\w*|peminjaman|"
    r"penambahan|reset|izin|ijin|akses|dukungan|pemasangan|instalasi|integrasi|migrasi|server|vps|vm|ip\b|jaringan baru|tenaga|"
    r"rekomendasi|penerbitan|pendaftaran|pembukaan|sertifikat|tte|informasi|salinan|pendampingan|konsultasi|asistensi|upgrade|relokasi|"
    r"pengembangan|operator|zoom|link|ruang|titik|pemindahan|publikasi|peliputan|live|streaming|audit|pentest|vpn|user|email|surel|"
    r"perpanjangan|perubahan|penggantian|penghapusan|hak akses|kerja ?sama|magang|kunjungan|pkl|penelitian|penempatan)"
)
_TO_BE_GIVEN = (
    r"(?:disediakan|menyediakan|dibuatkan|membuatkan|difasilitasi|memfasilitasi|dipinjamkan|meminjamkan|ditambah(?:kan)?|menambah(?:kan)?|"
    r"diaktifkan|diberikan|memberikan|dikirim(?:kan)?|mengirim(?:kan)?|dipasang(?:kan)?|memasang|diizinkan|didampingi|mendampingi|"
    r"dijadwalkan|direkomendasikan|disiapkan|menyiapkan|didaftarkan|diterbitkan|menerbitkan|direset|dibukakan|dialokasikan|ditugaskan "
    r"(?:narasumber|operator|pemateri)|dipublikasikan|diperpanjang|dinaikkan|dinonaktifkan|dihapus(?:kan)?|dipindahkan|ditautkan|dihubungkan|bantuan (?:personel|operator|narasumber))(?! kembali)"
)
_ASKS = r"(?:mohon|minta|memohon|meminta|tolong|bisa|dapatkah|bolehkah|kiranya|agar|berkenan|please|dimohon|diminta)"
WISH_IN_HEAD = (
    _row(
        4,
        rf"\b(?:permohonan|permintaan|pengajuan|usulan|minta|mohon|request|pendaftaran|usul)\b(?:\s+(?!{_REPAIR})\S+){{0,3}}?\s+{_THINGS}\b",
    ),
    _row(
        2,
        rf"^\W*(?:surat )?(?:permohonan|permintaan|pengajuan|usulan|minta|request|konsultasi|pinjam|sewa|booking|tambah|penambahan|pemasangan)\b(?!\s+(?:\w+\s+)?{_REPAIR})",
    ),
)
WISH = (
    _row(3, r"\b(?:mohon|memohon)\s+(?:kiranya\s+)?kesediaan\w*\b"),
    _row(
        3,
        r"\b(?:bisa|boleh|mau|ingin|mohon|minta|izin|bermaksud)\s+(?:kami\s+|untuk\s+)?(?:pinjam|meminjam|menyewa|mengusulkan|usul)|\b(?:kami|saya)\s+(?:mengusulkan|mengajukan|bermaksud mengajukan)",
    ),
    _row(3, rf"\b{_ASKS}\s+(?:[^\s,.;:]+\s+){{0,7}}?{_TO_BE_GIVEN}\b"),
    _row(
        3,
        rf"\b(?:permohonan|permintaan|pengajuan|mengajukan|memohon|mohon|minta|meminta)\s+(?:[^\s,.;:]+\s+){{0,2}}?{_THINGS}\b",
    ),
    _row(
        3,
        r"\b(?:mohon|minta|butuh|memerlukan|membutuhkan)\s+(?:bantuan\s+|dukungan\s+)?(?:\d+|satu|dua|tiga|empat|seorang|beberapa)\s*(?:\([^)]*\)\s*)?(?:orang|unit|buah|tenaga|petugas operator|operator|set|titik|meter)\b",
    ),
    _row(
        3,
        r"\b(?:mohon|minta|kiranya|agar)\s+(?:\w+\s+)?(?:dilakukan|dilaksanakan|diadakan)\s+(?:\w+\s+)?(?:uji|pengujian|asesmen|penilaian|audit|pelatihan|kajian|evaluasi|sosialisasi|instalasi|pemasangan)\b",
    ),
    _row(
        3,
        r"bagaimana (?:prosedur|cara|syarat|mekanisme|alur|proses)\w*|apa saja (?:syarat|persyaratan)|(?:prosedur|syarat)nya (?:bagaimana|apa)",
    ),
    _row(3, r"(?:reset|lupa|ganti) (?:kata sandi|password|sandi|pin|passphrase)|penambahan (?:akun|bandwidth|kuota)"),
    _row(
        1,
        r"\b(?:kami|opd kami) (?:berencana|bermaksud|akan|membutuhkan|memerlukan|sedang (?:membangun|mengembangkan|menyiapkan))\b",
    ),
    _row(1, r"\bakan (?:dilaksanakan|diselenggarakan|mengadakan|melaksanakan)"),
)
NEWS_IN_HEAD = (
    _row(
        6,
        r"^\W*(?:\w+\W+){0,2}?(?:undangan|surat edaran|edaran|pengumuman|ucapan|sosialisasi|bimtek|survei|kuesioner|newsletter|buletin|"
        r"nawala|webinar|seminar|workshop|siaran pers|press release|notulen|notula|risalah|daftar hadir|jadwal|agenda|lowongan|simulasi|gladi|apel|upacara|lomba|peresmian|(?:permintaan |permohonan )?wawancara|(?:surat )?lamaran|company profile|"
        r"pemberitahuan (?:kegiatan|libur|acara|jadwal)|(?:pemberitahuan |jadwal |rencana )?(?:pemeliharaan|maintenance|pemadaman|perawatan) "
        r"(?:terjadwal|rutin|berkala|terencana)|(?:pemberitahuan|jadwal|rencana|notifikasi|info) (?:pemadaman|pemeliharaan|maintenance|downtime)|"
        r"(?:planned|scheduled) (?:maintenance|outage|downtime)|maintenance (?:notification|notice|window))\b",
    ),
    _row(
        6,
        r"\b(?:ready stock|flash sale|harga promo|gratis ongkir|dibagikan kepada anda|shared with you)\b|\[(?:resolved|selesai)\]|^\W*(?:recall|penawaran|promo|diskon|katalog|brosur|price ?list|proposal)\b|"
        r"^\W*(?:penyampaian |pengiriman )?(?:laporan|rekap\w*|lap) (?:bulanan|mingguan|harian|triwulan\w*|semester\w*|tahunan|kinerja|realisasi|pelaksanaan|kegiatan)\b",
    ),
    _row(3, r"^\W*(?:penyampaian|pengiriman|pengantar|konfirmasi|ralat undangan|reminder|pengingat|ajakan|selamat)\b"),
    _row(4, r"^\W*(?:ucapan )?(?:terima\s?kasih|makasih|thank)"),
)
NEWS_BEYOND_DOUBT = 6
NEWS = (
    _row(
        4,
        r"(?:menindaklanjuti|memenuhi|menjawab|membalas) (?:surat|permintaan|nota dinas) (?:saudara|bapak|ibu|dinas kominfo\w*)\b.{0,160}?(?:sampaikan|disampaikan|kirimkan)",
    ),
    _row(
        6,
        r"mengundang (?:saudara|bapak|ibu|bpk|sdr|rekan)|(?:mohon|dimohon|mengharap(?:kan)?|diharapkan)\s+(?:kiranya\s+)?(?:\S+\s+){0,2}?"
        r"(?:kehadiran|berkenan hadir|dapat hadir|hadir)\b",
    ),
    _row(4, r"daftar(?:kan)? (?:diri )?(?:anda )?(?:di|melalui|via) \S*https?:"),
    _row(
        5,
        r"(?:akan|rencana\w{0,12})\s+(?:\S+\s+){0,3}?(?:melakukan|dilakukan|dilaksanakan|melaksanakan|diadakan)?\s*(?:\S+\s+){0,2}?"
        r"(?:pemeliharaan|maintenance|pemadaman (?:terencana|listrik)|migrasi|upgrade|perawatan|pembaruan sistem)",
    ),
    _row(
        3,
        r"\b(?:planned|scheduled) (?:maintenance|outage|downtime|work)|maintenance window|pemeliharaan terjadwal|pemadaman terencana",
    ),
    _row(
        3,
        r"\b(?:selama|sepanjang|pada|periode) (?:bulan|triwulan|semester|tahun)\b[^.]{0,60}(?:tercatat|terdapat|terjadi|capaian|realisasi)",
    ),
    _row(
        2,
        r"(?:bersama ini|berikut|terlampir)\s+(?:\S+\s+){0,3}?(?:disampaikan|sampaikan|kirimkan)\s+(?:laporan (?:bulanan|pemakaian|kinerja|kegiatan|realisasi|pelaksanaan)|rekap\w*|dokumen|undangan|notulen|jadwal)",
    ),
    _row(
        3,
        r"\b(?:pendaftaran gratis|htm\b|investasi mulai|dapatkan (?:harga|diskon|penawaran)|kami menawarkan|solusi kami|produk kami|hubungi (?:sales|marketing)|distributor (?:resmi)?|reseller|perkenalkan,? kami|penyedia (?:solusi|jasa|layanan|perangkat)|ready stock|minta penawaran|harga (?:khusus|terbaik)|konsultasi gratis)",
    ),
)
_HELP = re.compile(
    r"\b(?:mohon|tolong|minta|dimohon|harap|butuh|need|please|capek)\b[^.!?\n]{0,60}?\b(?:bantu\w*|cek|dicek|capek|periksa|diperiksa|perbaik\w*|"
    r"diperbaiki|tangani|ditangani|penanganan|pulihkan|dipulihkan|tindak ?lanjut\w*|ditindak\w*|petunjuk|solusi|arahan|segera|help|teknisi|ke lokasi)|"
    r"\b(?:urgent|darurat|asap|secepatnya|sesegera mungkin)\b",
    re.IGNORECASE,
)
_ONSET = re.compile(
    r"\b(?:sejak|semenjak|mulai|dari|since)\b.{0,40}?(?:\d{1,2}[.:]\d\d|jam|pukul|pkl|pagi|siang|sore|malam|kemarin|tadi|patang)",
    re.I,
)
_REPORTS = re.compile(r"\b(?:melaporkan|laporkan|dilaporkan|lapor)\b(?! (?:bulanan|kinerja|kegiatan))", re.IGNORECASE)
_SINCE = re.compile(
    r"\b(?:sejak|semenjak|since|(?:dari|dr) (?=jam|pukul|pkl|tadi|td|kemarin|subuh|pagi|siang|sore|malam))\b.{0,30}?(?:\d{1,2}[.:]\d\d|jam|pukul|pkl|subuh|pagi|siang|sore|malam|kemarin|tadi|hari|minggu)",
    re.I,
)
_CHRONIC = re.compile(
    r"\b(?:sering|seringkali|kerap|selama ini|kadang(?:kala)?|terkadang|beberapa kali|saat ini hanya|sudah tidak memadai)\b",
    re.IGNORECASE,
)
"""A nuisance of long standing is a reason to ask for something new, seldom an emergency."""
_OVER = re.compile(
    r"(?:sudah|telah|alhamdulillah)\b[^.\n]{0,40}?\b(?:normal|pulih|lancar|teratasi|tertangani|beres|selesai|hidup kembali|bisa kembali|up)\b",
    re.IGNORECASE,
)
_FELL_FOR = re.compile(
    r"\b(?:saya|kami|ambo|pegawai|staf|bendahara|operator|kasubag|pimpinan|beliau|terlanjur|tadi|baru saja)\b[^.!?\n]{0,80}?\b(?:memasukkan|mengisi(?:kan)?|isi|isikan|masukkan|input|menginput|"
    r"memberi(?:kan)?|mengetik(?:kan)?)\s+(?:\w+\s+){0,2}?(?:password|kata sandi|sandi|pin|otp|passphrase|kredensial)\b",
    re.IGNORECASE,
)
"""Who was deceived and gave a secret away."""
_THANKS = re.compile(r"terima\s?kasih|makasih|trims|thanks|tks|terimakasih", re.IGNORECASE)


def incident(head: str, text: str, *, by_name: bool = False) -> int:
    """How much speaks for something failing now: about 2 for a bare symptom, 3 with a service beside it, 4 in the head.

    `by_name` counts only what is said of a service.
    """
    body, helpless = 0, int(_HELP.search(text) is not None)
    for statement in statements(text):
        if fails(statement) and (named(statement) or not by_name):
            about = bool(named(statement))
            weight = 2 + about if failure(statement) == "strong" else 2 * about or helpless
            body += 1 if _CHRONIC.search(statement) else weight
        elif denies(statement) and named(statement):
            body += 1
    head = "" if by_name and not named(head) else head
    if _sum(NEWS_IN_HEAD, head) >= NEWS_BEYOND_DOUBT:
        head = ""  # "Buletin: serangan meningkat": what is announced is a topic
    title = {"strong": 4, "weak": 3 if named(head) else helpless, "": 0}[failure(head)]
    body += 3 * fell_for(text)
    if not body and not title:
        return _unnamed_trouble(head, text)
    return min(body, 8) + title + bool(_HELP.search(text)) + bool(_ONSET.search(text))


def urges(text: str) -> bool:
    """Whether help is asked for, or it is said since when: a report of one's own, no news of others."""
    return _HELP.search(text) is not None or _ONSET.search(text) is not None


def fell_for(text: str) -> bool:
    """Whether somebody tells that they were deceived and gave a secret away."""
    return _FELL_FOR.search(text) is not None


def _unnamed_trouble(head: str, text: str) -> int:
    """Help is asked for, or something has been so since yesterday, and it is about a service: words for it we do not know."""
    about = any(map(named, statements(f"{head}\n{text}")))
    return int(about and any(sign.search(text) for sign in (_HELP, _SINCE, _REPORTS)))


def wish(head: str, text: str) -> int:
    """How much speaks for a routine request. Who reports an outage asks for help, too: then only the head counts in full."""
    title, body = _sum(WISH_IN_HEAD, head), _sum(WISH, _flow(text))
    reports = any(
        fails(statement) and failure(statement) == "strong" and not _CHRONIC.search(statement)
        for statement in statements(text)
    )
    return title + (min(body, 2) if reports and not title else body)


def news(head: str, text: str) -> int:
    """How much speaks for an invitation, an announcement, a plan, a report on a month, an offer."""
    return _sum(NEWS_IN_HEAD, head) + _sum(NEWS, _flow(text))


def all_is_well(text: str) -> bool:
    """Thanks for what was mended, and no word of what still fails."""
    over = list(_OVER.finditer(text))
    if not over or not _THANKS.search(text):
        return False
    return not any(fails(statement) for statement in statements(text[over[-1].end() :]))


def _sum(rows: tuple[Row, ...], text: str) -> int:
    return sum(weight for weight, pattern in rows if pattern.search(text))


def _flow(text: str) -> str:
    return " ".join(text.split())
