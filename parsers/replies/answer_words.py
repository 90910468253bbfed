"""The decision words of our mails, said as offered or in everyday Indonesian."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from parsers.replies.answer_clauses import bare_words, plain_words, without_greeting
from parsers.replies.finished import is_settled
from parsers.replies.handling_report import read_report
from parsers.replies.hesitation import QUESTION, TWO_ANSWERS, doubt
from parsers.replies.orders import assignee
from parsers.replies.polarity import Polarity, polarity
from parsers.replies.slips import mended
from parsers.replies.telling_words import ALWAYS_TURNS
from parsers.replies.work_told import work_told

_WORDS = {
    "ya": r"ya|y|iya|iyo",
    "tidak": r"tidak|tdk|bukan darurat",
    "teruskan": r"teruskan|diteruskan|(?:sudah|telah) (?:saya |kami |di)?teruskan|terusin",
    "disposisi": r"disposisi(?=\s*(?:$|[:.,;!\n*–-])|\s+(?:ke|kepada|untuk)\s+(?:tim|koord\w*|bidang|seksi|csirt|noc)\b)",
    "tugaskan": r"tugaskan|menugaskan|ditugaskan|tunjuk",
    "laporan": r"laporan|lapor",
    "progres": r"progres\w*|progress|update|kemajuan",
    "minta_waktu": r"(?:minta|mohon|butuh|perlu) (?:tambahan |perpanjangan |penambahan )?waktu|perpanjang\w*",
    "kirim": r"kirim|kirimkan|dikirim",
    "perbaiki": r"(?:perlu |mohon |harus |tolong )?(?:di)?(?:perbaiki|revisi|koreksi|ralat)|perbaikan",
    "kembalikan": r"(?:saya |laporan |kami )?(?:di)?kembalikan|(?:perlu |mohon |harus |tolong )?(?:di)?(?:perbaiki|revisi|lengkapi)",
    "diterima": r"diterima|terima(?! kasih)|(?:sudah|telah) (?:saya |kami )?(?:di)?terima|laporan(?:nya)? (?:sudah |telah )?(?:saya |kami )?(?:di)?terima",
}
_GOES_ON = ("ya", "teruskan", "disposisi", "kirim", "diterima")
GOES_BACK = ("tidak", "kembalikan", "perbaiki")
_BACK_WORDS = re.compile(
    r"\b(?:(?:di)?kembalikan|(?:di)?perbaiki|diperbaiki|direvisi|revisi|dikoreksi|dilengkapi|lengkapi|perbaikan|masih (?:salah|keliru|kurang))\b"
)
_RETURNED = re.compile(r"\b(?:di)?kembalikan\b|\b(?:di)?analisis(?:lah)? (?:ulang|kembali)\b")
_NEGATED = re.compile(r"\b(?:tidak|belum|jangan|bukan|tanpa|batal)\b")
_NOT_NEGATED = re.compile(
    r"\b(?:tidak ada|tanpa) (?:masalah|catatan|perbaikan|koreksi|kendala|keberatan|revisi)\b|\btidak (?:perlu|usah) (?:diperbaiki|revisi|ada perbaikan)\b|"
    r"\bjangan (?:lupa|sampai|di?tunda|lama)\b"
)
_FILLED_LABEL = re.compile(r"^\s*(?:analisis|alasan|catatan|instruksi|yang perlu diperbaiki)\s*:\s*", re.IGNORECASE)
_DONE = r"\b(?:sudah|telah)\b(?: \w+){0,3} (?:di|me|ku)?(?:%s)\w*|\b(?:saya|kami) (?:%s)\w*"
_ACKNOWLEDGED = {
    "diterima": _DONE % ("terima|baca|lihat|pelajari|simak", "terima")
    + r"|\bterima kasih\b|^\W*(?:ok|oke|baik|siap|noted|sip|mantap)\b",
    "teruskan": _DONE % ("teruskan|sampaikan|kirim|lapork|laporkan|serahkan", "teruskan|sampaikan|laporkan|kirimkan")
    + r"|^\W*(?:ok|oke|ya|baik|siap|silakan|mohon|setuju|lanjut|(?:sudah )?(?:sesuai|benar|lengkap|baik))\b(?:\W+\w+){0,3}?\W+(?:di)?(?:teruskan|lanjut(?:kan)?|sampaikan)\b|^\W*(?:di)?sampaikan\b",
    "kirim": _DONE % ("kirim|sampaikan", "kirim")
    + r"|^\W*(?:ok|oke|ya|baik|siap|silakan|setuju|(?:sudah )?benar|(?:sudah )?sesuai|lengkap)\b(?:\W+\w+){0,3}\W+(?:di)?kirim(?:kan)?\b",
}
_UNDERWAY = re.compile(
    r"\b(?:masih|sedang|lagi|tengah|baru|dalam)\b(?: \w+){0,2} (?:di|me|ber)?(?:kerja|proses|jalan|sampai (?:di |ke )?(?:lokasi|tempat|sana|gedung|kantor|dinas|rsud)|tangan|perbaik|perjalanan|menuju|lokasi|(?:tunggu|nunggu)(?! (?:sk|surat|arahan|keputusan|persetujuan|petunjuk|disposisi|izin|jawaban|giliran|dokter|mutasi|gaji|jemputan)\b)|cari|ncari|lacak|sambung|"
    r"ganti|restore|pulih|cek|periksa|uji|telusur|selidik|identifikasi|analisis|koordinasi|pasang|tarik|narik|troubleshoot\w*|splic\w*|trobel|bongkar|install|instal|konfigurasi|setting|migrasi|bersih|pindah|recover|rebuild|scan|usaha|upaya)\w*|\bprogres\w*|\b\d{1,2} ?(?:%|persen)|\bproses pe\w+an\b|\bmenunggu (?:alat|suku cadang|vendor|teknisi|pln|spare)\w*"
)
_NOT_BACK = re.compile(
    r"\b(?:tidak|belum|jangan|bukan)\b(?: (?:perlu|usah|harus|ada|saya|kami|dulu))* (?:di|me|men|mem)?(?:kembali|perbaik|revisi|lengkapi|koreksi)\w*"
)
_NOT_BEGUN = re.compile(
    r"\b(?:besok|lusa|nanti|senin|minggu depan)\b(?: \w+){0,2} (?:baru|kami|akan|bisa)\b|\bbaru (?:bisa|dapat|akan|mau) (?:\w+ ){0,3}(?:besok|nanti|lusa|senin)\b"
)
_MORE_TIME = re.compile(
    r"\b(?:minta|mohon|butuh|perlu)\b(?: \w+){0,2} (?:waktu|perpanjangan)\b|\b(?:minta|mohon|butuh|perlu) (?:tambahan|tambah|extra|ekstra) (?:\w+ )?(?:menit|jam)\b|\b(?:tambahan|perpanjangan|tambah) waktu\b"
)


def by_keyword(text: str, accepted: Sequence[str]) -> tuple[str, str]:
    """The offered word that opens the answer, and what follows it; ("", text) if none does or something speaks against it."""
    bare = re.sub(r"^[\W_\d]+(?=[A-Za-z])", "", text)
    bare = without_greeting(bare) or bare
    bare = re.sub(r"^(?:jawaban|keputusan|hasil analisis|balasan)\s*[:=]\s*", "", bare.lstrip(), flags=re.IGNORECASE)
    for decision in (word for word in accepted if word in _WORDS):
        pattern = _WORDS[decision]
        match = re.match(rf"^\W*(?:{pattern})\b[\s:.,;!*_\"-]*", bare, re.IGNORECASE)
        if not match or (decision == "kembalikan" and "tidak" in accepted and not _RETURNED.search(match[0].lower())):
            continue
        rest = bare[match.end() :]
        if decision in ("ya", "tidak"):
            # "Ya, tapi bukan darurat" and "Tidak ada masalah, lanjutkan" open with one word and mean another.
            wanted = Polarity.YES if decision == "ya" else Polarity.NO
            if polarity(text) is not wanted:
                return "", text
            rest = re.sub(r"^(?:bukan\s+)?darurat\b[\s.,:;-]*", "", rest, flags=re.IGNORECASE)
        elif not _stands(decision, plain_words(bare), rest):
            return "", text
        return decision, rest
    return "", text


def by_meaning(text: str, accepted: Sequence[str], sent: datetime) -> str:
    """Everyday words. An answer that would need guessing gives ""."""
    words = bare_words(text)
    if "laporan" in accepted:
        return _from_the_team(text, words, sent)
    if "tugaskan" in accepted:
        said = re.sub(r"^\W*(?:petugas|pelaksana)\b\W*", "", words)
        return "tugaskan" if assignee(text) and not doubt(said) and not _is_negated(said) else ""
    sign = polarity(text)
    if "tidak" not in accepted:  # the paper's slips are no slip of the author's
        words = re.sub(r"\b(?:salah|keliru) (?:ketik|tulis|pencet)\b", "salah", words)
    back = next((decision for decision in GOES_BACK[1:] if decision in accepted), "")
    # Of a disposition, "perbaiki" orders the work itself; only a paper is corrected.
    goes_back = _RETURNED if "tidak" in accepted else _BACK_WORDS
    if back and goes_back.search(_NOT_NEGATED.sub(" ", words)):
        # "Baik, tapi mohon diperbaiki" both goes on and goes back; "Mohon diperbaiki dulu, jam salah" only goes back.
        clean = not re.match(r"^\W*(?:ya|ok|oke|baik|siap|setuju|acc|teruskan|kirim)\b", words)
        plain = clean and not _asks_or_slips(words) and not _NOT_BACK.search(words)
        mended = re.search(r"\b(?:sudah|telah) (?:di)?(?:perbaiki|revisi|lengkapi|kembalikan)", words)
        if "tidak" in accepted and re.match(r"^\W*tidak\W*[.,;]", words) and not _asks_or_slips(words):
            return "tidak"
        return "" if mended or not plain else back
    if sign is Polarity.NO:
        if {"teruskan", "kirim", "diterima"} & set(accepted) and not re.match(
            r"^\W*(?:tidak|bukan|tdk)\W*(?:$|[.,;])|.*\btolak\b", words
        ):
            return ""
        return next((decision for decision in accepted if decision in GOES_BACK), "")
    onward = next((decision for decision in accepted if decision in _GOES_ON), "")
    if sign is Polarity.YES and not (_is_negated(words) and onward in _ACKNOWLEDGED):
        return onward
    return onward if _acknowledged(onward, words) or _acknowledged(onward, plain_words(text)) else ""


def is_underway(text: str) -> bool:
    """Whether the work goes on: what is called a report is none yet."""
    return _UNDERWAY.search(plain_words(work_told(text))) is not None


def tells_of_work(text: str, decision: str, sent: datetime) -> bool:
    """Whether the answer of a team says of its work what `decision` (laporan or progres) claims."""
    words = mended(bare_words(text))
    if ALWAYS_TURNS.search(words) or doubt(words) in (QUESTION, TWO_ANSWERS) or not is_settled(words):
        return False
    told = work_told(text)
    if decision == "progres":
        named = re.match(rf"^\W*(?:{_WORDS['progres']})\b", plain_words(told)) is not None
        return len(re.findall(r"\w+", told)) > 1 if named else is_underway(text)
    report = read_report(told, sent)
    return report.is_report or report.status in ("selesai", "sementara")


def tidy(rest: str) -> str:
    """The words after the keyword, without the labels our own draft answer put there."""
    lines = [_FILLED_LABEL.sub("", line) for line in rest.strip().split("\n")]
    return "\n".join(line for line in lines if line.strip()).strip()


def _stands(decision: str, words: str, rest: str) -> bool:
    """Whether nothing after the keyword takes it back."""
    following = plain_words(rest)
    if _asks_or_slips(words) or rest.strip().startswith("?"):
        return False
    if decision in ("laporan", "progres", "minta_waktu"):
        return not re.search(r"\b(?:menyusul|nanti)\b", following) or len(following.split()) > 8
    if decision in ("kembalikan", "perbaiki"):
        return not re.search(
            r"\b(?:tidak|jangan|belum) (?:perlu |usah )?(?:di)?(?:kembalikan|perbaiki)\b|\b(?:teruskan|kirim) saja\b",
            following,
        )
    if decision in ("teruskan", "kirim", "diterima") and _BACK_WORDS.search(_NOT_NEGATED.sub(" ", following)):
        return False
    if decision == "diterima":
        turn = re.search(r"\b(?:tapi|tetapi|namun|kecuali|asal\w*)\b", following)
        lacks = turn and re.search(r"\b(?:tidak|belum|kurang|salah)\b", following[turn.end() :])
        return not lacks and not doubt(words)
    taken_back = re.search(
        r"\b(?:jangan dulu|batal|tidak jadi|(?:ke|oleh) siapa)\b|^\W*(?:oleh |ke )?siapa\b|^\W*(?:nya )?(?:nanti|besok|menyusul|belum)\b",
        following,
    )
    return not taken_back and not doubt(words) and polarity(f"setuju. {rest}") is not Polarity.NO


def _asks_or_slips(words: str) -> bool:
    return doubt(words) in (QUESTION, TWO_ANSWERS)


def _is_negated(words: str) -> bool:
    return _NEGATED.search(_NOT_NEGATED.sub(" ", words)) is not None


def _acknowledged(onward: str, words: str) -> bool:
    """Receipt and passing on are confirmed in many words; none of them decides anything else."""
    if onward not in _ACKNOWLEDGED or doubt(words) or _is_negated(words):
        return False
    return re.search(_ACKNOWLEDGED[onward], words) is not None


def _from_the_team(text: str, words: str, sent: datetime) -> str:
    report = read_report(text, sent)
    if _asks_or_slips(words):
        return ""
    if re.match(r"^\W*lapor(?:an)?\b", words) and not report.is_report:
        return ""
    if _NOT_BEGUN.search(words):
        return ""
    if _MORE_TIME.search(words):
        return "minta_waktu"
    if report.status in ("selesai", "sementara", "gagal") and report.actions:
        return "laporan"
    return "progres" if report.status == "proses" and is_underway(text) else ""
