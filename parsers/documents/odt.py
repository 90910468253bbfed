"""ODT by its XML (OASIS OpenDocument): page headers, then the body, without what tracked changes took away."""

from __future__ import annotations

import contextlib
import io
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from parsers.documents.document import Document, Reason, unread
from parsers.documents.rows import row_lines

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_LINES = (f"{_TEXT}p", f"{_TEXT}h")
_SKIPPED = (f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}note")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, etree.LxmlError, RuntimeError, ValueError)
MAX_XML = 30_000_000


def read_odt(content: bytes) -> Document:
    """Read an ODT, one line a paragraph, a table row on one line. Never raises for what the file is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = [name for name in ("styles.xml", "content.xml") if name in package.namelist()]
            if sum(package.getinfo(name).file_size for name in names) > MAX_XML:
                return unread(Reason.TOO_LARGE, "ODT terlalu besar")
            if b"<manifest:encryption-data" in _manifest(package):
                return unread(Reason.LOCKED, "ODT dilindungi kata sandi")
            lines = [line for name in names for line in _lines(name, package.read(name))]
    except _BROKEN:
        return unread(Reason.BROKEN, "ODT rusak atau tidak lengkap")
    return Document("\n".join(lines)) if any(line.strip() for line in lines) else unread(Reason.EMPTY, "ODT tanpa teks")


def _manifest(package: zipfile.ZipFile) -> bytes:
    with contextlib.suppress(KeyError), package.open("META-INF/manifest.xml") as manifest:
        return manifest.read(1_000_000)
    return b""


def _lines(name: str, xml: bytes) -> Iterator[str]:
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    if name == "content.xml":
        yield from _block(root)
        return
    for header in root.iter(f"{_STYLE}header"):
        yield from _block(header)


def _block(node: etree._Element) -> Iterator[str]:
    for child in node:
        if child.tag in _SKIPPED:
            continue
        if child.tag in _LINES:
            yield from _paragraph(child)
        elif child.tag == f"{_TABLE}table-row":
            yield from row_lines(_block(cell) for cell in child if cell.tag == f"{_TABLE}table-cell")
        else:
            yield from _block(child)


def _paragraph(paragraph: etree._Element) -> Iterator[str]:
    boxes: list[str] = []
    yield from _said(paragraph, boxes).split("\n")
    yield from boxes


def _said(node: etree._Element, boxes: list[str]) -> str:
    """The text of a paragraph; text boxes anchored in it go to `boxes`, to be read after it."""
    text = node.text or ""
    for child in node:
        if child.tag == f"{_TEXT}s":
            text += " " * min(int(child.get(f"{_TEXT}c", "1") or 1), 200)
        elif child.tag == f"{_TEXT}tab":
            text += "\t"
        elif child.tag == f"{_TEXT}line-break":
            text += "\n"
        elif any(inner.tag in _LINES for inner in child.iter()):
            boxes += _block(child)
        elif child.tag not in _SKIPPED:
            text += _said(child, boxes)
        text += child.tail or ""
    return text
