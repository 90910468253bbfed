"""Two eventful days of the office, always the same: whatever the SOP knows happens at least once.

Everything goes over real protocols into a `Town`, through what other people use too; nothing of the office is looked
at in between, so that the story stays when the house is built anew.
"""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from handlers.admin_answered import record_oral_answer
from handlers.oral_report import OralReport, enter_oral_report
from office.build import Office
from readers.pool import CannotRead, Readers, Reading
from tests import cast
from tests.cast import DINKES, DISDIK
from tests.doubles import NAME
from tests.reading import server
from tests.town import Town

UNREADABLE = b"Surat yang tidak terbaca"
"""A mail with these words is one at which every reader gives up."""
FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH = (f"DKL-2026-000{serial}" for serial in range(1, 7))
OFFICE_SERVER = f'[kotak_surat]\nauthserv_id = "{NAME}"\n'
REPORT = """\
LAPORAN

Penyebab: kabel FO putus tersangkut truk
Tindakan: penyambungan ulang dua titik
Hasil: jaringan normal kembali
Saran: menaikkan tiang kabel di depan gerbang"""


class Choking(Readers):
    """Reads as a desk does, and gives up at the mail that nobody can read."""

    def open(self, raw: bytes, *, slow: bool = False) -> Reading:
        if UNREADABLE in raw:
            raise CannotRead("bentuk suratnya rusak")
        return super().open(raw, slow=slow)


class EventfulTown(Town):
    """Its office believes what its receiving server says of a sender, and has no program that reads pictures."""

    def _write_settings(self, journal_url: str, archive: str) -> Path:
        path = super()._write_settings(journal_url, archive)
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("[kotak_surat]\n", OFFICE_SERVER, 1), encoding="utf-8")
        return path

    def open(self) -> Office:
        office = super().open()
        office.readers, office.reads_scans = Choking(server=server()), False
        return office

    def answers(self, address: str, subject: str, text: str, *, minutes: float = 1) -> None:
        """Somebody answers the newest mail about `subject`; so many minutes later the desk looks."""
        self.reply(address, subject, text)
        self.work(minutes)

    def attached(self, sender: str, subject: str, text: str, name: str, content: bytes) -> None:
        """A mail with a PDF, or what claims to be one."""
        message = EmailMessage(policy=SMTP)
        message["From"], message["To"], message["Subject"] = sender, cast.OFFICE, subject
        message["Date"], message["Message-ID"] = format_datetime(self.clock.now()), "<berkas-rusak@contoh.example>"
        message.set_content(text)
        message.add_attachment(content, "application", "pdf", filename=name)
        self.post(sender, message.as_bytes())


def live(town: EventfulTown) -> None:
    """All of it."""
    for chapter in CHAPTERS:
        chapter(town)


def a_letter_and_an_unclear_answer(town: EventfulTown) -> None:
    town.letter()
    town.work(1)
    town.answers(cast.HELPDESK, "Mohon analisis", "Ya, tapi ini bukan darurat menurut saya", minutes=0.5)
    town.answers(cast.HELPDESK, "Mohon ditegaskan", "YA, darurat\n\nKabel FO ke gedung utama diduga putus.")
    town.answers(cast.KOORDINATOR, "Mohon diteruskan ke Kabid", "TERUSKAN\n\nMohon arahan.")


def a_second_report_is_joined_and_parted_again(town: EventfulTown) -> None:
    text = "Yth. Helpdesk,\n\nJaringan internet di Dinas Pendidikan putus total sejak pukul 09.00 WIB hari ini.\n\nYuni"
    town.write(DISDIK, "Jaringan internet putus", text)
    town.work(0.5)
    town.answers(cast.HELPDESK, f"{SECOND}] Mohon analisis", f"GABUNG {FIRST}", minutes=0.2)


def silence_then_the_deputy(town: EventfulTown) -> None:
    town.work(1.5)
    town.work(1)
    town.answers(cast.SEKRETARIS, "Mohon disposisi", "Setuju. Segera tangani, utamakan jalur pelaporan.")


def the_work_and_what_the_reporter_adds(town: EventfulTown) -> None:
    town.answers(cast.KOORDINATOR, "Mohon penugasan", "TUGASKAN Rahmat Febrian")
    town.answers(DINKES, "Laporan diterima", "Tambahan: gedung B juga putus. Narahubung Sdr. Arif, 0812-6700-1145.")
    town.answers(DISDIK, "ditangani bersama", "Tambahan: di gedung arsip juga putus.")
    town.answers(cast.JARINGAN, "Penugasan penanganan", "PROGRES\n\nKabel sedang disambung.", minutes=5)
    town.answers(cast.JARINGAN, "Penugasan penanganan", "MINTA WAKTU 45 menit\n\nMenunggu alat.", minutes=5)
    town.answers(cast.HELPDESK, "Dicatat: digabung", f"PISAHKAN {SECOND}")


def an_answer_is_taken_back_and_given_again(town: EventfulTown) -> None:
    """On the report that goes its own way again."""
    about = f"{SECOND}] "
    town.answers(cast.HELPDESK, f"{about}Mohon analisis", "YA\n\nSemua komputer di kantor itu putus.", minutes=0.5)
    town.answers(cast.HELPDESK, f"{about}Dicatat", "BATAL", minutes=0.5)
    town.answers(cast.HELPDESK, f"{about}Mohon analisis", "YA\n\nPutus, sudah dipastikan.", minutes=0.5)
    town.answers(cast.HELPDESK, f"{about}Dicatat", "RALAT: TIDAK\n\nTernyata hanya satu komputer.", minutes=0.5)


def the_work_takes_too_long_and_is_reported(town: EventfulTown) -> None:
    town.work(60)
    town.work(45)
    town.answers(cast.KOORDINATOR, f"{FIRST}] Melewati waktu baku", "TUGASKAN Tim Aplikasi")
    town.answers(cast.APLIKASI, f"{FIRST}] Penugasan penanganan", REPORT)
    town.answers(cast.HELPDESK, "Mohon periksa dan kirim", "KIRIM")
    town.answers(cast.KOORDINATOR, "Mohon laporan hasil diteruskan", "TERUSKAN")
    town.answers(cast.KABID, "Mohon laporan hasil diteruskan", "KEMBALIKAN\n\nLengkapi saran pencegahannya.")
    town.answers(cast.HELPDESK, "Mohon periksa dan kirim", "KIRIM\n\nSaran sudah dilengkapi.")  # asked what that means
    town.work(7)  # and silent then: it goes on by itself
    town.answers(cast.KOORDINATOR, "Mohon laporan hasil diteruskan", "TERUSKAN")
    town.answers(cast.KABID, "Mohon laporan hasil diteruskan", "Baik, teruskan")
    town.answers(cast.KADIS, "Laporan kegiatan untuk diterima", "DITERIMA\n\nTerima kasih.")
    town.answers(cast.KADIS, "Laporan kegiatan untuk diterima", "DITERIMA")  # once more, too late


def the_service_is_not_back(town: EventfulTown) -> None:
    town.work(60)
    town.answers(DINKES, "Penanganan selesai", "BELUM, SIMRS masih tidak bisa dibuka.")
    town.answers(cast.HELPDESK, f"{THIRD}] Mohon analisis", "YA\n\nSIMRS memang belum tersambung.")
    town.answers(cast.KOORDINATOR, f"{THIRD}] Mohon diteruskan", "TERUSKAN")


def the_kabid_asks_is_away_and_leaves_it_to_the_deputy(town: EventfulTown) -> None:
    town.answers(cast.KABID, f"{THIRD}] Mohon disposisi", "Ini sudah koordinasi dengan PLN belum?", minutes=0.2)
    words = "Saya sedang rapat, mohon diputuskan oleh Plh. Kabid."
    town.answers(cast.KABID, f"{THIRD}] Mohon disposisi", words, minutes=0.2)
    town.answers(cast.SEKRETARIS, f"{THIRD}] Mohon disposisi", "DISPOSISI\n\nPulihkan SIMRS hari ini juga.")


def strangers_write_in_others_names(town: EventfulTown) -> None:
    asked = town.last(cast.KOORDINATOR, f"{THIRD}] Mohon penugasan")
    town.write(cast.SAMSAT, f"Re: {asked.subject}", "TUGASKAN Tim Aplikasi", In_Reply_To=f"<{asked.message_id}>")
    town.work(0.2)
    forged = f"Re: [{THIRD}] Mohon penugasan"
    town.write(cast.SAMSAT, forged, "TUGASKAN Tim Aplikasi", claimed_sender=cast.KOORDINATOR)
    town.work(0.2)
    town.answers(cast.KOORDINATOR, f"{THIRD}] Apakah ini jawaban Saudara", "OK, betul", minutes=0.2)
    vouched = f"{NAME}; dmarc=pass header.from=contoh.example"  # written by the sender
    words, subject = "LAPORAN\n\nHasil: normal", f"Re: [{THIRD}] Penugasan penanganan"
    town.write(cast.SAMSAT, subject, words, claimed_sender=cast.APLIKASI, Authentication_Results=vouched)
    town.work(1)


def somebody_telephones_and_an_admin_notes_what_was_said(town: EventfulTown) -> None:
    said = OralReport(
        "telepon",
        "Bapenda",
        "VPN Samsat Bukittinggi putus sejak pukul 11.30, loket tidak bisa mencetak, antrean 60 orang.",
        reporter="Yasril Effendi",
        title="Kasi Pelayanan UPTD Samsat Bukittinggi",
        phone="082388012277",
        email=cast.SAMSAT,
        place="UPTD Samsat Bukittinggi",
        reference="panggilan-1",
        entered_by="admin",
    )
    number = enter_oral_report(town.office, said)
    town.work(0.5)
    record_oral_answer(town.office, number, "ya", "Memang darurat.", "", "admin")
    town.work(0.5)
    record_oral_answer(town.office, number, "teruskan", "", "", "admin")
    town.work(0.5)


def a_mail_comes_back_and_another_is_answered_by_a_machine(town: EventfulTown) -> None:
    asked = town.last(cast.KABID, f"{FOURTH}] Mohon disposisi")
    away = {"Auto_Submitted": "auto-replied", "In_Reply_To": f"<{asked.message_id}>"}
    words = f"Saya sedang dinas luar sampai Jumat. Keperluan mendesak: {cast.SEKRETARIS}."
    town.write(cast.KABID, f"Balasan otomatis: {asked.subject}", words, **away)
    town.work(0.5)
    town.post(cast.SAMSAT, bounce_of(town.last(cast.SEKRETARIS, f"{FOURTH}] Mohon disposisi").message_id))
    town.work(0.5)


def letters_that_are_no_emergency(town: EventfulTown) -> None:
    asks = "memohon dibuatkan akun surel dinas bagi dua pegawai baru untuk keperluan administrasi"
    thanks = "Atas bantuannya kami ucapkan terima kasih.\n\nYuni Rahmadani\nDinas Pendidikan"
    text = f"Yth. Kepala Dinas Kominfotik,\n\nKami dari Dinas Pendidikan {asks}. {thanks}"
    town.write(DISDIK, "Permohonan akun surel", text)
    town.work(1)
    town.answers(cast.HELPDESK, "Bukan laporan darurat", "Apakah ini darurat?")
    town.answers(cast.HELPDESK, "Mohon ditegaskan", "DARURAT")
    invited = "Dengan hormat, kami mengundang Saudara hadir pada rapat koordinasi, Kamis pukul 09.00 WIB di aula."
    town.write(DINKES, "Undangan Rapat Koordinasi", invited)
    town.work(1)
    town.answers(cast.HELPDESK, "Bukan laporan darurat", "ABAIKAN")


def what_is_set_apart(town: EventfulTown) -> None:
    phish = "Kuota surel Anda penuh. Klik tautan http://contoh.example/masuk untuk verifikasi akun dalam 24 jam."
    town.write(cast.SAMSAT, "Verifikasi akun", phish, claimed_sender="hadiah@penipu.example")
    news = "Unduh majalah kami. Berhenti berlangganan di sini."
    town.write(cast.SAMSAT, "Kabar bulanan", news, List_Id="<kabar.contoh.example>")
    town.work(1)


def letters_in_trouble(town: EventfulTown) -> None:
    """A PDF that is none, a mail at which every reader gives up, and a letter with days that do not exist."""
    town.attached(DINKES, "Surat", "Terlampir.", "pindai.pdf", b"%PDF-1.4 not really")
    town.work(1)
    town.write(cast.SAMSAT, "Racun", UNREADABLE.decode(), claimed_sender="orang@luar.example")
    town.work(1)
    town.write(
        cast.SAMSAT,
        "Laporan gangguan aplikasi pajak",
        "BADAN PENDAPATAN DAERAH\n\nPadang, 31 September 2026\n\nNomor : 973/201/Bapenda/2026\nSifat : Segera\n"
        "Hal : Gangguan aplikasi e-Samsat\n\nAplikasi e-Samsat tidak dapat dibuka sejak Jumat, 31 November 2026 pukul "
        "25.10 WIB di semua loket. Mohon segera ditangani.\n\nKepala UPTD,\n\nYasril Effendi\n",
    )
    town.work(1)


def the_next_morning(town: EventfulTown) -> None:
    """What was set apart is listed; what nobody answered has been reminded of, and gone past."""
    for hours in (1, 4, 8, 8):
        town.work(60 * hours)
    town.answers(cast.HELPDESK, "Daftar karantina", "DARURAT")
    code = re.search(r"\b[0-9a-f]{8}\b", town.last(cast.HELPDESK, "Daftar karantina").plain)
    assert code, "the list names each letter by its code"
    town.answers(cast.HELPDESK, "Mohon ditegaskan", f"DARURAT {code[0]}")
    town.answers(DINKES, "Laporan diterima", "Apa kabar laporan kami?")
    town.restart()
    town.work(15)
    town.work(60 * 24)  # with nothing set apart, the morning has a mail of its own


def bounce_of(message_id: str) -> bytes:
    return (
        f"From: MAILER-DAEMON@contoh.example\r\nTo: {cast.OFFICE}\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        "MIME-Version: 1.0\r\nMessage-ID: <tidak-sampai@contoh.example>\r\nAuto-Submitted: auto-replied\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\n550 5.1.1 user unknown\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{message_id}>\r\n--b--\r\n"
    ).encode()


CHAPTERS = (
    a_letter_and_an_unclear_answer,
    a_second_report_is_joined_and_parted_again,
    silence_then_the_deputy,
    the_work_and_what_the_reporter_adds,
    an_answer_is_taken_back_and_given_again,
    the_work_takes_too_long_and_is_reported,
    the_service_is_not_back,
    the_kabid_asks_is_away_and_leaves_it_to_the_deputy,
    strangers_write_in_others_names,
    somebody_telephones_and_an_admin_notes_what_was_said,
    a_mail_comes_back_and_another_is_answered_by_a_machine,
    letters_that_are_no_emergency,
    what_is_set_apart,
    letters_in_trouble,
    the_next_morning,
)
