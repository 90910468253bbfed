"""Tables of answers written to mislead. No line may be decided wrongly; few that a careful person finds clear stay unclear."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from parsers.replies.answer import read_answer

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
KINDS = ("delegasi", "gabung", "darurat", "ralat")
TABLES = sorted(Path(__file__).with_name("answers").glob("*.txt"))


@pytest.mark.parametrize("table", TABLES, ids=lambda path: str(path.stem))
def test_no_answer_of_the_table_is_decided_wrongly(table: Path) -> None:
    """A line is "asked | meant | words"; "-" is unclear, "x?" may also stay unclear, " / " is a new line."""
    wrong, unclear, clear = [], [], 0
    for asked, marked, words in rows(table):
        answer = read_answer(words, ACCEPTED[asked], SENT)
        said, optional = answer.decision or answer.kind or "-", marked.endswith("?")
        meant = marked.rstrip("?")
        clear += meant != "-" and not optional
        if answer.decision and answer.decision != meant:
            wrong.append((asked, words, said))
        elif meant not in (said, "-") and not optional:
            unclear.append((asked, words))
    assert not wrong
    assert len(unclear) <= clear * 0.05, unclear


def rows(table: Path) -> list[tuple[str, str, str]]:
    rows = []
    for line in table.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            asked, meant, words = line.split(" | ", 2)
            rows.append((asked, meant, words if words == "YA / TIDAK" else words.replace(" / ", "\n")))
    return rows
