"""The second key: a decision that the rules read out of an answer stands only if every clause of it is accounted for.

The rules (`answer_words.py`) look for what decides; here is looked at everything else. In no clause may a word that can
turn a meaning be left over once the phrases are taken out in which it is known to turn nothing, and no clause may consist
of words that nobody knows here. What is not accounted for is asked back; nothing is ever decided here.
"""

from __future__ import annotations

import re

from parsers.mails.signoff import without_signature
from parsers.replies.answer_clauses import bare_words, plain_words
from parsers.replies.finished import is_settled
from parsers.replies.hesitation import AWAY, QUESTION, TWO_ANSWERS, UNSURE, doubt
from parsers.replies.known_words import ABOUT_IT, ABOUT_PAPER, BEFORE, COURTESY, NAMED, POLITE, SAYS_WHY, WHY_NOT
from parsers.replies.nature import OF_THE_PAPER, THING, answers_this
from parsers.replies.offered import AGAINST, WONDERS, as_offered
from parsers.replies.slips import is_known, mended
from parsers.replies.telling_words import (
    ACROSS_COMMAS,
    ALWAYS_TURNS,
    BROKEN,
    DENIES,
    FOR_PAPER,
    GOING_ON,
    OTHER_READER,
    REASON,
    STAYING,
    TROUBLE,
    TURNING,
)

_ONWARD = ("ya", "disposisi", "teruskan", "kirim", "diterima", "tugaskan")
_PAPER = ("teruskan", "kirim", "diterima")
_SPLIT = re.compile(
    r"[.;!,()\n–—…]+\s*|(?<=\?)\s+|\s-{1,9}\s|\s(?=(?:karena|sebab|sehingga|mengingat|berhubung|makanya|tapi|tetapi|namun|dan|serta)\b)"
)
_ARRANGES = re.compile(
    r"^\W*(?:siapa|kapan|berapa|apa(?:kah)? tim|tim)\b(?=.*\?$).*\b(?:berangkat|turun|tim|vendor|estimasi|lokasi|petugas|selesai|lama)\b"
)
_TWICE = re.compile(r"\b(?:tidak|bukan|belum|jangan|tanpa)\b(?:\W+\w+){0,2}?\W+(?:tidak|bukan|belum|jangan|tanpa)\b")
_PLAIN_NO = re.compile(
    r"^(?:\W*(?:jadi )?(?:jawaban|keputusan|menurut)(?:nya)?(?: dari)? (?:saya|kami)(?: adalah)?)?\W*(?:tidak|bukan|no|n|t)\b(?=\W*$|(?: (?:lah|kok|sih|mah|dong|deh|ini|bg|bang|termasuk|usah))*(?:\W*$|\W+(?:pak|bu|buk|bapak|ibu|do|perlu\W*$)\b))(?: (?:lah|kok|sih|mah|dong|deh|termasuk|usah))*"
)
_BESIDE = re.compile(
    r"^\W*(?:bagi|soal|tentang|mengenai|terkait|perihal|versi|untuk (?!di\w+|segera|ditindak|pe\w+an|me\w+|itu|kepentingan|keamanan|ke|tahap))\b|"
    r"^\W*(?:segera |akan |tetap |sedang )*di(?:monitor|pantau|cek|periksa|pelajari|analisis|tunggu|terima|catat|koordinasi\w*|komunikasi\w*|bahas|rapat\w*|tampung|pertimbangkan|telaah|kaji)\b"
)
"""About a part of it, or about having it looked into."""
_BY_OTHERS = re.compile(
    r"\b(?:oleh|biar(?:kan)?|serahkan (?:ke|kepada|pada)|urusan|tanggung jawab) (?:saja )?(?:opd|dinas|vendor|pelapor|mereka|masing\S*|yang bersangkutan|pihak|penyedia|rekanan|kominfo|pln|provider)\b"
    r"|\b(?:disetujui|di-?acc|diputuskan|didisposisi\w*)(?: oleh)? (?:(?:pak|bu|bapak|ibu) )?(?:kadis|kepala dinas|sekdis|sekretaris|sekda|gubernur|koordinator|pimpinan|atasan)\b"
)
_NOT_BY = re.compile(r"\b(?:jangan|tidak|bukan)\b[^.;]{0,300} oleh\b|\b(?:jangan|bukan) tim\b")
_TOO = re.compile(r"\b(?:bukan|tidak) (?:juga|pula)\b")
_SAID_BY = re.compile(
    r"\bmenurut (?!(?:hemat )?(?:kami|saya|hasil|pengecekan|analisis|analisa|sop|tim|pemeriksaan|data|monitoring|helpdesk)\b)"
)
_SEEKS = re.compile(
    r"\b(?:cari\w*|carikan|tentukan|pilih\w*|usul\w*|siapa\w*|yang (?:kosong|ada|bisa|piket|tersedia))\b"
)
_HAS_SENT = re.compile(
    r"\b(?:sudah|telah) (?:saya |kami )?(?:di|me|men)?(?:tugaskan|nugaskan|tunjuk|nunjuk|perintah\w*|suruh|minta|hubungi|kirim\w*|turunkan|kerahkan)\b"
)
_SIGNED = re.compile(r"\s[-–]\s?([A-Z][a-z]+)\W*$")
"""A name behind a dash at the very end."""
_PLAINLY = re.compile(
    r"\b(?:darurat|emergency|setuju\w*|disetujui|acc|sepakat|segera|approved?|agreed?|yes|tangani|ditangani|perbaiki|ditindak\w*|tindak ?lanjut\w*)\b"
)
_WAITS = re.compile(r"\b(?:di)?(?:tunggu|pantau|monitor)\b|^\W*\d+\W*$")
_PLAIN_REFUSAL = re.compile(
    r"\b(?:darurat|emergency|setuju\w*|disetujui|menyetujui|tolak|ditolak|menolak|perlu|usah)\b"
)
_ABOUT_PAPERS = re.compile(
    r"\b(?:undangan|nota|telaah\w*|rapat|bahan|kop|administrasi|notulen|jadwal|agenda|acara|upacara|seminar|kunjungan|tamu|lampiran\w*|kwitansi|spj|sppd|draft|konsep|surat (?!dinas|ini|opd|dari|permohonan))"
)
_CONSENTS = re.compile(r"\b(?:ya|iya|setuj\w*|disetujui|acc|disposisi|approved?|ok|oke|silakan|laksanakan|darurat)\b")
_OWN_DOING = re.compile(
    r"^(?:\W*(?:dan|karena|serta|pak|bu|ya|iya|betul|benar|ini|itu|juga|sebab|biar|maka|jadi|baik|siap|ok|oke))*\W*\b(?:saya|kami|kita)\b"
    r"(?!\W*$| (?:pun |juga |sangat |semua |segera |dapat |bisa |akan |tetap |terus |langsung |memang |pada prinsipnya |secara |sepenuhnya )*(?:sudah|telah|(?:me)?nyatakan|di lokasi|berada|menganggap|menuju|(?:me)?nilai|menilai|simpulkan|"
    r"menyimpulkan|putuskan|memutuskan|(?:me)?tetapkan|menetapkan|anggap|setuj\w*|menyetujui|sepakat|sependapat(?! dengan jawaban)|acc|izinkan|yakin|tunggu|pantau|dampingi|monitor|awasi|tidak|belum|bantu|"
    r"siap\w*|mohon|harap|minta (?:segera|agar|tim|koordinator)|pastikan (?:ini|bahwa)|konfirmasi bahwa|butuh|rasa|lihat|temukan|dapati|sampaikan bahwa|laporkan bahwa|perintahkan|tugaskan|instruksikan|"
    r"disposisi\w*|selesaikan|atasi|arahkan|kehilangan|mengalami|sedang (?:menuju|di lokasi|tangani|kerjakan)|tangani|kerjakan|laksanakan|dukung|mendukung|percaya|darurat|ya|percayakan|dari)\b)"
)
"""What the author himself is or does, other than deciding it, having looked at it, or helping."""
_NO_TIME = re.compile(
    r"\b(?:tidak|jangan|belum|tanpa|bukan)\b(?: \w+){0,3} (?:waktu|perpanjang\w*)\b|\?|\b(?:kalau|jika|bila|apabila|mungkin|apakah|boleh ?kah|sudah (?:selesai|normal|pulih))\b"
)
REFUSES = re.compile(
    rf"{_PLAIN_NO.pattern}|{DENIES.pattern}|\b(?:tidak|bukan|no|not) (?:saya |kami |dapat |bisa )*(?:di|me)?(?:setuju|nyetuju|sepakat|acc)\w*|"
    r"^\W*(?:mohon maaf |maaf |saya |kami )*(?:menolak|keberatan|(?:di)?tolak)\b|"
    r"^\W*(?:tidak|jangan)(?: (?:perlu|usah|boleh|bisa|dapat))* (?:(?:tim|petugas|teknisi) )?(?:di)?(?:tangani|lanjut\w*|terus\w*|proses|disposisi|tindak\w*|tugas\w*|turun\w*|laksanakan)\b"
)
"""A clause that says no."""
_YES = r"(?:ya+|iya+|iyo+|y|yes|yup|yoi|betul|benar|setuju\w*|disetujui|sepakat|sependapat|acc|a\.c\.c|ok|oke|okay|approved?|agreed?|darurat|emergency|lanju(?:t|ik)\w*|terus\w*|diteruskan|gas|go ahead|proceed|izinkan|confirmed)"
_HANDLE = (
    r"(?:(?:di|me|men|mem)?(?:tangani|nangani|perbaiki|tindak ?lanjut\w*|nindak ?lanjut\w*|kerjakan|tugaskan|nugaskan|tunjuk|turunkan|nurunkan|kerahkan|ngerahkan|laksanakan|selesaikan|nyelesaikan|lakukan|pulihkan|"
    r"mulihkan|amankan|proses|eksekusi|berangkatkan|atasi|ngatasi|isolasi|ganti|hidupkan|jalankan|tanggulangi|kirim\w*|pimpin|koordinasikan|segerakan|tanggapi)|karajoan|pelok\w*|disposisi|turun|berangkat|suruah|kerja\w*|handle|"
    r"utamakan|prioritaskan|dahulukan|silakan|segera|tolong|mohon|agar|harap|petugas|sifat|instruksi|pai)"
)
_SAYS = re.compile(
    r"\b(?:minta|meminta|bilang|ngomong|cerita|usul|mengusulkan|dengar|mendengar|ingin|menginginkan|pelapor|mereka|beliau|dia|berita|katanya|lapor|melapor|menulis|tanya|bertanya|berharap|(?<!kami )(?<!saya )menganggap|mengira)\b"
)
_SIGNS = {"ya": re.compile(rf"\b(?:{_YES}|{_HANDLE})\b"), "disposisi": re.compile(rf"\b(?:{_YES}|{_HANDLE})\b")}
_GOES_ON = re.compile(
    r"\b(?:darurat|emergency|ya|iya|iyo|y|yes|setuju\w*|disetujui|acc|approved?|oke?|lanju(?:t|ik)\w*|dilanjutkan|teruskan|diteruskan|laksanakan|langsung|gas|proceed|urgent|segera tangani)\b|^\W*disposisi(?:kan)?\b"
)
_ORDERED = re.compile(r"\b(?:agar|supaya|harap|tolong|pastikan|minta|mohon|segera)\b \w+ \w+ \w+")
_EVERY = re.compile(r"\b(?:tiap|setiap|per) (?:hari|minggu|pekan|bulan|triwulan|semester|tahun)\b")
_BY_WHEN = re.compile(
    r"\b(?:(?:hari )?(?:besok|lusa|senin|selasa|rabu|kamis|jumat|sabtu)(?: (?:pagi|siang|sore))?|(?:minggu|pekan|bulan|tahun) (?:depan|ini))\b"
)
"""Until when an order is to be done, which comes with a receipt; without an order it may put the answer off."""
_NOT_ALL_OF_IT = re.compile(
    rf"^(?!.*{THING}).*\b(?:belum|(?:tidak|kurang) (?!ada (?:masalah|catatan|kendala|perbaikan|koreksi|keberatan)|perlu|usah|keberatan))\b"
)
"""Of a paper that was received: something of it, or about it, is missing."""
_AS_ORDINARY = re.compile(
    r"\bsetuju (?:di|jadi|se|untuk)\w*(?: \w+){0,3} (?:biasa|helpdesk|tiket)\b|\bya (?:normal|aman|hidup|jalan|biasa)\b|(?<=darurat )ya (?:pak|bu|bapak|ibu)\b|\b(?:di)?(?:teruskan|lanjutkan)(?:nya)? (?:saja )?(?:ke|kepada|lewat|melalui|"
    r"sebagai) (?:admin|vendor|penyedia|provider|opd|pengelola|helpdesk|tiket|bidang|dinas|jalur)\b"
)
_BACK_TURNS = re.compile(
    r"\?|\b(?:tidak|jangan|belum|bukan|sudah|telah)\b (?:perlu |usah |ada yang |saya |kami |ada |harus )*(?:di|me|men|mem)?(?:kembali|perbaik|revisi|lengkap(?!nya)|koreksi|balik)\w*(?<!lengkap)|"
    r"\b(?:kalau|jika|bila|apabila|asal|asalkan|kecuali|mungkin|sepertinya|atau|nanti|besok|tunggu|ditunggu|tunda|apakah|apa|siapa|kenapa|mengapa|bagaimana|mana|setuju\w*|acc|oke?|diterima|"
    r"(?:di)?teruskan|kirim(?:kan)?(?= saja)|lanjut(?:kan)?|silakan|sudah (?:benar|bagus|baik|sesuai|lengkap)|darurat|coba|ragu|yakin|minta tolong|syarat|bersyarat|kata|menurut|khusus\w*|only|wait|explain|sure|eh|ralat|batal\w*)\b|[.;!,]\s*(?:ya|iya|tidak|tdk)\s*(?:$|[.;!,]|(?:untuk|bagi|yang)\b)"
)
_OF_PAPER = re.compile(
    r"\b(?:salah|keliru) (?:ketik|tulis|pencet)\b|\b(?:tidak|belum|kurang) (?:begitu |terlalu )?(?:jelas|pasti|tahu)\b(?=[^.;]*$|[.;])|\b(?:di)?(?:koreksi|ralat)\b"
)
"""What is wrong with a paper is no doubt of whoever gives it back."""
_MENDING = re.compile(
    r"\b(?:salah|keliru|kurang|seharusnya|harusnya|sebelum|sesudah|ganti|ubah|diubah|revisi|koreksi)\b"
)
_BACK_KNOWN = re.compile(
    r"\b(?:sebelum|baru|kemudian|lalu|setelah itu|agar dapat|supaya bisa|untuk) (?:saya |kami |dapat |bisa )*(?:di)?(?:teruskan|kirim|kirimkan|lanjutkan)(?: ke \w+)?\b|\blanjut(?:kan)? (?:perbaikan|revisi)\b"
)


def accounted(text: str, decision: str) -> bool:
    """Whether nothing in `text` (the author's own words) is left over that could speak against `decision`."""
    unsigned = without_signature(text.split("\n")) or text
    named = _SIGNED.search(unsigned)
    unsigned = unsigned[: named.start()] if named and not is_known(named[1].lower()) else unsigned
    words = mended(bare_words(unsigned))
    if AGAINST.search(text) and decision not in ("tidak", "kembalikan", "perbaiki"):
        return False
    if WONDERS.search(text) or text.count("*") % 2:
        return False
    if ALWAYS_TURNS.search(words):
        return False
    offered = as_offered(text, decision)
    if not answers_this(mended(plain_words(unsigned)), decision, offered=offered):
        return False
    if decision == "tidak":
        parts = clauses(words)
        plainly = offered or _PLAIN_REFUSAL.search(words) is not None
        return any(is_own(clause, REFUSES) for clause in parts) and all(
            _stays(clause, after=index > 0) and (plainly or _says_why_not(clause)) for index, clause in enumerate(parts)
        )
    if decision in ("kembalikan", "perbaiki"):
        doubted = doubt(_OF_PAPER.sub(" salah ", words)) in (TWO_ANSWERS, QUESTION, UNSURE, AWAY)
        said = re.sub(r"^\W*(?:tidak|bukan)\s*[.,;]", " ", _BACK_KNOWN.sub(" ", words))
        return not (doubted or _BACK_TURNS.search(said)) and all(_about_the_paper(one) for one in clauses(said))
    if decision == "minta_waktu":
        return not _NO_TIME.search(words) and is_settled(words)
    if decision in _SIGNS and _BY_OTHERS.search(words):
        return False
    if decision in ("teruskan", "kirim") and OTHER_READER.search(words):
        return False
    return decision in _ONWARD and _leads_on(words, decision, offered=offered)


def _leads_on(words: str, decision: str, *, offered: bool) -> bool:
    """Whether every clause of `words` lets the incident go on as `decision` says. `offered`: in the words we offered."""
    for known in ACROSS_COMMAS:
        words = known.sub(" segera lapor ", words)
    if decision == "disposisi" and _ABOUT_PAPERS.search(words) and not _CONSENTS.search(words):
        return False
    parts = clauses(words)
    signs = _SIGNS.get(decision)
    own = signs is None or any(is_own(clause, signs, to_somebody=decision == "disposisi") for clause in parts)
    strict = decision == "ya" and not (_PLAINLY.search(words) or TROUBLE.search(words) or BROKEN.search(words))
    return own and all(_goes_on(clause, decision, strict=strict and not offered, free=offered) for clause in parts)


def is_own(clause: str, sign: re.Pattern[str], *, to_somebody: bool = False) -> bool:
    """Whether the clause says so itself: nothing unknown stands ahead of its sign ("Pelapor minta dinyatakan darurat").

    An order may be addressed `to_somebody`: "Ilham tolong tangani".
    """
    found = sign.search(clause)
    if found is None:
        return False
    unknown = re.findall(r"[a-z]{2,}", BEFORE.sub(" ", NAMED.sub(" ", clause[: found.start()])))
    return len(unknown) <= (3 if to_somebody else 0) and not _SAYS.search(clause[: found.start()])


def clauses(words: str) -> list[str]:
    """The clauses of `bare_words`, as far as punctuation and conjunctions tell."""
    words = re.sub(r"\s(?=(?:alasan|catatan|instruksi|petugas|sifat|batas waktu)\s?:)", ". ", words)
    words = re.sub(r"^\W*konfirmasi\s*:|\((?:bukan|jangan|tidak) (?:\"?tidak\"?|ya)\)", " ", words)
    joined = re.sub(r"(?<=\d)[.,:](?=\d)", "", words)
    return [part.strip() for part in _SPLIT.split(joined) if re.search(r"\w", part)]


def _goes_on(clause: str, decision: str, *, strict: bool = False, free: bool = False) -> bool:
    """Whether a clause leaves `decision` standing. To a bare "ya" (`strict`) a place or a name alone adds a doubt."""
    if _ARRANGES.match(clause):
        return True
    if _TWICE.search(clause):
        return False
    if decision in _SIGNS and (_OWN_DOING.match(clause) or (decision == "ya" and _BESIDE.match(clause))):
        return False
    if strict and _WAITS.search(clause):
        return False
    if decision == "diterima" and _NOT_ALL_OF_IT.search(clause):
        return False
    rest = NAMED.sub(" ", clause)
    if decision == "tugaskan":
        if _SEEKS.search(clause):
            return False
        rest = _HAS_SENT.sub(" ", rest)
    if decision == "diterima":
        rest = _EVERY.sub(" ", rest)
        rest = _BY_WHEN.sub(" ", rest) if _ORDERED.search(clause) else rest
    before = rest
    for known in (*(FOR_PAPER if decision in _PAPER else ()), *GOING_ON):
        rest = known.sub(" ", rest)
    if TURNING.search(rest):
        return False
    about = ABOUT_PAPER if decision in _PAPER else SAYS_WHY if strict else ABOUT_IT
    return (
        free
        or decision == "tugaskan"
        or (rest != before and not strict)
        or about.search(clause) is not None
        or not re.search(r"[a-z]{2}", (POLITE if strict else COURTESY).sub(" ", rest))
    )


def _about_the_paper(clause: str) -> bool:
    """Whether a clause beside a paper that is given back says what is wrong with it, or nothing that could turn that."""
    return OF_THE_PAPER.search(clause) is not None or not TURNING.search(_MENDING.sub(" ", clause))


def _says_why_not(clause: str) -> bool:
    """Whether a clause beside a bare "tidak" is that itself, a reason, or politeness."""
    return (
        REFUSES.search(clause) is not None
        or WHY_NOT.search(clause) is not None
        or TROUBLE.search(clause) is not None
        or BROKEN.search(clause) is not None
        or not re.search(r"[a-z]{2}", POLITE.sub(" ", clause))
    )


def _stays(clause: str, *, after: bool) -> bool:
    if _TOO.search(clause) or (REFUSES.search(clause) and _SAID_BY.search(clause)):
        return False
    if _NOT_BY.search(clause) or (after and _OWN_DOING.match(clause)):
        return False
    rest = _AS_ORDINARY.sub(" ", clause)
    for known in (DENIES, *STAYING, *((REASON,) if after else ())):
        rest = known.sub(" ", rest)
    if _TWICE.search(rest) or _TWICE.search(BROKEN.sub(" ", clause)):
        return False
    rest = _PLAIN_NO.sub(" ", rest)
    return not TURNING.search(rest) and not _GOES_ON.search(rest)
