"""Whether words say that something does not work now: the words for failing, and what takes their meaning away.

"Jaringan putus" does; "rapat membahas jaringan yang putus", "tidak ada gangguan" and "akan dilakukan pemadaman" do not.
"""

from __future__ import annotations

import re

MOST_SAID = 1500
"""Characters of one statement that are looked at; what is longer is no sentence."""
_NOT = r"(?:tidak|tdk|tak|tk|ndak|indak|gak|nggak|enggak|ngga|ga|gk|kagak|belum|blm|alun|susah|sulit|sukar)"
_FUSED = r"(?:gabisa|gakbisa|ngga?bisa|gbs|ndakbisa|tdkbisa|tdk ?bs)"
_ABLE = (
    r"dapat|dpt|responsif|bisa|bs|mau|kunjung|merespons?|respons?|berfungsi|jalan|berjalan|terkirim|masuk|masuak|stabil|nyala|menyala|hidup|"
    r"iduik\w*|aktif|konek|connect|tersambung|terhubung|terkoneksi|muncul|tampil|terbuka|terbaca|terdeteksi|tersimpan|sinkron|"
    r"ke\w{4,}|update|bergerak|loading|login|log in|ter\w{4,}|di(?:akses|buka|pakai|gunakan|operasikan|hubungi|ping|remote|simpan|unggah)|"
    r"(?:ada|dapat) (?:sinyal|koneksi|internet|jaringan|suara|gambar|akses|respons?|arus|listrik|inet|wifi|data (?:yang )?masuk)"
)
_UNABLE_TO_COME = (
    r"(?!(?:\w+\s+){0,2}(?:hadir|menghadiri|mengikuti|ikut|menyampaikan|menyerahkan|mengirimkan|dipungkiri|memenuhi|masuk (?:daftar|data|kerja|kantor|sekolah|dinas|penerima)|"
    r""
    r"memberikan|membalas|menjawab|kabar|hadiah|terlepas|terbatas|terkecuali|terhingga|terhadap|tertutup|termasuk|tertentu)\b)"
)
_PREFIXES = r"(?:memper|meng|mem|men|me|pem|peng|per|pe|ke|ter|ber|di|nge)?-?"
_STEMS = (
    r"gang+u+an|ganggu\b|taganggu|tagaduah|gangguan|mati\b|mati[- ]mati|\bdown\b|padam(?!\w*\s+kebakaran)|pemadaman|lumpuh|"
    r"putu(?:s|ih)(?!an\b|kan\b|asa\b)|error|eror|rusak|lambat(?!\s+(?:tanggal|hari|pukul|jam|\d))|lambek|lelet|lemot|lamban|nge-?lag|\blag\b|"
    r"tertahan|tersendat|tersangkut|\bstuck|pending\b|\bdrop\b|muter|(?:logout|log out|keluar|mati|tertutup) sendiri|suspended|degraded|"
    r"(?:cuma|hanya) \d+(?:[.,]\d+)? ?[km]bps|hang\b|crash|freeze|macet|ngadat|kacau|offline|off line|\boff\b|blank(?! spot)|trip\b|shut ?down|restart sendiri|reboot sendiri|"
    r"henti(?!kan\b)|gagal|jebol|korsleti?n?g?|konsle[ti]\w*|terbakar|terendam|tersambar|disambar|kebanjiran|banjir\b|tumbang|"
    r"kadaluw?arsa|kedaluw?arsa|expired?|overheat|panas berlebih|alarm\b|los merah|kebocoran|bocor|dibobol|bobol\b|retas\w*|"
    r"deface\w*|hack(?:ed)?\b|\bransomware|\bvirus|malware|trojan|dibajak|disusupi|serangan (?:siber|cyber|ddos|brute|malware|ransomware|hacker|peretas)|flood\w*|enkripsi|encrypt\w*|diperjualbelikan|diambil alih|"
    r"taruhan\b|kasino|casino|togel|gacor|(?:bau|berbau) (?:sangit|gosong|hangus|terbakar)|layar (?:putih|hitam|biru)|blue ?screen|(?:berbunyi|bunyi|menyala|berputar) sendiri|mengirim (?:pesan|e-?mail|surel) sendiri|gelap\b|menghilang|dimasuki (?:orang|pihak)|dikuasai (?:orang|pihak)|diganti (?:pelaku|orang|pihak)|kecurian|dicuri|phishing|judi\b|judol|slot gacor|mencurigakan|keluar(?:2|-keluar| terus| masuk)|terlempar|mental\b"
)
_ENGLISH = (
    r"(?:fiber|cable|fo) cut|not (?:accessible|working|responding|reachable|available)|unreachable|unable to|cannot|can't|doesn't work|went down|is down|unavailable|"
    r"out of service|outage|is broken|failed|disconnected|time ?d? ?out|packet loss|no (?:signal|internet|connection)|refused|"
    r"nxdomain|not found|forbidden|err_\w+|request timed|rto\b|"
    r"(?:error|http|kode|status|code|muncul|pesan)\W{1,3}(?:40[34]|50[0234])\b|\b50[0234] (?:internal|bad|service|gateway)"
)
_STRONG = re.compile(
    rf"(?<![^\W\d_])(?:{_PREFIXES}(?:{_STEMS})|{_ENGLISH}|{_FUSED}\b|{_NOT}\s+{_UNABLE_TO_COME}(?:\w+\s+){{0,2}}?(?:{_ABLE}))",
    re.IGNORECASE,
)
_WEAK = re.compile(
    r"(?<![^\W\d_])(?:ter)?(?:kendala|bermasalah|masalah|trouble|perbaikan|h?ilang\b|gosong|hangus|akses (?:ilegal|tidak sah)|keluhan|insiden|tidak normal|abnormal|"
    r"naik terus|penuh\b|kosong\b|tertukar|tiruan\b|menyerupai|mencatut|komplen|komplain|berubah (?:tampilan|menjadi|jadi)|tersebar|beredar|dijual|viral|asap\b|percikan|rembes|merembes|menetes|kemasukan air|air masuk|petir|gempa|(?<!pemadam )kebakaran(?! hutan| lahan)|palsu\b|mengatasnamakan|longsor|anomali|"
    r"diblok\w*|blacklist\w*|blocked|"
    r"berganti menjadi|terkunci|locked|"
    r"(?:ditolak|invalid|tidak valid)|berulang kali|peringatan|warning|terdampak|aneh)",
    re.IGNORECASE,
)
"""Words that also occur where nothing fails: they count where a service stands beside them."""
_NEGATION = re.compile(
    rf"\b{_NOT}\s+{_UNABLE_TO_COME}(?!hanya|perlu|usah|terlalu|lupa|ada biaya|keberatan|wajib)\w+", re.IGNORECASE
)
_WORKING = re.compile(
    r"\bnormal\b(?<!tidak normal)(?<!tdk normal)|berfungsi baik|(?<!tidak )(?<!tdk )(?<!kurang )\bstabil\b|\blancar|\baman\b(?! siber)|menyala(?<!tidak menyala)|"
    r"masih (?:bisa|dapat|diterima|aktif|jalan|berfungsi)|\b(?:ok|oke)\b|"
    r"(?:tidak|tdk|tanpa) (?:ada |mengalami )?(?:masalah|kendala|gangguan|terpengaruh|terdampak|hambatan)|"
    r"sudah (?:pulih|bisa|up|normal|teratasi|tertangani|selesai|hidup|nyala)|\bkecuali\b|(?:telah|sudah|keduanya telah) (?:tertangani|teratasi|pulih|diselesaikan|ditangani)|"
    r"scanned (?:for|by)|virus[- ]free|bebas (?:dari )?(?:virus|gangguan)|end-to-end|tidak (?:mengandung|ditemukan) virus",
    re.IGNORECASE,
)
_CONDITIONAL = re.compile(
    r"\b(?:kalau|jika|jikalau|apabila|bila|bilamana|seandainya|sewaktu-waktu|(?:agar|supaya) (?:[^.;,]{1,40} )?(?:tidak|tdk|tak)|dikhawatirkan|khawatir|"
    r"(?:untuk|guna|dalam rangka) (?:mencegah|mengantisipasi|menghindari|antisipasi)|mencegah|mengantisipasi|menghindari|berpotensi|risiko)\b",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    r"\b(?:rekap\w*|statistik|riwayat|rapat|rakor|diskusi|agenda|bimtek|pelatihan|webinar|simulasi|sosialisasi|evaluasi|materi|tema|topik|membahas|bertema|"
    r"bertajuk|bertopik|prosedur|sop|panduan|mekanisme|alur|tips|tren|cara)\s+"
    r"(?:(?!mengalami|terjadi|ada\b|karena|krn|akibat|kami|terhenti)[\w/-]+\s+){0,5}?"
    r"(?=gang+uan|kendala|insiden|serangan|ransomware|peretasan|kebocoran|malware|phishing|pemadaman|masalah|darurat)[^.;,]*",
    re.IGNORECASE,
)
"""A meeting on outages, a procedure for them: what stands behind is a topic."""
_NO_MATTER = re.compile(
    r"https?://\S+|www\.\S+|\b(?:maaf|izin|ijin|permisi)\b\W+(?:\w+\W+){0,2}?(?:meng)?ganggu\w*|mengganggu (?:waktu|bapak|ibu|pak|bu)\b",
    re.IGNORECASE,
)
"""An address; a writer who is sorry to disturb."""
_PLANNED = re.compile(
    r"\bakan\s+(?:\w+\s+){0,3}(?:pemadaman|pemeliharaan|perbaikan|maintenance|pemindahan|terputus|terhenti|terganggu|padam|offline|down|mati|kadaluw?arsa|kedaluw?arsa|expired?|berakhir|habis)|"
    r"(?:pemadaman|pemeliharaan|maintenance|perawatan)\s+(?:\w+\s+)?(?:terjadwal|rutin|berkala|terencana)|"
    r"(?:jadwal|rencana|scheduled|planned)\s+(?:\w+\s+)?(?:pemadaman|pemeliharaan|maintenance|perbaikan|downtime|outage)",
    re.IGNORECASE,
)

NO_ABBREVIATION = (
    r"(?<!\b[Jj]l)(?<!\b[Ss]dr)(?<!\b[Ss]dri)(?<!\b[Nn]o)(?<!\b[Ll]t)(?<!\bdr)(?<!\b[Yy]th)(?<!\b[Kk]ab)(?<!\b[Pp]rov)(?<!\b[Gg]d)"
    r"(?<!\ba\.n)(?<!\b[Dd]rs)(?<!\b[Dd]ra)(?<!\bIr)(?<!\b[Pp]rof)(?<!\bdrg)(?<!\bdrh)(?<!\bHj)(?<!\b[Bb]pk)(?<!\bTk)(?<!\bs\.d)(?<!\bu\.p)(?<!\bRp)"
)
SENTENCE_END = re.compile(
    rf"(?<=[a-z)\"”]){NO_ABBREVIATION}[.!?]\s+(?=[A-Z\"“])",
)
"""Where one sentence ends in running text; "Jl. Sudirman" goes on."""


def statements(text: str) -> list[str]:
    """Sentences and half sentences: one statement each."""
    return [part for sentence in sentences(text) for part in half_sentences(sentence)]


def sentences(text: str) -> list[str]:
    """Whole sentences; lines that merely wrap are joined."""
    flowing = re.sub(r"(?<![.:;!?\n])\n(?=[a-z])", " ", text)
    return [part for part in re.split(rf"[;!?\n]|{NO_ABBREVIATION}\.(?=\s|$)", flowing) if part.strip()]


def half_sentences(sentence: str) -> list[str]:
    """The statements of one sentence, in order."""
    parts = re.split(
        r",(?=\s)(?![^()]{0,300}\))|(?=\b(?:namun|tetapi|tapi|sedangkan|padahal|sementara itu|sehingga|akibatnya|maka)\b)",
        sentence,
    )
    return [part for part in parts if part.strip()]


def fails(statement: str) -> bool:
    """Whether one statement says, of now and without an if, that something does not work."""
    return bool(failure(statement)) and not _WORKING.search(statement)


def failure(statement: str) -> str:
    """ "strong", "weak" or "": the word for failing in one statement that is neither an if, a plan nor a topic."""
    statement = statement[:MOST_SAID]
    if _CONDITIONAL.search(statement):
        return ""
    said = _TOPIC.sub(" ", _PLANNED.sub(" ", _NO_MATTER.sub(" ", statement)))
    return "strong" if _STRONG.search(said) else "weak" if _WEAK.search(said) else ""


def first_failure(text: str) -> int:
    """Where the first strong word for failing stands; the length of `text` where there is none."""
    match = _STRONG.search(text)
    return match.start() if match else len(text)


def has_topic(text: str) -> bool:
    """Whether a failure is spoken of at all, and be it only as a topic."""
    return _STRONG.search(text) is not None or _WEAK.search(text) is not None


def denies(statement: str) -> bool:
    """Whether one statement says that something is not so; of a service that is seldom good news."""
    return (
        _NEGATION.search(statement) is not None
        and not _CONDITIONAL.search(statement)
        and not _WORKING.search(statement)
    )


def is_working(statement: str) -> bool:
    """Whether one statement says that something works."""
    return _WORKING.search(statement) is not None


def has_symptom(text: str) -> bool:
    """Whether `text` says, of now and without an if, that something does not work."""
    return any(fails(statement) for statement in statements(text))
