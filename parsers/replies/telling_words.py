"""Words that can turn what an answer means, and the phrases in which they are known to turn nothing.

All patterns are for lower-case text as `answer_clauses.bare_words` gives it: "tidak", "belum", "sudah" spelt out.
"""

from __future__ import annotations

import re

WORDS_THAT_TURN = re.findall(
    r"[a-z*-]+",
    # a denial
    "tidak tdak tida bukan* belum jangan* tanpa kurang no not never nothing none mustahil percuma "
    # a condition or an exception
    "kalau* jika* bila* apabila andai* seandainya asal asalkan syarat* bersyarat persyaratan tergantung bergantung selama sepanjang setelah sesudah "
    "sebelum sampai hingga begitu kecuali selain unless if until after before when ketika saat catatan "
    # a contrast
    "tapi tetapi namun cuma cuman hanya sayangnya padahal meski* walau* but however only sedangkan melainkan daripada ketimbang sebaliknya malah* justru "
    # another time
    "nanti besok lusa kemarin tadi dulu sudah telah pernah lalu bulan minggu masih sedang akan mau bakal sementara sebentar later tomorrow yesterday "
    "already tunggu* menunggu* ditunggu* nunggu* menanti* nunda* tunda ditunda menunda penundaan pending wait hold "
    # a doubt
    "mungkin insya* semoga moga* mudah-mudahan takut* khawatir* berharap harapan* ingin hello halo sepertinya kayak* barangkali rasanya kira kira-kira "
    "agak* kyk* kek pengen pengin maunya niat* rencana* sedikit hampir semi setengah seperti seolah* katanya konon kata kabarnya menurut seharusnya "
    "harusnya sebaiknya mestinya coba ragu* meragukan yakin tahu tau paham entah maybe perhaps probably should misal* umpama* anggap andaikata terserah "
    "pertimbang* dipertimbang* mempertimbang* dipikir* pikir* kayaknya kelihatannya tampaknya sepintas agaknya kemungkinan moga-moga "
    # a question
    "apa apakah apanya siapa* kapan kenapa mengapa bagaimana gimana mana berapa masa why what who how kah "
    # it is over, or shall be
    "normal pulih selesai aman teratasi beres nyala menyala hidup sembuh done solved resolved fixed tutup ditutup batal* dibatalkan membatalkan "
    "pembatalan hentikan dihentikan stop tolak ditolak menolak penolakan abaikan diabaikan cabut dicabut tarik ditarik ralat diralat koreksi salah "
    "keliru cancel* reject* ignore biarkan biar ganti mengganti berubah ubah diubah revisi "
    # something else, or a part of it
    "khusus* terbatas minus plus lain* satunya sebelah beda berbeda sebagian separuh sebagiannya other another "
    # somebody else, or an explanation first
    "deh sejauh sebis* semampu* seadanya secukupnya seperlunya tanya* ditanya* mempertanyakan dipertanyakan dijawab menjawab sebelumnya sendiri sendirian "
    "jelaskan dijelaskan penjelasan klarifikasi kronologi* petunjuk saran masukan pendapat konfirmasi* dikonfirmasi* atau or versus explain* clarif* "
    # wonder, irony
    "hebat lucu aneh wah waduh aduh ampun astaga* allah tuhan masak bercanda becanda serius",
)
_SUPERIOR = r"(?:kadis|kepala dinas|sekdis|sekretaris|sekda|gubernur|koordinator|pimpinan|atasan)"
_DECIDED_ON = (
    r"(?:ya+|iya+|iyo+|tidak|setuju|disetujui|acc|ok|oke|darurat|disposisi|teruskan|kirim|diterima|kembalikan|perbaiki)"
)
_OFFICE = r"(?:yang|opd|dinas|din(?:kes|sos|dik)|dis[a-z]{2,}|rs|rsud|bap(?:peda|enda)|b[kp][a-z]{1,3}|biro|badan|kantor|kecamatan|puskesmas|kota|kab\w*|samsat|dukcapil)"
ALWAYS_TURNS = re.compile(
    # a part of what was asked: "Ya untuk Dinkes, tidak untuk Dinsos", "Sebagian saja"
    rf"\b(?!darurat){_DECIDED_ON} (?:hanya |saja |kalau )?(?:untuk|bagi|buat|soal) (?!(?:di|me|ber|ke|pe)[a-z]{{3,}}|segera|itu\b|ini\b|tahap|langkah|tindak|saya|kami|koord|kabid|kadis|pak|bu\b|bapak|ibu|beliau|arsip|"
    rf"pimpinan)[a-z]+|\b{_DECIDED_ON} (?:hanya |saja |kalau )?(?:untuk|bagi|buat) {_OFFICE}\b|(?:^|[.,;!]) ?(?:hanya|khusus|cuma) (?:untuk|bagi|buat)\b|"
    r"(?:^|[.,;!]) ?(?:sebagian|separuh|setengah)(?: saja)?\W*(?:$|[.,;!])|"
    # both words at once, half-hearted, of another day, or meant otherwise
    rf"\b(?:ya|y|iya) ?/ ?(?:tidak|t|tdk|n)\b|\b(?:yes|y) ?/ ?no?\b|\b{_DECIDED_ON} (?:saja )?sih\b|\b(?:semalam|tadinya|awalnya|dulunya|semula|waktu itu) (?:memang )?{_DECIDED_ON}\b|\bmaksud(?:nya)?\b|"
    # somebody else is asked, or is said to have said so
    r"\b(?:di)?minta(?:kan)? (?:persetujuan |izin |keputusan |arahan |pendapat |petunjuk )?(?:ke|kepada|sama|dari) (?!(?:vendor|gudang|penyedia|pln|provider|tim|teknisi|admin)\b)|(?:^|[.,;!]) ?menurut (?!saya|kami)\w+(?: \w+)?\W*(?:$|[.;!])|"
    r"\btunggu (?:kabar|info|arahan|keputusan|instruksi|petunjuk|jawaban|konfirmasi)\w* (?:dari )?(?:saya|kami|kadis|kabid|pimpinan|pak|bu)\b|\bterserah\b"
)
"""Phrases that no licence covers: they leave every decision unclear."""
TURNING = re.compile(
    rf"\b(?:{'|'.join(word.replace('*', r'[a-z-]*') for word in WORDS_THAT_TURN)}|don'?t|isn'?t|antre dulu|(?:bisa|boleh) jadi|"
    r"silakan (?:saja )?(?:putuskan|tentukan)|kok (?!pak|bu|ya\b)\w+|darurat ?kah|"
    rf"(?:tolong|mohon|harap|minta) (?:agar |supaya )?(?:saya|kami)|(?:disetujui|di-?acc|diputuskan|didisposisi\w*)(?: oleh)? (?:(?:pak|bu|bapak|ibu) )?{_SUPERIOR}|"
    r"(?:kadis|sekdis|sekretaris|sekda|gubernur) (?:sudah |juga |pun )*setuju|untuk (?:saat ini|sekarang|hari ini)|(?:di)?rapat\w*|"
    r"jawaban (?:ini |saya |kami )?(?:untuk|buat|ke)|yang \w+(?: \w+)? saja|"
    r"(?:silakan )?(?:bapak|ibu|pak|bu|anda) (?:saja |yang |silakan )*(?:putus\w*|tentu\w*|tetap\w*|nilai|jawab)"
    r")\b|\?|\b\w+kah\b(?<!nafkah)(?<!langkah)(?<!berkah)"
)
"""Whatever of these is left over in a clause leaves the whole answer unclear."""

_BROKEN = (
    r"(?:di|ter|ber|me|men|meng|mem)?(?:akses|buka|fungsi|jalan|hidup|nyala|respon|respons|jangkau|hubung|hubungi|sambung|koneksi|login|log in|masuk|cetak|layan|layani|"
    r"gunakan|guna|pakai|operasi|pulih|pulihkan|normal|online|up|boot|stabil|transaksi|ping|tampil|kirim email|internet|jaringan|listrik|sinyal|backup|cadangan|"
    r"jalur cadangan|konek|connect|hidupkan|nyalakan|restart|remote|akses ke|kerja|bekerja|beroperasi)\w*"
)
BROKEN = re.compile(
    rf"\b(?:tidak|belum|tanpa|no)\b(?: (?:bisa|dapat|mampu|kunjung|lagi|ada|kembali|juga|mau|sempat|satu pun))* {_BROKEN}(?: (?:kembali|lagi|sama sekali))?"
    r"(?: sampai (?:sekarang|saat ini|detik ini|pagi ini|siang ini))?|"
    r"\b(?:tidak|belum) (?:bisa|dapat|mampu|berhasil) (?:kami |saya |lagi )?(?:di)?(?:tangani|atasi|selesaikan|pulihkan|perbaiki|remote|kendalikan)\w*"
    r"(?: (?:oleh )?(?:helpdesk|sendiri|kami sendiri|dari jauh|jarak jauh|dari sini|internal|secara remote))?|\btidak (?:berhasil|sanggup)\b|\bbelum ada perbaikan\b|\b(?:tidak|belum) (?:bisa|dapat) di-\w+|"
    r"\b(?:tidak|belum) ada (?:kemajuan|(?<=belum ada )perbaikan|suku cadang|alternatif|solusi|pengganti|perubahan|respon\w*|tanggapan|tanda\S*(?: \w+)?)\b"
)
"""It does not work: said of whatever failed, and no denial of the decision."""

TROUBLE = re.compile(
    r"\b(?:mati|padam|down|putus|terputus|rusak|kerusakan|lumpuh|gangguan|terganggu|error|eror|gagal|hilang|terhenti|berhenti|macet|blank|penuh|bocor|kebocoran|terbakar|"
    r"kebakaran|banjir|terendam|meledak|korslet\w*|diretas|peretasan|deface\w*|serangan|diserang|ransomware|malware|virus|hack\w*|dibobol|hang|crash|offline|timeout|"
    r"lambat|lelet|kritis|parah|terdampak|dampak\w*|berdampak|mengganggu|terenkripsi|korup\w*|corrupt\w*|antre\w*|antri\w*|terhambat|tertunda|terisolasi|overload|overheat|panas|lepas|"
    r"tersambar|petir|jatuh|patah|terpotong|tertimpa|terinfeksi|disusupi|jebol|ambruk|kacau|lemot|terblokir|expired|kedaluwarsa|genting|gawat|urgent|fatal|mendesak|"
    r"terancam|kebanjiran|tergenang|roboh|meleleh|bahaya|berbahaya|longsor|gempa|emergency|darurat|menumpuk|manual|mengeluh|keluhan|komplain|masalah|bermasalah|kendala|trouble|problem)\b"
)
_SPAN = r"(?:\d{1,3}|satu|dua|tiga|empat|lima|sepuluh|setengah|seperempat|lebih dari \w+|hampir \w+|sekitar \w+) ?(?:menit|mnt|jam|hari)"
_TERM = (
    r"(?:pukul|jam|pkl\.?|tanggal|tgl\.?|hari|\d|siang|sore|malam|maghrib|magrib|zuhur|dzuhur|asar|ashar|isya|subuh|jumat|pagi|istirahat|besok|lusa|senin|selasa|rabu|kamis|"
    r"sabtu|minggu|tengah|jam kerja|pulang|pelayanan|akhir)"
)
_DONE = r"(?:selesai\w*|tuntas|beres|rampung|normal|pulih|hidup|nyala|menyala|up|online|berfungsi|teratasi|jalan|berjalan|aman|kembali|stabil|terkendali)"
_TELL = r"(?:lapor\w*|dilaporkan|kabar\w*|dikabari|info\w*|diinfokan|hubungi|beri ?tahu\w*|sampaikan|telepon|telp|telpon|update|koordinasi\w*|eskalasi\w*|minta bantuan|ajukan)"

_DECIDE = (
    r"(?:(?:di|me|men|mem|meng|meny)?(?:setuj|jawab|putus|pasti|nilai|lanjut|proses|terus|simpul|komentar|bantu|hadir|datang|ikut|kami|saya|kata|kategori|sebut|nyata|anggap|bilang|golong|masuk|termasuk|jadi|"
    r"tentu|tugas|tangani|nangani|terima|tunggu|tunda|baca|lihat|cek|nilai|pasti|nyimpul|nentu|mutus|lama|lebih|hari|sekarang|di)\w*)"
)
_WHEN = r"(?:kalau|jika|bila|apabila|setelah|sesudah|begitu|setiap|ketika)"
ACROSS_COMMAS = (
    re.compile(rf"\b{_TELL}\b[^.;,?]{{0,60}}?\b{_WHEN}\b(?: \w+){{1,4}}"),
    re.compile(
        rf"\b{_WHEN} (?!.{{0,40}}\b(?:setuju|disetujui|diizinkan|mau|benar|memang|ya)\b)[^.;,?]{{3,50}}[\s,]+(?:maka |segera |langsung |tolong |mohon |agar |harap |baru )*{_TELL}\b"
    ),
)
"""What to tell, and when: the condition is on the telling, not on the decision."""

GOING_ON = (
    re.compile(
        r"\btadi (?=sudah|kami|tim|petugas)|\btidak ada (?:satu|seorang|sebuah) ?pun\b[^.,;]*|\bjangan (?:di)?anggap (?:biasa|enteng|remeh|sepele|ringan|main\S*)"
    ),
    re.compile(r"\bhajat hidup\b"),
    re.compile(
        r"\b(?:sudah|telah) (?:tidak|belum) (?:bisa|dapat|mampu) (?!di?(?:setuju|jawab|putus))[a-z-]+(?: dari (?:sini|jauh))?|\bjangan sampai (?:besok|sore|malam|siang|lewat)\b"
    ),
    re.compile(
        r"\b(?:hasil|setelah|sudah|tanpa|melalui|dalam) rapat\w*\b|\b(?:sudah|telah) (?:menuju|berangkat|meluncur|tiba|sampai)\b"
    ),
    re.compile(
        r"\b(?:laporan|hasil|kabar|perkembangan|progres)(?:nya)? (?:segera )?(?:saya|kami) tunggu\b|\bbukan (?:hoaks|hoax|bercanda|candaan|latihan|simulasi|uji coba|lelucon)\b"
    ),
    re.compile(
        r"\b(?:server|dns|aplikasi|sistem|layanan|jaringan|internet|situs|web\w*|portal|link|email|database|listrik|genset|ups|perangkat|switch|router|koneksi|vpn|login|user|pengguna|opd)\b(?: \w+){0,3} (?:tidak|belum) "
        rf"(?!{_DECIDE})[a-z-]+"
    ),
    re.compile(
        r"\b(?:analisis|analisa|pengecekan|pemeriksaan|verifikasi|pelacakan)(?:nya)? (?:sudah |telah )?selesai\b|\b(?:arahan|perintah|instruksi|rapat|petunjuk|disposisi|hasil)(?: \w+){0,2} (?:kemarin|tadi|sebelumnya)\b"
    ),
    re.compile(rf"\b(?:tidak|belum) (?:bisa|dapat|mampu) (?!{_DECIDE})[a-z-]+"),
    re.compile(
        r"\b(?:masyarakat|warga|pasien|pengguna|opd|publik|antrean|orang|pelanggan|wajib pajak|pemohon)(?: \w+)? menunggu\b|\b(?:di)?beri ?tahu\w*\b"
    ),
    re.compile(
        r"\b(?:tadi )?(?:tim|kami|petugas|teknisi|helpdesk)(?: teknis| kami| juga)? (?:sudah|telah) (?:ke|di|sampai|turun|cek|berada|berkoordinasi|menghubungi)\b"
    ),
    re.compile(r"\b(?:padam|mati|restart|hidup|nyala|error|reboot) sendiri\b"),
    re.compile(r"^\W*catatan\s*:"),
    re.compile(
        r"\b(?:se|satu |dua |\d )?setengah (?:jam|hari)\b|\bsetengah (?:\d{1,2}|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas)\b"
    ),
    re.compile(
        rf"\b(?:tapi|tetapi|namun) (?:tetap |masih )*(?:saja )?(?:{BROKEN.pattern}|gagal|mati|down|error|putus|sama saja|(?:tolong|mohon|harap|segera|tetap|jangan (?:lupa|sampai|lama)|hati-hati|pastikan|utamakan|laporkan)\b)"
    ),
    re.compile(r"\byang lain(?:nya)? (?:menyusul|nanti)\b|\b(?:kami|saya) konfirmasi bahwa\b"),
    BROKEN,
    re.compile(
        rf"\b{_DONE} (?:\w+ )?(?:sebelum|paling|dalam|jam|pukul|maksimal|maks|hari ini|malam ini|sore ini|siang ini|pagi ini)\b|\byang bukan prioritas\b|\bwalau\w* (?:sudah |hari |di luar )\w+\b|\bmeski\w* (?:sudah |hari |di luar )\w+\b"
    ),
    # the trouble, its time and its length
    re.compile(
        rf"\b(?:sudah|telah) (?:{_SPAN}|sejak|dari|lama|berjam\w*|panjang|banyak|menumpuk|parah|ramai|resah|protes|marah|ditunggu|mendesak|malam|sore|larut|rugi|sampai|jelas|mulai|masuk|sangat|makin|semakin|meluas|menyebar|berulang|terlalu lama)\b"
    ),
    re.compile(
        r"\b(?:sudah|telah|masih|sedang|akan|mau|bakal|sampai|hampir) (?:\w+ )?(?:mati|padam|down|putus|rusak|lumpuh|gangguan|error|gagal|hilang|terhenti|macet|penuh|bocor|terbakar|"
        r"diretas|diserang|hang|crash|offline|parah|kritis|darurat|terganggu|terdampak|terputus|kebakaran|kebanjiran|tergenang|roboh|meleleh|banjir|terendam|antre\w*|mengeluh|komplain|berdampak|lumpuh)\b"
    ),
    re.compile(
        r"\b(?:sudah|telah) (?:saya |kami |kita |tim |tim teknis |helpdesk |juga |di)*(?:di)?(?:cek|periksa|verifikasi|analisis|analisa|koordinasi|dikoordinasikan|pastikan|coba|lihat|"
        r"hubungi|konfirmasi|lihat langsung|telepon|telpon|telp|kontak|info\w*|fix|pelajari|baca|restart|remote|tinjau|uji|telusuri|lapor\w*|setuju\w*|sepakat|acc|jelas|pasti|benar|betul|tepat|sesuai|lengkap|cukup|bersama|dengan)\w*\b"
    ),
    re.compile(
        r"\b(?:setelah|sesudah) (?:kami |saya |tim |tim teknis |dilakukan |melakukan |melalui )*(?:di|me|men|ber|pen|pem|peng)*(?:cek|periksa|analisis|koordinasi|konfirmasi|verifikasi|teliti|pelajari|tinjau|restart|diskusi|rapat|konsultasi|musyawarah|periksa|uji|telusuri)\w*"
    ),
    re.compile(
        r"\b(?:tadi (?:pagi|siang|sore|malam|subuh|malamnya)|(?:sejak|dari|mulai) (?:tadi|kemarin|semalam|minggu lalu)|sejak \w+ tadi|pukul \S+ tadi|jam \S+ tadi)\b"
    ),
    re.compile(r"\bsampai (?:sekarang|saat ini|detik ini|hari ini|jam segini|pagi ini|siang ini)\b"),
    re.compile(
        r"\bmenurut (?:hemat )?(?:kami|saya|hasil|pengecekan|analisis|analisa|sop|tim|pemeriksaan|data|monitoring|helpdesk)\b|\bsaya yakin\b|\byakin (?:ini )?(?:benar )?darurat\b"
    ),
    re.compile(
        r"\b(?:opd|dinas|instansi|layanan|aplikasi|kantor|lokasi|gedung|lantai|daerah|server|wilayah|dan|antara|satu sama|unit|pihak) (?:lain|lainnya|lain-lain)\b|\bsalah (?:satu|satunya)\b"
    ),
    re.compile(
        r"\b(?:menit|jam|hari|minggu|bulan) (?:yang )?lalu\b|\bpenyebab sementara\b|\bhanya (?:kuat|tahan|cukup|bertahan|tersisa|sisa|mampu)\b|\bkurang lebih\b|\bkata (?:sandi|kunci)\b|\bdi ?mana[- ]mana\b|\btanpa (?:kecuali|ragu|menunggu|ditunda|tunda|syarat|catatan|kendala|tapi)\w*\b|\bsebagian besar\b|"
        r"\bsebentar lagi (?:banjir|habis|mati|padam)\b|\bsaat (?:ini|jam|pelayanan)\b|\bminggu (?:ini|pagi|siang|sore|malam)\b|\bbulan (?:ini|ramadan)\b"
    ),
    re.compile(
        r"\b(?:bukan|tidak) (?:\w+ )?(?:gangguan |masalah |kejadian |hal |tiket |insiden )?(?:biasa|ringan|kecil|sepele|sembarangan|main-main)\b|\bbukan main\b"
    ),
    re.compile(
        r"\btidak (?:ada )?(?:masalah|keberatan|ragu\w*|keragu\w*|diragukan|disangkal|mengapa|apa-apa|kendala|catatan|perbaikan|koreksi|revisi)(?: lagi| dari (?:saya|kami))?\b"
    ),
    # do not wait
    re.compile(
        r"\b(?:tidak|jangan)(?: (?:perlu|usah|boleh|bisa|dapat|sempat|lagi|ada|harus))* (?:di|me|men|ber)?(?:tunda|nunda|tunggu|nunggu|biarkan|abaikan|lama|larut|tawar|tolak|"
        r"rapat|rapatkan|izin|konfirmasi|surat|persetujuan|toleransi|ragu|lalai)\w*(?:-\w+)?(?: (?:lagi|waktu|rapat|izin|surat|persetujuan|konfirmasi|sampai \w+|besok|ini|kadis|kabid|saya|dulu))*\b|"
        r"\bjangan (?:lupa |sampai lupa )(?:di)?(?:lapor|kabari|info|dokumentasi|catat|koordinasi|hubungi|backup|amankan|foto|berita|bawa|cek|pastikan|update|libatkan|sertakan|hasil|beri|sampaikan|buat|jaga|utamakan|kirim)\w*[^.,;]*|"
        r"\bjangan sampai (?!sore|malam|besok|siang)[^.,;]*|\bjangan (?:lambat|telat|terlambat|lengah|panik|pakai lama)\b"
    ),
    # until when, and what to tell
    re.compile(rf"\b(?:sebelum|sampai(?: dengan)?|hingga|setelah|s\.?d\.?) (?:\w+ )?{_TERM}[\w.:]*"),
    re.compile(
        rf"\b(?:sampai|hingga|agar|supaya|biar|untuk|pastikan|harus|target\w*|kembali|segera|cepat|dapat|bisa|jadi|lekas|wajib|sudah harus|harus sudah)(?: \w+){{0,3}}? {_DONE}\b(?: (?:kembali|lagi))?"
    ),
    re.compile(
        rf"\b{_DONE} (?:\w+ )?(?:hari ini|malam ini|sore ini|siang ini|pagi ini|besok|sebelum|paling|dalam|jam|pukul|maksimal|maks|secepat\w*|segera|sekarang|tuntas|dengan|kembali|minimal|target)\b"
    ),
    re.compile(
        rf"\b(?:kalau|jika|bila|apabila|setelah|sesudah|begitu) (?:\w+ ){{1,4}}?(?:segera |langsung |tolong |mohon |agar |harap )*{_TELL}\b"
    ),
    re.compile(
        r"\b(?:hubungi|libatkan|gunakan|pakai|minta|ajukan|panggil|bantuan|vendor|cadangan|koordinasi\w*|tambah\w*|kabari|lapor\w*|sampaikan|beli|ganti)\b[^.;,]{0,40} (?:kalau|jika|bila|apabila) "
        r"(?:ada (?:kendala|hambatan|kesulitan|masalah|apa-apa|perkembangan)|(?:memang )?(?:di)?(?:perlu|butuh)\w*)|"
        r"\b(?:kalau|jika|bila|apabila) (?:ada (?:kendala|hambatan|kesulitan|masalah|apa-apa|yang kurang|perkembangan)|(?:memang )?(?:di)?(?:perlu|butuh)\w*)(?= (?:\w+ ){0,3}(?:hubungi|libatkan|gunakan|pakai|minta|ajukan|panggil|bantuan))"
    ),
    re.compile(
        rf"\b(?:nanti|besok|setelah itu|sesudah itu|setelah selesai|kemudian|lalu) (?:tolong |segera |langsung )?{_TELL}\b|\b{_TELL}(?:nya)? (?:\w+ )?(?:nanti|besok|lalu)\b|\b(?:hasil|laporan)nya (?:saya |kami )?(?:di)?tunggu\b|"
        r"\b(?:saya |kami |di)?tunggu (?:laporan|hasil|kabar|perkembangan|info|update|progres)\w*|\b(?:hasil|laporan|kabar|progres\w*)(?:nya)? (?:saya |kami |segera )?(?:di)?tunggu\b"
    ),
    re.compile(
        r"\b(?:tangani|selesaikan|amankan|pulihkan|hidupkan|nyalakan|isolasi|matikan|utamakan|dahulukan|prioritaskan|perbaiki)(?: \w+){0,2} dulu\b|\b(?:perbaikan|solusi|penanganan|jalur|secara|alternatif) sementara\b|"
        r"\bsementara (?:pakai|gunakan|alihkan)\b|\b(?:ganti|mengganti|hidupkan|nyalakan|matikan|stop|hentikan|tutup|cabut|blokir|ubah) (?:\w+ )?(?:perangkat|alat|switch|kabel|server|modul|genset|ups|ip|port|akses|akun|"
        r"sandi|password|router|layanan|koneksi|listrik|aplikasi|serangan|celah|kata sandi|unit|baterai|harddisk|disk|konektor|power|sfp)\w*"
    ),
    re.compile(
        r"\b(?:hanya|cuma) (?:tim|petugas|teknisi)\b|\bakan (?:semakin|makin|terus|berdampak|meluas|mengganggu|lumpuh|menghambat|merugikan|terhambat|lebih)\w*\b"
    ),
    re.compile(r"\bkoordinasi\w* (?:dengan|ke|sama|bersama) [\w ]{2,40}|\b(?:hidup|nyala)kan\b|\bno problem\b"),
)
"""Phrases in which a turning word turns nothing, of an answer that lets things go on."""

DENIES = re.compile(
    r"\b(?:tidak|bukan|bukanlah|belum|no|not)\b(?: (?:lah|ini|itu|termasuk|merupakan|masuk|tergolong|perlu|dalam|kategori|keadaan|kondisi|kejadian|suatu|bisa|dapat|sebagai|dianggap|dikategorikan|"
    r"dinyatakan|disebut|saya|kami|ada|yang|layak|lagi|an|hal|sampai|memenuhi|kriteria|syarat|unsur|dinaikkan|dijadikan|jadi|menjadi|naik|ke|status|gangguan|bersifat|sifatnya|sangat|terlalu|begitu|nya|lewat|jalur|prosedur|sop)){0,6} "
    r"(?:darurat|emergency|urgent|mendesak|genting|gawat|kritis|urgensi\w*|kedaruratan)\b(?: (?:lagi|do|kok|pak|bu))*"
)
"""It is no emergency."""

STAYING = (
    BROKEN,
    re.compile(r"^\W*(?:batalkan|dibatalkan|hentikan|stop)(?: saja)?\W*$"),
    re.compile(r"\bsendiri\b"),
    re.compile(
        r"\b(?:nanti|besok) (?:akan )?(?:kami|saya|helpdesk|tim|teknisi|petugas)\b|\bseperti (?:biasa|semula|sebelumnya)\b|\bmenurut (?:laporan|info|keterangan|pengakuan|pelapor|admin|pic)\b"
    ),
    re.compile(r"\b(?:di)?beri ?tahu\w*\b"),
    re.compile(
        r"\b(?:tidak|bukan|jangan)(?: (?:perlu|usah|bisa|dapat|saya|kami|layak|boleh|usahlah|lagi|untuk|ada yang perlu))* (?:di|me|men|meng)?(?:setuju|nyetuju|sepakat|sependapat|acc|lanjut|"
        r"terus|proses|tangani|tugas|nugas|disposisi|kirim|eksekusi|tindak ?lanjut|eskalasi|laksana|kerahkan|turun)\w*\b"
    ),
    re.compile(
        r"\btidak (?:ada )?(?:berdampak|terdampak|terganggu|mengganggu|menghambat|parah|luas|meluas|signifikan|gangguan|dampak|kerusakan|keluhan|perlu tim|perlu penanganan|dukungan|anggaran|indikasi)\w*\b"
    ),
    re.compile(
        r"\b(?:tidak|belum|kurang) (?:ada |cukup )?(?:jelas|lengkap|sesuai|memadai|memenuhi|cukup|akurat|valid|tepat|bukti|data|analisis|analisa|dasar|rinci|anggaran|izin)\w*\b"
    ),
    re.compile(
        r"\bbukan (?:kewenangan|tugas|ranah|tanggung jawab|wewenang|prioritas|urusan|bidang|insiden|gangguan|kejadian|masalah)\b|\bmelainkan\b|\bsedang (?:di)?(?:maintenance|pemeliharaan|perbaik\w*|tangani|"
        r"kerja\w*|proses)\b|\b(?:ganti|mengganti|ubah|salah|lupa|reset) (?:kata sandi|password|sandi|kabel|mouse|keyboard|toner|tinta|konfigurasi|setting\w*|input|alamat)\b"
    ),
    re.compile(
        r"\b(?:hanya|cuma|cuman|ganti|mengganti|penggantian|ubah|mengubah|berubah|diubah|revisi|koreksi|setengah|sudah|telah|masih|normal|pulih|selesai|aman|teratasi|beres|nyala|menyala|hidup|tutup|ditutup|sedikit|satu|only|sebagian|ditolak|tolak|menolak|biasa|saja|reject\w*|salah|keliru|tadi|lupa|kata sandi)\b"
    ),
    re.compile(
        r"\b(?:tapi|tetapi|namun) (?:tolong |mohon |tetap |cukup |agar |segera |harap )+(?!\w*darurat)\w+\b|\bmenurut (?:hemat )?(?:kami|saya|hasil|pengecekan|analisis|analisa|sop|tim|pemeriksaan|data|monitoring|helpdesk)\b"
    ),
    re.compile(
        r"\b(?:setelah|sesudah) (?:kami |saya |tim |tim teknis |dilakukan |melakukan |melalui )*(?:di|me|men|ber|pen|pem|peng)*(?:ngecek|cek|periksa|analisis|koordinasi|konfirmasi|verifikasi|teliti|pelajari|restart|tinjau|hubungi|telusuri|uji|diskusi|periksa|konsultasi|lihat|tes)\w*|\b(?:sudah|telah) (?:di)?konfirmasi\w*\b"
    ),
    re.compile(
        r"\b(?:opd|dinas|instansi|layanan|aplikasi|kantor|lokasi|gedung|lantai|komputer|pengguna|user|pegawai|ruangan|unit|yang|pihak|jaringan|jalur|perangkat|laptop|browser|cara|hal|kegiatan|alasan|melalui|lewat) (?:yang )?(?:lain|lainnya)\b|\bsalah satu\b|\b(?:tiket|laporan|insiden) lain\b|\bsalah paham\b|\b(?:di)?jadwalkan(?: ulang)?(?: \w+)? (?:besok|lusa|senin|minggu depan)\b|\b(?:besok|nanti) (?:\w+ )?(?:teknisi|petugas|helpdesk|kami|tim) (?:kami )?(?:datang|ke sana|ke lokasi|cek|perbaiki|ganti)\b|\bkata (?:sandi|kunci)\b|\bkurang lebih\b|"
        r"\b(?:setelah|sampai|sebelum|saat) (?:\w+ )?(?:pukul|jam|ini|sekarang)\b|\b(?:tadi|kemarin) (?:pagi|siang|sore|malam)\b"
    ),
    re.compile(r"\b(?:menit|jam|hari|minggu|bulan) (?:yang )?lalu\b"),
    re.compile(
        r"\b(?:kalau|jika|bila|apabila) (?:ada |masih )?(?:perlu\w*|kendala|berlanjut|berulang|terulang|muncul|terjadi|timbul)(?: \w+){0,3}"
    ),
)
"""The same of an answer that stops: denials of the thing asked, and what makes it an ordinary matter."""

OTHER_READER = re.compile(
    r"\b(?:lewat|via|pakai) (?:wa|whatsapp|telegram|pos|kurir|fax)\b|"
    r"\b(?:ke|kepada) (?!(?:(?:yth|pak|bu|bapak|ibu|plh|plt)\b\.? ?)*(?:kabid|kadis|koord\w*|kepala (?:dinas|bidang)|pimpinan|beliau|atasan|sekretaris dinas|sekdis|helpdesk|aptika|tahap|langkah|proses|depan|sana)\b)"
    r"(?!(?:yth|pak|bu|bapak|ibu)\b\.? ?(?!sekda|setda|sekretaris|asisten|gubernur|wagub|wakil|bupati|wali|camat|menteri|kapol|dirut|rektor|ketua)\w+)"
)
"""Somebody to whom no paper goes by the procedure."""

FOR_PAPER = (
    re.compile(r"\b(?:sudah|telah)\b[^.;]{3,50} (?:tadi|barusan|kemarin|tadi pagi)\b"),
    re.compile(
        r"\b(?:sudah|telah) (?:saya |kami |juga |tim |ada |di|ter)*(?:terus|sampai|kirim|terima|menerima|baca|lihat|pelajari|lapor|simak|serah|arsip|periksa|koreksi|cek|tanda ?tangan|paraf|catat|paham)\w*(?: dan \w+)?"
        r"|\b(?:sudah|telah) (?:sangat |cukup )?(?:baik|bagus|benar|sesuai|lengkap|oke?|jelas|rapi|cukup|siap|final|tepat|rinci|mantap|memadai|selesai\w*|normal|pulih|teratasi|beres|aman|tertangani|"
        r"ditangani|bekerja|diperbaiki|berjalan|kembali)\b(?: (?:kembali|dengan baik|lagi))*"
    ),
    re.compile(
        r"\b(?:tidak (?:perlu|usah|ada)|tanpa)(?: (?:lagi|yang|ada|perlu))* (?:di)?(?:perbaik\w*|revisi|koreksi|perbaikan|catatan|tambah\w*|ubah|perubahan|kurang|salah)\b(?: lagi)?|\b(?:syukur\w*|alhamdulillah)\b[^.,;]*|"
        r"\b(?:layanan|sistem|jaringan|semua\w*|server|aplikasi|gangguan)(?: \w+){0,2} (?:normal|pulih|aman|selesai|teratasi|beres|hidup|nyala)\b(?: kembali)?|\bkembali normal\b|\bagar (?:tidak|jangan) [^.,;]*|"
        r"\bsemoga (?:tidak|jangan) [^.,;]*|\bpenanganan(?:nya)? (?:selesai|beres)\b|\b(?:ke depan\w*|lain kali|berikutnya)\b"
    ),
)
"""The same of a paper that is received or passed on: the trouble may well be over."""

_NO_REASON = (
    r"keputusan|putusan|jawaban|arahan|kepastian|konfirmasi|kabar|hasil|info|masalah|keberatan|apa|tolak|ditolak|menolak|ragu|usah|perlu|mengapa|salah|jadi|tahu|tau|yakin|pasti|tidak|belum|bukan|saya|kami|hanya|cuma|saja|sekarang|dulu|hari|mungkin|berarti|boleh|lain|yang|"
    r"dibiarkan|ditunda|bisa|dapat|ada|ya|darurat|sempat|setuju|cukup|begitu|terlalu"
)
REASON = re.compile(
    rf"\b(?:tidak|belum|kurang|bukan) (?:ada |bisa |dapat |cukup |begitu |terlalu )*(?!(?:{_NO_REASON})\b)[a-z]+"
)
"""Why not, in a clause after one that has said no."""
