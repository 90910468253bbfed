"""What a later mail of a reporter is to their incident, decided from what it says itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from parsers.letters.later_word import LaterWord, matter_of, read_later_word
from parsers.letters.offices import Offices
from parsers.mails.message import read_mail
from parsers.mails.reply_words import reply_text
from parsers.replies.service_back import says_not_back, says_not_yet
from sop.later_mail import Matter, Means, Said, what_it_means
from tests.reading import HERE

OWN = "darurat@contoh.example"
FIRST = "Laporan Gangguan Jaringan Internet"
OUR_SUBJECT = f"[DKL-2026-0001] Laporan diterima: {FIRST}"
TOLD = (
    f"{FIRST}\nSejak pukul 09.00 WIB jaringan internet pada gedung utama Dinas Kesehatan putus total. Seluruh bidang "
    "tidak dapat mengirim laporan lewat aplikasi SIPTM. Modem di ruang server menyala, tetapi lampu LOS merah."
)
QUOTED = "\n\nPada Sen, 23 Nov 2026 pukul 10.00 Kominfo <darurat@contoh.example> menulis:\n\n> Internet putus total\n> Website diretas\n> BELUM\n"
SERVICES, NAMES = matter_of(TOLD)
RUNNING = Matter(SERVICES | {"jaringan"}, NAMES, "gedung utama Dinas Kesehatan")
TODAY = Matter(RUNNING.services, NAMES, RUNNING.place, ended=True, may_go_on=True)
LONG_AGO = Matter(RUNNING.services, NAMES, RUNNING.place, ended=True)


def read(text: str, subject: str = f"Re: {OUR_SUBJECT}") -> tuple[LaterWord, Said]:
    head = f"From: Arif <arif@dinkes.example>\r\nTo: {OWN}\r\nSubject: {subject}\r\n"
    mail = read_mail(f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}{QUOTED}".encode())
    words = reply_text(mail)
    word = read_later_word(
        mail,
        words,
        f"{OUR_SUBJECT}\n{FIRST}",
        OWN,
        Offices(()),
        received=datetime(2026, 11, 23, 3, 0, tzinfo=UTC),
        opener=HERE,
    )
    place = word.letter.lokasi.value
    still, not_yet = says_not_back(words), says_not_yet(words)
    return word, Said(word.fails, still, not_yet, word.services, word.names, place, word.enclosed)


def means(text: str, matter: Matter, subject: str = f"Re: {OUR_SUBJECT}") -> Means:
    return what_it_means(read(text, subject)[1], matter)


SAME = [
    "Internet masih mati sampai sekarang.",
    "Masih mati.",
    "Tambahan: router di ruang server juga mati, lampu LOS merah.",
    "Di gedung B juga putus.",
    "Akibatnya laporan kewaspadaan dini tidak dapat dikirim.",
    "Internet masih putus sehingga SIMRS tidak bisa dibuka.",
    "Kami sudah restart modem, tetap tidak ada koneksi.",
    "Wifi di lantai 2 juga tidak konek.",
    "Pelayanan pasien berhenti total.",
]
OTHER = [
    "Mohon bantuan, aplikasi SIMRS tidak bisa dibuka sejak pukul 07.15 WIB.",
    "Listrik kantor padam, UPS berbunyi.",
    "Internet masih putus, dan sekarang email dinas juga tidak bisa dibuka.",
    "Website dinas kami diretas dan menampilkan judi online.",
    "Internet di Puskesmas Lubuk Begalung mati total sejak pagi.",
    "Terima kasih, internet sudah normal. Tetapi sekarang telepon kantor mati.",
    "Izin melapor pak, CCTV di gudang obat mati.",
    "Zoom untuk rapat Gubernur tidak bisa masuk.",
]
NOTHING = [
    "Terima kasih.",
    "Terima kasih atas penanganan gangguan internet kemarin, sekarang sudah normal.",
    "Alhamdulillah sudah normal kembali, terima kasih banyak.",
    "Baik, noted.",
    "Mohon dikirimkan berita acaranya.",
    "Apa penyebab gangguan kemarin?",
    "Sudah sampai mana laporannya?",
    "Siap pak, kami tunggu.",
    "Sudah normal, terima kasih. Belum ada kendala lagi.",
    "Sampai hari ini tidak ada gangguan lagi.",
    "Lokasinya gedung utama lantai 2.",
    "Narahubung kami Sdr. Arif, 0812-6700-1145.",
]


@pytest.mark.parametrize("text", SAME)
def test_the_same_matter(text: str) -> None:
    assert means(text, RUNNING) is Means.FOLLOW_UP
    assert means(text, TODAY) is Means.NOT_OVER
    assert means(text, LONG_AGO) is Means.REPORT


@pytest.mark.parametrize("text", OTHER)
def test_another_matter_is_a_new_report_whenever(text: str) -> None:
    assert [means(text, matter) for matter in (RUNNING, TODAY, LONG_AGO)] == [Means.REPORT] * 3


@pytest.mark.parametrize("text", NOTHING)
def test_thanks_and_questions_report_nothing(text: str) -> None:
    assert [means(text, matter) for matter in (RUNNING, TODAY, LONG_AGO)] == [Means.FOLLOW_UP] * 3


@pytest.mark.parametrize("text", ["BELUM", "Belum, SIMRS masih tidak bisa dibuka.", "Mohon maaf, belum pulih."])
def test_whoever_answers_not_yet_within_a_day_has_the_work_go_on_whatever_they_name(text: str) -> None:
    assert means(text, TODAY) is Means.NOT_OVER and means(text, LONG_AGO) is Means.REPORT


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("SIMRS tidak bisa dibuka", Means.REPORT),
        (f"Re: {OUR_SUBJECT} - SIMRS juga tidak bisa dibuka", Means.REPORT),
        (f"Re: {OUR_SUBJECT}", Means.FOLLOW_UP),
        (f"Bls: {FIRST}", Means.FOLLOW_UP),
        (f"Re: Re: {FIRST}", Means.FOLLOW_UP),
        ("Tambahan data", Means.FOLLOW_UP),
    ],
)
def test_a_new_subject_is_the_authors_word_and_the_old_one_is_not(subject: str, expected: Means) -> None:
    assert means("Mohon dibantu segera.", RUNNING, subject) is expected


@pytest.mark.parametrize(
    "text", ["Sekarang SIPD yang error, tidak bisa login.", "Aplikasi Sipandai tidak bisa dibuka."]
)
def test_another_system_of_the_same_category_is_another_matter(text: str) -> None:
    about = Matter(frozenset({"aplikasi"}), frozenset({"simrs"}))
    assert means(text, about) is Means.REPORT
    assert means("Aplikasinya masih error.", about) is Means.FOLLOW_UP


def test_where_nothing_is_known_of_the_matter_what_is_named_completes_it() -> None:
    assert means("Maksud kami internet kantor yang mati.", Matter()) is Means.FOLLOW_UP


@pytest.mark.parametrize(
    ("text", "hal"),
    [
        ("SIMRS down", "SIMRS down"),
        ("Selamat pagi,\n\nMohon bantuan, aplikasi SIMRS tidak bisa dibuka.", "aplikasi SIMRS tidak bisa dibuka"),
    ],
)
def test_the_letter_it_makes_is_its_own(text: str, hal: str) -> None:
    letter = read(text)[0].letter
    assert letter.layanan == ("aplikasi",) and hal in letter.hal.value
    assert "retas" not in letter.text and "DKL-2026-0001" not in letter.hal.value
