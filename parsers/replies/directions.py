"""What an answer says besides itself, and which of it are orders to others than whoever is asked next."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.mails.signoff import without_signature
from parsers.replies.courtesy import COURTEOUS
from parsers.replies.hesitation import doubt
from parsers.replies.orders import beside_the_sign, orders_something
from parsers.words.word_set import word_set
from parsers.words.wrapped import unwrapped

_OF_THE_ANSWER = word_set(
    "laporan laporannya akhir berita acara berkas surat dokumen terlampir baca dibaca membaca pelajari dipelajari lihat "
    "dilihat simak terima diterima menerima lengkap jelas saja aja segera langsung lanjut lanjutkan dilanjutkan "
    "teruskan diteruskan kirim dikirim silakan setuju disetujui acc sesuai prosedur sop iya iyo betul benar memang "
    "mohon maaf izin ijin salam hormat selamat pagi siang sore malam wassalam assalamualaikum wr wb ini itu dengan "
    "diketahui dimaklumi maklum demikian keras kerasnya tim rekan semua semuanya atensi atensinya usahanya kinerjanya"
)
"""Beside the word itself these say the same once more, or are politeness."""
_TURNS = (r"mohon", r"tolong", r"minta", r"harap", r"agar", r"supaya", r"kepada", r"untuk", r"silakan", r"silahkan")
_CALLED = r"(?:(?:yth|pak|bu|bapak|ibu|rekan|tim|sdri?|saudara)\b\.?[ \t]{1,3}){0,3}"
_ADDED = re.compile(
    r"^\W*(?:(?:sebagai |satu |ada )?(?:tambahan|menambahkan)(?:nya)?(?: (?:arahan|instruksi|perintah|petunjuk|pesan))?(?: (?:saya|dari saya))?|"
    r"(?:arahan|instruksi|perintah|petunjuk)(?: (?:tambahan|saya|lain|berikutnya))?|satu lagi|oh ya)\s*[:,]\s*",
    re.IGNORECASE,
)
_TURNING = re.compile(
    r"\b(?:(?:di|mem)?batal\w*|(?:di)?urung\w*|(?:di)?tarik|menarik|(?:di)?cabut|keliru|salah|ralat\w*|koreksi|ternyata|"
    r"(?:se)?harusnya|bukan|abaikan|diabaikan|(?:di|meng)?hentikan|stop|berhenti|(?:di|me)?ubah|berubah|(?:di)?kembali(?:kan)?|"
    r"maaf|ragu\w*|jawaban\w*|keputusan\w*|(?<!agar )(?<!supaya )(?<!pastikan )tidak|tdk|tak|n?[gd]g?ak|belum|ulang|dulu|sementara|"
    r"(?:di)?ganti|(?:di)?tutup|anggap|dianggap|darurat|cukup|lupakan|"
    r"jangan(?: \w+)? (?:di|me|mem|men|meng)?(?:terus|lanjut|kirim|tugas|proses|laksana|kerja|tangan|berangkat|jalan|disposisi|"
    r"tindak|eksekusi|apa-apa)\w*)\b"
)
"""May speak against what was decided; in doubt its author is asked."""


def says_besides(text: str, author: str) -> str:
    """The sentences of `text` (own words only) that are more than an answer, courtesy, or the name and title of its
    `author`; "" for none.
    """
    known = COURTEOUS | _OF_THE_ANSWER | set(_words(author))
    body = without_signature(text.split("\n")) or text
    kept = [words for words in beside_the_sign(body) if not set(_words(words)) <= known]
    return " ".join(kept)


def directions(text: str, decision: str, author: str, addressed: Sequence[str]) -> str:
    """What `text`, an answer that decides `decision`, orders others. To a receipt all that is said besides is meant for
    others: nobody is asked next. `addressed`: how they are called, lower case, to whom orders are passed on.
    """
    if decision == "diterima":
        return says_besides(text, author)
    spoken_to = _spoken_to(addressed)
    if spoken_to is None:
        return ""
    body = unwrapped(without_signature(text.split("\n")) or text)
    found = [words for words in beside_the_sign(body) if spoken_to.search(words) and orders_something(words)]
    return " ".join(found)


def added_order(text: str, decision: str, author: str, addressed: Sequence[str]) -> str:
    """The order that `text` adds to an answer that decided `decision`; "" where it says anything else besides courtesy,
    or may turn what was decided. `addressed`: as in `directions`; spoken to nobody it is one where it is called an
    addition or an order, goes on from one, or follows a receipt.
    """
    body = without_signature(text.split("\n")) or text
    known = COURTEOUS | _OF_THE_ANSWER | set(_words(author))
    said = [_ADDED.sub("", words) for words in beside_the_sign(body)]
    said = [words for words in said if not set(_words(words)) <= known]
    spoken = " ".join(said).lower()
    if not said or _TURNING.search(spoken) or doubt(spoken):
        return ""
    is_order = decision == "diterima" or _ADDED.match(body) is not None
    spoken_to = _spoken_to(addressed)
    for words in said:
        is_order = is_order or (spoken_to is not None and spoken_to.search(words) is not None)
        if not is_order or not orders_something(words):
            return ""
    return " ".join(said)


def _spoken_to(addressed: Sequence[str]) -> re.Pattern[str] | None:
    called = "|".join(re.escape(name) for name in sorted(addressed, key=len, reverse=True))
    if not called:
        return None
    turns = "|".join(_TURNS)
    return re.compile(
        rf"(?:^\W{{0,4}}|\b(?:{turns})[ \t]{{1,3}}|@){_CALLED}(?:{called})\b|"
        rf"[,;:–—-][ \t]{{1,3}}{_CALLED}(?:{called})[ \t]{{1,3}}(?:{turns}|segera|jangan)\b",
        re.IGNORECASE,
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
