"""Every leaf of a mail is its text, an ornament of it, a signature, or a file that is read or named as unread."""

from __future__ import annotations

import struct
from collections.abc import Callable

import pytest

from parsers.letters.letter import read_letter
from parsers.letters.offices import Office, Offices
from parsers.mails.enclosed import enclosed
from parsers.mails.message import read_mail
from parsers.mails.reply_words import reply_text
from parsers.replies.no_answer import why_unreadable
from tests.parsers import documents as made
from tests.parsers.mail_parts import encrypted, file, html, leaf, mail, parts, plain, signed
from tests.reading import HERE

PDF = made.pdf((made.LINES, "digital"))
OFFICES = Offices([Office("Dinas Kesehatan", ("Dinkes",))])
COVER = "Bersama ini kami kirimkan surat."
SHAPES: dict[str, Callable[[], bytes]] = {
    "no name, no disposition": lambda: parts("mixed", plain(COVER), file("application/pdf", PDF)),
    "attachment without a name": lambda: parts(
        "mixed", plain(COVER), file("application/octet-stream", PDF, "\r\nContent-Disposition: attachment")
    ),
    "name beside the type only": lambda: parts(
        "mixed", plain(COVER), file('application/octet-stream; name="s.pdf"', PDF)
    ),
    "inline without a name": lambda: parts(
        "mixed", plain(COVER), file("application/pdf", PDF, "\r\nContent-Disposition: inline")
    ),
    "related, by its id": lambda: parts(
        "related", html(f"<p>{COVER}</p>"), file("application/pdf", PDF, "\r\nContent-ID: <surat@x>")
    ),
    "a scanner's mail": lambda: file("application/pdf", PDF),
    "a scanner's mail, of no type": lambda: file("application/octet-stream", PDF),
    "no name, a letter of Word": lambda: parts("mixed", plain(COVER), file("application/octet-stream", made.docx())),
    "inside the alternative": lambda: parts(
        "alternative", plain(COVER), parts("mixed", html(f"<p>{COVER}</p>"), file("application/pdf", PDF))
    ),
    "type that lies": lambda: parts(
        "mixed", plain(COVER), file("image/png", PDF, "\r\nContent-Disposition: attachment")
    ),
    "signed as a whole": lambda: parts(
        "mixed", plain(COVER), file("application/octet-stream; name=surat.pdf.p7m", signed(PDF))
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_document_is_read_however_it_is_sent_along(shape: str) -> None:
    letter = read_letter(mail(SHAPES[shape]()), OFFICES, opener=HERE)
    assert (letter.nomor.value, letter.unread) == (made.NUMBER, ())
    assert all(name for name, _ in enclosed(read_mail(mail(SHAPES[shape]())), HERE).documents)


def picture(side: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", side, side) + bytes(20)


def unread(part: bytes) -> tuple[str, ...]:
    return read_letter(mail(part), OFFICES, opener=HERE).unread


def test_a_photo_that_is_sent_along_is_a_file_and_an_ornament_is_none() -> None:
    by_gmail = '\r\nContent-ID: <f_1>\r\nContent-Disposition: attachment; filename="foto.png"'
    assert [
        name.partition(" ")[0]
        for name in unread(parts("mixed", html("<p>Terlampir</p>"), file("image/png", picture(400), by_gmail)))
    ] == ["foto.png"]
    logo = file(
        "image/png; name=logo.png",
        picture(90),
        '\r\nContent-ID: <logo@x>\r\nContent-Disposition: inline; filename="logo.png"',
    )
    long = "<p>" + "Mohon bantuannya, surat kami menyusul. " * 8 + '</p><img src="cid:logo@x">'
    assert unread(parts("related", html(long), logo)) == ()
    assert unread(parts("mixed", plain("Mohon bantuannya. " * 20), logo)) == ()
    assert (
        len(
            unread(
                parts(
                    "mixed",
                    plain("Mohon bantuannya. " * 20),
                    file("image/jpeg", b"\xff\xd8\xff" + bytes(9), "\r\nContent-Disposition: attachment"),
                )
            )
        )
        == 1
    )


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (file("application/x-aneh", b"\1\2\3"), "belum dapat dibaca"),
        (file("application/octet-stream", b"apa saja", "\r\nContent-Disposition: attachment"), "belum dapat dibaca"),
        (file("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", encrypted()), "disandikan"),
        (file("application/octet-stream; name=surat.p7m", encrypted()), "disandikan"),
        (file("application/octet-stream; name=surat.pdf.pgp", b"-----BEGIN PGP MESSAGE-----\n\nhQ\n"), "disandikan"),
        (
            leaf("Content-Type: message/external-body; access-type=URL; URL=x", "Content-Type: text/plain\r\n\r\n"),
            "tidak ikut dikirim",
        ),
        (file("video/mp4; name=rekaman.mp4", b"\0\0\0\x18ftyp"), "belum dapat dibaca"),
    ],
)
def test_what_nobody_can_read_is_named_with_the_reason(part: bytes, said: str) -> None:
    (only,) = unread(parts("mixed", plain("Terlampir."), part))
    assert said in only and not only.startswith(" ")


def test_signatures_appointments_and_machines_reports_are_no_letters() -> None:
    for mime_type in (
        "application/pkcs7-signature",
        "application/pgp-signature",
        "text/calendar",
        "text/vcard",
        "message/delivery-status",
    ):
        assert unread(parts("mixed", plain("Terlampir."), leaf(f"Content-Type: {mime_type}; name=x", "x: y\r\n"))) == ()


def test_an_encrypted_letter_and_one_kept_elsewhere_are_asked_for() -> None:
    sealed = read_letter(
        mail(file("application/pkcs7-mime; name=smime.p7m", encrypted()), "Surat"), OFFICES, opener=HERE
    )
    assert sealed.to_ask_for == (("smime.p7m", "disandikan"),)
    inline = read_letter(
        mail(plain("-----BEGIN PGP MESSAGE-----\n\nhQ\n-----END PGP MESSAGE-----\n"), "Surat"), OFFICES, opener=HERE
    )
    assert inline.to_ask_for == (("pesan.asc", "disandikan"),)


CONFIDENTIAL = (
    "Dinas Kesehatan telah mengirimi Anda email melalui mode rahasia Gmail:\n\nSurat <https://confidential-mail.google.com/msg/AC2?p=1>\n\n"
    "Anda dapat membukanya dengan mengeklik link di bawah."
)
ELSEWHERE = [
    CONFIDENTIAL,
    "Rahma has sent you an email via Gmail confidential mode:\n\nLetter https://confidential-mail.google.com/msg/AC3",
    "Rahma Dewi sent you a protected message.\n\nRead the message <https://outlook.example/Encryption/retrieve.ashx?x=1>",
    "https://drive.google.com/file/d/1abc/view?usp=sharing",
    "Berikut suratnya: https://drive.google.com/drive/folders/1abc",
    "Yth. Tim Kominfo,\nsurat kami ada di tautan berikut https://awan.dinkes.example/index.php/s/AbCdEf12\n\nTerima kasih",
    "https://www.dropbox.com/scl/fi/x/surat.pdf?dl=0",
    "<https://1drv.ms/b/s!Aabc>",
    "Surat terlampir, terima kasih.\nhttps://contoh.sharepoint.com/:b:/s/x/EabcD",
]


@pytest.mark.parametrize("text", ELSEWHERE)
def test_a_letter_that_is_only_a_link_is_asked_for_and_its_link_says_nothing(text: str) -> None:
    letter = read_letter(mail(plain(text), "Surat 045/118"), OFFICES, opener=HERE)
    assert [reason for _, reason in letter.to_ask_for] == ["berada di tempat lain"]
    assert letter.layanan == () and len(letter.unread) == 1 and text.split(maxsplit=1)[0] in letter.text


@pytest.mark.parametrize(
    "text",
    [
        "Internet kantor kami putus total sejak pagi, foto di https://drive.google.com/file/d/1abc/view",
        "Situs https://dinkes.example tidak dapat dibuka",
        "Mohon akses ke https://drive.google.com/x untuk pegawai baru. " + "Kami perlukan segera untuk rapat. " * 6,
        "Informasi rahasia: https://dinkes.example/berita",
        "https://dinkes.example/berita/rapat-kerja",
    ],
)
def test_a_letter_that_says_something_is_not_asked_for_because_of_a_link(text: str) -> None:
    assert read_letter(mail(plain(text), "Surat"), OFFICES, opener=HERE).to_ask_for == ()


@pytest.mark.parametrize(
    ("part", "why"),
    [
        (file("application/pkcs7-mime; name=smime.p7m", encrypted()), "disandikan"),
        (plain("-----BEGIN PGP MESSAGE-----\n\nhQ\n-----END PGP MESSAGE-----\n"), "disandikan"),
        (plain("DISPOSISI\n-----BEGIN PGP MESSAGE-----\n\nhQ\n-----END PGP MESSAGE-----\n"), "disandikan"),
        (
            parts(
                "encrypted",
                leaf("Content-Type: application/pgp-encrypted", "Version: 1"),
                file("application/octet-stream; name=encrypted.asc", b"-----BEGIN PGP MESSAGE-----\n"),
            ),
            "disandikan",
        ),
        (plain(CONFIDENTIAL), "confidential-mail.google.com"),
        (plain("https://drive.google.com/file/d/1abc/view"), "drive.google.com"),
        (plain("👍\n\nRahma Dewi bereaksi melalui Gmail\n"), "reaksi 👍"),
    ],
)
def test_an_answer_that_cannot_be_read_says_plainly_why(part: bytes, why: str) -> None:
    read = read_mail(mail(part))
    assert why in why_unreadable(read, reply_text(read))


@pytest.mark.parametrize(
    "part",
    [
        plain("DISPOSISI"),
        plain("DISPOSISI\n\nFoto: https://drive.google.com/file/d/1abc/view"),
        parts("mixed", plain("DISPOSISI"), file("application/octet-stream; name=surat.p7m", encrypted())),
        plain(""),
    ],
)
def test_an_answer_of_clear_words_is_read(part: bytes) -> None:
    read = read_mail(mail(part))
    assert why_unreadable(read, reply_text(read)) == ""
