"""A letter that somebody passed on: the letter counts, not who passed it on."""

from __future__ import annotations

from base64 import encodebytes
from datetime import UTC, datetime

import pytest

from office.offices_file import DEFAULT, read_offices
from parsers.letters.letter import read_letter
from tests import cast
from tests.cast import DINKES
from tests.doubles import network_letter
from tests.reading import HERE

HEAD = (
    b"From: Ajudan <ajudan@gmail.example>\r\nTo: darurat@contoh.example\r\nSubject: Fwd: surat\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="luar"\r\n\r\n--luar\r\nContent-Type: text/plain\r\n\r\nMohon ditindaklanjuti.\r\n'
)
AS_MAIL = b"--luar\r\nContent-Type: message/rfc822\r\n\r\n"
AS_FILE = (
    b'--luar\r\nContent-Type: application/octet-stream; name="surat.eml"\r\nContent-Transfer-Encoding: base64\r\n'
    b'Content-Disposition: attachment; filename="surat.eml"\r\n\r\n'
)


@pytest.mark.parametrize("how", ["as a mail", "as a file"])
def test_the_forwarded_letter_is_read_with_what_is_attached_to_it(how: str) -> None:
    letter = network_letter(cast.OFFICE, datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
    inner = AS_MAIL + letter if how == "as a mail" else AS_FILE + encodebytes(letter)
    read = read_letter(HEAD + inner + b"\r\n--luar--\r\n", read_offices(DEFAULT), opener=HERE)
    assert read.nomor.value == "500.12.3/417/Dinkes-Set/2026" and read.email.value == DINKES
    assert read.unread == ()
