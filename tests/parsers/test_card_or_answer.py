"""RALAT and KOREKSI take an answer back, or mend the card; where it may be either, it is asked."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from parsers.replies.answer import read_answer
from parsers.replies.card_corrections import card_corrections, corrects_another
from parsers.replies.card_or_answer import CARD_OR_ANSWER

SENT = datetime(2026, 11, 23, 2, tzinfo=UTC)
CARD = """\
koreksi sedikit, lokasinya gedung B
Ralat OPD-nya Dinas Sosial, bukan Dinas Kesehatan
Koreksi saja kartunya ya, yang terganggu listrik
Ralat ya, OPD-nya Dinas Sosial
Ralat: Dinas Sosial
ralat tempatnya di Gedung B ya bukan gedung utama
RALAT lokasi, seharusnya gedung B tidak di gedung A
koreksi ya pak yang benar Dinas Sosial
Maaf saya salah ketik lokasi
RALAT:\\nOPD: Dinas Sosial
Koreksi\\n\\nLokasinya gedung B
"""
ANSWER = """\
RALAT
BATAL
RALAT: TIDAK
RALAT TIDAK\\n\\nLokasinya hanya satu ruangan.
RALAT: TIDAK, lokasinya hanya satu ruangan
Koreksi: TIDAK\\n\\nHanya satu komputer.
Ralat, jawaban saya tadi salah. Seharusnya tidak.
RALAT\\n\\nDedi Kurniadi\\nTelepon: 0812-6700-1145
Batal dulu, lokasinya belum jelas
Mohon dibatalkan jawaban saya tadi
"""


@pytest.mark.parametrize("text", CARD.splitlines())
def test_what_may_mean_the_card_takes_no_answer_back(text: str) -> None:
    read = read_answer(text.replace("\\n", "\n"), ("ya", "tidak"), SENT)
    assert (read.decision, read.kind, read.understood) == ("", "", CARD_OR_ANSWER)


@pytest.mark.parametrize("text", ANSWER.splitlines())
def test_what_means_the_answer_takes_it_back(text: str) -> None:
    assert read_answer(text.replace("\\n", "\n"), ("ya", "tidak"), SENT).kind == "ralat"


def test_another_team_instead_is_an_answer() -> None:
    read = read_answer("RALAT: TUGASKAN Tim Aplikasi, lokasinya gedung B", ("tugaskan", "kembalikan"), SENT)
    assert read.kind == "ralat"


@pytest.mark.parametrize(
    ("line", "another"),
    [
        ("DKL-2026-0002 KOREKSI OPD: Dinas Sosial", False),
        ("0002: KOREKSI OPD: Dinas Sosial", False),
        ("Untuk insiden DKL-2026-0002, mohon koreksi OPD: Dinas Sosial", False),
        ("KOREKSI 0002 OPD: Dinas Sosial", False),
        ("[DKL-2026-0002] KOREKSI OPD = Dinas Sosial", False),
        ("0003 KOREKSI OPD: Dinas Sosial", True),
        ("KOREKSI kartu DKL-2026-0003, OPD: Dinas Sosial", True),
    ],
)
def test_a_correction_may_name_the_incident_whose_card_it_mends(line: str, another: bool) -> None:
    [found], rest = card_corrections(line, {})
    assert (found.field, found.value, found.doubt, rest) == ("opd", "Dinas Sosial", "", "")
    assert corrects_another(line, "DKL-2026-0002") is another


@pytest.mark.parametrize("line", ["RALAT 0009: TIDAK", "0009 RALAT TIDAK", "KOREKSI 0009: TIDAK"])
def test_another_answer_behind_a_number_mends_no_card(line: str) -> None:
    assert card_corrections(line, {}) == ((), line)
