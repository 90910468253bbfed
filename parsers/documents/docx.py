"""DOCX by its XML: headers, text boxes, content controls, nested tables and tracked insertions too, which paragraph lists miss."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from parsers.documents.document import Document, Reason, unread
from parsers.documents.docx_bindings import Bindings, W, bindings_of
from parsers.documents.rows import row_lines

_MC_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}sdtPr", _MC_FALLBACK}
_SYMBOLS = {
    **dict.fromkeys(("F0FE", "F052", "F053", "F054", "F078", "F0FD", "2612", "2611"), "☒"),
    **dict.fromkeys(("F0A8", "F06F", "F0A3", "2610"), "☐"),
    **dict.fromkeys(("F0FC", "F050"), "✓"),
}
"""Boxes and ticks of Wingdings, with which forms are ticked."""
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, StopIteration, etree.LxmlError, RuntimeError, ValueError)
_PROMPT = re.compile(r"\W*(?:click|tap|choose|enter|select|klik|ketuk|pilih|masukkan|ketik)\b", re.IGNORECASE)
_PUT_IN = "sebagian isinya disisipkan dari berkas lain dan belum terbaca"
MAX_XML = 30_000_000
DOCX_MAIN = re.compile(r"word/document\d*\.xml")
"""Word on the web numbers its main part."""
_HEADER, _NOTES, _ASIDE = (
    re.compile(rf"word/(?:{kind})\d*\.xml") for kind in ("header", "footnotes|endnotes", "footer|comments")
)


def read_docx(content: bytes) -> Document:
    """Read a DOCX: headers, the body, then its notes; one line a paragraph, a table row on one line.

    Footers and comments are read where there is nothing else.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = sorted(package.namelist())
            main = next(name for name in names if DOCX_MAIN.fullmatch(name))
            wanted = [*filter(_HEADER.fullmatch, names), main, *filter(_NOTES.fullmatch, names)]
            aside = list(filter(_ASIDE.fullmatch, names))
            if sum(package.getinfo(name).file_size for name in (*wanted, *aside)) > MAX_XML:
                return unread(Reason.TOO_LARGE, "DOCX terlalu besar")
            bound = bindings_of(package)
            body = package.read(main)
            lines = [line for name in wanted for line in _lines(body if name == main else package.read(name), bound)]
            if not _say_something(lines):
                lines = [line for name in aside for line in _lines(package.read(name), bound)]
    except _BROKEN:
        return unread(Reason.BROKEN, "DOCX rusak atau tidak lengkap")
    put_in = re.search(rb"<\w{1,10}:altChunk\b", body) is not None
    if not _say_something(lines):
        return unread(Reason.UNKNOWN, _PUT_IN) if put_in else unread(Reason.EMPTY, "DOCX tanpa teks")
    return Document("\n".join(lines), problem=_PUT_IN if put_in else "", reason=Reason.UNKNOWN if put_in else None)


def _say_something(lines: list[str]) -> bool:
    return any(line.strip() for line in lines)


def _lines(xml: bytes, bound: Bindings) -> Iterator[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(xml.replace(_STRICT, W[1:-1].encode()), parser)
    _fill_in(root, bound)
    yield from _block(root)


def _fill_in(root: etree._Element, bound: Bindings) -> None:
    """Content controls as Word shows them: a bound one with its value, and none with its "click here to enter text"."""
    for control in list(root.iter(f"{W}sdt")):
        properties, content = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
        if properties is None or content is None:
            continue
        shown = list(content.iter(f"{W}t"))
        said = "".join(text.text or "" for text in shown).strip()
        prompts = properties.find(f"{W}showingPlcHdr") is not None and _PROMPT.match(said) is not None
        if said and not prompts:
            continue
        for text in shown:
            text.text = ""
        binding = properties.find(f"{W}dataBinding")
        value = bound.value(binding) if binding is not None else ""
        if value and not shown:
            inside = next(content.iter(f"{W}p"), content)
            shown = [etree.SubElement(etree.SubElement(inside, f"{W}r"), f"{W}t")]
        if value:
            shown[0].text = value


def _block(node: etree._Element) -> Iterator[str]:
    for child in node:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{W}p":
            yield from _paragraph(child)
        elif child.tag == f"{W}tr":
            yield from row_lines(_block(cell) for cell in _cells(child))
        elif child.tag == f"{W}r":  # a run outside any paragraph, as some converters write
            yield _said(child, [])
        else:
            yield from _block(child)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    """The cells of a row, whatever is wrapped around them."""
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag not in _SKIPPED:
            yield from _cells(child)


def _paragraph(paragraph: etree._Element) -> Iterator[str]:
    boxes: list[str] = []
    yield from _said(paragraph, boxes).split("\n")
    yield from boxes


def _said(node: etree._Element, boxes: list[str]) -> str:
    """The text in a paragraph; that of boxes anchored in it goes to `boxes`, to be read after it."""
    said: list[str] = []
    for child in _visible(node):
        if child.tag == f"{W}t":
            said.append(child.text or "")
        elif child.tag == f"{W}tab":
            said.append("\t")
        elif child.tag == f"{W}noBreakHyphen":
            said.append("-")
        elif child.tag in (f"{W}br", f"{W}cr"):
            said.append("\n")
        elif child.tag == f"{W}sym":
            said.append(_SYMBOLS.get((child.get(f"{W}char") or "").upper(), ""))
        elif child.tag == f"{W}txbxContent":
            boxes += _block(child)
    return "".join(said)


def _visible(node: etree._Element) -> Iterator[etree._Element]:
    for child in node:
        if child.tag in _SKIPPED:
            continue
        yield child
        if child.tag != f"{W}txbxContent":
            yield from _visible(child)
