"""What asks how things stand, and what only looks so: a report, an answer, an order, a word that it is not over."""

from __future__ import annotations

import pytest

from parsers.mails.message import read_mail
from parsers.replies.status_question import asks_status
from parsers.words.numbers import Numbers

NUMBERS = Numbers(("DKL",))
ASKS = """\
STATUS
status?
Status DKL-2026-0007
DKL-2026-0007 status?
mana yang menunggu saya
Mana saja yang masih menunggu jawaban saya?
Apa yang belum saya jawab?
Adakah yang belum dijawab oleh saya?
Yang mana yang menunggu saya ya?
daftar yang menunggu saya
Sampai mana DKL-2026-0007
sampai di mana penanganan laporan kami?
Sudah sampai mana ya pak?
Laporan kami sudah sampai mana?
bagaimana perkembangan laporan kami
Bagaimana status laporan kami tersebut?
Selamat pagi Bapak/Ibu, mohon info perkembangan laporan kami nomor DKL-2026-0007. Terima kasih.
Gimana kelanjutannya?
Apa kabar laporan kami?
Mohon update
Izin bertanya, sejauh mana tindak lanjut laporan kami?
Mohon informasi status penanganannya
Bagaimana perkembangan gangguan sampai saat ini?
Apakah gangguannya sudah ada perkembangan?
Mohon info perkembangan gangguan kami
"""
SAYS = """\
Status: selesai
LAPORAN\\nPenyebab: FO putus\\nStatus: selesai
status sudah pulih
status masih menunggu
Status menunggu suku cadang
Status aman
Belum ada kabar
Belum, statusnya masih mati
belum ada perkembangan
Mohon tindak lanjut laporan ini
Mohon proses
Proses
Mohon segera ditangani, sampai mana pun kabelnya
Ya
TERUSKAN
PROGRES
Progres kami laporkan nanti
Laporan
Terima kasih
Internet kami mati, sudah sampai mana penanganannya?
Status? DISPOSISI
Menunggu
Saya menunggu
Masih ditunggu
Mohon petunjuk
Bagaimana kalau besok saja?
Tidak ada kabar
ya, sampai mana?
Mohon info perkembangannya, gangguan masih ada sampai sekarang
gangguan masih ada, bagaimana kelanjutannya
Bagaimana kelanjutannya? Masalahnya masih ada.
Apa laporan kami sudah sampai mana, masalah masih ada
Mohon update, gangguan kami sampai sekarang masih
Mohon info perkembangan, ada gangguan
Mohon info perkembangan. Gangguan sampai saat ini.
Info progres penanganan: sedang proses
Kabar perkembangan: masih proses penanganan
Info perkembangan sedang proses
tolong update: penanganan sudah
"""


def asks(
    text: str,
    subject: str = "Re: [DKL-2026-0001] Mohon analisis",
    accepted: tuple[str, ...] = (),
    head: str = "In-Reply-To: <a@b.example>\r\n",
) -> bool:
    mail = read_mail(f"From: a@contoh.example\r\nSubject: {subject}\r\n{head}\r\n{text}\r\n".encode())
    return asks_status(mail, text, NUMBERS, accepted)


@pytest.mark.parametrize("text", ASKS.splitlines())
def test_who_only_asks_how_things_stand_is_understood(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize("text", SAYS.splitlines())
def test_who_says_anything_else_asks_nothing(text: str) -> None:
    assert not asks(text.replace("\\n", "\n"))


def test_a_word_that_answers_the_mail_is_an_answer() -> None:
    assert asks("Laporan kami sudah sampai mana?") and not asks(
        "Laporan, sampai mana?", accepted=("laporan", "progres")
    )
    assert not asks("Progres? bagaimana kabarnya", accepted=("laporan", "progres"))


def test_in_a_new_mail_the_subject_may_ask_alone() -> None:
    assert asks("", "STATUS", head="") and asks("Terima kasih.", "Status DKL-2026-0007?", head="")
    assert not asks("Internet mati.", "STATUS", head="")
    assert not asks(
        "Terima kasih.", "Re: Status laporan: tidak ada yang menunggu", head="In-Reply-To: <a@b.example>\r\n"
    )


ANALYSIS, TEAM = ("ya", "tidak"), ("laporan", "progres", "minta_waktu")


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("Status insiden: ya", ANALYSIS),
        ("status ya", ANALYSIS),
        ("Apa yang harus saya jawab? ya saja", ANALYSIS),
        ("Mohon info, statusnya iya", ANALYSIS),
        ("Mohon izin info perkembangan, sedang proses penanganan", TEAM),
        ("Info perkembangan progres sudah", TEAM),
    ],
)
def test_an_offered_word_anywhere_may_answer(text: str, accepted: tuple[str, ...]) -> None:
    assert not asks(text, accepted=accepted)


@pytest.mark.parametrize("text", ["Mohon info progres", "Progresnya sampai mana ya", "Bagaimana status laporan ini?"])
def test_what_is_offered_may_be_asked_for(text: str) -> None:
    assert asks(text, accepted=TEAM)
