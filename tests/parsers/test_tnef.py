"""A letter inside winmail.dat, as Outlook sends it."""

from __future__ import annotations

import random
import struct
from base64 import encodebytes
from datetime import UTC, datetime

import pytest

from office.offices_file import DEFAULT, read_offices
from parsers.documents.formats import document_format
from parsers.letters.letter import read_letter
from parsers.mails.message import read_mail
from tests import cast
from tests.doubles import network_letter
from tests.reading import HERE, open_document

RENDERING, TITLE, DATA = 0x00069002, 0x00018010, 0x0006800F


def envelope(name: str, content: bytes) -> bytes:
    """A minimal TNEF stream with one attachment (MS-OXTNEF §2.1)."""

    def attribute(identifier: int, value: bytes) -> bytes:
        return struct.pack("<BII", 2, identifier, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)

    stream = struct.pack("<IH", 0x223E9F78, 1)
    stream += attribute(RENDERING, struct.pack("<HIHHI", 1, 0, 0, 0, 0))
    return stream + attribute(DATA, content) + attribute(TITLE, name.encode() + b"\0")


def letter_pdf() -> bytes:
    return next(
        part.content
        for part in read_mail(network_letter(cast.OFFICE, datetime(2026, 11, 23, 2, 0, tzinfo=UTC))).attachments
        if part.mime_type == "application/pdf"
    )


def test_the_letter_in_the_envelope_is_read_as_if_it_had_been_attached() -> None:
    letter = read_letter(mail_with(envelope("Surat.pdf", letter_pdf())), read_offices(DEFAULT), opener=HERE)
    assert letter.nomor.value == "500.12.3/417/Dinkes-Set/2026" and letter.unread == ()


def mail_with(winmail: bytes) -> bytes:
    head = (
        b"From: Dinkes <dinkes@contoh.example>\r\nTo: darurat@contoh.example\r\nSubject: Surat\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nTerlampir.\r\n'
        b'--b\r\nContent-Type: application/ms-tnef; name="winmail.dat"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    )
    return head + encodebytes(winmail) + b"--b--\r\n"


def test_what_is_inside_and_cannot_be_read_is_named() -> None:
    letter = read_letter(mail_with(envelope("suara.mp3", b"ID3")), read_offices(DEFAULT), opener=HERE)
    assert len(letter.unread) == 1 and "suara.mp3" in letter.unread[0]


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_envelope_is_a_problem_and_never_an_exception(seed: int) -> None:
    chance, content = random.Random(seed), bytearray(envelope("Surat.pdf", letter_pdf()))
    for _ in range(chance.randrange(1, 60)):
        content[chance.randrange(4, len(content))] = chance.randrange(256)
    assert document_format("", "winmail.dat", bytes(content)) == "tnef"
    document = open_document(bytes(content[: chance.randrange(10, len(content))]), "tnef")
    assert document.problem or document.text or document.inner
