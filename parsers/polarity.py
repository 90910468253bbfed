"""Does a short Indonesian answer say yes, no, or neither for certain?

A wrong decision is the one unforgivable fault, so every doubt is UNCLEAR: both signs at once, a question, a condition,
a postponement.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Polarity(StrEnum):
    """What an answer says."""

    YES = "ya"
    NO = "tidak"
    UNCLEAR = "tidak jelas"


_NOT = r"(?:tidak|tdk|tak|ndak|indak|gak|ga|nggak|enggak|belum|bukan|bkn|jangan|no|not)"
_HARMLESS = re.compile(
    r"\b(?:tidak|tdk|tak|ndak|gak|nggak)\s+(?:ada\s+)?(?:masalah|mslh|apa-apa|keberatan|kendala|catatan|ragu|(?:perlu|usah)\s+(?:ragu|menunggu|izin)|"
    r"(?:bisa|boleh|dapat)\s+(?:di)?tunda)\w*|\bjangan\s+(?:di)?(?:tunda|tunggu|ragu|lupa|sampai)\w*|"
    r"\b(?:yang\s+)?(?:tidak|bukan)\s+prioritas\b|\bno problem\b",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^(?:\W*(?:selamat (?:pagi|siang|sore|malam)|ass\w*(?:\s+wr\S*(?:\s+wb\S*)?)?|siap|baik|oke? ?siap|yth\S*|dear|halo|hai|"
    r"pak|bu|bapak|ibu|kadis|kabid|mas|mbak|uda|uni|helpdesk|admin)\b[,.!\s]*)+",
    re.IGNORECASE,
)
_LEAD_YES = re.compile(
    r"^\W*(?:ya+|iya|iyo|y|yes|yup|yoi|betul|benar|setuju|disetujui|acc|ok|oke|okay|approved?|agree|lanjut(?:kan)?|silakan|"
    r"silahkan|sip|siap|baik|laksanakan|proses|go ahead|proceed|boleh)\b",
    re.IGNORECASE,
)
_LEAD_NO = re.compile(r"^\W*(?:tidak|tdk|bukan|no|n|t|ndak|indak|gak|enggak|nggak|jangan|belum)\b", re.IGNORECASE)
_DENIAL = re.compile(
    rf"\b{_NOT}(?:\s+\w+){{0,2}}\s+(?:darurat|emergency|urgent|mendesak)\b|\b(?:di)?tolak\b|\b{_NOT}\s+(?:setuju|disetujui|diterima|dilanjutkan|"
    rf"diproses|diteruskan)\b|\b{_NOT}\s+(?:dapat|bisa)\s+(?:disetujui|diproses|dilanjutkan|diteruskan|diterima)\b|"
    rf"\b(?:tidak|tdk|gak|ga|ndak)\s+(?:perlu|usah)\b|\b(?:tutup saja|ditutup saja|batalkan|dibatalkan|hentikan|stop)\b",
    re.IGNORECASE,
)
_WAIT = re.compile(
    r"\b(?:di)?tunda\b|\b(?:di)?tunggu\b|\bnanti\b|\bsebentar\b|\bpending\b|\bsaya (?:cek|pelajari|koordinasi\w*|tanya\w*)\b.{0,20}\bdulu\b|"
    r"\b(?:cek|pelajari|koordinasi\w*) dulu\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:asal(?:kan)?|dengan syarat|dgn syarat|setelah ada|selama|kecuali)\b|\b(?:kalau|kalo|jika|bila|apabila)\b(?!\s+(?:sudah|ada kendala|perlu|selesai|ada perkembangan))",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"\?|^\W*(?:apakah|kenapa|mengapa|bagaimana|gimana|kapan|siapa|apa)\b", re.IGNORECASE)
_BOTH = re.compile(
    r"\bya\s*(?:/|atau)\s*tidak\b|^\W*ya+\b[^?.!]{0,12}\?|[.,!]\s*(?:tidak|tdk|bukan|no)\s*(?:[.,!]|$)", re.IGNORECASE
)
_ORDER = re.compile(
    r"\b(?:segera|mohon|tolong|agar)\s+(?:di)?(?:tangani|perbaiki|tindak\s?lanjuti|kerjakan|tugaskan|tunjuk|turunkan|proses|laksanakan)\w*|"
    r"\b(?:lanjutkan|laksanakan|tindak\s?lanjuti|tangani segera|setuju|disetujui|acc)\b",
    re.IGNORECASE,
)


def polarity(text: str) -> Polarity:
    """The sign of an answer."""
    flat = " ".join(re.sub(r"\n+", " . ", text.strip()).split())
    if not re.search(r"\w", flat):
        return Polarity.UNCLEAR
    flat = _HARMLESS.sub(" setuju ", flat)
    bare = _GREETING.sub("", flat) or flat
    lead_yes = bool(_LEAD_YES.match(bare))
    lead_no, denial = bool(_LEAD_NO.match(bare)), _DENIAL.search(bare)
    if _BOTH.search(bare):
        return Polarity.UNCLEAR
    if lead_yes:
        return (
            Polarity.UNCLEAR
            if denial or _CONDITION.search(bare) or _but_no(bare) or _wait_first(bare)
            else Polarity.YES
        )
    if lead_no or denial:
        contradicted = bool(denial and _ORDER.search(bare[: denial.start()]))
        postponed = re.match(r"^\W*(?:jangan|belum)\b|.*\bdulu\W*$", bare, re.IGNORECASE)
        return Polarity.UNCLEAR if contradicted or postponed or _QUESTION.search(bare) else Polarity.NO
    if _WAIT.search(bare) or _CONDITION.search(bare) or _QUESTION.search(bare):
        return Polarity.UNCLEAR
    return Polarity.YES if _ORDER.search(bare) else Polarity.UNCLEAR


def _but_no(text: str) -> bool:
    return re.search(rf"\b(?:tapi|tetapi|namun|cuma)\b.*\b{_NOT}\b", text, re.IGNORECASE) is not None


def _wait_first(text: str) -> bool:
    """ "Baik, saya cek dulu" is no yes. "Setuju. Tunggu laporan" is."""
    return re.match(r"^\W*(?:ok|oke|okay|baik|siap|sip|ya)\b[^.]*", text, re.IGNORECASE) is not None and bool(
        _WAIT.search(text.partition(".")[0])
    )
