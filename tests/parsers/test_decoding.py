"""What has broken other mail readers comes out as what it says."""

from __future__ import annotations

import binascii

import pytest

from parsers.mails.message import read_mail
from parsers.mails.reply_words import reply_text


def headed(head: str, body: bytes = b"isi") -> bytes:
    return f"From: A <a@x.example>\r\n{head}\r\n\r\n".encode() + body


def part(head: str, body: str) -> str:
    return f"--b\r\n{head}\r\n\r\n{body}\r\n"


def multipart(*parts: str) -> bytes:
    return headed('Content-Type: multipart/mixed; boundary="b"', "".join(parts).encode() + b"--b--\r\n")


def nested(depth: int) -> bytes:
    opening = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(depth))
    return f"From: a@x.example\r\nSubject: dalam\r\n{opening}Content-Type: text/plain\r\n\r\nisi\r\n".encode()


@pytest.mark.parametrize(
    "raw",
    [
        nested(1000),
        nested(2000),
        headed('Subject: dalam\r\nContent-Type: multipart/mixed; boundary="b"', b"--b\r\n\r\nx\r\n" * 100_000),
        headed('Subject: dalam\r\nContent-Type: multipart/digest; boundary="b"', b"--b\r\n\r\n\r\n" * 50_000),
        headed("Subject: dalam", b"\r\n" * 1_300_000),
        b"From: a@x.example\r\nSubject: dalam\r\n" + b"X-Y: z\r\n" * 50_000 + b"\r\nisi",
    ],
    ids=["1,000 deep", "2,000 deep", "100,000 parts", "digest", "lines", "fields"],
)
def test_a_bomb_is_cut_and_says_so(raw: bytes) -> None:
    mail = read_mail(raw)
    assert (mail.subject, mail.sender) == ("dalam", mail.sender) and mail.sender.endswith("x.example")
    assert any(word in " ".join(mail.defects) for word in ("too many", "too deep"))


@pytest.mark.parametrize(
    "field", ["((((" * 3000, "g:" * 3000, "a@x.example, " * 20_000, '"' * 5000, "<" * 5000, "\\" * 5000]
)
def test_no_address_field_breaks_the_reading(field: str) -> None:
    assert read_mail(f"To: {field}\r\nSubject: alamat\r\n\r\nisi".encode()).subject == "alamat"


@pytest.mark.parametrize(
    ("parameters", "name"),
    [
        ("filename*0=surat; filename*1=-gangguan; filename*2=.pdf", "surat-gangguan.pdf"),
        ("filename*1=-gangguan.pdf; filename*0=surat", "surat-gangguan.pdf"),
        ("filename*0*=utf-8''surat%20; filename*1*=dinas.pdf", "surat dinas.pdf"),
        ("filename*=utf-8''laporan%E2%80%93akhir.pdf", "laporan–akhir.pdf"),
        ('filename="=?utf-8?B?c3VyYXQucGRm?="', "surat.pdf"),
        ("filename=surat dinas.pdf", "surat dinas.pdf"),
    ],
)
def test_a_file_has_the_name_that_was_meant(parameters: str, name: str) -> None:
    raw = multipart(part(f"Content-Type: application/pdf\r\nContent-Disposition: attachment; {parameters}", "x"))
    assert [found.filename for found in read_mail(raw).attachments] == [name]


@pytest.mark.parametrize(
    "parameters", ["filename*=utf-8''%ZZ%", "filename*0*=x-aneh''%ff; filename*3=z", "filename*=''''"]
)
def test_a_file_with_a_broken_name_is_still_there(parameters: str) -> None:
    raw = multipart(part(f"Content-Type: application/pdf\r\nContent-Disposition: attachment; {parameters}", "isi"))
    assert [found.content.strip() for found in read_mail(raw).attachments] == [b"isi"]


@pytest.mark.parametrize(
    ("charset", "body", "text"),
    [
        ("x-aneh", b"jaringan mati", "jaringan mati"),
        ("us-ascii", "dinas “mati”".encode(), "dinas “mati”"),
        ("utf-8", "laporan é".encode("cp1252"), "laporan é"),
        ("windows-1252", "– mati".encode("cp1252"), "– mati"),
        ("utf-8", b"nol\x00 di tengah", "nol di tengah"),
    ],
)
def test_a_wrong_charset_loses_no_word(charset: str, body: bytes, text: str) -> None:
    assert read_mail(headed(f"Content-Type: text/plain; charset={charset}", body)).plain == text


def test_a_message_id_in_brackets_and_a_mail_without_body_are_read() -> None:
    mail = read_mail(b"Message-ID: <[abc@x.example]>\r\nSubject: kepala saja\r\nIn-Reply-To: <[d@x.example]>")
    assert (mail.subject, mail.plain) == ("kepala saja", "") and "abc@x.example" in mail.message_id


def test_a_mail_in_a_mail_in_a_mail_keeps_its_subject_to_itself() -> None:
    inner = "From: c@x.example\r\nSubject: dalam\r\n\r\nisi dalam"
    middle = multipart(part("Content-Type: message/rfc822", inner)).decode().replace('"b"', '"m"').replace("--b", "--m")
    mail = read_mail(multipart(part("Content-Type: text/plain", "luar"), part("Content-Type: message/rfc822", middle)))
    assert mail.subject == "" and mail.plain.strip() == "luar"
    assert [found.mime_type for found in mail.attachments] == ["message/rfc822"]
    again = read_mail(mail.attachments[0].content)
    assert read_mail(again.attachments[0].content).subject == "dalam"


def test_broken_base64_and_uuencode_give_what_can_be_had() -> None:
    good = binascii.b2a_base64(b"isi surat dinas").decode()
    raw = multipart(part("Content-Type: text/plain\r\nContent-Transfer-Encoding: base64", good[:-5] + "*" + good[-5:]))
    assert "isi surat" in read_mail(raw).plain
    lines = "begin 644 surat.txt\n" + binascii.b2a_uu(b"isi").decode() + "`\nend"
    assert read_mail(headed("Content-Transfer-Encoding: x-uuencode", lines.encode())).plain.strip() == "isi"


def test_deep_html_and_a_line_of_a_million_letters_are_text() -> None:
    deep = "<div>" * 100_000 + "YA, darurat" + "</div>" * 100_000
    assert "YA, darurat" in reply_text(read_mail(headed("Content-Type: text/html", deep.encode())))
    assert read_mail(headed("Subject: panjang", b"a" * 1_000_000)).plain.startswith("aaaa")
