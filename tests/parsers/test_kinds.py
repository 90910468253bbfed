"""What is no incident, and numbers that look like dates."""

from __future__ import annotations

import pytest

from office.offices_file import DEFAULT, read_offices
from parsers.letters.letter import read_letter
from parsers.letters.services import has_symptom
from parsers.letters.signature import phones
from parsers.letters.values import MailKind


def test_a_number_with_a_year_in_it_is_a_number_and_a_date_is_not() -> None:
    assert [digits for digits, _ in phones("HP 0881 2026 4410, tanggal 03-02-2026 09.15")] == ["088120264410"]


@pytest.mark.parametrize("word", ["kerusakan", "pemadaman", "melambat", "kegagalan", "gangguan", "terputus"])
def test_symptoms_are_known_with_their_prefixes(word: str) -> None:
    assert has_symptom(f"terjadi {word} jaringan")


def test_the_fire_brigade_is_no_outage() -> None:
    assert not has_symptom("undangan apel dinas pemadam kebakaran")


def test_a_weekday_that_is_not_the_dates_makes_the_time_doubtful() -> None:
    def read(day: str) -> float:
        body = f"Internet kantor kami mati sejak {day}, 9 Juni 2026 pukul 08.10 WIB. Mohon dicek."
        raw = f"From: tu@dinsos.example\nSubject: Internet\nDate: Wed, 10 Jun 2026 09:00:00 +0700\n\n{body}\n"
        return read_letter(raw.encode(), read_offices(DEFAULT)).waktu_kejadian.sure

    assert read("Selasa") >= 0.8 > read("Senin") > 0


@pytest.mark.parametrize(
    ("subject", "body", "kind"),
    [
        ("Printer", "Pak, videotron di aula cuma tampil separuh dari jam 4 sore tadi.", MailKind.INCIDENT),
        ("Kabar", "Mohon teknisi segera ke server kami, ada yang janggal.", MailKind.INCIDENT),
        (
            "Tagihan INV-2026-1207",
            "Terlampir tagihan lisensi, mohon dibayar agar layanan tidak terputus.",
            MailKind.OTHER,
        ),
        (
            "Imbauan",
            "Kerentanan CVE-2026-1234 ditemukan pada firewall. Disarankan melakukan pembaruan.",
            MailKind.OTHER,
        ),
        ("wifi", "wifi lantai 1 ilang sinyal bang", MailKind.INCIDENT),
        ("Kejadian", "Ada bau gosong di ruang server kami, semua perangkat kami matikan.", MailKind.INCIDENT),
        ("Laporan", "Kami melaporkan adanya akses tidak sah ke server pukul 02.00.", MailKind.INCIDENT),
        ("Fiber cut alert", "Dear customer, fiber cut occurred at 10:22 WIB. Your link is down.", MailKind.INCIDENT),
        ("hapus akun", "Tolong akun eoffice pegawai pensiun (daftar terlampir) dinonaktifkan ya", MailKind.REQUEST),
        ("Profil", "Perkenalkan kami penyedia solusi jaringan. Kami siap mengatasi gangguan.", MailKind.OTHER),
        ("Permintaan wawancara", "Kami ingin mewawancarai Kadis soal kebocoran data nasional.", MailKind.OTHER),
        ("Dana hibah", "Anda terpilih menerima dana hibah. Balas dengan nomor rekening dan PIN ATM.", MailKind.SPAM),
        ("Maaf mengganggu", "Pak, maaf mengganggu, kapan rapat evaluasi SPBE?", MailKind.OTHER),
        ("Akun", "Pegawai kami klik tautan palsu dan memasukkan kata sandi, akun diblokir.", MailKind.INCIDENT),
    ],
)
def test_trouble_without_a_word_we_know_is_an_incident_and_numbers_of_others_are_none(
    subject: str, body: str, kind: MailKind
) -> None:
    raw = f"From: A <a@firma.example>\nSubject: {subject}\n\n{body}\n"
    assert read_letter(raw.encode(), read_offices(DEFAULT)).kind is kind


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Die Hasen und die Frösche", "Ein Hase sass am Abhang in seinem Lager und er fing an zu klagen."),
        ("Meeting notes", "We found an error in the draft of the minutes, please see the list."),
    ],
)
def test_foreign_mail_is_no_incident(subject: str, body: str) -> None:
    raw = f"From: A <a@firma.example>\nSubject: {subject}\n\n{body}\n"
    assert read_letter(raw.encode(), read_offices(DEFAULT)).kind is MailKind.OTHER


@pytest.mark.parametrize(
    ("sender", "subject", "body", "kind"),
    [
        ("dishub", "cctv", "cctv simpang jam gadang gelap semua, cuma 2 yg nyala", MailKind.INCIDENT),
        ("bpbd", "EWS", "Sirine tsunami di Pasie berbunyi sendiri tengah malam, warga panik", MailKind.INCIDENT),
        ("perkim", "email saya", "Kemarin saya klik tautan kuota lalu isi password email.", MailKind.INCIDENT),
        ("kesbangpol", "Akun", "Di panel website kami ada akun admin yang bukan kami buat.", MailKind.INCIDENT),
        ("inspektorat", "Zoom", "Ada orang tak dikenal masuk ke zoom kami dan memutar video.", MailKind.INCIDENT),
        ("uptd.balai", "tolong", "tolong pak internet kami", MailKind.INCIDENT),
        ("dinkes", "PIC", "Berikut kontak PIC aplikasi kami: Hendra.", MailKind.OTHER),
        ("bkd", "Pengumuman", "Diberitahukan bahwa mulai Juli absensi memakai aplikasi baru.", MailKind.OTHER),
        ("dinsos", "Re: website", "Siap pak, website sudah tampil seperti biasa. Mokasih pak.", MailKind.OTHER),
        ("penghubung", "Operator", "Mohon bantuan satu orang operator zoom untuk acara 20 Juni.", MailKind.REQUEST),
        ("bpsdm", "Pentest", "Mohon dilakukan uji penetrasi aplikasi kami sebelum diluncurkan.", MailKind.REQUEST),
        ("bapenda", "Re: gangguan e-samsat", "Pak, laporan kami hari Senin belum ada jawaban.", MailKind.FOLLOW_UP),
        ("bapenda", "e-samsat", "Laporan kami belum dijawab. Sekarang server kami juga mati.", MailKind.INCIDENT),
    ],
)
def test_in_doubt_an_office_that_tells_of_a_service_reports_trouble(
    sender: str, subject: str, body: str, kind: MailKind
) -> None:
    raw = f"From: A <a@{sender}.sumbarprov.example>\nSubject: {subject}\n\n{body}\n"
    assert read_letter(raw.encode(), read_offices(DEFAULT)).kind is kind


def test_news_of_attacks_elsewhere_is_news() -> None:
    raw = "From: N <n@berita.example>\nSubject: Buletin: ransomware meningkat\n\nPekan ini serangan ransomware naik di Asia.\n"
    assert read_letter(raw.encode(), read_offices(DEFAULT)).kind is MailKind.OTHER
