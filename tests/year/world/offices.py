"""The offices of the province, who in each looks after the computers, and how that person writes.

The names are those of the list the product ships, so that recognition can be judged; the persons are invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Style(StrEnum):
    """A hand."""

    FORMAL = "formal"
    THUMB = "thumb"
    """No capitals, short forms, no full stop."""
    MINANG = "minang"
    MIXER = "mixer"
    """Mixes English in."""
    TECHNICIAN = "technician"
    """Host names and error codes."""
    ANGRY = "angry"
    ANXIOUS = "anxious"
    """Explains too much."""
    SECRETARY = "secretary"
    """Writes for somebody else."""
    DICTATING = "dictating"
    """Voice to text: no punctuation at all."""
    EMOJI = "emoji"
    CAPITALS = "capitals"


@dataclass(frozen=True, slots=True)
class Office:
    """One OPD and its PIC.

    Attributes:
        name: as the list of OPD has it.
        short: what stands in its addresses.
        address: where its letters come from, lower case.
        private: an address of the PIC's own, from which he sometimes writes; "" for most.
        pic, title, rank, nip, phone: the PIC.
        head: who signs its formal letters; `head_nip` is theirs.
        code: what stands for it in the numbers of its letters.
    """

    name: str
    short: str
    address: str
    private: str
    pic: str
    title: str
    rank: str
    nip: str
    phone: str
    head: str
    head_nip: str
    code: str
    style: Style

    @property
    def domain(self) -> str:
        return self.address.partition("@")[2]


_RANKS = ("Penata Muda", "Penata Muda Tk. I", "Penata", "Penata Tk. I", "Pembina", "Pengatur Tk. I")
_HEADS = (
    "Drs. H. Syahril Bandaro, M.M.",
    "Dra. Hj. Emilda Rangkayo, M.Si.",
    "Ir. Basrizal Mangkuto, M.T.",
    "dr. Yulmaini Intan, M.Kes.",
    "H. Azwar Sampono, S.H., M.H.",
    "Ns. Roslaini Puti, S.Kep., M.Kep.",
    "Ahmad Rajo Bungsu, S.E., M.Ak.",
)
_ADDRESSES = ("{short}@contoh.example", "{short}@{short}.contoh.example", "tu@{short}.contoh.example")


def _nip(index: int, year: int) -> str:
    month, day = index % 12 + 1, index % 27 + 1
    return f"{year}{month:02d}{day:02d} {year + 25}{month:02d} {index % 2 + 1} {index % 9 + 1:03d}"


def _office(index: int, line: str) -> Office:
    short, name, pic, title, style, *private = line.split(" | ")
    return Office(
        name=name,
        short=short,
        address=_ADDRESSES[index % 3].format(short=short),
        private=private[0] if private else "",
        pic=pic,
        title=title,
        rank=_RANKS[index % len(_RANKS)],
        nip=_nip(index, 1978 + index % 17),
        phone=f"08{12 + index % 8}-{6300 + index * 37}-{1100 + index * 151}",
        head=_HEADS[index % len(_HEADS)],
        head_nip=_nip(index + 5, 1966 + index % 9),
        code=short.capitalize() if len(short) > 4 else short.upper(),
        style=Style(style),
    )


def _read() -> tuple[Office, ...]:
    lines = Path(__file__).with_name("offices.txt").read_text(encoding="utf-8").splitlines()
    return tuple(_office(index, line) for index, line in enumerate(line for line in lines if not line.startswith("#")))


OFFICES = _read()
"""All of them, in the order of the list."""
OWN = next(office for office in OFFICES if office.short == "kominfotik")
"""The office that runs the house; what comes from its address is noted by Helpdesk."""
REPORTERS = tuple(office for office in OFFICES if office is not OWN)
"""Everybody else: who reports outages."""
