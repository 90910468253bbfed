"""Answers that decide nothing here, but say where to go: delegation, merging, promotion, taking back."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.replies.answer_clauses import bare_words, plain_words
from parsers.replies.particulars import NOTHING_BESIDES, Particulars
from parsers.words.numbers import Numbers

_OFFICE = (
    r"(?:(?:bapak|ibu|bpk|pak|bu|sdr\.?i?|saudara)\s+)?(?:(?:plh|plt|pj)\.?\s*)?(?:kepala dinas|kadis\w*|sekretaris(?: dinas)?|sekdis|sekre|kepala bidang|"
    r"kabid\w*|koordinator(?: helpdesk)?|helpdesk|wakil saya|atasan|kasi\w*|kepala seksi|tim teknis(?: \w+)?|tim \w+|csirt|(?:bapak|ibu|pak|bu|sdr\.?) \w+)"
    r"(?:\s+(?:aptika|aplikasi informatika|kominfotik))?(?:\s*\([^)]{2,40}\))?"
)
_DECIDING = (
    r"(?:putus\w*|diputuskan|memutuskan|mendisposisi\w*|didisposisi\w*|persetujuan|keputusan|arahan|wewenang|berwenang|menentukan|menjawab|jawab|menyetujui|"
    r"mewakili|menangani disposisi\w*)"
)
_DELEGATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:(?:di)?tanya(?:kan)?|konfirmasi(?:kan)?|minta(?:kan)? (?:persetujuan|keputusan|arahan|disposisi|izin)\w*|mohon(?:kan)? (?:persetujuan|"
        rf"keputusan|arahan)|(?:di)?serahkan|(?:di)?limpahkan|(?:di)?delegasikan|(?:di)?wakilkan|(?:di)?alihkan|didelegasikan|mendelegasikan|menyerahkan"
        rf"|melimpahkan)\b(?: \w+){{0,5}}? (?:(?:ke|kepada|pada|sama|oleh|dengan) )?(?P<who>{_OFFICE})",
        rf"\b(?:diputuskan|didisposisi(?:kan)?|dijawab|ditentukan|disetujui|diwakili|diambil alih) (?:saja )?(?:oleh|sama) (?P<who>{_OFFICE})",
        rf"\b(?P<who>{_OFFICE}) (?:saja )?(?:yang|untuk|agar|supaya|berwenang|dulu yang) (?:akan |lebih |bisa |dapat )?{_DECIDING}",
        r"\bdisposisi(?:nya|kan)?,? (?:mohon |silakan |saja )?(?:ke|kepada|oleh|lewat|melalui) (?P<who>(?:(?:bapak|ibu|pak|bu) )?(?:kadis\w*|kepala dinas|sekretaris"
        r"(?: dinas)?|sekdis|(?:plh|plt)\.?\s*\w+(?:\s+\w+)?)(?:\s*\([^)]{2,40}\))?)",
        rf"\b(?:ke|kepada|lewat|melalui|hubungi|langsung) (?P<who>{_OFFICE}) (?:saja|langsung)\b",
    )
)
_TAKES_BACK = re.compile(
    r"^\W*(?:ralat|koreksi|batal(?:kan)?(?: (?:saja|dulu|ya))?\W*$|pembatalan)\b|^\W*batal\b|"
    r"\b(?:batalkan|dibatalkan|cabut|dicabut|tarik|ditarik|abaikan|diabaikan|membatalkan|mencabut|menarik|meralat|ralat)\b(?: kembali)?(?: \w+){0,2} "
    r"(?:jawaban|keputusan|balasan|disposisi|persetujuan|surel|email)\b(?! (?:resmi|ini))|"
    r"\b(?:jawaban|keputusan|balasan|disposisi|persetujuan|surel|email) (?:saya |kami )?(?:tadi|sebelumnya|yang tadi|yang lalu|terdahulu|barusan|pertama)?\s*"
    r"(?:mohon |saya |tolong )?(?:salah|keliru|dibatalkan|dicabut|ditarik|diabaikan|batal)\b|\bsaya (?:salah|keliru) (?:jawab|balas|ketik|kirim)\b"
)
_INSTEAD = re.compile(
    r"(?:^\W*(?:ralat|koreksi)\W+|\b(?:seharusnya|maksud(?: saya| kami)?(?: adalah)?|yang benar(?: adalah)?|menjadi|jadi)\W+)(?P<words>\S.*)$"
)
_PASSES = re.compile(r"\b(?:di)?(?:teruskan|sampaikan|lanjutkan)\b")
_MERGES = re.compile(
    r"\b(?:di|me)?gabung\w*|\b(?:sama|satu|serupa) (?:dengan|kejadian)\b|\bduplika\w+|\bdobel\b|\bbagian dari\b"
)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """`kind` is delegasi, gabung, darurat or ralat; `details` has delegate_to, incident or instead."""

    kind: str
    understood: str
    details: Particulars


def sent_elsewhere(
    text: str, own_incident: str, numbers: Numbers, *, may_say_emergency: bool = False, passes_on: bool = False
) -> Elsewhere | None:
    """What the answer asks for instead of deciding; None if it is an ordinary answer.

    Args:
        may_say_emergency: the question is whether it is an emergency, so that the word "darurat" answers it.
        passes_on: the question asks to pass a paper on, so that "ke Pak Kabid" names nobody to decide.
    """
    words = bare_words(text)
    if _TAKES_BACK.search(words):
        instead = _INSTEAD.search(words)
        found = Particulars(instead=instead["words"] if instead else "")
        return Elsewhere("ralat", "penarikan atau ralat atas jawaban sebelumnya", found)
    others = [number for number in numbers.within(text) if number != own_incident.upper()]
    if (
        others
        and _MERGES.search(words)
        and not re.search(r"\b(?:jangan|tidak|bukan)\b(?: \w+){0,2} (?:di)?(?:gabung|sama|satu)", words)
    ):
        other = Particulars(incident=others[0])
        return Elsewhere("gabung", f"permintaan menggabungkan insiden ini dengan {others[0]}", other)
    delegate = _delegate(plain_words(text), passes_on)
    if delegate:
        to = Particulars(delegate_to=delegate)
        return Elsewhere("delegasi", f"pelimpahan keputusan kepada {delegate}", to)
    if not may_say_emergency and re.match(
        r"^\W*(?:darurat|naikkan(?: menjadi)? darurat|jadikan darurat)\W*(?:$|[.,:;])", words
    ):
        return Elsewhere("darurat", "pernyataan bahwa ini keadaan darurat", NOTHING_BESIDES)
    return None


def names_another_incident(text: str, own_incident: str, numbers: Numbers) -> bool:
    """Whether the answer speaks of another incident than the one that was asked about, or of two."""
    named = set(numbers.within(text))
    return len(named) > 1 or bool(own_incident and named - {own_incident.upper()})


def _delegate(words: str, passes_on: bool) -> str:
    if re.search(
        r"\b(?:jangan|tidak perlu|tidak usah|sudah) (?:\w+ )?(?:tanya|konfirmasi|minta|diserah|dilimpah|serah|limpah)",
        words,
    ):
        return ""
    for pattern in _DELEGATES[:4] if not passes_on else _DELEGATES[1:3]:
        match = pattern.search(words)
        if match and passes_on and re.search(r"\b(?:kabid|kadis|kepala)", match["who"]) and _PASSES.search(words):
            continue  # whoever it is passed on to decides anyway
        if match:
            return " ".join(match["who"].split())
    away = re.search(r"\b(?:dinas luar|cuti|sakit|di luar kota|tidak di tempat|berhalangan|diklat)\b", words)
    match = _DELEGATES[4].search(words) if away and not passes_on else None
    return " ".join(match["who"].split()) if match else ""
