"""Whether an automatic reply says that its owner is absent; a robot that only acknowledges receipt says nothing."""

from __future__ import annotations

import re

_ABSENT = re.compile(
    r"\b(?:(?:sedang|tidak|tak|belum)\W+(?:\w+\W+){0,3}(?:di (?:luar )?(?:kantor|tempat|kota|ruangan)|berada di (?:tempat|kantor)|masuk kantor|bertugas|aktif bekerja)"
    r"|di luar (?:kantor|kota|negeri)|cuti|dinas luar|perjalanan dinas|tugas luar|berhalangan|sakit|diklat|pelatihan|umrah|haji|libur"
    r"|out[ -]of[ -](?:the[ -])?office|away from (?:the |my )?(?:office|desk|e-?mail)|on (?:annual |sick |maternity |business )?(?:leave|vacation|holiday|trip)"
    r"|on travel|travelling|traveling|absen(?:t|ce)|vacation|not in the office|limited access to e-?mail)\b",
    re.IGNORECASE,
)
_ACKNOWLEDGES = re.compile(
    r"\b(?:telah|sudah) (?:kami |saya )?terima\b|\bhave received your (?:e-?mail|message)\b", re.IGNORECASE
)


def says_absent(subject: str, text: str) -> bool:
    """Whether the owner of the mailbox is away, by the subject and own words of an automatic reply."""
    said = _ABSENT.search(f"{subject}\n{text}")
    if said is None:
        return False
    # "Kami telah menerima surel Anda. Di luar jam kerja kami jawab …" announces no absence.
    return not (_ACKNOWLEDGES.search(text) and said.group(0).lower() in {"libur", "di luar kantor"})
