"""Words that an answer to one of our questions is made of; a clause without any of them is about something else."""

from __future__ import annotations

import re

from parsers.replies.telling_words import BROKEN, TROUBLE

NAMED = re.compile(
    r"\b(?:pak|bu|buk|bapak|ibu|sdr\.?i?|saudara|mas|mbak|bang|uda|uni|yth\.?|plt\.?|plh\.?) (?!kalau|jika|tapi|nanti|sudah|belum|tidak|jangan|mungkin|besok|putus|tentu|tetap|nilai|jawab|yang|saja|bilang|kata|minta)[a-z.]+(?: bin [a-z]+)?\b"
)
COURTESY = re.compile(
    r"\b(?:ya+|iya+|iyo+|y|yes|ok|oke|okay|siap|baik|sip|mantap|pak|bu|buk|bapak|ibu|bpk|mas|mbak|bang|uda|uni|yth|sdr|rekan\w*|tim|teman\w*|semua\w*|saya|kami|kita|terima|kasih|trims|makasih|"
    r"thanks?|thx|tks|you|salam|hormat\w*|mohon|maaf|izin|selamat|pagi|siang|sore|malam|assalamu\w*|alaikum\w*|waalaikum\w*|wassalam\w*|wr|wb|demikian|atas|perhatian\w*|kerja|kerjasama\w*|bantuan\w*|"
    r"informasi\w*|info\w*|laporan\w*|lah|dong|deh|sih|kok|the|please|pls|dan|dengan|di|ke|ini|itu|yang|untuk|bismillah||lancar|sukses|semangat|sehat|selalu|dear|hi|halo|regards|"
    r"arahan\w*|kepada|aptika|kominfotik|diskominfotik|kabid|kadis|koordinator|kepala|bidang|dinas|sekretaris|helpdesk|admin|siaga|baru|telat|terlambat|membalas|balas|lama|menunggu|respon|slow|dukungan\w*|tembusan|cc|disampaikan|dimaklumi|jawaban|keputusan|alasan|status|hasil|noted|banyak|ttd|melaporkan|menyampaikan|lapor|izin|bg|bro|bos|mah|cepat|lekas|agar|supaya|tolong|harap|keras\w*)\b"
)
_ORDERS = (
    r"(?:di|me|men|mem)?(?:pimpin|dampingi|tangani|perbaiki|tindak ?lanjut\w*|kerjakan|tugaskan|tunjuk|turun\w*|kerahkan|laksana\w*|selesaikan|lakukan|pulihkan|amankan|proses|eksekusi|lapor\w*|pastikan|koordinasi\w*|kirim\w*|cek|"
    r"periksa|pasang|ganti|siapkan|utamakan|prioritas\w*|dahulukan|isolasi|hubungi|kabari|libatkan|buat\w*|lengkapi|jaga|awasi|pantau|alihkan|gunakan|pakai|beri\w*|inform\w*|sampaikan|restart|"
    r"evaluasi|usulkan|assign|network|team|arsip\w*|catat|dokumentasi\w*|pindahkan|aktifkan|blokir|backup|cadangkan|dampingi|ajukan|upayakan|bantu|susun|lampirkan|telusuri|monitor\w*|standby|minta|panggil|"
    r"bawa|ambil|segera\w*|percepat|tuntas\w*|berangkat\w*|gerak\w*|jalan\w*|atasi|cari\w*|hidupkan|nyalakan|matikan|tanggap\w*|handle|respon\w*|silakan|instruksi\w*|lokasi|tkp|naik\w*|dinaikkan|perkembangan\w*|progres\w*|"
    r"petugas|pelaksana|sifat|diteruskan|ditangani|dikerjakan|dilaksanakan|dilanjutkan|diproses|ditindak\w*|diperbaiki|diselesaikan|dipulihkan|ditugaskan|dibantu|dipercepat|diperlukan|dibutuhkan|"
    r"capek|karajoan|pelok\w*|tim|teknis|csirt|noc|batas|tenggat|deadline|target|maksimal|paling|pukul|jam|menit|hari|sekarang|secepat\w*|asap|now)"
)
_SIGNS = (
    r"(?:ya+|iya+|iyo+|y|yes|yup|yap|yoi|betul|benar|izinkan|setujui|setuju|disetujui|sepakat|sependapat|acc|approved?|agreed?|ok|oke|okay|lanju(?:t|ik)\w*|gas|proceed|go ahead|darurat|emergency|confirmed|"
    r"memang|jelas|siap|disposisi|kategori|karena|sebab|mengingat|alasan|analisis|keputusan|pengecekan|pemeriksaan|analisa|korup\w*|tingkat|berat|level|rekomendasi|kategori|penyebab|keep me (?:posted|informed|updated)|sesuai|prosedur|sop|arahan|tahap|langkah|terus\w*|diteruskan)"
)
_FIELD = (
    r"(?:layanan|pelayanan|publik|masyarakat|warga|opd|dinas|biro|badan|server|database|basis data|jaringan|internet|aplikasi|sistem|situs|web\w*|portal|domain|email|surel|listrik|genset|ups|pln|fo|"
    r"fiber|kabel|switch|router|firewall|dc|data|pusat|pasien|rumah sakit|rsud|rs|perizinan|pajak|gaji|absen\w*|kantor|gubernur|pengguna|user\w*|pegawai|kabupaten|kota|provinsi|pemprov|gedung|ruang\w*|"
    r"lantai|puskesmas|sekolah|samsat|core|link|koneksi|akses|modem|wifi|telepon|cctv|dns|vpn|cloud|storage|disk|virtual\w*|vm|simrs|spbe|e-?\w+|si\w{3,}|transaksi|data center|vendor|provider|"
    r"seluruh|semua|total|satu provinsi|ribuan|ratusan|puluhan|kebutuhan|penting|vital|terbuka|kerugian|biaya|anggaran|dana|dpa|apbd|lembur|kendaraan|mobil|surat tugas|suku cadang|gudang|kontrak|garansi|bapenda|bkd|rsud|ac|suhu|derajat|mesin|alarm|bunyi|asap|api|air|hujan|petir|pompa|baterai|alat|perangkat|komputer|laptop|log|akun|email|konten|judi|halaman|tampilan|pelapor|pic|verifikasi\w*|dihubungi|diverifikasi|layar|monitor|ticket|tiket|log|data|dokumen|pembayaran|pencairan|sipd|siak|dukcapil|kependudukan|bappeda|bapenda|setda|sekretariat|dprd|rapat paripurna|ujian|pelantikan|pilkada|pemilu|orang|jiwa|unit|titik|segmen|ruas|node|port|sisi|provider|isp|ip|alamat|trafik|traffic|ddos|ssl|risiko|bencana|evakuasi|keselamatan|nyawa)"
)
ABOUT_IT = re.compile(
    rf"\b(?:{_SIGNS}|{_ORDERS}|{_FIELD})\b|{TROUBLE.pattern}|{BROKEN.pattern}|\b(?:tidak|jangan|bukan) \w+|\bberkurang\b"
)
SAYS_WHY = re.compile(
    rf"\b(?:ya+|iya+|iyo+|betul|benar|setuju|lanju(?:t|ik)\w*|teruskan|diteruskan|dilanjutkan|diproses|proses|segera|secepat\w*|cepat|dipercepat|percepat|memang|prioritas\w*|darurat|bukan gangguan biasa|"
    r"(?:di|me|men|mem)?(?:tangani|nangani|perbaiki|tindak ?lanjut\w*|kerjakan|tugaskan|turunkan|kerahkan|laksanakan|pulihkan|amankan|eksekusi|berangkatkan|atasi|isolasi|bantu|naikkan|kawal|eskalasi\w*|selesaikan)|"
    r"turun|pelok\w*|karajoan|menyangkut|terkait|karena|krn|sebab|mengingat|sehingga|alasan|dampak\w*|seluruh|semua|total|ribuan|ratusan|puluhan|judi|kerugian|menampilkan|bocor|derajat|kebocoran|disposisi|koordinator|kabid|"
    r"sudah (?:saya |kami |di)*(?:cek|periksa|verifikasi|pastikan|analisis|konfirmasi|lapor)\w*|\d+ (?:opd|server|orang|pengguna|unit|user|kantor|puskesmas|layanan))\b|"
    rf"{TROUBLE.pattern}|{BROKEN.pattern}|\b(?:tidak|jangan|bukan) \w+"
)
"""What makes a bare "ya" an answer to the question: why, or what to do about it."""
POLITE = re.compile(
    r"\b(?:ya+|iya+|ok|oke|siap|baik|pak|bu|buk|bapak|ibu|bpk|mas|mbak|bang|uda|uni|bg|bro|bos|yth|terima|kasih|trims|makasih|thanks?|thx|tks|banyak|salam|hormat\w*|mohon|maaf|izin|selamat|pagi|siang|sore|malam|"
    r"assalamu\w*|alaikum\w*|waalaikum\w*|wassalam\w*|wr|wb|demikian|atas|perhatian\w*|kerjasama\w*|dukungan\w*|semangat|lah|kok|the|please|pls|saya|kami|kita|dan|telat|terlambat|baru|membalas|balas|respon|slow|"
    r"disampaikan|dimaklumi|bismillah|ttd|informasi\w*(?= ya))\b"
)
"""Politeness alone."""
ABOUT_PAPER = re.compile(
    rf"{ABOUT_IT.pattern}|\b(?:laporan|terima|diterima|kirim\w*|dikirim\w*|terus\w*|sampaikan|disampaikan|arsip\w*|diarsip\w*|baca|dibaca|kadis|kabid|koordinator|pimpinan|dipelajari|disimak|dicermati|bagus|rapi|lengkap|sesuai|benar|"
    r"kinerja|penanganan|dokumen\w*|berita acara|surat|apresiasi|kerja keras\w*|cepat|evaluasi|tingkatkan|pertahankan)\b"
)

_BEFORE_A_SIGN = (
    r"(?:hasil\w*|analisis\w*|analisa\w*|cek\w*|dicek|diperiksa|periksa|pengecekan|pemeriksaan|koordinasi\w*|diskusi|verifikasi\w*|diverifikasi|dianalisis|kejadian\w*|insiden\w*|gangguan\w*|kondisi\w*|keadaan\w*|"
    r"hal|menurut|menganggap|simpulkan|menyimpulkan|kesimpulan\w*|menilai|nilai|penilaian\w*|rasa|anggap|menyatakan|nyatakan|dinyatakan|putuskan|memutuskan|berpendapat|pendapat|bahwa|setelah|sesudah|sudah|telah|memang|jelas|"
    r"jelas-jelas|ternyata|sebenarnya|jadi|maka|masih|tetap|dari|berdasarkan|lapangan|mah|tersebut|tadi|dimaksud|adalah|merupakan|termasuk|tergolong|masuk|kategori\w*|status\w*|sebagai|dalam|pada|prinsip\w*|sangat|"
    r"benar-benar|betul-betul|tentu\w*|pasti\w*|sepakat|setuju|sepenuhnya|fix|dapat|bisa|kami|saya|kita|no|not|an|is|it|this|yes|we|consider|agree|i|am|are|sudah|juga|pun|kok|lagi|semua|oleh|seluruh|"
    r"sampaikan|melaporkan|laporkan|menyampaikan|keputusan|jawaban|tanggapan|balasan|sendiri|bersama|rekan|bidang|pihak|sop|prosedur|kriteria|layak|harus|perlu|segera|mohon|tolong|agar|silakan|harap|supaya|untuk|"
    r"dan|lalu|kemudian|langsung|biar|tetapkan|menetapkan|konfirmasi|berarti|artinya|oke|okay|well|noted|tidak|keberatan|ada|masalah|catatan|tanpa|ragu|lagi|diragukan|jangan|ditolak|ditunda|menunggu|usah|sekali|"
    r"teknis|menunjukkan|hasilnya|bukan|hanya|cuma|sebut|disebut|kategorikan|dikategorikan|dikatakan|level|tingkat|sifat\w*|arahan|perintah|instruksi|nama|yang dilaporkan|yang terjadi|yang dimaksud|telusur\w*|ditelusuri|uji|tes|dites|ditest|jawabannya|keputusannya|terkonfirmasi|dikonfirmasi|positif|memenuhi|hemat|rekan|jaringan|bos|a|the|of|my|our|assessment|result|urgent|very)"
)
BEFORE = re.compile(rf"\b(?:{_BEFORE_A_SIGN}|{_FIELD}|\d+)\b|{COURTESY.pattern}|{TROUBLE.pattern}|{BROKEN.pattern}")
"""What may stand ahead of a sign in its clause: anybody else's saying, hope or fear would be a word more."""
WHY_NOT = re.compile(
    r"\b(?:hanya|cuma|cukup|sudah|telah|masih|normal|pulih|biasa|ringan|rutin|karena|sebab|berhubung|kewenangan|ranah|jadwal\w*|dijadwalkan|pemeliharaan|maintenance|permintaan|permohonan|informasi|akun|password|sandi|"
    r"printer|kabel|tiket|helpdesk|latihan|simulasi|uji coba|keliru|salah|lupa|kembali\w*|prioritas|anggaran|tutup|ditutup|darurat|berjalan|aktif|satu|pelapor|pemohon|pengguna|user|opd|vendor|penyedia|isp|pln|browser|"
    r"laptop|komputer|jaringan|internet|koneksi|layanan|aplikasi|selesai\w*|analisis|disposisi|prosedur|only|just|scheduled|resolved|kejadian|gangguan|kerusakan|laporan|dampak\w*|kategori|kriteria|biaya|dana|kebutuhan)\b"
)
"""What makes a bare "tidak" an answer to the question."""
