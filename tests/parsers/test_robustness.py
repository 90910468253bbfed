"""Bad input never raises and never takes long."""

from __future__ import annotations

import email.policy
from datetime import datetime
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.documents.formats import document_format
from parsers.letters.letter import read_letter
from parsers.letters.occurrence import began_at
from parsers.letters.offices import Office, Offices
from parsers.mails.again import outline
from parsers.mails.message import read_mail
from parsers.replies.answer import read_answer
from parsers.replies.handling_report import read_report
from parsers.words.dates import WIB
from tests.reading import HERE, open_document

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=WIB)
OFFICES = Offices([Office("Dinas Kesehatan", ("Dinkes",))])
NASTY = {
    "empty": b"",
    "no header": b"\r\n\r\nisi",
    "unknown charset": b"Content-Type: text/plain; charset=x-aneh\r\n\r\nisi \xff",
    "broken encoded word": b"Subject: =?utf-8?B?!!!?= =?x-aneh?Q?=ZZ?=\r\n\r\n",
    "raw 8 bit": "Subject: Gangguan – ‘jaringan’\r\nFrom: Ünïcode <a@x>\r\n\r\n".encode("latin-1", "replace"),
    "o365 brackets": b"Message-ID: <[abc@x]>\r\nFrom: <<a@x>\r\n\r\nisi",
    "many from": b"From: " + b"a@x.example, " * 5000 + b"\r\n\r\nisi",
    "nested": b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(1500)),
    "last hour of the calendar": b"Date: Fri, 31 Dec 9999 23:59:00 -0700\r\n\r\nInternet mati sejak tadi pagi",
    "first hour of the calendar": b"Date: Sat, 01 Jan 0001 00:00:00 +0700\r\n\r\nInternet mati sejak 2 jam lalu",
    "last hour as an ISO date": b"Date: 9999-12-31T23:59:00-07:00\r\n\r\nInternet mati sejak tadi pagi",
    "before the first year": b"Date: Mon, 23 Nov 2026 09:00:00 +0700\r\n\r\nMati sejak 99999 minggu 99999 hari lalu",
    "negative date": b"Date: Mon, 99 Foo 0000 99:99:99 +9999\r\n\r\nisi",
    "base64 garbage": b"Content-Transfer-Encoding: base64\r\n\r\n****====",
    "control filename": b'Content-Disposition: attachment; filename="../../etc/\x00pass\x1bwd"\r\n\r\nisi',
}


@pytest.mark.parametrize("name", sorted(NASTY))
def test_nasty_mails_are_read_without_an_exception(name: str) -> None:
    read_letter(NASTY[name], OFFICES, opener=HERE)
    outline(read_mail(NASTY[name]))


@pytest.mark.parametrize("digit", "①②²¾Ⅷ৩〇十")
def test_a_digit_of_any_kind_is_read_without_an_exception(digit: str) -> None:
    for text in (
        f"Internet mati sejak {digit} jam lalu",
        f"jam 7 lewat {digit} menit",
        f"{digit}-{digit} jam",
        f"2 {digit}",
    ):
        head = b"Date: Mon, 23 Nov 2026 09:00:00 +0700\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        read_letter(head + text.encode(), OFFICES, opener=HERE)
        for accepted in (("ya", "tidak"), ("disposisi", "tidak"), ("laporan",)):
            read_answer(f"Ya, tugaskan {digit} Rahmat segera, selesai dalam {text}", accepted, NOW)


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=600),
    st.sampled_from([b"", b"Subject: x\r\n", b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"]),
)
def test_any_bytes_are_a_mail(raw: bytes, head: bytes) -> None:
    mail = read_mail(head + raw)
    assert "\x00" not in mail.plain


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_a_letter(text: str) -> None:
    message = EmailMessage(policy=email.policy.SMTP)
    message["From"], message["Subject"] = "a@contoh.example", "halo"
    message.set_content(text.encode("utf-8", "replace").decode())
    read_letter(message.as_bytes(), OFFICES, opener=HERE)


@pytest.mark.parametrize(
    ("plain", "written"), [("i", "ı"), ("i", "İ"), ("I", "İ"), ("s", "ſ"), ("k", "\N{KELVIN SIGN}")]
)
def test_letters_that_patterns_take_for_each_other_are_looked_up_alike(plain: str, written: str) -> None:
    said = (
        "Internet mati sejak Senin, 23 Juni 2026 pukul 08.00 WIT dan Kamis malam, 3 Agustus, Sabtu",
        "Penyebab: kabel putus\nTindakan: disambung\nHasil: normal\nSelesai: 23 November pukul 08.00 WITA",
        "Ya, selesaikan paling lambat Senin pukul 10.00 WIB, Kamis atau Selasa",
    )
    for text in (one.replace(plain, written) for one in said):
        date = "Date: Monday, 22 Juni 2026 09:00:00 WIB\r\n".replace(plain, written)
        read_letter(f"{date}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}".encode(), OFFICES, opener=HERE)
        read_report(text, NOW)
        for accepted in (("ya", "tidak"), ("disposisi", "tidak"), ("laporan",)):
            read_answer(text, accepted, NOW)
    assert began_at("Internet mati sejak Senin pukul 08.00".replace(plain, written), NOW)[11:16] == "08:00"


def test_a_filename_cannot_leave_its_folder() -> None:
    part = read_mail(NASTY["control filename"]).attachments[0]
    assert part.filename == "passwd"


@pytest.mark.parametrize("content", [b"%PDF-1.4 rusak", b"%PDF-", b"PK\x03\x04 rusak word/document.xml", b""])
def test_a_broken_document_is_a_problem_and_no_exception(content: bytes) -> None:
    document = open_document(content, document_format("application/pdf", "x.pdf", content) or "pdf")
    assert document.problem and not document.text


def test_a_document_is_known_by_its_bytes_whatever_its_name() -> None:
    assert document_format("application/octet-stream", "surat.docx", b"%PDF-1.7") == "pdf"
    assert document_format("application/pdf", "surat.pdf", b"\x89PNG\r\n\x1a\n") == "image"
    assert document_format("application/zip", "surat.zip", b"PK\x03\x04") == "package"
