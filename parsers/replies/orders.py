"""What an official orders, and whom: the author's own words, without the sign and without courtesy."""

from __future__ import annotations

import re

from parsers.replies.known_words import COURTESY
from parsers.replies.slips import is_known

_SIGN = re.compile(
    r"^\W*(?:(?:ya|iya|iyo|y|ok|oke|okay|setuju|disetujui|acc|siap|baik|disposisi|tidak|tdk|terima kasih|diterima|teruskan|kirim|tugaskan(?=\s*:)|bukan darurat|"
    r"darurat|lanjut(?:kan)?|silakan|betul|benar|sudah saya terima|laporan (?:sudah |telah )?(?:saya |kami )?(?:di)?terima)\b(?=\W|$)"
    r"(?:\s+(?:pak|bu|saya setuju))?\s*(?:[.,:;!–-]+\s*|$)|(?:ya|ok|oke|setuju|acc),?\s+(?=(?:tolong|mohon|segera|tugaskan|tunjuk|agar)\b))+",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^\s*(?:instruksi|petunjuk|arahan|catatan|perintah|disposisi|petugas|pelaksana|isi disposisi|batas waktu|tenggat)\s*:\s*",
    re.IGNORECASE,
)
_STAFF_LABEL = re.compile(
    r"^\s*(?:petugas|pelaksana|ditugaskan|tim|diteruskan kepada(?: sdr\.?:?)?)\s*:\s*(.+?)(?:\.\s|\.?$)", re.IGNORECASE
)
_VERBS = (
    r"(?:tangani|perbaiki|tindak ?lanjut\w*|kerjakan|tugaskan|tunjuk|turunkan|kerahkan|laksanakan|selesaikan|lakukan|pulihkan|amankan|proses|matikan|hidupkan|"
    r"lapor(?:kan)?|pastikan|koordinasi(?:kan)?|kirim(?:kan)?|cek|periksa|pasang|ganti|siapkan|utamakan|prioritaskan|dahulukan|isolasi|hubungi|kabari|"
    r"libatkan|buat(?:kan)?|lengkapi|jaga|awasi|pantau|alihkan|gunakan|pakai|beri(?:kan)?|informasikan|infokan|sampaikan|tutup|restart|evaluasi|usulkan|"
    r"jadwalkan|arsipkan|catat|dokumentasikan|pindahkan|aktifkan|blokir|backup|cadangkan|dampingi|jangan|cabut|hentikan|ajukan|carikan|upayakan|bantu|"
    r"adakan|tambah|naikkan|turun|susun|lampirkan|telusuri|monitor|standby|bentuk|minta|panggil|bawa|ambil|segerakan|percepat|tuntaskan)"
)
_ORDER = re.compile(
    rf"(?:^\W*|[,;:]\s*|\b(?:dan|serta|lalu|kemudian|mohon|tolong|segera|agar|harap|supaya|untuk|silakan|langsung|dulu|saja)\s+)(?:di)?{_VERBS}(?:lah)?\b|"
    r"\b(?:mohon|tolong|harap|agar|segera|supaya)\b\s+\w+",
    re.IGNORECASE,
)
_TERM = re.compile(
    r"^\W*(?:selesai\w*|paling|maksimal|maks|batas|tenggat|target|waktu|sebelum|dalam|selambat\S*|deadline|harus|hari ini|sore ini|besok|lapor\w*|tuntas\w*|"
    r"ditunggu|saya tunggu|hasil\w* (?:saya )?(?:di)?tunggu)\b",
    re.IGNORECASE,
)
_REASON = re.compile(r"^\W*(?:alasan|karena|krn|sebab|hal ini|analisis)\b", re.IGNORECASE)
_COURTESY = re.compile(r"^\W*(?:mohon|tolong|harap|agar|silakan|untuk)\s+", re.IGNORECASE)
_BARE_GO = re.compile(
    r"^\W*(?:segera )?(?:lanjut(?:kan)?|laksanakan|proses|tindak ?lanjuti|ditindak ?lanjuti|silakan|tutup saja|tangani|kerjakan)(?: (?:saja|segera|sesuai (?:prosedur|sop)))?\W*$",
    re.IGNORECASE,
)
_TITLE = r"(?:(?:pak|bu|bapak|ibu|sdr\.?i?|saudara|tim(?: teknis)?|koord(?:inator|\.)?|kabid|kadis|kasi|sekretaris|helpdesk|petugas|csirt|bidang|mas|mbak|bang)\b\.?\s*)"
_NAME = r"(?:[A-Z][\w.’'-]*+)"
_WHO = rf"(?:{_TITLE}+(?:{_NAME}\s?)+(?:(?:dan|&|,|bersama)\s*{_TITLE}*(?:{_NAME}\s?)+){{0,9}}|{_NAME}(?:\s{_NAME}){{0,3}}(?:\s{{0,9}}(?:dan|&|bersama)\s*{_TITLE}*{_NAME}(?:\s{_NAME}){{0,3}}){{0,9}})"
_WHO_LOWER = r"(?:(?:tim|koordinator|koord\.?|pak|bu|sdr\.?)\s+[\w-]+(?:\s+(?:pusat data|data|teknis|jaringan|server|aplikasi|keamanan))?(?:\s+dan\s+(?:(?:tim|pak|bu)\s+)?[\w-]+)?)"
_ASSIGNED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?i:\b(?:tugaskan|tugasi|tugasin|tunjuk|menugaskan|ditugaskan|tugas kepada|kerahkan|turunkan|utus|perintahkan|berangkatkan))(?i:\s+kepada)?\s+(?P<who>{_WHO}|(?i:{_WHO_LOWER}))",
        rf"(?i:\b(?:oleh|kepada|ke|untuk))\s+(?P<who>{_WHO}|(?i:{_WHO_LOWER}))(?:\s{{0,9}},)?\s{{1,40}}(?i:agar|untuk|supaya|segera|tangani|{_VERBS})\b",
        rf"^\W*(?i:yang|yg)\s+(?i:turun|berangkat|tugas|bertugas|menangani|tangani|ke lokasi)\W+(?P<who>{_WHO}|(?i:{_WHO_LOWER}))(?:,\s*{_NAME})?",
        rf"^\W*+(?:(?i:tolong|mohon|harap|agar|silakan)\s*+)?(?P<who>{_WHO}|(?i:{_WHO_LOWER}))(?:\s{{1,9}}ya\b)?(?:\s{{0,9}}[,:])?\s{{1,40}}(?i:ditugaskan|mohon|tolong|segera|agar|untuk|supaya|harap|yang|yg|silakan|ke lokasi|{_VERBS})\b",
        rf"(?i:\bditangani|dikerjakan|diperbaiki|dilaksanakan|dipimpin)\s+(?i:segera )?(?i:oleh)\s+(?P<who>{_WHO}|(?i:{_WHO_LOWER}))",
        rf"(?i:\b(?:tolong|mohon|harap|agar))\s+(?P<who>{_WHO}|(?i:{_WHO_LOWER}))\s+(?i:{_VERBS}|berangkat|meluncur)\b",
    )
)
_NOBODY = re.compile(
    r"^(?:yg|yang|segera|mohon|tolong|agar|untuk|setuju|ya|ok|acc|baik|siap|yth|terima|jika|bila|kalau|disposisi|lanjutkan|tim teknis|tim|petugas|staf|pak|bu|bapak|ibu|"
    r"yang bersangkutan|prioritaskan|pastikan|laporkan|semua|siapa|lokasi|koordinasi\w*|matikan|jangan|hasil|saya|dinas \w+|darurat|tangani|perbaiki|tindak\w*|"
    rf"{_VERBS}(?:\s.*)?)$",
    re.IGNORECASE,
)

_RANK = re.compile(r"^(?:(?:pak|bu|bapak|ibu|bpk|sdri?\.?|saudara|mas|mbak|bang|uda|uni|yth\.?)\s+)+")
_NO_TEAM = re.compile(
    r"(?:kami|kita|saya|kalian|mereka|beliau|siapa\w*|koord\w*|kabid|kadis|kepala|sekretaris|sekdis|helpdesk|admin|siaga|pimpinan|atasan|opd|dinas|din(?:kes|sos|dik)|dis(?:dik|hub|nak|bud|kominfo\w*|perindag|hut|por\w*|duk\w*)|"
    r"dukcapil|rs|rsud\w*|puskesmas|bap(?:peda|enda)|bk[dn]|bpbd|bpkad|badan|biro|kantor|camat|kecamatan|inspektorat|satpol|samsat|setda|sekretariat|pln|telkom\w*|vendor|penyedia|provider|pelapor|pengguna|user|warga|masyarakat|kominfo\w*|"
    r"tim (?:yang|terbaik|malam|pagi|siang|sore|sekarang|segera|ke|untuk|dan|mana|siapa|tersebut|ini|itu|kami|saya|opd|dinas|vendor)|tim$)\b"
)


def instructions(text: str) -> str:
    """The sentences that order something, in the author's words; "" where there is none but a bare go-ahead."""
    return " ".join(_without_addressee(words) for words in _orders(text))


def beside_the_sign(text: str) -> list[str]:
    """Its sentences without the words that answer and the labels; empty ones left out."""
    bare = (_LABEL.sub("", _SIGN.sub("", _LABEL.sub("", sentence))).strip() for sentence in _sentences(text))
    return [words for words in bare if re.search(r"\w", words)]


def orders_something(words: str) -> bool:
    """Whether a sentence (as of `beside_the_sign`) tells somebody to do something."""
    return not words.endswith("?") and _ORDER.search(words) is not None


def timed_words(text: str) -> str:
    """The words in which a deadline may stand: orders, and bare terms such as "Paling lambat jam 12"; never a reason."""
    terms = (_SIGN.sub("", sentence).strip() for sentence in _sentences(text))
    return "\n".join([*_orders(text), *(words for words in terms if _TERM.match(words))])


def _orders(text: str) -> list[str]:
    kept: list[str] = []
    for sentence in _sentences(text):
        if _STAFF_LABEL.match(sentence) and not re.match(r"^\s*tim\b", sentence, re.IGNORECASE):
            continue
        words = _LABEL.sub("", _SIGN.sub("", _LABEL.sub("", sentence))).strip()
        if not words or _REASON.match(words) or words.endswith("?") or _BARE_GO.match(words):
            continue
        if _ORDER.search(words):
            kept.append(words)
    return kept


def assignee(text: str) -> str:
    """Who shall do it, as written ("Koord." spelt out); "" if nobody is named."""
    for sentence in _sentences(text):
        labelled = _STAFF_LABEL.match(sentence)
        if labelled:
            return _spelt(labelled[1])
        words = _SIGN.sub("", _LABEL.sub("", sentence)).strip()
        if words.endswith("?") or re.search(
            r"\b(?:jangan|tidak bisa|tidak dapat|nanti saya|belum)\b", words, re.IGNORECASE
        ):
            continue
        for pattern in _ASSIGNED:
            match = pattern.search(words)
            if match:
                who = re.split(rf"\s(?:{_VERBS}|segera|sebagai|untuk|agar|ke|di|sekarang)\b", match["who"], maxsplit=1)[
                    0
                ].strip(" ,.:-")
                if who and not _NOBODY.match(who):
                    return _spelt(who)
    return ""


def can_be_sent(who: str) -> bool:
    """Whether `who` (as of `assignee`) may be a team or a person of ours: no office, no asked official, no word of everyday use."""
    said = _RANK.sub("", who.lower()).strip()
    if not said or _NO_TEAM.match(said):
        return False
    titled = _RANK.match(who.lower()) is not None or re.match(r"(?:tim|csirt|noc)\b", said) is not None
    first = re.split(r"[\s,]", said)[0]
    return titled or not (is_known(first) or COURTESY.fullmatch(first))


def _spelt(who: str) -> str:
    return re.sub(r"\bkoord\.?(?=\s|$)", "Koordinator", " ".join(who.split()).strip(" .,;"), flags=re.IGNORECASE)


def _sentences(text: str) -> list[str]:
    joined = re.sub(r":\s*\n\s*", ": ", text.strip())
    parts = re.split(
        r"(?<=[.!?;])(?<!\b[A-Z]\.)(?<!\b(?i:no)\.)(?<!\b(?i:bpk|sdr|plh|plt)\.)(?<!\b(?i:sdri)\.)(?<!\b(?i:koord)\.)\s+|\n+",
        joined,
    )
    return [part.strip() for part in parts if re.search(r"\w", part)]


def _without_addressee(words: str) -> str:
    words = re.sub(rf"^(?:{_WHO}),\s+(?=(?i:segera|mohon|tolong|agar|{_VERBS})\b)", "", words)
    return _COURTESY.sub("", words).strip()
