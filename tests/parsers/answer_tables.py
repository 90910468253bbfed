"""The tables in `answers/`: one a question, one answer a line.

A line is "meant | words": "-" is unclear, "x?" may be read as x or stay unclear, " / " in the words is a new line. A table
is named after the stage that asks.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

SENT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
ACCEPTED = {
    "analisis": ("ya", "tidak"),
    "disposisi": ("disposisi", "tidak", "kembalikan"),
    "penugasan": ("tugaskan",),
    "penerusan": ("teruskan",),
    "pelaporan": ("teruskan", "kembalikan"),
    "pengiriman": ("kirim", "perbaiki"),
    "penanganan": ("laporan", "progres", "minta_waktu"),
    "penerimaan": ("diterima",),
}
"""Question → what it takes for an answer."""
_FOLDER = Path(__file__).with_name("answers")


def answers(asked: str) -> list[tuple[str, str]]:
    """The table of one question: what is meant, and the words."""
    lines = (_FOLDER / f"{asked}.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split(" | ", 1) for line in lines if line and not line.startswith("#")]
    return [(meant, words if words == "YA / TIDAK" else words.replace(" / ", "\n")) for meant, words in rows]
