"""Scans and phone photos of letters become text, and bad pictures stop nothing."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from click.testing import CliRunner

from office.offices_file import DEFAULT, read_offices
from parsers.documents.dimensions import dimensions
from parsers.documents.document import NO_OCR, NOT_YET
from parsers.documents.formats import document_format
from parsers.letters.letter import read_letter
from parsers.letters.values import Letter
from readers.programs import SystemPrograms
from siaga.commands.read import read
from tests.parsers import scans
from tests.reading import HERE, Saying, open_document, open_scan, without_programs

needs_ocr = pytest.mark.skipif(
    not SystemPrograms().can_read_scans(), reason="OCR IS NOT TESTED: no tesseract (make system-deps)"
)


def understood(raw: bytes) -> Letter:
    return read_letter(raw, read_offices(DEFAULT), opener=Saying(SystemPrograms(), reads_pictures=True, says=open_scan))


def assert_is_the_letter(letter: Letter) -> None:
    assert letter.unread == ()
    assert (letter.jenis.value, letter.nomor.value) == ("surat", "500.12.3/417/Dinkes-Set/2026")
    assert (letter.tanggal.value, letter.sifat.value) == ("2026-11-23", "Segera")
    assert (letter.hal.value, letter.opd.value) == ("Laporan Gangguan Jaringan Internet", "Dinas Kesehatan")
    assert (letter.nip.value, letter.jabatan.value) == ("197408122002122003", "Sekretaris")
    assert letter.pengirim.value.startswith("dr. Nelfi Yusra")
    assert (letter.narahubung.value, letter.telepon.value) == ("Arif Munandar", "081267001145")
    assert letter.layanan == ("jaringan",) and letter.waktu_kejadian.value.startswith("2026-11-23T")


@needs_ocr
def test_a_crooked_scan_is_read_like_the_letter_itself() -> None:
    pdf = scans.scanned_pdf(scans.jpeg(scans.crooked(-2.4)))
    assert_is_the_letter(understood(scans.mail_with(pdf, "application/pdf", "Scan.pdf")))


@needs_ocr
def test_a_photo_of_a_letter_on_a_table_is_read_like_the_letter_itself() -> None:
    photo = scans.jpeg(scans.photographed())
    assert_is_the_letter(understood(scans.mail_with(photo, "image/jpeg", "IMG_1.jpg")))


@needs_ocr
def test_a_page_on_its_head_is_turned() -> None:
    page = scans.png(cv2.rotate(scans.printed(), cv2.ROTATE_180))
    assert_is_the_letter(understood(scans.mail_with(page, "image/png", "surat.png")))


@needs_ocr
def test_a_picture_in_printers_colours_is_read() -> None:
    page = scans.four_colours(scans.printed()[:, :, 0])
    assert_is_the_letter(understood(scans.mail_with(page, "image/jpeg", "surat.jpg")))


@needs_ocr
def test_a_picture_of_something_else_does_not_take_the_place_of_the_mail() -> None:
    lamps = np.full((900, 700, 3), 255, np.uint8)
    for row, text in enumerate(("PWR  LAN1  LAN2  WLAN  INET", "ERROR 0x5F: LINK DOWN", "GPON ONT SERIES 8145V5")):
        cv2.putText(lamps, text, (30, 150 + 120 * row), cv2.FONT_HERSHEY_SIMPLEX, 1.1, (0, 0, 0), 2)
    letter = understood(scans.mail_with(scans.jpeg(lamps), "image/jpeg", "modem.jpg"))
    assert letter.unread == ("modem.jpg (gambar tanpa surat yang terbaca)",)
    assert "Mohon bantuannya" in letter.text


@needs_ocr
def test_a_photo_pasted_into_the_mail_is_read_but_is_no_attachment() -> None:
    letter = understood(scans.mail_with_pasted(scans.jpeg(scans.crooked(1.0))))
    assert letter.attachments == 0
    assert_is_the_letter(letter)


@needs_ocr
@pytest.mark.parametrize(("options", "number"), [([], "500.12.3/417/Dinkes-Set/2026"), (["--no-ocr"], None)])
def test_reading_letters_reads_scans_unless_told_not_to(tmp_path: Path, options: list[str], number: str | None) -> None:
    mail, out = tmp_path / "foto.eml", tmp_path / "hasil.jsonl"
    mail.write_bytes(scans.mail_with(scans.jpeg(scans.printed()), "image/jpeg", "IMG_1.jpg"))
    done = CliRunner().invoke(read, ["letters", str(mail), "--out", str(out), *options])
    assert done.exit_code == 0 and json.loads(out.read_text(encoding="utf-8"))["nomor"] == number


def test_taking_in_mail_never_waits_for_ocr() -> None:
    photo = scans.jpeg(scans.printed(80))
    assert open_document(photo, "image").problem == NOT_YET
    assert open_document(scans.scanned_pdf(photo), "pdf").problem == NOT_YET
    letter = read_letter(scans.mail_with(photo, "image/jpeg", "IMG_1.jpg"), read_offices(DEFAULT), opener=HERE)
    assert letter.unread == (f"IMG_1.jpg ({NOT_YET})",)


def test_without_the_program_the_problem_says_so() -> None:
    with without_programs():
        assert open_scan(scans.jpeg(scans.printed(80)), "image").problem == NO_OCR


def bomb() -> bytes:
    """A PNG of a few bytes that claims 60,000 × 60,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1_000_000))) + chunk(b"IEND", b"")


def blank(height: int, width: int, kind: type = np.uint8) -> bytes:
    return scans.png(np.full((height, width, 3), np.iinfo(kind).max, kind))


BAD = {
    "empty": b"",
    "bomb": bomb(),
    "only a signature": b"\xff\xd8\xff\xe0",
    "half a photo": scans.jpeg(np.full((900, 700, 3), 255, np.uint8))[:600],
    "one pixel": blank(1, 1),
    "a line": blank(5000, 1),
    "blank": blank(900, 700),
    "16 bits": blank(900, 700, np.uint16),
    "black": scans.png(np.zeros((900, 700, 3), np.uint8)),
    "noise": scans.jpeg(np.random.default_rng(1).integers(0, 255, (500, 400, 3)).astype(np.uint8)),
    "transparent": scans.png(np.zeros((900, 700, 4), np.uint8)),
    "animation": b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff" + b"!\xf9\x04\x00\x00\x00\x00\x00" * 40,
    "heic": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(200),
}


@needs_ocr
@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_picture_is_a_problem_and_no_exception(name: str) -> None:
    document = open_scan(BAD[name], "image")
    assert document.problem and not document.text


def test_a_picture_nobody_can_decode_is_no_picture() -> None:
    assert document_format("image/heic", "IMG_1.HEIC", BAD["heic"]) == ""


@pytest.mark.parametrize("content", [scans.jpeg(np.zeros((70, 90, 3), np.uint8)), blank(70, 90)])
def test_dimensions_are_known_without_decoding(content: bytes) -> None:
    assert dimensions(content) == (90, 70)
    assert all(dimensions(content[:length]) in ((0, 0), (90, 70)) for length in range(0, len(content), 3))
