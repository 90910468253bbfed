"""How pressing a report sounds: advice for Helpdesk, never a decision."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How pressing."""

    HIGH = "tinggi"
    MIDDLE = "sedang"
    USUAL = "biasa"


@dataclass(frozen=True, slots=True)
class Hint:
    """The level, and why, in Indonesian words."""

    level: Level
    reasons: tuple[str, ...] = ()


USUAL = Hint(Level.USUAL)
_FEARED = re.compile(r"\b(?:dikhawatirkan|kalau|jika|apabila)\b[^.;]*", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:tidak|bukan|belum|tanpa)\s+(?:lumpuh|terhenti|darurat|segera|mendesak|diretas|urgent)\b", re.IGNORECASE
)
_STRONG = {
    "menyangkut keselamatan atau layanan kesehatan": r"\bIGD\b|gawat darurat|ambulans|rumah sakit|pasien|bencana|evakuasi|pemadam",
    "dugaan serangan siber atau kebocoran data": r"diretas|peretasan|\bhack\w*|\bdeface\w*|ransomware|judi online|slot gacor|kebocoran data|data bocor|phishing|serangan siber|malware",
    "pelayanan kepada masyarakat terhenti": r"pelayanan (?:\w+ ){0,3}(?:terhenti|lumpuh|berhenti|tidak dapat|terganggu total)|antre(?:an)? (?:\w+ )?(?:panjang|menumpuk)|tidak (?:dapat|bisa) melayani",
    "lumpuh seluruhnya": r"lumpuh|mati total|putus total|padam total|seluruh (?:opd|bidang|gedung|perangkat daerah|layanan|jaringan)",
}
_WEAK = {
    "ada batas waktu yang disebut": r"batas waktu|tenggat|paling lambat|jatuh tempo|sebelum pukul|hari ini juga",
    "diminta segera": r"\bsegera\b|secepatnya|\burgent\b|mendesak|darurat",
    "berulang atau sudah lama": r"sudah (?:dua|tiga|empat|lima|\d+) (?:hari|jam)|sejak (?:kemarin|semalam)|berulang kali|berkali-kali",
}


def urgency_hint(sifat: str, text: str, also_hit: int = 0, services: Sequence[str] = ()) -> Hint:
    """From the letter's Sifat, its words, how many other OPD report the same, and how many services fail."""
    flowing = " ".join(text.split())
    strong, weak = _found(_STRONG, flowing), _found(_WEAK, flowing)
    if re.search(r"sangat segera|amat segera|kilat", sifat, re.IGNORECASE):
        strong.insert(0, f"sifat surat {sifat}")
    elif re.search(r"segera|penting", sifat, re.IGNORECASE):
        weak.insert(0, f"sifat surat {sifat}")
    if also_hit:
        strong.append(f"{also_hit + 1} perangkat daerah melaporkan gangguan serupa")
    if len(services) >= 3:
        strong.append(f"{len(services)} layanan terganggu sekaligus")
    if strong:
        return Hint(Level.HIGH, tuple(strong + weak)[:4])
    return Hint(Level.MIDDLE if weak else Level.USUAL, tuple(weak)[:4])


def _found(kinds: dict[str, str], text: str) -> list[str]:
    plain = _DENIED.sub(" ", _FEARED.sub(" ", text))
    return [said for said, pattern in kinds.items() if re.search(pattern, plain, re.IGNORECASE)]
