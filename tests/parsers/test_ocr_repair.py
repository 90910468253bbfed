"""What OCR misreads in an official letter is put right where the place leaves no other meaning, and nowhere else."""

from __future__ import annotations

import pytest

from parsers.documents.ocr_number import letter_number, roman_month
from parsers.documents.ocr_repair import repaired, scanned_label
from parsers.documents.ocr_slots import digits_mended, signature_mended


@pytest.mark.parametrize(
    ("read", "month", "meant"),
    [
        ("440/618/RSUD-MN/I!1/2026", 0, "440/618/RSUD-MN/III/2026"),
        ("440/618/RSUD-MN!III/2026", 0, "440/618/RSUD-MN/III/2026"),
        ("80O.1.l1/5O9/Dishub/ITI/2O26", 3, "800.1.11/509/Dishub/III/2026"),
        ("000.1.4/193/Dinkes/VIl/2026", 0, "000.1.4/193/Dinkes/VII/2026"),
        ("440/475/Dishub’X/2026", 0, "440/475/Dishub/X/2026"),
        ("440/173/Dinkes/IX 2026", 0, "440/173/Dinkes/IX/2026"),
        ("440/173/Dinkes/X12026", 11, "440/173/Dinkes/XI/2026"),
        ("440/173/Dinkes/X12026", 10, "440/173/Dinkes/X/2026"),
        ("440/173/Dinkes/X12026", 0, "440/173/Dinkes/X12026"),
        ("000.2.3.2/88/RT-Um/2026", 2, "000.2.3.2/88/RT-Um/2026"),
        ("500.12/31/IT/2026", 5, "500.12/31/IT/2026"),
        ("B/12/BPBD-III/2026", 0, "B/12/BPBD-III/2026"),
        ("tanpa nomor", 0, "tanpa nomor"),
    ],
)
def test_each_slot_of_a_letter_number_is_read_as_what_it_can_be(read: str, month: int, meant: str) -> None:
    assert letter_number(read, month) == meant


@pytest.mark.parametrize(("read", "meant"), [("1", "I"), ("lX", "IX"), ("X|", "XI"), ("XII", "XII"), ("TU", "TU")])
def test_a_roman_month_is_its_strokes(read: str, meant: str) -> None:
    assert roman_month(read, 0) == meant


def test_a_unit_that_looks_like_a_month_is_one_only_in_that_month() -> None:
    assert (roman_month("IT", 2), roman_month("IT", 3), roman_month("H", 2)) == ("II", "IT", "II")


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Padang. l2 Pebruarl 2O26", "Padang, 12 Februari 2026"),
        ("Solok, 9 Marct 2026", "Solok, 9 Maret 2026"),
        ("jam O6.l5 WIB", "jam 06.15 WIB"),
        ("NlP: 197OO218 2OOO12 l OO2", "NIP. 19700218 200012 1 002"),
        ("ND 19800211 201012 1 009", "NIP. 19800211 201012 1 009"),
        ("HP O813-6302-Ol74", "HP 0813-6302-0174"),
        ("Nofrizal. S.Kom", "Nofrizal, S.Kom"),
        ("Kepala Biro Umum.", "Kepala Biro Umum,"),
        ("lOO orang di lantai II", "lOO orang di lantai II"),
        ("Kepala Biro Umum telah menyampaikan hal ini kepada kami pada hari kerja berikutnya itu.", ""),
    ],
)
def test_digits_are_mended_in_their_slots_only(read: str, meant: str) -> None:
    assert digits_mended(read).replace("Pebruari", "Februari") == (meant or read)


@pytest.mark.parametrize(
    ("word", "label"), [("Ha1", "hal"), ("Nornor", "nomor"), ("Lamplran", "lampiran"), ("Sifa", ""), ("Hari", "")]
)
def test_label_words_are_known_by_their_look(word: str, label: str) -> None:
    assert scanned_label(word) == label


def test_a_damaged_rank_is_not_the_name_above_the_nip() -> None:
    text = "Edi Dharmawansyah, S.Sos.\nmMbina Tk. I\nNIP. 19690304 199003 1 005"
    assert signature_mended(text) == "Edi Dharmawansyah, S.Sos.\nNIP. 19690304 199003 1 005"


def test_degrees_are_written_as_they_are() -> None:
    assert signature_mended("prs. Yuzrizal Chaniago, M,Si.\nNIP. 1") == "Drs. Yuzrizal Chaniago, M.Si.\nNIP. 1"


def test_a_page_becomes_lines_and_labels() -> None:
    rows = [
        (-10.0, [(200.0, 400.0, "BIRO UMUM")]),
        (
            -30.0,
            [
                (50.0, 80.0, "Nornor"),
                (100.0, 102.0, ":"),
                (106.0, 220.0, "440/8/RT/I1/2O26"),
                (380.0, 500.0, "Padang, 9 Februari 2026"),
            ],
        ),
        (-50.0, [(50.0, 80.0, "Ha1"), (100.0, 300.0, "‘ Gangguan Jaringan")]),
        (-90.0, [(80.0, 500.0, "Dengan ini kami sampaikan bahwa jaringan pada kantor kami putus")]),
        (-110.0, [(50.0, 200.0, "sejak pukul O7.3O WIB.")]),
    ]
    text, labels = repaired(rows)
    assert labels["nomor"] == "440/8/RT/II/2026" and labels["hal"] == "Gangguan Jaringan"
    assert text.split("\n") == [
        "BIRO UMUM",
        "Nomor : 440/8/RT/II/2026\tPadang, 9 Februari 2026",
        "Hal : Gangguan Jaringan",
        "Dengan ini kami sampaikan bahwa jaringan pada kantor kami putus sejak pukul 07.30 WIB.",
    ]
