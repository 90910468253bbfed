"""Whether what looks like an answer was meant as one: addressed to us, spoken to us, and by a person.

Nothing here decides what was said; a doubt only means that its author is asked first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.mails.addressee import is_forward, is_to
from parsers.mails.message import Mail
from parsers.replies.offered import begins_with_offer
from parsers.words.word_set import word_set

_HAILS = r"(?:(?:ya|iya|ok|oke|baik|siap|halo|hallo|hai|hi|dear|selamat \w{4,5}|assala\w{0,20}(?: \w{0,12}alaikum)?)[\s,.!]{1,4}){0,3}"
_CALLED = r"(?:pak|bu|bpk|bapak|ibu|mas|mba|mbak|mb|bang|bg|abang|da|uda|uni|kak|kakak|bung|om|tante|sdr\.?i?|saudara|saudari|dek|adek|rekan)\.?"
_SPOKEN_TO = re.compile(
    rf"^\W{{0,8}}{_HAILS}(?:(?:yth|ytk|kepada)\.?(?: yth\.?)?[ \t]{{1,3}}(?:{_CALLED}[ \t]{{1,3}})?|{_CALLED}[ \t]{{1,3}})"
    r"(?P<name>[^\W\d_][\w.'’-]{1,30}(?:[ \t][\w.'’-]{1,30}){0,4})[ \t]{0,3}(?:[,:!]|$)",
    re.IGNORECASE | re.MULTILINE,
)
_AT = re.compile(rf"^\s{{0,8}}{_HAILS}@([^\W\d_][\w.-]{{1,40}})", re.IGNORECASE)
_US = word_set(
    "helpdesk siaga admin operator petugas tim semua sekalian kawan kominfo kominfotik diskominfo diskominfotik "
    "dinas min"
)
_NO_NAME = word_set(
    "ok oke ya iya baik siap setuju mohon tolong maaf izin ijin terima sudah belum tidak silakan silahkan lanjut "
    "lanjutkan segera darurat teruskan disposisi kirim diterima tugaskan laporan progres laksanakan kembalikan "
    "perbaiki"
)
_THING = r"(?:e-?mail|surel|pesan|message|tiket|ticket|permintaan|permohonan|request|aduan|pengaduan|laporan|surat|dokumen|tugas|task|kasus|case)"
_DONE = (
    r"(?:di(?:terima|teruskan|catat|buat|baca|buka|tugaskan|proses|daftar\w*|simpan|perbarui|tutup|selesaikan)\w*|ter(?:daftar|catat|kirim|simpan|buka|baca|tutup)|"
    r"masuk|kami terima|kami catat|kami teruskan|been|received|created|assigned|forwarded|read|registered|opened|closed)"
)
_TOLD_BY_SYSTEM = re.compile(
    rf"\b{_THING}\b(?:\s{{1,3}}[\w#./-]{{1,30}}){{0,3}}?\s{{1,3}}(?:anda|baru|#\S{{1,20}}|new)\b[^.!?\n]{{0,60}}?\b(?:telah|sudah|berhasil|has|was)\b[^.!?\n]{{0,30}}?\b{_DONE}\b|"
    rf"\byour {_THING}\b[^.!?\n]{{0,60}}?\b(?:has|was|is)\b[^.!?\n]{{0,30}}?\b{_DONE}\b|"
    rf"^\W{{0,4}}(?:telah|sudah) di(?:baca|buka|terima|proses)\w{{0,4}} (?:oleh|pada|by)\b|"
    r"\b(?:ini adalah (?:pesan|surel|e-?mail) otomatis|(?:pesan|surel|e-?mail|balasan) (?:ini )?(?:dibuat|dikirim) (?:secara )?otomatis|jangan (?:mem)?balas (?:pesan|surel|e-?mail) ini|"
    r"(?:automatic|automated) (?:message|reply|e-?mail|notification)|do not reply)\b",
    re.IGNORECASE | re.MULTILINE,
)
_FIRST_PERSON = re.compile(r"\b(?:saya|aku|ambo|kami sudah|kami telah|i have|i've)\b", re.IGNORECASE)
FIRST_WORDS = 400
SPOKEN_TO_ANOTHER = "kata-katanya ditujukan kepada"
"""How the doubt begins where another is hailed. Nobody answers us so; whoever orders something does."""


def why_doubted(mail: Mail, text: str, own: str, accepted: Sequence[str], *, hands_on: bool = False) -> str:
    """Why the author must be asked first if this is their answer to us, to be read after "karena"; "" where it is.

    Args:
        text: the author's own words.
        own: our address, lower case.
        accepted: the words that we offer; who begins with one speaks to us.
        hands_on: the author is an aide, who may hand on the words of the official they write for.
    """
    if not is_to(mail, own):
        return "surelnya ditujukan kepada orang lain; kami hanya menerima tembusannya"
    if is_forward(mail) and not hands_on:
        return "surelnya berupa terusan, bukan balasan"
    said = text.strip()[:FIRST_WORDS]
    if _answers_as_offered(said, accepted):
        return ""
    if name := spoken_to(said):
        return f"{SPOKEN_TO_ANOTHER} {name}"
    if told_by_system(said) and not hands_on:
        return "kata-katanya seperti pemberitahuan otomatis dari sebuah sistem"
    return ""


def _answers_as_offered(text: str, accepted: Sequence[str]) -> bool:
    """Whether one of our words stands alone on the first line, or heads it: "Progres: …"."""
    first = text.partition("\n")[0]
    heads = any(re.match(rf"\W{{0,4}}{re.escape(word)}\s?[:.,;–-]", first, re.IGNORECASE) for word in accepted)
    return heads or begins_with_offer(text, accepted)


def spoken_to(text: str) -> str:
    """Whom the first line hails who is not us: "Pak Andi, tolong diteruskan"; "" for nobody."""
    at = _AT.match(text)
    if at is not None and at[1].lower() not in _US:
        return at[1]
    match = _SPOKEN_TO.match(text)
    if match is None:
        return ""
    words = re.findall(r"[^\W\d_]+", match["name"])
    plain = [word for word in words if not word[0].isupper()]
    if {word.lower() for word in words} & (_US | _NO_NAME) or len(plain) > (len(words) == 1):
        return ""
    return " ".join(match["name"].split())


def told_by_system(text: str) -> bool:
    """Whether the words are those of a program about a mail, ticket or task; whoever says "saya" is a person."""
    return _TOLD_BY_SYSTEM.search(text) is not None and not _FIRST_PERSON.search(text)
