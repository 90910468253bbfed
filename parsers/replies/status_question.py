"""Whether somebody only asks how things stand: "STATUS", "mana yang menunggu saya?", "sampai mana DKL-2026-0007".

Every word of such a mail is one of those that such questions are made of. Whoever uses another one says more than that,
and is read as ever: "Status: selesai" reports, "belum ada kabar" answers whether it is over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.mails.message import Mail
from parsers.words.numbers import Numbers
from parsers.words.word_set import word_set

_ASKING = word_set("bagaimana gimana apa apakah adakah mana berapa daftar kapan")
_STATING = word_set("masih sudah telah menunggu sedang ditunggu")
_WORDS = (
    _ASKING
    | _STATING
    | word_set(
        "status statusnya perkembangan perkembangannya kelanjutan kelanjutannya tindak lanjut lanjutnya progres progresnya "
        "progress update updatenya kabar kabarnya proses prosesnya sampai sejauh hingga di ke saat sekarang terkini terbaru "
        "terakhir ini itu tersebut yang yg saja dari atas untuk tentang mengenai terkait soal oleh dan dengan nomor no ada "
        "laporan laporannya insiden insidennya surat suratnya surel email permintaan permohonan pengaduan aduan tiket "
        "penanganan penanganannya penyelesaian penyelesaiannya keputusan jawaban jawab dijawab perlu harus belum "
        "saya kami kita saudara anda gangguan gangguannya masalah masalahnya hal"
    )
    | word_set(
        "mohon tolong minta izin ijin maaf mau ingin hendak bertanya tanya nanya menanyakan tahu mengetahui info infonya "
        "informasi informasinya diinformasikan dikabari dikabarkan bantu bantuan terima kasih terimakasih trims makasih "
        "selamat pagi siang sore malam salam hormat yth bapak ibu bpk pak bu admin min tim helpdesk siaga rekan halo hai "
        "assalamualaikum assalamu alaikum wr wb ya nya dong dulu"
    )
)
_HOW_FAR = re.compile(r"\b(?:sampai|sejauh|hingga)(?: di| ke)? mana\b")
_NEWS = re.compile(
    r"\b(?:bagaimana|gimana|apa|apakah|adakah|info\w*|diinformasikan|dikabar\w+|kabar\w*|tanya|nanya|bertanya|menanyakan|tahu|mengetahui)\b.*"
    r"\b(?:perkembangan|kelanjutan|tindak lanjut|progres|progress|update|kabar)(?:nya)?\b|\b(?:mohon|minta|tolong) update(?:nya)?\b"
)
_WAITING = re.compile(
    r"\b(?:mana|apa|daftar|ada|adakah|berapa)\b.*\b(?:menunggu|ditunggu|belum (?:saya |kami )?(?:di)?jawab|(?:perlu|harus) (?:saya |kami )?(?:di)?jawab)\b"
)
_STATUS = re.compile(r"\bstatus(?:nya)?\b")
_VALUE = re.compile(r"\bstatus\w{0,3}\s{0,3}[:=]\s{0,3}\w", re.IGNORECASE)
_REQUESTING = word_set("mohon tolong minta izin ijin bertanya tanya nanya menanyakan mau ingin hendak tahu mengetahui")
_ASKED_FOR = frozenset(("laporan", "progres"))
"""Answers that are asked for by the same word."""
_NOT_OVER = re.compile(
    r"\bmasih\b(?! (?:ada (?:yang |yg )?)?(?:menunggu|ditunggu|proses|sedang|belum|di|dalam|perlu|harus)\b)|"
    r"\b(?:masih|belum)\b.*\b(?:gangguan|masalah)(?:nya)?\b|\b(?:gangguan|masalah)(?:nya)?\b.*\b(?:masih|belum)\b|"
    r"\bada (?:gangguan|masalah)|"
    r"\b(?:gangguan|masalah)(?:nya)? (?:(?:ini|itu|tersebut|kami|saya|kita|sudah|sedang) )*ada\b"
    r"(?! (?:perkembangan|kelanjutan|tindak|progres|progress|kabar|info|update))|"
    r"(?<!perkembangan )(?<!kelanjutan )(?<!penanganan )(?<!lanjut )(?<!status )(?<!progres )"
    r"\b(?:gangguan|masalah)(?:nya)? (?:sampai|hingga) (?:sekarang|saat|hari|ini)\b"
)
"""Tells of an outage: whoever says so tells more than that they ask."""
_TELLS = re.compile(r"[:=]\s{0,3}(?P<value>[^\n?]*)(?P<asks>\??)")
_NOT_ANSWERED = re.compile(r"\bbelum (?:saya |kami )?(?:di)?jawab\b")
_PREFIX = re.compile(r"^\s*(?:(?:re|bls|balas|fwd?|tr)\s{0,3}:\s*)+", re.IGNORECASE)
_TOKEN = re.compile(r"\([a-z2-7]{5}-[a-z2-7]{5}-[a-z2-7]{4}\)")
_BESIDE_WORDS = ("image/", "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
LONGEST = 30
"""Words: whoever writes more says more."""


def asks_status(mail: Mail, text: str, numbers: Numbers, accepted: Sequence[str] = ()) -> bool:
    """Whether the mail asks how things stand, and says nothing else. `text`: its author's own words.

    Args:
        accepted: answers that the mail which is answered offered; whoever uses one of these answers.
    """
    if any(not part.mime_type.startswith(_BESIDE_WORDS) for part in mail.attachments):
        return False
    if _is_question(text, numbers, accepted):
        return True
    if _words(text, numbers) and not _is_polite(text, numbers):
        return False
    new = not mail.in_reply_to and not mail.references  # in an answer, what stands in the subject is ours
    return new and _is_question(_TOKEN.sub("", _PREFIX.sub("", mail.subject)), numbers, accepted)


def _words(text: str, numbers: Numbers) -> list[str]:
    for number in numbers.within(text):
        text = re.sub(re.escape(number), " ", text, flags=re.IGNORECASE)
    return re.findall(r"\w+", text.lower())


def _is_polite(text: str, numbers: Numbers) -> bool:
    """Whether what was written asks nothing and says nothing: a greeting above, thanks below."""
    words = _words(text, numbers)
    return set(words) <= _WORDS and len(words) <= LONGEST


def _is_question(text: str, numbers: Numbers, accepted: Sequence[str]) -> bool:
    words = _words(text, numbers)
    if not words or len(words) > LONGEST or not set(words) <= _WORDS or _VALUE.search(text):
        return False
    asks = "?" in text or bool(_ASKING & set(words))
    if words[0] == "ya" or _answers(text, words, accepted, asks=asks):
        return False
    said = " ".join(words)
    if "belum" in words and not _NOT_ANSWERED.search(said):  # so a reporter answers that it is not over
        return False
    clauses = (" ".join(clause.split()) for clause in re.split(r"[.,;!?\n]", text.lower()))
    if any(_NOT_OVER.search(one) for one in (said, *clauses)) or not (
        asks or _REQUESTING & set(words) or not _STATING & set(words)
    ):
        return False
    status = bool(_STATUS.search(said)) and (asks or not _STATING & set(words))
    return status or any(form.search(said) is not None for form in (_HOW_FAR, _NEWS, _WAITING))


def _answers(text: str, words: Sequence[str], accepted: Sequence[str], *, asks: bool) -> bool:
    """Whether it may answer what was asked, or tells how things stand: "Info progres: sedang proses"."""
    offered = {answer.partition("_")[0] for answer in accepted}
    if words[0] in offered:
        return True
    said = set(words)
    only_asks = asks or bool(_REQUESTING & said and not _STATING & said)
    may_be_asked_for = _ASKED_FOR | {"ya", "iya"} if _ASKED_FOR & offered and only_asks else frozenset[str]()
    if accepted and (said & (offered | {"ya", "iya"})) - may_be_asked_for:
        return True
    if accepted and not asks and _STATING & set(words):
        return True
    told = [set(match["value"].lower().split()) for match in _TELLS.finditer(text) if not match["asks"]]
    return any(value & _STATING and not value & _ASKING for value in told)
