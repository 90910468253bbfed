"""What is filled into a form, typed over a page or kept in a content control is read like what is printed."""

from __future__ import annotations

import pytest

from parsers.documents.document import Document, Reason
from parsers.documents.formats import document_format
from tests.parsers import documents as made
from tests.parsers import written_pdfs as written
from tests.reading import HERE

HEAD = ((200.0, 800.0, "PEMERINTAH PROVINSI SUMATERA BARAT"), (230.0, 785.0, "DINAS SOSIAL"))
LABELS = ((60.0, 740.0, "Nomor"), (120.0, 740.0, ":"), (60.0, 725.0, "Hal"), (120.0, 725.0, ":"))
FIELDS = (written.field(130, 737, "005/77/Dinsos/2026"), written.field(130, 722, "Gangguan server absensi", name="hal"))
SAID = "Server absensi padam sejak pukul 06.50 WIB, pegawai tidak dapat mencatat kehadiran."


def opened(content: bytes, name: str = "surat.pdf") -> Document:
    return HERE.open(content, document_format("application/octet-stream", name, content))


@pytest.mark.parametrize(
    ("filled", "said"),
    [
        (written.field(60, 640, SAID, width=500), SAID),
        (
            written.area(60, 500, f"Dengan hormat,\r\n{SAID}\rTerima kasih", 160),
            f"Dengan hormat,\n{SAID}\nTerima kasih",
        ),
        (written.choice(60, 640, "2", (("1", "Jaringan"), ("2", "Server dan pusat data"))), "Server dan pusat data"),
        (written.choice(60, 640, "Aplikasi", (("Aplikasi", "Aplikasi"),)), "Aplikasi"),
        (written.box(60, 640, "kotak1", ticked=True, said="Layanan berhenti total"), "[x] Layanan berhenti total"),
        (written.box(60, 640, "Sangat segera", ticked=True), "[x] Sangat segera"),
        (written.note("FreeText", SAID), SAID),
        (written.note("FreeText", "Catatan:\rgenset mati"), "Catatan:\ngenset mati"),
        (written.note("Text", "Mohon ditelepon"), "Mohon ditelepon"),
        (written.note("Stamp", "SANGAT SEGERA"), "SANGAT SEGERA"),
        (written.note("Highlight", "yang ini paling penting"), "yang ini paling penting"),
    ],
)
def test_what_is_written_onto_a_page_is_read_with_it(filled: str, said: str) -> None:
    document = opened(written.pdf((*HEAD, *LABELS), (*FIELDS, filled)))
    assert said in document.text and not document.problem
    assert dict(document.labels) == {"nomor": "005/77/Dinsos/2026", "hal": "Gangguan server absensi"}
    assert "Nomor  :  005/77/Dinsos/2026" in document.text
    assert document.text.index("Gangguan server") < document.text.index(said)


def test_an_empty_box_a_hidden_field_and_a_popup_say_nothing() -> None:
    unsaid = (
        written.box(60, 640, "Bukan darurat", ticked=False),
        written.field(60, 600, "rahasia", more="/F 2"),
        written.note("Text", "tersembunyi", flags=2),
        written.note("Popup", "diulang"),
        written.field(60, 560, "   "),
    )
    document = opened(
        written.pdf((*HEAD, *LABELS), (*FIELDS[:1], written.note("FreeText", SAID), *unsaid[:1], *unsaid[2:]))
    )
    assert all(word not in document.text for word in ("Bukan darurat", "tersembunyi", "diulang"))


def test_a_form_of_nothing_but_fields_is_no_scan_and_typed_words_on_one_are_not_lost() -> None:
    assert opened(written.pdf((), (*FIELDS, written.field(60, 600, SAID)))).text.endswith(SAID)
    scan = opened(written.pdf((), (written.note("FreeText", SAID),), picture=True))
    assert scan.text == SAID and scan.reason is Reason.NOT_READ


def test_a_form_that_only_adobe_shows_gives_its_values_and_says_that_they_are_not_all() -> None:
    data = "<xfa:datasets xmlns:xfa='http://www.xfa.org/schema/xfa-data/1.0/'><xfa:data><f><hal>Server padam</hal><x/></f></xfa:data></xfa:datasets>"
    document = opened(written.pdf(((60.0, 700.0, "Please wait..."),), xfa=data))
    assert document.reason is Reason.UNKNOWN and "Please wait" not in document.text
    assert document.text == "hal: Server padam"


def _row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def _cell(text: str) -> str:
    return f"<w:tc>{made.paragraph(text)}</w:tc>"


def _held(inside: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


RUN = "<w:r><w:t>{}</w:t></w:r>"
TICK = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
NUMBER_ROW = "Nomor\t:\t005/77/Dinsos/2026"
NUMBER_CELLS = (_cell("Nomor"), _cell(":"), _cell("005/77/Dinsos/2026"))


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (_held(made.paragraph(SAID)), SAID),
        (_held(_held(_held(made.paragraph(SAID)))), SAID),
        (f"<w:p>{RUN.format('Hal : ')}{_held(RUN.format('Server padam'))}</w:p>", "Hal : Server padam"),
        (f"<w:p>{_held(_held(RUN.format('Hal : ')) + RUN.format('Server padam'))}</w:p>", "Hal : Server padam"),
        (f"<w:tbl>{_held(_row(*NUMBER_CELLS))}</w:tbl>", NUMBER_ROW),
        (f"<w:tbl>{_row(*NUMBER_CELLS[:2], _held(NUMBER_CELLS[2]))}</w:tbl>", NUMBER_ROW),
        (f"<w:tbl>{_row(_held(_held(NUMBER_CELLS[0])), *NUMBER_CELLS[1:])}</w:tbl>", NUMBER_ROW),
        (f"<w:tbl>{_row(*NUMBER_CELLS[:2], '<w:customXml>' + NUMBER_CELLS[2] + '</w:customXml>')}</w:tbl>", NUMBER_ROW),
        (f"<w:tbl>{_row(*(f'<w:ins>{cell}</w:ins>' for cell in NUMBER_CELLS))}</w:tbl>", NUMBER_ROW),
        (f"<w:tbl><w:customXml>{_row(*NUMBER_CELLS)}</w:customXml></w:tbl>", NUMBER_ROW),
        (
            f"<w:p><w:smartTag>{RUN.format('Server ')}<w:hyperlink>{RUN.format('padam')}</w:hyperlink></w:smartTag></w:p>",
            "Server padam",
        ),
        (f"<w:p><w:fldSimple>{RUN.format('Server padam')}</w:fldSimple></w:p>", "Server padam"),
        (f"<w:customXml>{made.paragraph(SAID)}</w:customXml>", SAID),
        (f"<w:p>{_held(TICK)}{RUN.format(' Sangat segera')}</w:p>", "☒ Sangat segera"),
        (_held(made.paragraph("Server padam"), "<w:showingPlcHdr/>"), "Server padam"),
    ],
)
def test_content_controls_and_other_wrappings_are_read_wherever_they_stand(body: str, line: str) -> None:
    document = opened(made.docx(made.paragraph("DINAS SOSIAL") + body), "surat.docx")
    assert document.text.split("\n") == ["DINAS SOSIAL", line]


def test_a_request_to_click_is_no_word_of_the_author() -> None:
    empty = _held(made.paragraph("Klik di sini untuk memasukkan teks."), "<w:showingPlcHdr/>")
    assert "Klik" not in opened(made.docx(made.paragraph("DINAS SOSIAL") + empty), "surat.docx").text


@pytest.mark.parametrize("shown", ["", "Click or tap here to enter text."])
def test_a_bound_control_shows_the_value_that_is_kept_elsewhere(shown: str) -> None:
    item = "{0D7D6A3C-1F3B-4C54-9B0D-2B5C7B0F0A11}"
    binding = f'<w:showingPlcHdr/><w:dataBinding w:prefixMappings="xmlns:n=\'urn:surat\'" w:xpath="/n:surat[1]/n:hal[1]" w:storeItemID="{item}"/>'
    inside = made.paragraph(shown) if shown else "<w:p/>"
    whole = made.archive(
        {
            "word/document.xml": f"<w:document {made.NAMESPACE}><w:body>{_held(inside, binding)}</w:body></w:document>",
            "customXml/item1.xml": f"<n:surat xmlns:n='urn:surat'><n:hal>{SAID}</n:hal></n:surat>",
            "customXml/itemProps1.xml": f'<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" ds:itemID="{item}"/>',
        }
    )
    assert opened(whole, "surat.docx").text == SAID


def test_notes_follow_the_letter_and_what_stands_aside_is_read_where_nothing_else_is() -> None:
    def with_parts(body: str, **others: str) -> bytes:
        files = {"word/document.xml": f"<w:document {made.NAMESPACE}><w:body>{body}</w:body></w:document>"}
        files |= {
            f"word/{name}.xml": f"<w:{name} {made.NAMESPACE}>{made.paragraph(text)}</w:{name}>"
            for name, text in others.items()
        }
        return made.archive(dict(files))

    whole = opened(
        with_parts(made.paragraph("Isi"), footnotes="Catatan", footer1="Alamat", comments="Ulasan"), "s.docx"
    )
    assert whole.text.split("\n") == ["Isi", "Catatan"]
    assert SAID in opened(with_parts("<w:p/>", comments=SAID), "s.docx").text
    put_in = opened(with_parts(made.paragraph("Isi") + "<w:altChunk/>"), "s.docx")
    assert put_in.text and put_in.reason is Reason.UNKNOWN
