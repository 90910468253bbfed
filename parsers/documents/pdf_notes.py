"""What stands on a page of a PDF without being part of it: values of form fields, notes, words typed over it.

Runs inside the sandbox only.
"""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from lxml import etree

Box = tuple[float, float, float, float, str]
"""Left, bottom, right, top in points, and the text."""
MAX_NOTES, MAX_TEXT = 1500, 100_000
LINE_HEIGHT = 16.0
_IN_PLACE = {pdfium_c.FPDF_ANNOT_WIDGET, pdfium_c.FPDF_ANNOT_FREETEXT}
_UNSEEN = pdfium_c.FPDF_ANNOT_FLAG_HIDDEN | pdfium_c.FPDF_ANNOT_FLAG_NOVIEW
_SILENT = {pdfium_c.FPDF_ANNOT_POPUP, pdfium_c.FPDF_ANNOT_LINK}
"""A popup repeats the note that it belongs to."""
_TICKED = (pdfium_c.FPDF_FORMFIELD_CHECKBOX, pdfium_c.FPDF_FORMFIELD_RADIOBUTTON)
_LISTS = (pdfium_c.FPDF_FORMFIELD_COMBOBOX, pdfium_c.FPDF_FORMFIELD_LISTBOX)
_NO_WORDS = (pdfium_c.FPDF_FORMFIELD_PUSHBUTTON, pdfium_c.FPDF_FORMFIELD_SIGNATURE)
_ON = ("on", "yes", "1", "true", "ya", "x")


def open_forms(pdf: pdfium.PdfDocument) -> None:
    """Make the values of form fields readable; to be called before the first page is loaded."""
    with contextlib.suppress(pdfium.PdfiumError, RuntimeError):
        pdf.init_forms()


def is_made_when_opened(pdf: pdfium.PdfDocument) -> bool:
    """Whether a form draws its pages itself when Adobe's program opens it (XFA): else they only ask to wait."""
    return bool(pdf.get_formtype() == pdfium_c.FORMTYPE_XFA_FULL)


def values_of_xfa(pdf: pdfium.PdfDocument) -> str:
    """What is filled into such a form, one field a line; "" where it cannot be had."""
    for index in range(min(pdfium_c.FPDF_GetXFAPacketCount(pdf), 50)):
        packet = _packet(pdf, index, pdfium_c.FPDF_GetXFAPacketName)
        if packet.partition(b"\0")[0] == b"datasets":
            try:
                root = etree.fromstring(
                    _packet(pdf, index, pdfium_c.FPDF_GetXFAPacketContent),
                    etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False),
                )
            except etree.LxmlError:
                return ""
            leaves = [node for node in root.iter() if isinstance(node.tag, str) and not len(node)]
            said = ((etree.QName(leaf).localname, (leaf.text or "").strip()) for leaf in leaves)
            return "\n".join(f"{name}: {value}" for name, value in said if value)
    return ""


def _packet(pdf: pdfium.PdfDocument, index: int, read: Callable[..., int]) -> bytes:
    if read is pdfium_c.FPDF_GetXFAPacketName:
        buffer = ctypes.create_string_buffer(200)
        read(pdf, index, buffer, 200)
        return buffer.raw
    size = ctypes.c_ulong()
    read(pdf, index, None, 0, size)
    if not 0 < size.value <= 20 * MAX_TEXT:
        return b""
    buffer = ctypes.create_string_buffer(size.value)
    read(pdf, index, buffer, size.value, size)
    return buffer.raw


@dataclass(frozen=True, slots=True)
class Notes:
    """Attributes:
    filled_in: form values and words typed over the page, line by line, where they stand.
    beside: what notes, stamps and marks say.
    """

    filled_in: tuple[Box, ...] = ()
    beside: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All of it, where it does not matter where it stands."""
        return "\n".join([*(box[4] for box in self.filled_in), *self.beside])


def notes(page: pdfium.PdfPage, forms: Any) -> Notes:
    """What is written onto a page; `forms` is the form environment of its file, None without one."""
    filled_in, beside = list[Box](), list[str]()
    for index in range(min(pdfium_c.FPDFPage_GetAnnotCount(page), MAX_NOTES)):
        for kind, place, text in _note(page, forms, index):
            if kind in _IN_PLACE:
                filled_in += _line_by_line(place, text)
            else:
                beside.append(text)
    return Notes(tuple(filled_in), tuple(beside))


def _line_by_line(place: tuple[float, float, float, float], text: str) -> Iterator[Box]:
    """A field of many lines begins at its top, however tall it is."""
    left, bottom, right, top = place
    lines = text.split("\n")
    height = min((top - bottom) / len(lines), LINE_HEIGHT)
    for number, line in enumerate(lines):
        if line.strip():
            yield left, top - (number + 1) * height, right, top - number * height, line.strip()


def _note(page: pdfium.PdfPage, forms: Any, index: int) -> Iterator[tuple[int, tuple[float, float, float, float], str]]:
    note = pdfium_c.FPDFPage_GetAnnot(page, index)
    if not note:
        return
    try:
        kind = pdfium_c.FPDFAnnot_GetSubtype(note)
        if kind in _SILENT or pdfium_c.FPDFAnnot_GetFlags(note) & _UNSEEN:
            return
        text = _value(forms, note) if kind == pdfium_c.FPDF_ANNOT_WIDGET else _string(note, "Contents")
        text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
        if text:
            yield kind, _place(note), text
    finally:
        pdfium_c.FPDFPage_CloseAnnot(note)


def _value(forms: Any, note: Any) -> str:
    """What is filled in; a ticked box with the words that say what it means, an empty one not at all."""
    if forms is None:
        return _string(note, "V")
    kind = pdfium_c.FPDFAnnot_GetFormFieldType(forms, note)
    if kind in _NO_WORDS:
        return ""
    if kind in _TICKED:
        if not pdfium_c.FPDFAnnot_IsChecked(forms, note):
            return ""
        said = [_asked(read, forms, note) for read in _MEANINGS]
        return f"[x] {next((text for text in said if text and text.lower() not in _ON), '')}".strip()
    if kind in _LISTS:
        chosen = [
            _label(forms, note, n)
            for n in range(min(pdfium_c.FPDFAnnot_GetOptionCount(forms, note), 500))
            if pdfium_c.FPDFAnnot_IsOptionSelected(forms, note, n)
        ]
        if any(chosen):
            return ", ".join(filter(None, chosen))
    # Two fields of one name share a value, says PDFium; careless programs fill in each by itself.
    return _string(note, "V").strip() or _asked(pdfium_c.FPDFAnnot_GetFormFieldValue, forms, note)


_MEANINGS = (
    pdfium_c.FPDFAnnot_GetFormFieldAlternateName,
    pdfium_c.FPDFAnnot_GetFormFieldExportValue,
    pdfium_c.FPDFAnnot_GetFormFieldName,
)
"""Where a box says what its tick means, the words for people first."""


def _place(note: Any) -> tuple[float, float, float, float]:
    rect = pdfium_c.FS_RECTF()
    if not pdfium_c.FPDFAnnot_GetRect(note, rect):
        return 0.0, 0.0, 0.0, 0.0
    bottom, top = sorted((rect.bottom, rect.top))
    return rect.left, bottom, rect.right, top


def _string(note: Any, key: str) -> str:
    return _heard(lambda buffer, size: pdfium_c.FPDFAnnot_GetStringValue(note, key.encode(), buffer, size))


def _asked(read: Callable[..., int], forms: Any, note: Any) -> str:
    return _heard(lambda buffer, size: read(forms, note, buffer, size)).strip()


def _label(forms: Any, note: Any, option: int) -> str:
    return _heard(lambda buffer, size: pdfium_c.FPDFAnnot_GetOptionLabel(forms, note, option, buffer, size)).strip()


def _heard(read: Callable[[Any, int], int]) -> str:
    """A string of PDFium: asked once for its size in bytes, once for its UTF-16."""
    size = min(read(None, 0), 2 * MAX_TEXT)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    wide = ctypes.cast(buffer, ctypes.POINTER(pdfium_c.FPDF_WCHAR))
    read(wide, size)
    return buffer.raw.decode("utf-16-le", "replace").partition("\0")[0]
