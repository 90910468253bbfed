"""DOCX by its XML: headers, text boxes, nested tables and tracked insertions too, which paragraph lists miss."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from parsers.documents.document import Document, Reason, unread
from parsers.documents.rows import row_lines

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", _MC_FALLBACK}
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, StopIteration, etree.LxmlError, RuntimeError, ValueError)
MAX_XML = 30_000_000
DOCX_MAIN = re.compile(r"word/document\d*\.xml")
"""Word on the web numbers its main part."""


def read_docx(content: bytes) -> Document:
    """Read a DOCX: headers first, then the body, one line a paragraph, a table row on one line."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = package.namelist()
            main = next(name for name in names if DOCX_MAIN.fullmatch(name))
            wanted = [*sorted(name for name in names if name.startswith("word/header")), main]
            if sum(package.getinfo(name).file_size for name in wanted) > MAX_XML:
                return unread(Reason.TOO_LARGE, "DOCX terlalu besar")
            lines = [line for name in wanted for line in _lines(package.read(name))]
    except _BROKEN:
        return unread(Reason.BROKEN, "DOCX rusak atau tidak lengkap")
    if any(line.strip() for line in lines):
        return Document("\n".join(lines))
    return unread(Reason.EMPTY, "DOCX tanpa teks")


def _lines(xml: bytes) -> Iterator[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    yield from _block(etree.fromstring(xml.replace(_STRICT, _W[1:-1].encode()), parser))


def _block(node: etree._Element) -> Iterator[str]:
    for child in node:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{_W}p":
            yield from _paragraph(child)
        elif child.tag == f"{_W}tr":
            yield from row_lines(_block(cell) for cell in child if cell.tag == f"{_W}tc")
        else:
            yield from _block(child)


def _paragraph(paragraph: etree._Element) -> Iterator[str]:
    text, boxes = "", []
    for node in _visible(paragraph):
        if node.tag == f"{_W}t":
            text += node.text or ""
        elif node.tag == f"{_W}tab":
            text += "\t"
        elif node.tag == f"{_W}noBreakHyphen":
            text += "-"
        elif node.tag in (f"{_W}br", f"{_W}cr"):
            text += "\n"
        elif node.tag == f"{_W}txbxContent":
            boxes += list(_block(node))
    yield from text.split("\n")
    yield from boxes


def _visible(node: etree._Element) -> Iterator[etree._Element]:
    for child in node:
        if child.tag in _SKIPPED:
            continue
        yield child
        if child.tag != f"{_W}txbxContent":
            yield from _visible(child)
