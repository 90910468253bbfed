"""What is no incident, and numbers that look like dates."""

from __future__ import annotations

import pytest

from office.offices_file import DEFAULT, read_offices
from parsers.letters.kind import MachineMail, look_at, machine_kind
from parsers.letters.letter import read_letter
from parsers.letters.signature import phones
from parsers.letters.symptoms import has_symptom
from parsers.letters.values import Letter, MailKind
from parsers.mails.message import read_mail
from parsers.words.numbers import Numbers
from tests.reading import HERE


def test_a_number_with_a_year_in_it_is_a_number_and_a_date_is_not() -> None:
    assert [digits for digits, _ in phones("HP 0881 2026 4410, tanggal 03-02-2026 09.15")] == ["088120264410"]


@pytest.mark.parametrize(
    "word",
    [
        "kerusakan",
        "pemadaman",
        "melambat",
        "kegagalan",
        "gangguan",
        "terputus",
    ],
)
def test_symptoms_are_known_with_their_prefixes(word: str) -> None:
    assert has_symptom(f"terjadi {word} jaringan")


def test_the_fire_brigade_is_no_outage() -> None:
    assert not has_symptom("undangan apel dinas pemadam kebakaran")


def test_a_weekday_that_is_not_the_dates_makes_the_time_doubtful() -> None:
    def read(day: str) -> float:
        body = f"Internet kantor kami mati sejak {day}, 9 Juni 2026 pukul 08.10 WIB. Mohon dicek."
        raw = f"From: tu@dinsos.example\nSubject: Internet\nDate: Wed, 10 Jun 2026 09:00:00 +0700\n\n{body}\n"
        return read_letter(raw.encode(), read_offices(DEFAULT), opener=HERE).waktu_kejadian.sure

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
    assert read_letter(raw.encode(), read_offices(DEFAULT), opener=HERE).kind is kind


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Die Hasen und die Frösche", "Ein Hase sass am Abhang in seinem Lager und er fing an zu klagen."),
        ("Meeting notes", "We found an error in the draft of the minutes, please see the list."),
    ],
)
def test_foreign_mail_is_no_incident(subject: str, body: str) -> None:
    raw = f"From: A <a@firma.example>\nSubject: {subject}\n\n{body}\n"
    assert read_letter(raw.encode(), read_offices(DEFAULT), opener=HERE).kind is MailKind.OTHER


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
    assert read_letter(raw.encode(), read_offices(DEFAULT), opener=HERE).kind is kind


def test_news_of_attacks_elsewhere_is_news() -> None:
    raw = "From: N <n@berita.example>\nSubject: Buletin: ransomware meningkat\n\nPekan ini serangan ransomware naik di Asia.\n"
    assert read_letter(raw.encode(), read_offices(DEFAULT), opener=HERE).kind is MailKind.OTHER


DINKES = "dinkes@contoh.example"
REPORT = "Jaringan internet di kantor kami putus total sejak pukul 08.00 WIB. Mohon bantuan segera."
REPLIED, GENERATED = "Auto-Submitted: auto-replied\n", "Auto-Submitted: auto-generated\n"
FROM_LIST = "List-Id: <forum.contoh.example>\nList-Unsubscribe: <mailto:a@contoh.example>\nPrecedence: list\n"
OURS = Numbers(("DKL",))


def as_mail(sender: str, subject: str, body: str, head: str = "") -> bytes:
    plain = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
    return f"From: {sender}\nTo: darurat@contoh.example\nSubject: {subject}\n{head}{plain}\n{body}\n".encode()


def understood(sender: str, subject: str, body: str, head: str = "") -> Letter:
    return read_letter(as_mail(sender, subject, body, head), read_offices(DEFAULT), opener=HERE, numbers=OURS)


@pytest.mark.parametrize(
    ("sender", "subject", "body", "head"),
    [
        (DINKES, "Internet mati", REPORT, "Auto-Submitted: auto-forwarded\n"),
        (DINKES, "Internet mati", REPORT, 'Auto-Submitted: auto-notified; owner-email="a@contoh.example"\n'),
        (DINKES, "Internet mati", REPORT, "Precedence: junk\n"),
        (DINKES, "Alarm UPS", "UPS ruang server mati pukul 02.10, suhu ruang server naik 38 derajat.", REPLIED),
        ("Zabbix <z@mon.example>", "PROBLEM: simpeg", "Server simpeg unreachable, packet loss 100%", GENERATED),
        ("Kuma <k@mon.example>", "[DOWN] situs", "Website dinkes.example down sejak pukul 08.12 WIB", GENERATED),
        ("Formulir <wp@bappeda.example>", "Pengaduan", "Isi: e-planning tidak bisa login sejak pagi", GENERATED),
        ("E-Office <eo@contoh.example>", "Surat masuk", "Hal: Laporan gangguan\nJaringan kami putus.", GENERATED),
        ("Budi <budi@surat.example>", "internet mati", f"{REPORT}\n-- \nunsubscribe: http://x.example", FROM_LIST),
        ("NOC <noc@isp.example>", "Gangguan metro", "Link metro Dinkes down sejak 08.10 WIB, fiber cut.", FROM_LIST),
        (DINKES, "Di luar kantor, server mati", "Saya di luar kantor. Server SIMRS mati sejak pagi.", ""),
        (DINKES, "Balasan otomatis mati", "Fitur balasan otomatis mati, surel tidak bisa dikirim sejak pagi.", ""),
        (DINKES, "Surel tidak terkirim, server mati", "Muncul: <budi@lain.example>: 550 5.1.1 User unknown", ""),
        ("postmaster@dinkes.example", "Undelivered Mail", "Server surel kami mati.\n\n<a@b.example>: 550 x", ""),
        ("", "Surel tidak terkirim", "Server surel kami mati sejak pagi.\n\n<a@b.example>: 550 rejected", ""),
        (DINKES, "Gagal terkirim", "Surel kantor kami gagal terkirim.\n<a@b.example>: 550 x", "Return-Path: <>\n"),
    ],
)
def test_who_reports_an_outage_is_heard_whatever_the_headers_say(
    sender: str, subject: str, body: str, head: str
) -> None:
    assert machine_kind(read_mail(as_mail(sender, subject, body, head))) is None
    assert understood(sender, subject, body, head).kind is MailKind.INCIDENT


@pytest.mark.parametrize(
    ("subject", "body", "head", "troubled"),
    [
        ("Balasan otomatis: [DKL-2026-0001] Mohon disposisi: jaringan putus", "Saya sedang cuti.", REPLIED, False),
        ("Balasan otomatis: Mohon disposisi", "Saya sedang dinas luar, digantikan oleh Andri.", "", False),
        ("Di luar kantor", "Saya tidak berada di kantor sampai 30 November.", "X-Autoreply: yes\n", False),
        ("Re: Internet mati", "Terima kasih telah menghubungi kami. Pesan akan diproses.", REPLIED, False),
        ("Saya cuti", "Saya sedang cuti. Server SIMRS mati sejak pagi, mohon dicek.", REPLIED, True),
        ("Balasan otomatis: Laporan", "Sedang cuti. Gangguan server hubungi Budi 0812.", REPLIED, True),
    ],
)
def test_an_absence_stays_one_and_trouble_in_it_is_seen(subject: str, body: str, head: str, *, troubled: bool) -> None:
    mail = read_mail(as_mail(DINKES, subject, body, head))
    assert look_at(mail, answers=False).machine == MachineMail(MailKind.AUTO_REPLY, troubled)


@pytest.mark.parametrize(
    ("sender", "subject", "body"),
    [
        (
            "mailer-daemon@surat.example",
            "Pesan tidak terkirim",
            "Pesan Anda tidak dapat dikirim ke <a@b.example>:\npenuh.",
        ),
        ("postmaster@surat.example", "Surel tidak terkirim", "Surel Anda tidak dapat dikirim:\n\n<a@b.example>: 550 x"),
        ("postmaster@surat.example", "Delivery failure", "Pengiriman ke penerima berikut gagal:\n<a@b.example>: 550 x"),
    ],
)
def test_a_bounce_in_our_language_is_a_bounce(sender: str, subject: str, body: str) -> None:
    head = "Return-Path: <>\n"
    assert machine_kind(read_mail(as_mail(sender, subject, body, head))) is MailKind.BOUNCE


@pytest.mark.parametrize(
    ("sender", "subject", "body", "head", "kind"),
    [
        (
            "c@srv.example",
            "Backup selesai",
            "Pencadangan basis data selesai pukul 02.00.",
            GENERATED,
            MailKind.AUTO_REPLY,
        ),
        (
            "n@vendor.example",
            "Buletin",
            "Serangan ransomware meningkat, banyak server down.",
            FROM_LIST,
            MailKind.OTHER,
        ),
        ("p@isp.example", "Promo", "Internet sering putus? Beralih sekarang!\nUnsubscribe", "", MailKind.OTHER),
        (DINKES, "Formulir", "Mohon dibuatkan akun surel dinas.", GENERATED, MailKind.REQUEST),
    ],
)
def test_what_comes_by_itself_and_reports_nothing_is_no_incident(
    sender: str, subject: str, body: str, head: str, kind: MailKind
) -> None:
    assert understood(sender, subject, body, head).kind is kind


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Tes kirim email", "Tes kirim email"),
        ("test", "test"),
        ("(tanpa subjek)", "coba masuk ga"),
        ("Tes", "tes tes 123"),
        ("Uji coba", "uji coba pengiriman, mohon abaikan"),
        ("Tes surel dinas baru", "Selamat pagi Pak, izin tes surel dinas baru. Terima kasih\nBudi Santoso"),
        ("cek", "cek email masuk apa tidak"),
        ("ping", "Percobaan kirim dari hp"),
    ],
)
def test_a_mail_that_only_tests_is_general_mail(subject: str, body: str) -> None:
    assert understood(DINKES, subject, body).kind is MailKind.OTHER


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Tes: internet mati sejak pagi", "Tes: internet mati sejak pagi"),
        ("hasil tes", "hasil tes koneksi: RTO semua"),
        ("Re: server", "Sudah kami tes, server tetap mati"),
        ("tes", "Internet mati"),
        ("Test", "Tolong pak jaringan kami tidak bisa"),
        ("Uji coba", "Uji coba genset gagal, listrik ruang server padam"),
        ("test", "Aplikasi simpeg error saat dites login"),
    ],
)
def test_what_a_test_showed_is_a_report(subject: str, body: str) -> None:
    assert understood(DINKES, subject, body).kind is MailKind.INCIDENT


@pytest.mark.parametrize(
    "number", ["TLK-2026-00123", "INC-2026-0042", "CVE-2026-1234", "SPK-2026-0007", "DKLX-2026-0001"]
)
def test_anybodys_number_hides_no_emergency(number: str) -> None:
    assert understood(DINKES, f"[{number}] Internet mati", f"{REPORT} Nomor tiket: {number}").kind is MailKind.INCIDENT


def test_our_number_makes_a_later_word() -> None:
    letter = understood(DINKES, "Re: laporan", f"{REPORT} Menyusul dkl-2026-0001.")
    assert (letter.kind, letter.rujukan.value) == (MailKind.FOLLOW_UP, "DKL-2026-0001")
