"""The letters the invented OPD send in the demonstration."""

from __future__ import annotations

import json
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from pathlib import Path

import typst

from templates import phrasing

DINKES, DISDIK = "dinkes@contoh.example", "disdik@contoh.example"


def network_letter(to: str, now: datetime, serial: int = 417) -> bytes:
    """Dinas Kesehatan: the network is down. A Surat as a PDF attachment, little in the mail itself.

    `serial` makes it another letter.
    """
    started = phrasing.clock(now, phrasing.office_day(now))
    pdf = _letter_pdf(
        {
            "opd": "Dinas Kesehatan",
            "alamat": "Jl. Perintis Kemerdekaan No. 65A Padang, laman: dinkes.contoh.example",
            "nomor": f"500.12.3/{serial}/Dinkes-Set/{now.astimezone(phrasing.WIB).year}",
            "sifat": "Segera",
            "hal": "Laporan Gangguan Jaringan Internet",
            "tanggal": phrasing.day(now),
            "isi": [
                f"Bersama ini kami sampaikan bahwa sejak hari {phrasing.weekday(now)} tanggal {phrasing.day(now)} pukul {started} "
                "WIB jaringan internet pada gedung utama Dinas Kesehatan mengalami putus total. Seluruh bidang tidak dapat "
                "mengirim laporan kewaspadaan dini yang batas waktunya pukul 12.00 WIB.",
                "Petugas kami telah memeriksa: modem di ruang server menyala, tetapi lampu LOS berwarna merah. Untuk itu kami "
                "mohon penanganan segera. Sebagai narahubung kami tugaskan Sdr. Arif Munandar (0812-6700-1145).",
                "Demikian disampaikan, atas perhatian dan kerja sama Saudara diucapkan terima kasih.",
            ],
            "nama": "dr. Nelfi Yusra, M.Kes",
            "nip": "19740812 200212 2 003",
        }
    )
    message = _mail(DINKES, "Dinas Kesehatan", to, "Laporan Gangguan Jaringan Internet", now)
    message.set_content(
        "Yth. Helpdesk Kominfotik,\n\nTerlampir surat Sekretaris Dinas Kesehatan. Mohon segera.\n\nTerima kasih.\n"
    )
    message.add_attachment(pdf, "application", "pdf", filename="Surat Gangguan Jaringan.pdf")
    return message.as_bytes()


def printer_letter(to: str, now: datetime) -> bytes:
    """Dinas Pendidikan: a trifle, written into the mail. Helpdesk will say no."""
    message = _mail(DISDIK, "Dinas Pendidikan", to, "Aplikasi e-Rapor error", now)
    message.set_content(
        "Assalamualaikum Helpdesk Kominfotik,\n\n"
        f"Aplikasi e-Rapor di ruang PSMA error sejak pukul {phrasing.clock(now, phrasing.office_day(now))} WIB, tidak bisa login dari satu komputer. "
        "Komputer lain di ruangan yang sama masih bisa.\n\nMohon bantuannya.\n\n"
        "Terima kasih\nYuni Rahmadani\nStaf Bidang PSMA Dinas Pendidikan\n0813-6300-2214\n"
    )
    return message.as_bytes()


def _mail(sender: str, name: str, to: str, subject: str, now: datetime) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = f"{name} <{sender}>", to, subject
    message["Date"] = format_datetime(now.astimezone(phrasing.WIB))
    message["Message-ID"] = make_msgid(domain=sender.partition("@")[2])
    return message


def _letter_pdf(values: dict[str, object]) -> bytes:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
    source = Path(__file__).with_name("surat.typ")
    pdf = typst.Compiler(root=source.parent, font_paths=fonts, ignore_system_fonts=True).compile(
        source, format="pdf", sys_inputs={"data": json.dumps(values)}
    )
    assert isinstance(pdf, bytes)
    return pdf
