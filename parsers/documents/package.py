"""What begins with "PK": DOCX, XLSX, ODT and ODS are ZIP packages; anything else is an archive of files.

Told apart by the names inside, never by those outside. Runs in a reading child only.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from parsers.documents.dimensions import dimensions
from parsers.documents.document import Document, Reason, unread
from parsers.documents.docx import DOCX_MAIN, read_docx
from parsers.documents.odt import read_odt
from parsers.documents.spreadsheet import read_spreadsheet

MAX_FILES, MAX_FILE, MAX_TOTAL = 30, 40_000_000, 120_000_000
PAGE_SIDE, MAX_PASTED, HEAD_OF_PICTURE = 600, 3, 200_000
"""A picture of a page is larger in pixels than any logo."""
MAX_RATIO = 200
"""Times smaller than its content: what is packed tighter is a bomb, no document."""
_LITTER = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, NotImplementedError)


def read_package(content: bytes) -> Document:
    """Read a ZIP of any sort; of an archive the files are taken out. Never raises."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
            if any(DOCX_MAIN.fullmatch(name) for name in names):
                document = read_docx(content)
                return document if document.reason is not Reason.EMPTY else _pasted(package) or document
            if names & {"xl/workbook.xml", "xl/workbook.bin"}:
                return read_spreadsheet(content)
            if {"mimetype", "content.xml"} <= names:
                sheet = package.read("mimetype").startswith(b"application/vnd.oasis.opendocument.spreadsheet")
                return read_spreadsheet(content) if sheet else read_odt(content)
            return _archive(package)
    except _BROKEN:
        return unread(Reason.BROKEN, "berkas ZIP rusak atau tidak lengkap")


def _pasted(package: zipfile.ZipFile) -> Document | None:
    """A DOCX that holds nothing but pictures of pages: somebody scanned the letter and pasted it in. None without such."""
    pictures = [entry for entry in package.infolist() if entry.filename.startswith("word/media/")]
    pages = [entry for entry in pictures[:MAX_FILES] if _is_page(package, entry)]
    return Document(inner=tuple(_taken_out(package, pages[:MAX_PASTED]))) if pages else None


def _is_page(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    with package.open(entry) as picture:
        return min(dimensions(picture.read(HEAD_OF_PICTURE))) >= PAGE_SIDE


def _archive(package: zipfile.ZipFile) -> Document:
    files = [entry for entry in package.infolist() if not entry.is_dir() and not _is_litter(entry.filename)]
    if not files:
        return unread(Reason.EMPTY, "ZIP kosong")
    if any(entry.flag_bits & 1 for entry in files):
        return unread(Reason.LOCKED, "ZIP dilindungi kata sandi")
    return Document(inner=tuple(_taken_out(package, files[:MAX_FILES])))


def _taken_out(package: zipfile.ZipFile, files: list[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes | Document]]:
    total = 0
    for entry in files:
        name = entry.filename.rpartition("/")[2].replace("\x00", "")[:180]
        limit = min(MAX_FILE, MAX_TOTAL - total, MAX_RATIO * entry.compress_size + 1_000_000)
        if entry.file_size > limit:
            yield name, unread(Reason.TOO_LARGE, "berkas terlalu besar untuk dibaca otomatis")
            continue
        try:
            with package.open(entry) as file:
                content = file.read(limit + 1)  # the size in the directory may be a lie
        except _BROKEN:
            yield name, unread(Reason.BROKEN, "berkas rusak di dalam ZIP")
            continue
        total += len(content)
        yield name, content


def _is_litter(name: str) -> bool:
    return name.lower().startswith(_LITTER) or name.lower().endswith(_LITTER)
