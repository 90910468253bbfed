"""Letters as ODT (LibreOffice) and RTF (WordPad, old templates)."""

from __future__ import annotations

import io
import zipfile

import pytest

from parsers.documents.formats import document_format
from parsers.documents.letter_head import read_labels
from tests.reading import open_document

_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
)
_BODY = """<text:tracked-changes><text:changed-region><text:deletion><text:p>dihapus</text:p></text:deletion>
</text:changed-region></text:tracked-changes>
<table:table><table:table-row><table:table-cell><text:p>Nomor</text:p></table:table-cell>
<table:table-cell><text:p>:</text:p></table:table-cell>
<table:table-cell><text:p>500.12/77/<text:span>Dishub</text:span>/2026</text:p></table:table-cell></table:table-row></table:table>
<text:p>Hal<text:tab/>:<text:s text:c="2"/>Server tiket tidak dapat diakses</text:p>
<text:p>Dengan hormat,<text:line-break/>server tiket mati sejak pukul 08.00.
<draw:frame><draw:text-box><text:p>KOTAK TEKS</text:p></draw:text-box></draw:frame></text:p>"""


def odt(body: str = _BODY) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        header = f"<office:s {_NAMES}><style:header><text:p>DINAS PERHUBUNGAN</text:p></style:header></office:s>"
        package.writestr("styles.xml", header)
        package.writestr("content.xml", f"<office:d {_NAMES}><office:body>{body}</office:body></office:d>")
    return file.getvalue()


RTF = (
    rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator x;}\pard DINAS PERHUBUNGAN\par Nomor\tab : 500.12/77/Dishub/2026\par "
    rb"\trowd\cellx1000\cellx3000 Hal\cell : Server tiket tidak dapat diakses\cell\row\pard Server tiket mati \endash sejak pukul 08.00.\par}"
)


@pytest.mark.parametrize("content", [odt(), RTF], ids=["odt", "rtf"])
def test_a_letter_says_the_same_in_every_format(content: bytes) -> None:
    format_name = document_format("application/octet-stream", "surat.bin", content)
    document = open_document(content, format_name)
    labels = read_labels(document.text)
    assert document.problem == "" and "DINAS PERHUBUNGAN" in document.text
    assert labels["nomor"] == "500.12/77/Dishub/2026" and labels["hal"] == "Server tiket tidak dapat diakses"
    assert "Server tiket mati".lower() in document.text.lower()


def test_an_odt_gives_headers_and_text_boxes_and_nothing_that_was_deleted() -> None:
    text = open_document(odt(), "odt").text
    assert "KOTAK TEKS" in text and "dihapus" not in text
    assert text.index("DINAS PERHUBUNGAN") < text.index("Nomor")


@pytest.mark.parametrize(
    ("content", "format_name"),
    [
        (odt()[:300], "odt"),
        (odt("<text:p>"), "odt"),
        (odt(""), "odt"),
        (b"{\\rtf1" + b"{\\a" * 20_000, "rtf"),
        (RTF[:90], "rtf"),
        (b"{\\rtf1\\bin99999999 x}", "rtf"),
    ],
    ids=["cut", "no xml", "empty", "deep", "cut rtf", "lying length"],
)
def test_a_broken_file_is_a_problem_and_never_an_exception(content: bytes, format_name: str) -> None:
    document = open_document(content, format_name)
    assert document.problem or document.text.strip()
