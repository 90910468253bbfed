"""The third key: an answer must answer THIS question. What would answer another one is no sign for it.

Every decision word has a nature, and whoever answers does things with words: agrees, states an emergency, orders the work,
sends somebody, passes a paper on, takes it in, gives it back, tells how the work goes. A bare consent takes its meaning from
what stands beside it; so beside it nothing may stand that belongs to another question, unless what belongs to this one is
said too. What is opposed to the decision may stand nowhere. Nothing is ever decided here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.replies.known_words import COURTESY, NAMED, POLITE

_VERB = r"(?:di|me|men|mem|meng|meny|pe|pen|pem)?"
_UPWARD = r"(?:(?:pak|bu|bapak|ibu|yth\.?|plh\.?|plt\.?) )*"
_PAPER = (
    r"(?:surat|laporan|berkas|dokumen|lampiran|foto|kop|judul|ejaan|tulis\w*|penulisan|nomor|nama|nip|jam|pukul|tanggal|waktu|kesimpulan|penyebab|bagian|halaman|redaksi|kalimat|"
    r"angka|jumlah|format|tanda tangan|ttd|tata bahasa|typo|kronologi|berita acara|analisis|analisa|uraian|tabel|judul|kesalahan|nama \w+)(?:nya)?"
)
THING = r"(?:layanan|kondisi|keadaan|data|fungsi|akses|jaringan|server|sistem|koneksi|listrik|internet|aplikasi|database|basis data|genset|kabel|perangkat|switch|router|normal|semula|gangguan)"
_NAME_OF_PAPER = re.compile(
    r"\b(?:laporan|analisis|analisa|surat|hasil|penanganan|prosedur|sop|tim|posko|genset|layanan|disposisi|lampu|dana|siaga|tanggap|nomor|kontak)(?: (?:keadaan|kondisi|layanan|gangguan|hasil|penanganan)){0,2} (?:darurat|emergency)\b(?: kondisi)?(?: layanan)?"
)
_TROUBLED = (
    r"\b(?:mati|padam|down|putus|terputus|lumpuh|terganggu|error|eror|gagal|terhenti|berhenti|macet|terbakar|kebakaran|banjir|terendam|korslet\w*|"
    r"diretas|deface\w*|serangan|diserang|ransomware|hang|crash|offline|timeout|kritis|parah|terdampak|mendesak|urgent|rusak)\b"
)

_BEFORE_A_YES = "|".join(
    rf"(?<=\b{word} )"
    for word in ("kami", "saya", "ok", "oke", "siap", "baik", "pak", "bu", "adalah", "analisis", "jawabannya")
)
CONSENT = re.compile(
    rf"(?:(?<![a-z] )|{_BEFORE_A_YES})\b(?:ya+|iya+|iyo+|y|yes|yup|yoi)\b|"
    r"\b(?:betul|benar|setuju\w*|disetujui|acc|sepakat|sependapat|approved?|agreed?|confirmed|izinkan|lanju(?:t|ik)(?:kan)?|dilanjutkan|gas|proceed|go ahead|laksanakan|tidak (?:ada )?(?:masalah|keberatan))\b"
)
"""A consent. "Ya" at the end of other words ("tugaskan Rahmat ya") is a particle."""
EMERGENCY = re.compile(rf"\b(?:darurat|emergency|genting|gawat)\b|{_TROUBLED}")
ORDER = re.compile(
    rf"\b{_VERB}(?:tangani|nangani|tindak ?lanjut\w*|nindak ?lanjut\w*|kerjakan|ngerjakan|laksanakan|eksekusi|pulihkan|mulihkan|isolasi|atasi|ngatasi|tanggulangi)\b|\b(?:karajoan|pelok\w*|handle)\b|\b(?:tidak (?:perlu|usah)|jangan) (?:di|me)?(?:nunggu|tunggu|tunda|nunda)\w*|"
    rf"\b(?:di)?perbaiki (?:segera|secepat\w*|{THING})|\bperbaikan (?:segera|secepat\w*|{THING})"
)
SENDING_OUT = re.compile(
    r"\b(?:di|me|men|meng)?(?:tugaskan|nugaskan|tugasi|tugasin|tunjuk|nunjuk|kerahkan|ngerahkan|turunkan|nurunkan|utus|berangkatkan)\b|\b(?:di|men)?disposisi(?:kan)?(?= (?:ke|kepada|untuk)? ?(?:tim|koord\w*|bidang|seksi|csirt|noc))|"
    r"^\W*disposisi\b|\b(?:petugas|pelaksana|yang (?:turun|berangkat|tugas)) ?:|\b(?:ditangani|dikerjakan|dipimpin) oleh\b|\b(?:kirim|kirimkan|mengirim) (?:tim|petugas|teknisi|orang|personel|bantuan|anggota)\b|"
    r"\b(?:tim|petugas|teknisi|personel|anggota)\b(?: \w+){0,3}? (?:segera|tolong|mohon|agar|silakan|harap|berangkat|turun|meluncur|ke lokasi|yang tangani)\b|"
    r"\b(?:pak|bu|sdr|sdri|bang|mas|mbak) (?!kabid|kadis|koord|kepala|sekretaris)\w+(?: \w+)? (?:tolong |mohon |segera |agar |silakan )+(?:tangani|berangkat|ke lokasi|turun|pimpin|perbaiki|menangani|cek)"
)
PASSING_ON = re.compile(
    rf"\b(?:di)?(?:teruskan|sampaikan(?! bahwa)|naikkan)\b|\b(?:di)?lanjut(?:kan)? (?:ke|kepada) {_UPWARD}(?:kabid|kadis|kepala|pimpinan|atasan|koord\w*)|\bforward\b|\b(?:kami|saya) laporkan ke\b"
)
SENDING = re.compile(
    r"\b(?:di|me|nge?)?(?:kirim|ngirim)(?:kan|in)?\b(?=\W*$|\W*[.,;!]|\W+(?:saja|aja|segera|sekarang|langsung|ke|kepada|pak|bu|ya|yang|setelah|laporan\w*|hasil\w*|berkas|dokumen|surat)\b)"
)
TAKING_IN = re.compile(
    r"\b(?:di)?terima\b(?! kasih)|\bmenerima\b|\b(?:sudah|telah) (?:saya |kami |sangat )*(?:di)?(?:baca|pelajari|lihat|simak|cermati)\b(?! langsung)|\bnoted\b|\bterima kasih(?: banyak)?(?: atas)?(?: \w+)? laporan\w*|\b(?:laporan|info\w*)(?:nya)? (?:lengkap|bagus|jelas)\b"
)
THANKS = re.compile(r"\b(?:terima ?kasih|makasih|mksh|trims|thanks?|thx|tks|apresiasi)\b")
GIVING_BACK = re.compile(
    rf"\b(?:di|me|men)?(?:kembalikan|ngembalikan|pulangkan)\b(?! (?:ke )?(?:kondisi |keadaan )?{THING})|\b(?:di|meng)?analisis(?:lah)? (?:ulang|kembali|lagi)\b|"
    rf"\b{_VERB}(?:perbaiki|revisi|koreksi|lengkapi|betulkan)(?:nya)?(?: (?:dulu|lagi|ulang|pada|di|untuk|yang|bagian|segera))* {_PAPER}\b|\b(?:perbaikan|revisi|koreksi)(?: (?:pada|di|bagian|untuk))* {_PAPER}\b|^\W*(?:revisi|koreksi)\b|^\W*(?:di)?perbaiki(?: (?:dulu|ya|lagi|pak|bu|saja))*\W*$"
)
GOING_ON_WITH_IT = re.compile(
    r"\b(?:sudah|telah|baru|sedang|masih|lagi|tengah|dalam) (?:\w+ )?(?:menuju|di lokasi|perjalanan|meluncur|berangkat|sampai lokasi|tiba|dikerjakan|dikerjain|diproses|proses|memperbaiki|diperbaiki|disambung|"
    r"mengganti|diganti|restore|dicek|ditelusuri|ditangani|mencari|menunggu)\b|\b\d{1,2} ?(?:%|persen)"
)
WORK_DONE = re.compile(
    rf"\b{THING}(?:nya)?(?: (?:sudah|telah|kami|selesai))* (?:di)?(?:perbaiki|ganti|sambung|pulihkan|hidupkan)\b"
)
_DOWN = re.compile(rf"\b(?:ke|kepada) ?:? ?{_UPWARD}(?:koord|helpdesk|tim|petugas|bidang|seksi|opd|pelapor)\w*")
_PAST_IT = re.compile(rf"\b(?:ke|kepada) ?:? ?{_UPWARD}(?:kabid|kadis|kepala dinas|kepala bidang)\b")
_TO_SUPERIOR = re.compile(
    rf"\b(?:di)?(?:lanjut(?:kan)?|forward|teruskan|sampaikan|naikkan|kirim(?:kan)?) (?:\w+ )?(?:ke|kepada) {_UPWARD}(?:kabid|kadis|kepala|pimpinan|atasan|sekdis)"
)
_HEARD = re.compile(
    r"^\W*(?:(?:ok|oke|pak|bu|buk|bapak|ibu|bos)\b\W*){0,4}(?:siap|baik|sip|noted|mantap|copy)\b\W*(?:(?:ok|oke|siap|pak|bu|buk|bapak|ibu|bos|86)\b\W*){0,6}$"
)


_RECEIPT = re.compile(r"^\W*(?:(?:ok|oke|okay|siap|baik|sip|noted|mantap|terima kasih|pak|bu|bapak|ibu)\b\W*){1,6}$")
_DIRECTIVE = re.compile(
    r"^\W*(?:(?:tolong|mohon|agar|harap|minta|pastikan|ke depan\w*|lain kali)\b|(?:pak |bu )?(?:kabid|koordinator|helpdesk|sekretaris)\b)"
)
"""What a superior wants done after a report that was received: a word of its own beside "Ok."."""
_REPORT_APPROVED = re.compile(
    r"\bsetuju (?:dengan )?laporan\b|\blaporan(?:nya)?(?: (?:ini|sudah|telah|saya|kami|hasil))* (?:di)?(?:benar|bagus|lengkap|sesuai|baik|periksa|teruskan|oke?|rapi)\b"
)
_FAULT = re.compile(
    rf"\b(?:{_PAPER}|data\w*|bukti)\b[^.;!?]{{0,40}}\b(?:salah|keliru|kurang|belum|tidak (?:sesuai|cocok|lengkap|jelas|benar|ada|tepat|didukung|rapi|men\w+))\b|"
    rf"\b(?:salah|keliru|kurang|belum lengkap|tidak lengkap)\b[^.;!?]{{0,30}}\b(?:{_PAPER}|data)\b"
)
OF_THE_PAPER = re.compile(
    rf"\b(?:{_PAPER}|data\w*|bukti|dampak\w*|pengguna|kantor|opd|layanan|petugas|tindakan|penanganan|hasil\w*|rinci\w*|alasan|lengkap|jelas|sesuai|cocok|kesimpulan\w*|(?:di|me|men|mem)?(?:perbaiki|kembalikan|revisi|koreksi|lengkapi))\b"
)
"""What can be wrong with a paper."""
_BACK = re.compile(
    r"\b(?:di|me|men|mem)?(?:kembalikan|ngembalikan|perbaiki|revisi|koreksi|lengkapi|betulkan)(?:nya)?\b|\bperbaikan\b|\b(?:di)?analisis (?:ulang|kembali)\b"
)
_COMMANDS = re.compile(
    r"\b(?:lanju(?:t|ik)\w*(?! (?:pemantauan|kinerja|monitor\w*))|laksanakan|(?:di)?proses|gas\w*|silakan|proceed|go ahead|segera|secepat\w*|cepat|tolong|sekarang|dukungan|bantu\w*|dilanjutkan)\b"
)
_BARE = re.compile(
    rf"{CONSENT.pattern}|{COURTESY.pattern}|{POLITE.pattern}|{_PAPER}|\b(?:sangat|segera|sekarang|saja|langsung|silakan|(?:di)?proses|selanjutnya|berikutnya|tahap|prosedur|sop|sesuai|sudah|telah|benar|"
    r"bagus|rapi|lengkap|jelas|cukup|diperiksa|periksa|dicek|cek|untuk|dari|tetap|juga|semua|nya|tanpa|tidak ada|catatan|perbaikan|koreksi|masalah|se|mah|do|lanjuik\w*|arsip\w*|diarsip\w*|kerja|kinerja|pemantauan|pertahankan|tingkatkan)\b|\d+"
)
"""What may stand beside a bare consent to a paper: consent, courtesy, and words about the paper."""


_TO_THE_TOP = re.compile(r"\b(?:mohon|tolong|minta|harap) (?:(?:pak|bu|bapak|ibu) )?(?:kabid|kadis|pimpinan)\b")
_OF_A_REPORT = re.compile(
    r"\b(?:jam|pukul|waktu) (?:mulai|selesai)(?:nya)?\b[^.;]{0,30}\b(?:salah|keliru|tidak (?:sesuai|cocok))\b|\b(?:foto|tanda tangan|kop|ejaan|nip)(?:nya)?\b[^.;]{0,30}\b(?:salah|keliru|belum|kurang)\b"
)
_DO_IT = re.compile(
    r"^\W*(?:(?:koordinator|helpdesk|pak|bu|mohon|tolong|segera)\W+){0,3}(?:tugaskan|kerahkan|tunjuk|turunkan|laksanakan|tindak ?lanjuti|tangani)\b"
)


@dataclass(frozen=True, slots=True)
class _Question:
    """Attributes:
    own: what belongs to this question.
    beside_consent: what makes another answer of a consent, unless something of this question's own is said.
    alone: what makes one where nothing consents.
    opposed: what contradicts the decision wherever it stands.
    bare: if not None, all that may stand beside a consent without anything of this question's own.
    needs_own: nothing but its own answers it.
    """

    own: tuple[re.Pattern[str], ...]
    beside_consent: tuple[re.Pattern[str], ...] = ()
    alone: tuple[re.Pattern[str], ...] = ()
    opposed: tuple[re.Pattern[str], ...] = (GIVING_BACK,)
    bare: re.Pattern[str] | None = None
    needs_own: bool = False


_OF_PAPERS = (EMERGENCY, ORDER, SENDING_OUT, GOING_ON_WITH_IT)
_QUESTIONS = {
    "ya": _Question(
        (EMERGENCY,),
        (SENDING, TAKING_IN, _REPORT_APPROVED),
        (SENDING_OUT, PASSING_ON, GOING_ON_WITH_IT, THANKS, _HEARD, _TO_THE_TOP),
    ),
    "disposisi": _Question(
        (ORDER, SENDING_OUT),
        (SENDING, TAKING_IN, _REPORT_APPROVED, _TO_SUPERIOR, _TO_THE_TOP),
        (PASSING_ON, GOING_ON_WITH_IT, THANKS),
    ),
    "teruskan": _Question((PASSING_ON, SENDING), (*_OF_PAPERS, TAKING_IN), opposed=(GIVING_BACK, _DOWN), bare=_BARE),
    "kirim": _Question((SENDING, PASSING_ON), (*_OF_PAPERS, TAKING_IN), opposed=(GIVING_BACK, _PAST_IT), bare=_BARE),
    "diterima": _Question(
        (TAKING_IN,),
        (*_OF_PAPERS, PASSING_ON, SENDING),
        opposed=(GIVING_BACK, GOING_ON_WITH_IT, WORK_DONE, _TO_SUPERIOR),
        bare=_BARE,
    ),
    "kembalikan": _Question(
        (_BACK, _FAULT), opposed=(ORDER, SENDING_OUT, GOING_ON_WITH_IT, WORK_DONE, TAKING_IN), needs_own=True
    ),
    "perbaiki": _Question(
        (_BACK, _FAULT), opposed=(ORDER, SENDING_OUT, GOING_ON_WITH_IT, WORK_DONE, TAKING_IN), needs_own=True
    ),
    "tugaskan": _Question((), (TAKING_IN, GOING_ON_WITH_IT)),
    "tidak": _Question((), opposed=(_OF_A_REPORT, _DO_IT)),
}


KNOWN = frozenset([*_QUESTIONS, "laporan", "progres", "minta_waktu"])
"""The decision words whose nature is known here."""


def answers_this(words: str, decision: str, *, offered: bool = False) -> bool:
    """Whether `words` (as of `bare_words`) that were read as `decision` answer the question of that decision.

    Args:
        offered: the word of our mail stands alone on the first line: it belongs to this question.
    """
    question = _QUESTIONS.get(decision)
    if question is None or any(sign.search(words) for sign in question.opposed):
        return question is None
    said = _NAME_OF_PAPER.sub(" ", words)
    if offered or any(sign.search(said) for sign in question.own):
        return True
    consents = CONSENT.search(said) is not None
    foreign = question.beside_consent if consents else (*question.beside_consent, *question.alone)
    if question.needs_own or any(sign.search(said) for sign in foreign):
        return False
    if decision == "diterima":
        opening, _, directive = said.partition(". ")
        if _RECEIPT.match(opening) and _DIRECTIVE.search(directive):
            return True
        if _COMMANDS.search(said) and not THANKS.search(said):
            return False
    return question.bare is None or not re.search(r"[a-z]{2}", question.bare.sub(" ", NAMED.sub(" ", said)))
