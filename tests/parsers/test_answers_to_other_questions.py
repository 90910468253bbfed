"""What answers one question put to all the others, signs with a doubt behind them, words the rules do not know, and slips.

Two seeds take samples; `make chaos` walks through all of it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from parsers.replies.answer import read_answer
from parsers.replies.slips import mended
from tests.parsers.answer_tables import ACCEPTED, SENT, answers

CLAUSES = [
    line
    for line in Path(__file__).with_name("turning_clauses.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
OFFERED = {
    "tugaskan": "TUGASKAN Tim Jaringan",
    "laporan": "LAPORAN: switch diganti, normal pukul 10.00",
    "progres": "PROGRES: kabel sedang disambung",
    "minta_waktu": "MINTA WAKTU 1 jam",
}
SAMPLE = 400

_PAPER = r"terus|sampai|kirim|naik|laporan|kembali|perbaik|revisi|koreksi|lengkap"
_WORK = r"tangani|tindak|laksana|kerja|tugas|tunjuk|turun|tim |tim$|petugas|pasien|masyarakat|situs|rak|anggaran|hubungi|libat"
# (what a table says it means, what another question may make of it): a pattern that its words must have, and one that they must not
PLAIN = {
    ("ya", "disposisi"): ("", r"\bke kadis"),
    ("disposisi", "ya"): (
        r"\b(?:ya|iy[ao]|ok\w*|setuj\w*|satuju|acc|disetujui|agreed|approved|sepakat|lanju\w*|gas\w*|approve|handle|kerjakan|proses|diproses|silakan|go ahead|darurat|laksana\w*|dilaksana\w*|karajoan|tidak ada|segera|"
        r"tangani|ditangani|diselesaikan|eksekusi|tindak\w*|ditindak\w*|perbaiki|atasi|disposisi|kawal)\b",
        r"^(?:tugaskan|tunjuk)",
    ),
    ("ya", "teruskan"): (r"^(?!.*(?:mati|situs|rak|masyarakat))|terus|ke kabid", ""),
    ("ya", "kirim"): (r"^(?!.*(?:mati|situs|rak|masyarakat))|terus", "ke kabid"),
    ("ya", "diterima"): ("", r"mati|situs|rak|masyarakat|terus|kirim|tangani|segera diteruskan"),
    ("disposisi", "teruskan"): (r"^(?!.*(?:" + _WORK + r"))|terus", ""),
    ("disposisi", "kirim"): (r"^(?!.*(?:" + _WORK + r"))|terus", ""),
    ("disposisi", "diterima"): ("", _WORK + "|terus|kirim"),
    ("disposisi", "tugaskan"): (
        r"\btim (?!teknis dan)\w+|rahmat|ilham",
        r"^(?!.*tim ).*koordinator (?:agar|segera|helpdesk)",
    ),
    ("disposisi", "kembalikan"): ("^segera perbaiki$", ""),
    ("disposisi", "perbaiki"): ("^segera perbaiki$", ""),
    ("ya", "tugaskan"): (r"oleh tim jaringan", ""),
    ("tidak", "tidak"): ("", ""),
    ("tidak", "kembalikan"): (r"kembali|(?:laporan|analisis)\b.*(?:keliru|tidak)", ""),
    ("tidak", "perbaiki"): (r"kembali|(?:laporan|analisis)\b.*(?:keliru|tidak)", ""),
    ("kembalikan", "kembalikan"): (_PAPER, ""),
    ("kembalikan", "perbaiki"): ("", ""),
    ("perbaiki", "kembalikan"): ("", ""),
    ("teruskan", "ya"): (r"\b(?:ya|ok\w*|setuju|acc|lanjut\w*)\b", r"laporan (?:ini|sudah)|\bdikirim"),
    ("teruskan", "disposisi"): (
        r"\b(?:ya|ok\w*|setuju|acc|benar)\b",
        r"ke (?:pak |ibu |bapak )?ka(?:dis|bid)|laporan (?:ini|sudah)",
    ),
    ("teruskan", "teruskan"): ("", ""),
    ("teruskan", "kirim"): ("", r"ke (?:pak |ibu |bapak )?ka(?:dis|bid)"),
    ("teruskan", "diterima"): (r"^oke lanjut$|sudah dibaca", ""),
    ("kirim", "teruskan"): ("", "ke koordinator"),
    ("diterima", "ya"): ("^oke?$", ""),
    ("diterima", "disposisi"): ("^oke?$", ""),
    ("diterima", "teruskan"): ("^oke?$", ""),
    ("diterima", "kirim"): ("^oke?$", ""),
    ("tugaskan", "ya"): (r"^ya\b", ""),
    ("tugaskan", "disposisi"): ("", ""),
}


def _clear() -> Iterator[tuple[str, str, str]]:
    """Every answer of the tables that is plainly decided: what was asked, what it means, the words."""
    for asked, accepted in ACCEPTED.items():
        for meant, words in answers(asked):
            if meant in accepted:
                yield asked, meant, words
    for asked, accepted in ACCEPTED.items():
        for word in accepted:
            yield asked, word, OFFERED.get(word, word.upper())


def _borrowed() -> list[tuple[str, str, str]]:
    return [(meant, other, words) for asked, meant, words in _clear() for other in ACCEPTED if other != asked]


def _doubted() -> list[tuple[str, str, str]]:
    return [
        (asked, meant, f"{words.rstrip('.! ')}{joined}")
        for asked, meant, words in _clear()
        for clause in CLAUSES
        if "\n" not in words and not (meant == "tidak" and clause == "tidak")
        for joined in (f". {clause[0].upper()}{clause[1:]}", f", {clause}")
    ]


def _wrongly_borrowed(cases: list[tuple[str, str, str]]) -> list[tuple[str, str, str, str]]:
    found = []
    for meant, other, words in cases:
        decision = read_answer(words, ACCEPTED[other], SENT).decision
        if not decision:
            continue
        must, must_not = PLAIN.get((meant, decision), ("(?!)", ""))
        if not re.search(must, words.lower()) or (must_not and re.search(must_not, words.lower())):
            found.append((other, meant, decision, words))
    return found


def _decided(cases: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    read = [(asked, read_answer(words, ACCEPTED[asked], SENT).decision, words) for asked, _, words in cases]
    return [one for one in read if one[1]]


@pytest.mark.parametrize("seed", [1, 2])
def test_words_of_another_question_decide_only_what_they_plainly_answer(seed: int) -> None:
    assert _wrongly_borrowed(random.Random(seed).sample(_borrowed(), SAMPLE)) == []


@pytest.mark.chaos
def test_all_words_of_all_other_questions() -> None:
    assert _wrongly_borrowed(_borrowed()) == []


@pytest.mark.parametrize("seed", [1, 2])
def test_a_sign_with_a_doubt_behind_it_is_asked_back(seed: int) -> None:
    assert _decided(random.Random(seed).sample(_doubted(), SAMPLE)) == []


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("disposisi", "Mohon segera ditangani oleh tim jaringan. Tidak"),
        ("disposisi", "Saya perintahkan Tim Jaringan menangani sekarang, tidak"),
        ("disposisi", "Kepada Yth. Koordinator. Tindaklanjuti sesuai ketentuan yang berlaku. Tidak"),
        ("disposisi", "Yth. Koordinator. Tangani segera. Tidak."),
        ("disposisi", "Yth. Kabid belum setuju. Disposisi"),
        ("analisis", "Kepada Yth. Koordinator. Kalau PLN sudah nyala. Ya"),
        ("analisis", "Kepada Yth. Koordinator kalau PLN sudah nyala. Ya"),
        ("analisis", "Yth. Koordinator jika genset mati. Ya"),
        ("analisis", "Dear Pak Koordinator apabila vendor datang, ya"),
        ("disposisi", "Yth. Koordinator segera ditangani. Tidak"),
        ("disposisi", "Kepada Yth. Koordinator mohon ditangani tim jaringan, tidak"),
        ("disposisi", "Yth Koordinator tindaklanjuti. Tidak"),
        ("disposisi", "Yth. Koordinator setuju. Tidak"),
        ("analisis", "Yth. Koordinator darurat. Tidak"),
    ],
)
def test_an_order_beside_a_no_and_a_condition_in_a_greeting_are_asked_back(asked: str, words: str) -> None:
    assert read_answer(words, ACCEPTED[asked], SENT).decision == ""


@pytest.mark.parametrize(
    "greeting",
    [
        "Kepada Yth. Bpk. Koordinator, ",
        "Yth. Bapak Koordinator. ",
        "Dear Pak Kabid,\n",
        "Yth. Bapak Kepala Dinas Kominfotik Provinsi Sumatera Barat. ",
        "Yth. Tim Helpdesk Siaga di tempat.\n",
    ],
)
def test_a_greeting_says_nothing(greeting: str) -> None:
    assert read_answer(f"{greeting}Ya, darurat", ACCEPTED["analisis"], SENT).decision == "ya"


@pytest.mark.chaos
def test_every_sign_with_every_doubt_behind_it() -> None:
    assert _decided(_doubted()) == []


@pytest.mark.parametrize("offered", ["SETUJUI", "Setujui", "  setujui.", "*Setujui*", "SETUJUI\nAnggaran tersedia."])
def test_a_word_that_only_the_procedure_knows_decides_alone_on_its_line(offered: str) -> None:
    assert read_answer(offered, ("setujui", "tolak"), SENT).decision == "setujui"
    assert read_answer(offered.lower().replace("setujui", "tahan_dulu"), ("tahan_dulu",), SENT).decision == "tahan_dulu"


@pytest.mark.parametrize(
    "words",
    [
        "Ya, lanjutkan",
        "Setuju, laksanakan",
        "Saya setuju",
        "Disetujui",
        "Tidak setuju",
        "Kami tolak",
        "SETUJUI ya",
        "Setujui segera",
        "SETUJUI?",
        "SETUJUI / TOLAK",
        "SETUJUI\nTapi tunggu Kadis.",
        "SETUJUI\nEh, tolak",
        "TOLAK\nSetuju, laksanakan",
        "SETUJUI\nmnugkin",
        "SETUJUI ❌",
        "Jangan setujui",
        "setujiu",
    ],
)
def test_nothing_else_is_understood_of_a_word_that_only_the_procedure_knows(words: str) -> None:
    assert read_answer(words, ("setujui", "tolak"), SENT).decision == ""


def test_a_known_word_beside_an_unknown_one_is_asked_back() -> None:
    assert read_answer("YA", ("ya", "tunda"), SENT).decision == "ya"
    assert read_answer("Ya, server mati total. Tunda", ("ya", "tunda"), SENT).decision == ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mnugkin", "mungkin"),
        ("mungkni", "mungkin"),
        ("tnuggu", "tunggu"),
        ("klaau", "kalau"),
        ("kaalu", "kalau"),
        ("blum", "belum"),
        ("tdiak", "tidak"),
        ("tidk", "tidak"),
        ("jnagan", "jangan"),
        ("batl", "batal"),
        ("tatpi", "tapi"),
        ("kecauli", "kecuali"),
        ("apbila", "apabila"),
        ("sepertniya", "sepertinya"),
    ],
)
def test_a_turning_word_is_known_with_a_slip_in_it(typed: str, meant: str) -> None:
    assert mended(typed) == meant
    assert read_answer(f"Ya, darurat. {typed}", ACCEPTED["analisis"], SENT).decision == ""


def test_what_is_a_word_of_its_own_is_no_slip() -> None:
    plain = "tindak jaringan kembali batas kawan sekolah nama laporan layanan pertama tersebar kapal pilih senang rapat selasa"
    assert mended(plain) == plain


@pytest.mark.parametrize(
    ("asked", "words"), [("penerimaan", "Diterma"), ("analisis", "Tdiak darurat"), ("pengiriman", "krim")]
)
def test_a_slip_never_makes_a_sign(asked: str, words: str) -> None:
    assert read_answer(words, ACCEPTED[asked], SENT).decision == ""
