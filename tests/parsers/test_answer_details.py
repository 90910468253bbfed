"""What an answer says besides its decision: until when, who, and what a filled-in sheet adds."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from parsers.replies.answer import read_answer
from parsers.replies.filled_sheet import points_to_attachment, sheet_of
from parsers.replies.particulars import Particulars

SENT = datetime(2026, 2, 3, 8, 46, tzinfo=ZoneInfo("Asia/Jakarta"))  # a Tuesday
DISPOSISI = ("disposisi", "tidak", "kembalikan")


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("Setuju. Tangani, lapor sebelum pukul 10.30 hari ini.", "2026-02-03T10:30:00+07:00"),
        ("Setuju. Lapor setengah jam lagi.", "2026-02-03T09:16:00+07:00"),
        ("Setuju, selesaikan dalam 2 jam.", "2026-02-03T10:46:00+07:00"),
        ("Setuju. Selesaikan besok jam 7 pagi.", "2026-02-04T07:00:00+07:00"),
        ("Setuju. Tuntaskan sore ini.", "2026-02-03"),
        ("Setuju. Laporkan paling lambat Jumat ini.", "2026-02-06"),
        ("Setuju. Paling lambat jam 3 sore.", "2026-02-03T15:00:00+07:00"),
        ("Setuju. Selesaikan sebelum 5 Februari 2026.", "2026-02-05"),
        ("Setuju, karena data harus masuk jam 12.", ""),
        ("Setuju. Gangguan sejak pukul 07.40.", ""),
        ("Setuju", ""),
    ],
)
def test_until_when(words: str, until: str) -> None:
    answer = read_answer(words, DISPOSISI, SENT)
    assert answer.decision == "disposisi"
    assert answer.details.deadline == until


@pytest.mark.parametrize(
    ("words", "who", "orders"),
    [
        ("Setuju, tunjuk Rahmat sebagai ketua tim.", "Rahmat", "tunjuk Rahmat sebagai ketua tim."),
        ("Disposisi:\nKoord. Jaringan, segera tangani.", "Koordinator Jaringan", "segera tangani."),
        ("Setuju. Petugas: Ilham. Matikan dulu AC.", "Ilham", "Matikan dulu AC."),
        ("Acc", "", ""),
        ("Setuju, lanjutkan.", "", ""),
    ],
)
def test_who_and_what(words: str, who: str, orders: str) -> None:
    details = read_answer(words, DISPOSISI, SENT).details
    assert (details.assigned_to, details.instructions) == (who, orders)


def test_the_answer_for_another_incident_decides_nothing() -> None:
    assert read_answer("Ya untuk DKL-2026-0099", ("ya", "tidak"), SENT, "DKL-2026-0012").decision == ""
    assert read_answer("Ya, DKL-2026-0012 darurat", ("ya", "tidak"), SENT, "DKL-2026-0012").understood == ""


def test_what_belongs_elsewhere_says_so() -> None:
    delegated = read_answer("Mohon disposisinya ke Plh. Kabid (Sekretaris) saja", DISPOSISI, SENT)
    assert (delegated.decision, delegated.kind) == ("", "delegasi") and "sekretaris" in delegated.details.delegate_to
    merged = read_answer("Gabung dengan DKL-2026-0031", ("ya", "tidak"), SENT, "DKL-2026-0012")
    assert (merged.kind, merged.details) == ("gabung", Particulars(incident="DKL-2026-0031"))
    assert read_answer("RALAT: TIDAK", ("ya", "tidak"), SENT).details == Particulars(instead="tidak")


HEAD = "LEMBAR DISPOSISI\nNo. Agenda : DKL-2026-0044\n"


@pytest.mark.parametrize(
    ("filled", "decision", "who"),
    [
        (
            "[X] Tim Teknis Pusat Data\n[ ] Tim Jaringan\n[X] Proses lebih lanjut\nCatatan:\nSegera perbaiki ATS\nKepala Bidang,",
            "disposisi",
            "Tim Teknis Pusat Data",
        ),
        ("[ ] Tim Jaringan\n[ ] Proses lebih lanjut\nCatatan:\n\nKepala Bidang,", "", None),
        ("[X] Tanggapan dan saran\n[ ] Proses lebih lanjut\nCatatan:\nTunggu PLN dulu\nKepala Bidang,", "", None),
        ("[X] Proses lebih lanjut\nCatatan: tidak disetujui\nKepala Bidang,", "", None),
        ("[X] Ditolak\n[X] Proses lebih lanjut\nCatatan:\n", "", None),
        ("[ ] Proses lebih lanjut\nCatatan: Tolak, sudah pulih\nKepala Bidang,", "tidak", None),
    ],
)
def test_a_filled_in_sheet(filled: str, decision: str, who: str | None) -> None:
    sheet = sheet_of(HEAD + filled)
    assert sheet is not None
    assert read_answer(sheet.words, DISPOSISI, SENT).decision == decision
    assert who is None or sheet.assigned_to == who


def test_only_words_that_point_to_it_make_the_sheet_the_answer() -> None:
    assert points_to_attachment("Terlampir lembar disposisi yang sudah saya tandatangani.")
    assert not points_to_attachment("Saya belum memutuskan.")
