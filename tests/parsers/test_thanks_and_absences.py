"""What is written when nothing is asked any more: thanks, "not back yet", absences."""

from __future__ import annotations

import pytest

from parsers.mails.absence import says_absent
from parsers.replies.courtesy import is_courtesy
from parsers.replies.service_back import says_not_back


@pytest.mark.parametrize(
    "text",
    [
        "Terima kasih",
        "Baik, terima kasih atas informasinya, Pak.",
        "Siap 👍",
        "🙏",
        "Noted, thanks",
    ],
)
def test_courtesy_is_nothing_but_courtesy(text: str) -> None:
    assert is_courtesy(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Terima kasih, tapi belum pulih",
        "Baik, tidak",
        "Ok?",
        "Siap, teruskan",
        "ya",
        "sudah",
    ],
)
def test_whatever_says_more_is_no_courtesy(text: str) -> None:
    assert not is_courtesy(text)


@pytest.mark.parametrize(
    "text",
    [
        "BELUM",
        "belum pak, internet masih mati",
        "Mohon maaf, belum. SIMRS masih error.",
        "Selamat siang, sampai saat ini aplikasi masih tidak bisa diakses",
        "Jaringan di lantai 2 belum juga normal",
        "Sempat normal, sekarang kembali terputus.",
        "Sudah hidup, tapi email belum bisa dibuka",
    ],
)
def test_an_outage_that_is_not_over_is_heard(text: str) -> None:
    assert says_not_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Sudah pulih, terima kasih.",
        "Sudah normal. Sampai sekarang belum ada kendala lagi.",
        "Belum ada gangguan lagi sejak tadi.",
        "Belum kami cek, nanti dikabari.",
        "Apakah masih gangguan?",
        "Kalau masih gangguan kami kabari lagi.",
        "Terima kasih, layanan yang sebelumnya mati sudah hidup.",
    ],
)
def test_thanks_questions_and_good_news_open_nothing(text: str) -> None:
    assert not says_not_back(text)


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Balasan otomatis: Mohon disposisi", "Saya sedang dinas luar sampai Jumat."),
        ("Automatic reply", "I am out of the office until Monday."),
        ("Out of Office", "Thank you for your message."),
        ("Cuti", "Saya cuti tahunan tanggal 23 s.d. 27 November."),
        ("Auto", "Mohon maaf, saya tidak berada di tempat."),
    ],
)
def test_an_absence_is_read(subject: str, text: str) -> None:
    assert says_absent(subject, text)


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Balasan otomatis", "Surel Anda telah kami terima. Terima kasih."),
        ("Tiket dibuat", "Your ticket has been created."),
        ("Re: Mohon disposisi", "Surel Anda telah kami terima. Hari libur kami tutup."),
    ],
)
def test_a_robot_that_acknowledges_is_not_absent(subject: str, text: str) -> None:
    assert not says_absent(subject, text)
