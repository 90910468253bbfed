"""The demo's letter as paper: printed, scanned crookedly, photographed on a table."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from email.message import EmailMessage
from functools import cache
from typing import Any

import cv2
import numpy as np
import pypdfium2 as pdfium

from parsers.mails.message import read_mail
from tests import cast
from tests.doubles import network_letter

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@cache
def letter_pdf() -> bytes:
    attachments = read_mail(network_letter(cast.OFFICE, NOW)).attachments
    return next(part.content for part in attachments if part.mime_type == "application/pdf")


def printed(dots_per_inch: int = 150) -> Any:
    pdf = pdfium.PdfDocument(letter_pdf())
    try:
        return pdf[0].render(scale=dots_per_inch / 72).to_numpy()[:, :, :3].copy()
    finally:
        pdf.close()


def crooked(degrees: float) -> Any:
    """From a scanner: turned a little, with specks and grain."""
    page = printed()
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return _grainy(cv2.warpAffine(page, turn, (width, height), borderValue=(255, 255, 255)), 12)


def photographed() -> Any:
    """From a phone: at an angle, on a dark table, one side in shadow, a little out of focus."""
    page = printed(180)
    height, width = page.shape[:2]
    picture = np.full((int(height * 1.2), int(width * 1.25), 3), (40, 60, 80), np.uint8)
    sheet = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    seen = np.array([[0.16, 0.08], [1.14, 0.12], [1.10, 1.12], [0.08, 1.06]], np.float32) * [width, height]
    view = cv2.getPerspectiveTransform(sheet, seen.astype(np.float32))
    cv2.warpPerspective(page, view, picture.shape[1::-1], dst=picture, borderMode=cv2.BORDER_TRANSPARENT)
    shadow = np.linspace(1, 0.65, picture.shape[1])[None, :, None]
    return _grainy(cv2.GaussianBlur((picture * shadow).astype(np.uint8), (0, 0), 0.6), 5)


def jpeg(picture: Any, quality: int = 70) -> bytes:
    return bytes(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1])


def png(picture: Any) -> bytes:
    return bytes(cv2.imencode(".png", picture)[1])


def four_colours(grey: Any) -> bytes:
    """A JPEG in CMYK, as print shops save: four scans of the same data, since OpenCV writes no such files."""
    simple, out, place = jpeg(grey), b"\xff\xd8", 2
    while simple[place + 1] != 0xDA:
        length = 2 + int.from_bytes(simple[place + 2 : place + 4], "big")
        segment = simple[place : place + length]
        if segment[1] == 0xC0:
            planes = b"".join(bytes([plane, 0x11, 0]) for plane in range(1, 5))
            segment = segment[:2] + (8 + 12).to_bytes(2, "big") + segment[4:9] + b"\x04" + planes
        out += segment if segment[1] != 0xE0 else b""
        place += length
    data = simple[place + 10 : -2]
    return (
        out + b"".join(b"\xff\xda\x00\x08\x01%c\x00\x00\x3f\x00" % plane + data for plane in range(1, 5)) + b"\xff\xd9"
    )


def scanned_pdf(*pictures: bytes) -> bytes:
    """JPEGs as the pages of a PDF, as an office's scanner sends them: A4, no text."""
    pdf = pdfium.PdfDocument.new()
    for picture in pictures:
        page = pdf.new_page(595, 842)
        image = pdfium.PdfImage.new(pdf)
        image.load_jpeg(io.BytesIO(picture))
        image.set_matrix(pdfium.PdfMatrix().scale(595, 842))
        page.insert_obj(image)
        page.gen_content()
    saved = io.BytesIO()
    pdf.save(saved)
    pdf.close()
    return saved.getvalue()


def mail_with(content: bytes, mime_type: str, filename: str) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "staf@gmail.example", "Surat dinas"
    message["Date"] = "Mon, 23 Nov 2026 09:10:00 +0700"
    message.set_content("Mohon bantuannya, surat terlampir.")
    main, sub = mime_type.split("/")
    message.add_attachment(content, main, sub, filename=filename)
    return message.as_bytes()


def mail_with_pasted(content: bytes) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "staf@gmail.example", "Surat dinas"
    message["Date"] = "Mon, 23 Nov 2026 09:10:00 +0700"
    message.set_content("Mohon bantuannya.")
    message.add_alternative('Mohon bantuannya.<br><img src="cid:foto@hp">', subtype="html")
    message.get_payload()[1].add_related(content, "image", "jpeg", cid="<foto@hp>")  # type: ignore[union-attr]
    return message.as_bytes()


def _grainy(picture: Any, strength: float) -> Any:
    grain = np.random.default_rng(7).normal(0, strength, picture.shape)
    return np.clip(picture + grain, 0, 255).astype(np.uint8)
