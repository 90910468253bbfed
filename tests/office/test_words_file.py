"""`kata.yaml`: what is wrong with it is told with its line, before anybody reads it."""

from __future__ import annotations

import re

import pytest

from office.settings import SettingsError
from office.words_file import KATA, parse_words, read_words
from sop.story import story
from sop.who_reads import Audience
from tests.sop.test_decide import Journey

TEXT = KATA.read_text(encoding="utf-8")


def complaints(*changes: tuple[str, str]) -> list[str]:
    text = TEXT
    for old, new in changes:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    with pytest.raises(SettingsError) as wrong:
        parse_words(text, "kata.yaml")
    return wrong.value.problems


def line_of(text: str) -> int:
    return TEXT[: TEXT.index(text)].count("\n") + 1


def test_texts_come_as_they_are_written() -> None:
    words = read_words()
    assert words.answers["tugaskan"].body == "TUGASKAN "
    assert words.answers["laporan"].body == "LAPORAN\n\nPenyebab: \nTindakan: \nHasil: \nSelesai pukul: "
    assert (words.recorded["ya"], words.services["vicon"]) == ("YA, keadaan darurat", "konferensi video")
    assert list(words.asked_for) == ["opd", "layanan", "waktu_kejadian", "lokasi", "telepon"]


def test_a_misspelt_key_is_told_with_its_line_and_so_is_the_one_that_is_missing_for_it() -> None:
    unknown, missing = complaints(("    petunjuk: TIDAK", "    petunjukk: TIDAK"))
    line = line_of("    petunjuk: TIDAK")
    assert re.match(rf"kata\.yaml:{line}: keputusan tidak: kunci `petunjukk` tidak dikenal", unknown)
    assert missing.endswith("keputusan tidak: `petunjuk` harus diisi dengan teks")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("\nperlu_dicek:", "\nperlu_di_cek:", "`perlu_dicek` harus diisi"),
        ("\nsaluran:", "\nsaluran_:", "saluran: `telepon` harus diisi"),
        ("\n  pusat_data:", "\n  pusatdata:", "layanan: `pusat_data` harus diisi"),
        ("\n  telepon: nomor telepon", "\n  telpon: nomor telepon", "yang_kurang: kunci `telpon` tidak dikenal"),
        ("\n  kirim:\n", "\n  krim:\n", "keputusan: `kirim` harus diisi"),
        ("kata: KIRIM", "kata: ", "keputusan kirim: `kata` harus diisi"),
        ("  kirim:\n", "  kirim: KIRIM\n  lain:\n", "keputusan kirim: seharusnya pasangan"),
        ("\nsaluran:", "\nsaluran: [", "bukan YAML yang sah"),
        (
            '"{tahap}: pengingat',
            '"{tahp}: pengingat',
            "peristiwa: `ladder_ingatkan`: {tahp} tidak dikenal; yang dikenal: ",
        ),
        ('"{tahap}: pengingat', '"{tahap: pengingat', "peristiwa: `ladder_ingatkan`: kurung { dan } tidak berpasangan"),
        ('tidak_dibalas: "{alamat}', 'tidak_dibalas: "{}', "`tidak_dibalas`: {} tidak dikenal; yang dikenal: alamat"),
    ],
)
def test_each_key_that_is_not_there_is_told(old: str, new: str, told: str) -> None:
    found = complaints((old, new))
    assert any(told in line for line in found), found


def test_what_may_be_filled_in_is_filled_in() -> None:
    names = complaints(('"{hasil}"', '"{hasl}"'))[0].partition("yang dikenal: ")[2].split(", ")
    asked = " ".join(f"<{name}: {{{name}}}>" for name in names)
    words = parse_words(TEXT.replace('"{hasil}"', f'"{asked}"', 1), "kata.yaml")
    journey = Journey()
    journey.answer("tidak", "helpdesk")
    told = story(journey.events, journey.procedure, words, Audience.ADMIN)[-1].what
    assert len(names) == 17 and all(f"<{name}: " in told for name in names)


def test_an_office_may_add_words_for_decisions_of_its_own_procedure() -> None:
    own = "  tolak:\n    tombol: TOLAK\n    kata: TOLAK\n    dicatat: ditolak\n    isi: TOLAK\n    petunjuk: TOLAK\n"
    words = parse_words(TEXT.replace("keputusan:\n", f"keputusan:\n{own}", 1), "kata.yaml")
    assert words.recorded["tolak"] == "ditolak" and words.answers["tolak"].word == "TOLAK"
