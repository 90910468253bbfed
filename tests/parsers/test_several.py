"""One answer to several questions at once. Unclear is always allowed; wrong never."""

from __future__ import annotations

import pytest

from parsers.replies.answer import MAX_ANSWER
from parsers.replies.listed_incidents import Listed
from parsers.replies.several import read_several
from parsers.words.numbers import Numbers
from tests.merged_answers import SENT, Waiting, decided

ANALYSIS, FORWARD, DISPOSISI = ("ya", "tidak"), ("teruskan",), ("disposisi", "tidak", "kembalikan")
RECEIPT, ASSIGNS, WORK = ("diterima",), ("tugaskan",), ("laporan", "progres", "minta_waktu")


def waiting(*rows: tuple[int, str, str, tuple[str, ...]]) -> list[Waiting]:
    return [Waiting(f"DKL-2026-{serial:04d}", opd, hal, accepted) for serial, opd, hal, accepted in rows]


SEVEN = (7, "Dinas Kesehatan", "Gangguan jaringan internet", ANALYSIS)
NINE = (9, "Dinas Pendidikan", "Server PPDB mati", ANALYSIS)
TWELVE = (12, "Badan Perencanaan Pembangunan Daerah", "Aplikasi e-planning tidak dapat diakses", ANALYSIS)
TWO, THREE = waiting(SEVEN, NINE), waiting(SEVEN, NINE, TWELVE)
MIXED = waiting(SEVEN, (9, "Dinas Pendidikan", "", FORWARD), (12, "Dinas Perhubungan", "", DISPOSISI))
TO_PASS_ON = waiting((3, "Dinas Kesehatan", "", FORWARD), (5, "Dinas Sosial", "", FORWARD))
RECEIVED = waiting(*((serial, "Dinas Kesehatan", "", RECEIPT) for serial in (3, 5, 8)))


def short(incidents: list[Waiting], text: str) -> str:
    """ "ya tidak ? -": in the order of the list; "?" asks back, "-" was not spoken of."""
    return " ".join("-" if said is None else said or "?" for said in decided(incidents, text).values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Semua ya kecuali 0012", "ya ya ?"),
        ("Kecuali 0012, semua ya", "ya ya ?"),
        ("semua kecuali 0012 ya", "ya ya ?"),
        ("selain 0012 ya semua", "ya ya ?"),
        ("semua ya kecuali 0012 tidak", "ya ya tidak"),
        ("Semua ya, kecuali 0012 karena sudah normal", "ya ya ?"),
        ("semua ya kecuali yang terakhir", "ya ya ?"),
        ("YA, kecuali 0009", "ya ? ya"),
        ("kecuali 0012 tidak, yang lain ya", "? ? ?"),
        ("semua ya kecuali yang dishub", "? ? ?"),
        ("semua ya", "ya ya ya"),
        ("OK semua", "ya ya ya"),
        ("ya untuk semuanya", "ya ya ya"),
        ("Semua darurat, segera tangani", "ya ya ya"),
        ("ketiganya ya", "ya ya ya"),
        ("dua-duanya ya", "? ? ?"),
        ("Tidak semua darurat", "? ? ?"),
        ("Semua ya?", "? ? ?"),
        ("Semua ya. Eh maaf, tunggu dulu", "? ? ?"),
        ("Semua ya. Tunggu dulu ya.", "? ? ?"),
        ("0007 dan 0009 ya", "ya ya -"),
        ("DKL-2026-0007, DKL-2026-0009, dan DKL-2026-0012: YA", "ya ya ya"),
        ("0007 sampai 0012 ya", "ya ya ya"),
        ("0007 ya, 0009 tidak karena listrik padam", "ya tidak -"),
        ("0007 ya 0009 tidak 0012 ya", "ya tidak ya"),
        ("0007: YA, server mati\n0012: TIDAK, sudah normal", "ya - tidak"),
        ("0007: YA\nserver mati\n0012: TIDAK\nsudah normal", "ya - tidak"),
        ("0007 - YA - server mati\n0009 - TIDAK - sudah normal", "ya tidak -"),
        ("Nomor\tKeputusan\n0007\tYA\n0009\tTIDAK\n0012\tYA", "ya tidak ya"),
        ("Nomor\nKeputusan\n0007\nYA\n0009\nTIDAK", "ya tidak -"),
        ("| Nomor | Keputusan |\n|---|---|\n| DKL-2026-0007 | YA |\n| DKL-2026-0009 | TIDAK |", "ya tidak -"),
        (
            "| 1 | DKL-2026-0007 | Dinas Kesehatan | YA | server mati |\n| 2 | 0009 | Dinas Pendidikan | TIDAK | |",
            "ya tidak -",
        ),
        ("ya untuk 0007, tidak untuk 0009 dan 0012", "ya tidak tidak"),
        ("YA: 0007, 0009\nTIDAK: 0012", "ya ya tidak"),
        ("Ya untuk 0007, 0009 tidak", "ya tidak -"),
        ("YA 0007, 0009 TIDAK", "? ? -"),
        ("yang dinkes ya, yang lain tunggu", "ya ? ?"),
        ("dinkes ya, disdik tidak, bappeda ya", "ya tidak ya"),
        ("Dinas Kesehatan: YA\nDinas Pendidikan: TIDAK", "ya tidak -"),
        ("yang jaringan ya, yang server tidak", "ya tidak -"),
        ("0007 (Dinkes) ya", "ya - -"),
        ("0007 (Disdik) ya", "? ? -"),
        ("0007 ya, sisanya tidak", "ya tidak tidak"),
        ("yang pertama ya, yang kedua tidak, yang ketiga ya", "ya tidak ya"),
        ("1. ya\n2. tidak\n3. ya", "ya tidak ya"),
        ("1) YA, darurat\n2) TIDAK, hanya satu komputer\n3) ya", "ya tidak ya"),
        ("1. ya 2. tidak", "- - -"),
        ("7 ya, 9 tidak", "ya tidak -"),
        ("no 7 ya, no 9 tidak", "ya tidak -"),
        ("0007 ya, 0009 juga", "ya ya -"),
        ("0007 bukan 0009 ya", "? ? -"),
        ("0007 ya kalau 0009 ya", "? ? -"),
        ("0007 tidak karena sama dengan 0009", "? ? -"),
        ("0009 sama dengan 0007, gabung saja", "? ? -"),
        ("Cek 0009, 0007 ya", "? ? -"),
        ("0007 ya, 0007 tidak", "? - -"),
        ("0007 dan 0009 diterima", "? ? -"),
        ("0007 ya, yang dishub tidak", "? - -"),
        ("0007 ya, 0044 tidak", "ya - -"),
        ("0044 ya", "- - -"),
        ("YA", "? ? ?"),
        ("Ya, darurat. Jaringan Dinkes putus", "? ? ?"),
        ("semua server mati", "- - -"),
        ("Ya, ya, tidak", "- - -"),
        ("Siap pak, 0007 ya, 0009 tidak. Terima kasih", "ya tidak -"),
        ("0007 👍 0009 👎", "? ? -"),
    ],
)
def test_each_incident_gets_what_is_said_of_it(text: str, expected: str) -> None:
    assert short(THREE, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("semua ya", "? ? ?"),
        ("OK semua", "? ? ?"),
        ("semua diteruskan", "? teruskan ?"),
        ("YA", "ya - -"),
        ("TERUSKAN", "- teruskan -"),
        ("0007 ya, 0009 teruskan, 0012 disposisi segera tangani", "ya teruskan disposisi"),
        ("YA untuk 0007, TERUSKAN 0009, DISPOSISI 0012", "ya teruskan disposisi"),
        ("0009 ya", "- ? -"),
        ("0012 ya", "- - ?"),
        ("0009 setuju", "- teruskan -"),
        ("0007 dan 0009 ya", "ya ? -"),
    ],
)
def test_a_word_of_another_question_is_asked(text: str, expected: str) -> None:
    assert short(MIXED, text) == expected


@pytest.mark.parametrize(
    ("incidents", "text", "expected"),
    [
        (TWO, "dua-duanya ya", "ya ya"),
        (TWO, "Kedua-duanya tidak darurat", "tidak tidak"),
        (TWO, "1 ya 2 tidak", "ya tidak"),
        (TWO, "1. Ya, darurat 2. Segera tangani", "? ?"),
        (TWO, "Semuanya YA kecuali yang dari Disdik", "ya ?"),
        (TWO, "Untuk 0007 saya setuju. Untuk 0009 tidak, sudah normal.", "ya tidak"),
        (TWO, "Bukan 0007, tapi 0009 ya", "? ya"),
        (TWO, "Ya. 0009", "- ?"),
        (TWO, "ga semua, cuma 0007", "? ?"),
        (TWO, "0007: ya. 0009: saya cek dulu", "ya ?"),
        (TWO, "0007 ya, 0009 tidak. Eh, kebalik.", "? ?"),
        (TWO, "sisanya ya", "? ?"),
        (TWO, "0007 sama 0009 ya", "? ?"),
        (TWO, "yang dishub ya, sisanya tidak", "? ?"),
        (TO_PASS_ON, "semua ya", "? ?"),
        (TO_PASS_ON, "YA", "? ?"),
        (TO_PASS_ON, "dua-duanya diteruskan", "teruskan teruskan"),
        (TO_PASS_ON, "OK semua", "teruskan teruskan"),
        (TO_PASS_ON, "0003 teruskan, 0005 tunggu", "teruskan ?"),
        (RECEIVED, "0003 dan 0005 diterima", "diterima diterima -"),
        (RECEIVED, "semua diterima, terima kasih", "diterima diterima diterima"),
        (RECEIVED, "yang dinkes diterima", "? ? ?"),
        (waiting((3, "A", "", ASSIGNS), (5, "B", "", ASSIGNS)), "Semua TUGASKAN Tim Jaringan", "tugaskan tugaskan"),
        (waiting((3, "A", "", WORK), (5, "B", "", WORK)), "0003 dan 0005 LAPORAN: kabel disambung, normal", "? ?"),
    ],
)
def test_other_lists(incidents: list[Waiting], text: str, expected: str) -> None:
    assert short(incidents, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("1. ya 2. tidak 3. ya", "- - -"), ("no 2 ya", "- ? ?"), ("yang pertama ya", "ya - -")]
)
def test_a_place_that_may_be_a_number_is_none(text: str, expected: str) -> None:
    mixed_up = waiting(*((serial, f"Dinas {serial}", "", ANALYSIS) for serial in (3, 1, 2)))
    assert short(mixed_up, text) == expected


def test_numbers_outside_the_list_are_told_as_written() -> None:
    listed = [Listed(one.number, one.accepted) for one in TWO]
    read = read_several("0007 ya, DKL-2026-0044 tidak, 0045 ya", listed, SENT, Numbers(("DKL",)))
    assert read.elsewhere == ("DKL-2026-0044", "0045") and set(read.answers) == {"DKL-2026-0007"}


def test_a_retraction_names_its_incident() -> None:
    listed = [Listed(one.number, one.accepted) for one in TWO]
    (answer,) = read_several("RALAT 0009: TIDAK", listed, SENT).answers.values()
    assert (answer.kind, answer.details.instead.lower()) == ("ralat", "tidak")


def test_the_reasons_stay_with_their_incident() -> None:
    listed = [Listed(one.number, one.accepted) for one in TWO]
    read = read_several("0007 YA, server mati\n0009 TIDAK karena listrik padam", listed, SENT)
    assert [answer.text for answer in read.answers.values()] == ["server mati", "TIDAK karena listrik padam"]


@pytest.mark.parametrize(
    "text", ["0007 " * 9000, "semua " * 9000, "ya, " * 9000, "1. ya " * 3000, "yang dinkes " * 1500]
)
def test_long_text_is_asked_and_takes_no_time(text: str) -> None:
    assert set(decided(THREE, text).values()) <= {"", None}


def test_what_is_too_long_to_be_read_decides_nothing() -> None:
    assert short(THREE, f"Semua ya\n{'x' * MAX_ANSWER}") == "? ? ?"
