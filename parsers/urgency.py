"""How pressing a letter sounds: advice for Helpdesk, never a decision."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.values import Letter, MailKind

_GRAVE = {
    r"pelayanan (?:publik|masyarakat|pasien)?\s*(?:\w+\s+){0,2}(?:terhenti|lumpuh|tidak (?:dapat|bisa))|lumpuh|"
    r"(?:tidak|tdk) (?:dapat|bisa) melayani": "pelayanan terhenti",
    r"data (?:\w+\s+){0,2}bocor|kebocoran data|ransomware|diretas|peretasan|deface|diambil alih|dibobol": "dugaan serangan siber",
    r"\bIGD\b|gawat darurat|\bpasien\b|pusdalops|peringatan dini|siaga bencana": "menyangkut keselamatan",
    r"\bdarurat\b(?! kondisi)": "disebut darurat",
}
_MANY = re.compile(
    r"\b(?:seluruh|semua) (?:opd|perangkat daerah|kabupaten|kota|pegawai|loket|puskesmas|sekolah|lantai|gedung)", re.I
)


@dataclass(frozen=True, slots=True)
class Hint:
    """`level` is "tinggi", "sedang" or "biasa"; `reasons` are short and Indonesian."""

    level: str = "biasa"
    reasons: tuple[str, ...] = ()


def urgency_hint(letter: Letter) -> Hint:
    """What speaks for haste in an incident; other mail is never pressing. What is merely feared does not count."""
    if letter.kind is not MailKind.INCIDENT:
        return Hint()
    # A name that contains the word ("Instalasi Gawat Darurat") counts, a title that everything carries does not.
    said = " ".join(f"{letter.hal.value}. {letter.ringkasan}".split())
    said = re.sub(r"\b(?:dikhawatirkan|kalau|jika|apabila|tidak ada)\b[^.;]*", " ", said, flags=re.IGNORECASE)
    grave = [reason for words, reason in _GRAVE.items() if re.search(words, said, re.IGNORECASE)]
    if "keamanan_siber" in letter.layanan and "dugaan serangan siber" not in grave:
        grave.append("dugaan serangan siber")
    pressing = []
    if letter.sifat.value in ("Sangat Segera", "Amat Segera"):
        grave.append(f"sifat surat {letter.sifat.value}")
    elif letter.sifat.value in ("Segera", "Penting"):
        pressing.append(f"sifat surat {letter.sifat.value}")
    if _MANY.search(said):
        pressing.append("banyak pihak terdampak")
    if len(letter.layanan) >= 3:
        pressing.append(f"{len(letter.layanan)} jenis layanan terganggu")
    level = "tinggi" if grave or len(pressing) >= 2 else "sedang" if pressing else "biasa"
    return Hint(level, (*grave, *pressing))
