"""Who is asked whether an answer was theirs says yes, says something else, or neither."""

from __future__ import annotations

import pytest

from parsers.mails.message import read_mail
from parsers.replies.confirmation import confirms, is_answer_of_its_own

ACCEPTED = ["tugaskan", "ya", "tidak", "minta_waktu"]
MAIL = read_mail(b"From: a@contoh.example\r\nSubject: x\r\n\r\nx\r\n")


@pytest.mark.parametrize(
    "text",
    [
        "OK",
        "Ok, benar.",
        "👍",
        "Betul sekali pak",
        "siap benar",
        "OK\n\nDedi Kurniadi",
        "Oke, itu dari saya",
    ],
)
def test_assent_confirms_whatever_was_proposed(text: str) -> None:
    assert confirms(MAIL, text, "Dedi Kurniadi, A.Md. Petugas Helpdesk", "tidak", ACCEPTED)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ya",
        "Tidak",
        "Bukan",
        "Terima kasih 🙏",
        "OK tapi tunggu dulu",
        "OK?",
        "👎",
        "Benar, tetapi bukan saya",
        "Batal",
    ],
)
def test_what_may_mean_either_or_turns_it_confirms_nothing(text: str) -> None:
    assert not confirms(MAIL, text, "Dedi Kurniadi", "tidak", ACCEPTED)


def test_ya_confirms_where_it_is_no_answer_to_the_question_or_the_very_one_proposed() -> None:
    assert confirms(MAIL, "Ya, benar", "Dedi", "tugaskan", ACCEPTED)
    assert confirms(MAIL, "Ya", "Dedi", "ya", ACCEPTED) and confirms(MAIL, "Ya", "Dedi", "kirim", ["kirim", "perbaiki"])
    assert not confirms(MAIL, "Ya", "Dedi", "tidak", ACCEPTED)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("TUGASKAN Tim Aplikasi", True),
        ("Minta waktu 30 menit", True),
        ("YA\n\nKabel FO putus.", True),
        ("TIDAK\n\nHanya satu komputer.", True),
        ("YA\n\nAnalisis: ", False),
        ("Tidak", False),
        ("Bukan dari saya", False),
        ("Lanjut", False),
        ("", False),
    ],
)
def test_only_a_word_that_was_offered_is_an_answer_of_its_own(text: str, own: bool) -> None:
    assert is_answer_of_its_own(text, ACCEPTED) is own
