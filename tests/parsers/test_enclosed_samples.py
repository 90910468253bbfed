"""A mail that encloses another: it is the letter that is handed on, or a sample that the words around it only show."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from office.offices_file import DEFAULT, read_offices
from parsers.letters.letter import read_letter
from parsers.letters.values import MailKind
from tests.reading import HERE

REPORT = "Internet di kantor kami putus total sejak pukul 07.40 WIB, pelayanan berhenti. Mohon segera ditangani."
LETTER = (
    "Nomor : 445/12/Dinkes/2026\nHal : Gangguan SIMRS\n\nSIMRS tidak dapat diakses sejak pukul 06.00 WIB, pendaftaran "
    "pasien berhenti. Mohon bantuan segera.\n\ndr. Nelfi\nNIP 198001012006042001"
)
SAMPLES = {
    "polite provider": ("cs@isp.example", "Re: keluhan", "Terima kasih telah menghubungi kami. Laporan akan diproses."),
    "provider's outage": (
        "noc@isp.example",
        "Gangguan backbone",
        "Link metro putus. Router mati. Internet pelanggan down.",
    ),
    "absence": ("pic@isp.example", "Balasan otomatis: x", "Saya sedang cuti."),
    "bounce": (
        "MAILER-DAEMON@surel.example",
        "failure notice",
        "Hi. This is the qmail-send program at contoh.example.\n\n<a@b.example>:\nno mailbox here (#5.1.1)\n",
    ),
    "lure": ("it@kuota.example", "Akun", "Akun Anda diblokir. Klik tautan http://x.example verifikasi kata sandi."),
}


def mail(sender: str, subject: str, text: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "darurat@contoh.example", subject
    if subject.startswith("Balasan otomatis"):
        message["Auto-Submitted"] = "auto-replied"
    message.set_content(text)
    return message


def around(inner: tuple[str, str, str], text: str, subject: str) -> bytes:
    outer = mail("samsat@contoh.example", subject, text)
    outer.add_attachment(mail(*inner))
    return outer.as_bytes()


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_outer_words_count_where_they_report(sample: str) -> None:
    letter = read_letter(around(SAMPLES[sample], REPORT, "Internet putus"), read_offices(DEFAULT), opener=HERE)
    assert (letter.kind, letter.email.value) == (MailKind.INCIDENT, "samsat@contoh.example")


@pytest.mark.parametrize("sample", ["absence", "bounce", "lure"])
def test_what_a_machine_or_a_deceiver_wrote_is_never_the_letter(sample: str) -> None:
    letter = read_letter(
        around(SAMPLES[sample], "Mohon dicek surel ini.", "Fwd: surel"), read_offices(DEFAULT), opener=HERE
    )
    assert letter.kind is not MailKind.SPAM and letter.email.value == "samsat@contoh.example"


@pytest.mark.parametrize("text", ["Mohon ditindaklanjuti.", "Berikut kami teruskan laporan gangguan dari Dinkes."])
def test_a_letter_that_is_handed_on_is_the_letter(text: str) -> None:
    raw = around(("tu@dinkes.example", "Laporan", LETTER), text, "Fwd: Laporan")
    letter = read_letter(raw, read_offices(DEFAULT), opener=HERE)
    assert (letter.kind, letter.email.value) == (MailKind.INCIDENT, "tu@dinkes.example")
    assert letter.nomor.value == "445/12/Dinkes/2026"


def test_who_passes_a_lure_on_and_fell_for_it_reports() -> None:
    head = "Dari: IT <it@kuota.example>\nTerkirim: 23 November 2026 08:00\nKepada: samsat\nSubjek: Akun\n\n"
    text = f"Pak, staf saya terlanjur klik dan mengisi sandi.\n\n{head}{SAMPLES['lure'][2]}"
    letter = read_letter(mail("samsat@contoh.example", "FW: Akun", text).as_bytes(), read_offices(DEFAULT), opener=HERE)
    assert (letter.kind, letter.email.value) == (MailKind.INCIDENT, "samsat@contoh.example")
