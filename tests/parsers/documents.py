"""Samples of documents, written here: a letter in each format, and the ways they come broken or locked."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from email.message import EmailMessage

import openpyxl
import pypdfium2 as pdfium

from tests.parsers.compound_files import compound_file, outlook_message, word_document

LINES = (
    "PEMERINTAH PROVINSI SUMATERA BARAT",
    "DINAS KESEHATAN",
    "Nomor : 500.12.3/417/Dinkes/2026",
    "Hal : Gangguan jaringan internet",
    "Dengan hormat, kami laporkan bahwa jaringan internet di kantor kami tidak dapat",
    "digunakan sejak pukul 08.00 WIB. Mohon bantuan untuk penanganan. Terima kasih.",
)
NUMBER = "500.12.3/417/Dinkes/2026"
GIBBERISH = ("l|| ~~ P3M::R!N7 ;;xq zzkt", "N0m0r;: 5OO_l2 qq//4l7 x]kw", "jrngn lnt3rn3t t!d@k d4p@t ~~ ###")
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def docx(body: str = "".join(map(paragraph, LINES)), main: str = "word/document.xml", header: str = "") -> bytes:
    parts = {main: f"<w:document {NAMESPACE}><w:body>{body}</w:body></w:document>"}
    if header:
        parts["word/header1.xml"] = f"<w:hdr {NAMESPACE}>{header}</w:hdr>"
    return archive(parts)


def strict(content: bytes) -> bytes:
    """The same DOCX as "Strict Open XML" has it: other names of the same elements."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    usual = re.search(rb'xmlns:w="([^"]+)"', parts["word/document.xml"])
    assert usual is not None
    return archive({name: part.replace(usual[1], STRICT) for name, part in parts.items()})


def xlsx() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["FORMULIR LAPORAN GANGGUAN"])
    book.active.append([])
    book.active.append(["Nomor", None, ":", NUMBER])
    book.active.append(["Hal", None, ":", "Gangguan jaringan internet"])
    book.active.append(["NIP", None, ":", 197002031995031002.0])
    hidden = book.create_sheet("rahasia")
    hidden.append(["tersembunyi"])
    hidden.sheet_state = "hidden"
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def archive(files: dict[str, bytes | str], *, locked: bool = False) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    content = bytearray(saved.getvalue())
    if locked:  # the flags of each local and each central header say so
        for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = content.find(mark)
            while at >= 0:
                content[at + place] |= 1
                at = content.find(mark, at + 4)
    return bytes(content)


def msg(*attachments: tuple[str, bytes]) -> bytes:
    forwarded = outlook_message(
        "Sekretariat Dinas <set@dinkes.example>", "Surat gangguan", "Surat terlampir.", *attachments
    )
    return compound_file(forwarded)


def doc(*, locked: bool = False) -> bytes:
    return word_document("\n".join(LINES), locked=locked)


def locked_package() -> bytes:
    return compound_file({"EncryptionInfo": b"\4\0\4\0" + bytes(200), "EncryptedPackage": bytes(9000)})


def locked_xls() -> bytes:
    """A workbook of Excel 97 whose second record says that all after it is encrypted."""
    begins, locked = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0, 0, 0, 0), struct.pack("<HH", 0x2F, 6) + bytes(6)
    return compound_file({"Workbook": begins + locked + bytes(3000)})


def pasted_scan() -> bytes:
    """A DOCX without a word: a picture as large as a page, and a logo."""
    empty = f"<w:document {NAMESPACE}><w:body><w:p/></w:body></w:document>"
    page, logo = (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", side, side) + bytes(20) for side in (900, 90))
    return archive({"word/document.xml": empty, "word/media/image1.png": page, "word/media/image2.png": logo})


def pdf(*pages: tuple[tuple[str, ...], str]) -> bytes:
    """Pages of lines; each is "digital", "scan" (a picture and nothing else) or "layer" (invisible over a picture)."""
    file = pdfium.PdfDocument.new()
    for lines, kind in pages:
        page = file.new_page(595, 842)
        if kind != "digital":
            bitmap = pdfium.PdfBitmap.new_native(60, 85, 4)
            bitmap.fill_rect((250, 250, 250, 255), 0, 0, 60, 85)
            image = pdfium.PdfImage.new(file)
            image.set_bitmap(bitmap)
            image.set_matrix(pdfium.PdfMatrix().scale(595, 842))
            page.insert_obj(image)
        if kind != "scan":
            _write(file, page, lines, invisible=kind == "layer")
        page.gen_content()
    saved = io.BytesIO()
    file.save(saved)
    file.close()
    return saved.getvalue()


def _write(file: pdfium.PdfDocument, page: pdfium.PdfPage, lines: tuple[str, ...], *, invisible: bool) -> None:
    raw = pdfium.raw
    for number, line in enumerate(lines):
        text = raw.FPDFPageObj_NewTextObj(file, b"Helvetica", 11.0)
        units = (line + "\0").encode("utf-16-le")
        raw.FPDFText_SetText(text, (raw.FPDF_WCHAR * (len(units) // 2)).from_buffer_copy(units))
        raw.FPDFTextObj_SetTextRenderMode(text, 3 if invisible else 0)
        raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, 60, 760 - 18 * number)
        raw.FPDFPage_InsertObject(page, text)


def locked_pdf() -> bytes:
    """A PDF whose standard security handler knows no empty password."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        b"<</Filter/Standard/V 1/R 2/O(" + b"o" * 32 + b")/U(" + b"u" * 32 + b")/P -44>>",
    )
    content, places = b"%PDF-1.4\n", list[int]()
    for number, text in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj%bendobj\n" % (number, text)
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>\nstartxref\n%d\n%%%%EOF" % len(content)
    return content + table + trailer


def mail_with(*files: tuple[str, bytes], body: str = "Mohon bantuannya, surat terlampir.") -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "staf@dinkes.example", "Surat dinas"
    message["Date"] = "Mon, 23 Nov 2026 09:10:00 +0700"
    message.set_content(body)
    for name, content in files:
        message.add_attachment(content, "application", "octet-stream", filename=name)
    return message.as_bytes()
