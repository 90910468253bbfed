"""Letters as files, made by hand in microseconds."""

from __future__ import annotations

import io
import textwrap
import zipfile
from collections.abc import Sequence
from html import escape

from tests.parsers.written_pdfs import pdf
from tests.year.world.written import Attached

_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_WIDTH, _TOP, _LEADING, _LINES = 88, 800, 14, 55
_WINANSI = {ord("\\"): r"\\", ord("("): r"\(", ord(")"): r"\)"}


def pdf_letter(name: str, text: str) -> Attached:
    """A digital PDF of one page. Characters that its font lacks become "?"."""
    lines = [piece for line in text.split("\n") for piece in textwrap.wrap(line, _WIDTH) or [""]]
    safe = [line.encode("latin-1", "replace").decode("latin-1").translate(_WINANSI) for line in lines[:_LINES]]
    printed = [(60.0, float(_TOP - _LEADING * at), line) for at, line in enumerate(safe) if line]
    return Attached(name, "application/pdf", pdf(printed))


def docx_letter(name: str, paragraphs: Sequence[str]) -> Attached:
    """A DOCX with one paragraph a line; the same bytes each time."""
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in paragraphs)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for path, part in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELATIONS),
            ("word/document.xml", f"<w:document {_NAMESPACE}><w:body>{body}</w:body></w:document>"),
        ):
            package.writestr(zipfile.ZipInfo(path), part)
    mime = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return Attached(name, mime, target.getvalue())


_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
