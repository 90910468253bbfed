"""Every type of document says what it says, and says why when it cannot."""

from __future__ import annotations

import shutil

import pytest

from parsers.documents.document import NOT_YET, Document, Reason
from parsers.documents.formats import document_format
from parsers.documents.letter_head import read_labels
from parsers.letters.letter import read_letter
from parsers.letters.offices import Office, Offices
from parsers.letters.values import Letter
from tests.parsers import documents as made
from tests.parsers.compound_files import compound_file, outlook_message
from tests.reading import HERE, open_document, without_programs

OFFICES = Offices([Office("Dinas Kesehatan", ("Dinkes",))])
needs_catdoc = pytest.mark.skipif(shutil.which("catdoc") is None, reason="catdoc is not installed")
GOOD = {
    "surat.pdf": made.pdf((made.LINES, "digital")),
    "surat.docx": made.docx(),
    "surat.docx (main part numbered)": made.docx(main="word/document2.xml"),
    "surat.docx (strict)": made.strict(made.docx()),
    "surat.xlsx": made.xlsx(),
    "surat.txt": "\n".join(made.LINES).encode(),
}
BAD = {
    "locked.pdf": (made.locked_pdf(), Reason.LOCKED),
    "locked.docx": (made.locked_package(), Reason.LOCKED),
    "locked.xlsx": (made.locked_package(), Reason.LOCKED),
    "locked.xls": (made.locked_xls(), Reason.LOCKED),
    "locked.doc": (made.doc(locked=True), Reason.LOCKED),
    "locked.zip": (made.archive({"surat.pdf": GOOD["surat.pdf"]}, locked=True), Reason.LOCKED),
    "cut.pdf": (GOOD["surat.pdf"][:200], Reason.BROKEN),
    "cut.docx": (GOOD["surat.docx"][:-200], Reason.BROKEN),
    "cut.xlsx": (GOOD["surat.xlsx"][:-200], Reason.BROKEN),
    "cut.zip": (made.archive({"surat.pdf": GOOD["surat.pdf"]})[:-60], Reason.BROKEN),
    "cut.msg": (made.msg()[:700], Reason.BROKEN),
    "not.xls": (b"bukan berkas Excel", Reason.BROKEN),
    "empty.docx": (made.docx(""), Reason.EMPTY),
    "empty.zip": (made.archive({}), Reason.EMPTY),
    "deck.ppt": (compound_file({"PowerPoint Document": bytes(5000)}), Reason.UNKNOWN),
    "scan.pdf": (made.pdf(((), "scan")), Reason.NOT_READ),
}


def opened(name: str, content: bytes) -> Document:
    return open_document(content, document_format("application/octet-stream", name, content))


def letter(*files: tuple[str, bytes]) -> Letter:
    return read_letter(made.mail_with(*files), OFFICES, opener=HERE)


@pytest.mark.parametrize("name", GOOD)
def test_a_letter_is_read_in_every_format(name: str) -> None:
    document = opened(name.partition(" ")[0], GOOD[name])
    labels = read_labels(document.text) | dict(document.labels)
    assert document.problem == "" and document.reason is None
    assert (
        labels["nomor"].replace("\t", " ").strip(": ") == made.NUMBER and "Gangguan jaringan internet" in labels["hal"]
    )


def test_a_scan_pasted_into_an_empty_docx_waits_to_be_read_and_its_logo_does_not() -> None:
    document = opened("surat.docx", made.pasted_scan())
    assert [name for name, inside in document.inner if isinstance(inside, bytes)] == ["image1.png"]


@needs_catdoc
def test_an_old_word_file_is_read() -> None:
    assert read_labels(opened("surat.doc", made.doc()).text)["nomor"] == made.NUMBER


def test_without_catdoc_an_old_word_file_is_a_problem_that_says_so() -> None:
    with without_programs():
        document = opened("surat.doc", made.doc())
    assert document.reason is Reason.NOT_READ and "belum dapat dibaca" in document.problem


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_says_why(name: str) -> None:
    content, reason = BAD[name]
    document = opened(name, content)
    assert (document.reason, document.text) == (reason, "") and document.problem


def test_what_the_sender_can_mend_is_named_in_the_report() -> None:
    read = letter(("a.pdf", made.locked_pdf()), ("b.pdf", GOOD["surat.pdf"][:200]), ("c.pdf", BAD["scan.pdf"][0]))
    assert read.to_ask_for == (("a.pdf", "terkunci sandi"), ("b.pdf", "rusak"))
    assert [name.partition(" ")[0] for name in read.unread] == ["a.pdf", "b.pdf", "c.pdf"]
    assert not letter(("surat.pdf", GOOD["surat.pdf"])).to_ask_for


def test_a_hidden_sheet_is_not_read_and_long_numbers_stay_whole() -> None:
    text = opened("surat.xlsx", GOOD["surat.xlsx"]).text
    assert "tersembunyi" not in text and "NIP\t:\t197002031995031" in text


def test_a_long_list_beside_a_short_mail_is_not_taken_for_the_letter() -> None:
    rows = "\n".join(f"2026-11-23 08:{n % 60:02} layanan {n} tidak merespons" for n in range(300))
    assert "layanan 7 tidak" not in letter(("catatan.log", rows.encode())).ringkasan


def test_a_mail_saved_by_outlook_counts_like_one_attached() -> None:
    read = letter(("surat.msg", made.msg(("surat.docx", GOOD["surat.docx"]))))
    assert read.nomor.value == made.NUMBER and read.unread == ()
    assert read.email.value == "set@dinkes.example" and read.attachments == 1


def test_outlook_mails_may_hold_mails_and_may_have_html_only() -> None:
    inner = outlook_message(
        "Ani <ani@dinkes.example>", "Surat", "", ("surat.docx", GOOD["surat.docx"]), html="<p>Isi</p>", head=24
    )
    outer = compound_file(
        outlook_message("Budi <b@dinkes.example>", "Fwd: Surat", "Lihat terlampir.", ("dalam.msg", inner))
    )
    assert letter(("surat.msg", outer)).nomor.value == made.NUMBER


def test_archives_are_opened_and_so_is_one_archive_inside() -> None:
    files: dict[str, bytes | str] = {"foto/": b"", "__MACOSX/._surat.docx": b"x", "foto/a.jpg": b"\xff\xd8\xff rusak"}
    inner = made.archive(files | {"surat/surat.docx": GOOD["surat.docx"]})
    read = letter(("berkas.zip", made.archive({"dalam.zip": inner})))
    assert read.nomor.value == made.NUMBER
    assert read.unread == (f"berkas.zip/dalam.zip/a.jpg ({NOT_YET})",)


def test_an_archive_bomb_is_refused_and_so_are_archives_without_end() -> None:
    bomb = made.archive({"surat.pdf": bytes(30_000_000)})
    bursting = opened("bom.zip", bomb).inner[0][1]
    assert isinstance(bursting, Document) and bursting.reason is Reason.TOO_LARGE
    nested = made.archive({"surat.txt": "halo"})
    for _ in range(6):
        nested = made.archive({"lagi.zip": nested})
    assert any("arsip" in said for said in letter(("dalam.zip", nested)).unread)


def test_a_scan_with_a_bad_layer_of_text_is_a_scan() -> None:
    for layer in (made.GIBBERISH * 6, ("CamScanner",), ()):
        assert opened("surat.pdf", made.pdf((layer, "layer"))).problem == NOT_YET
    good = opened("surat.pdf", made.pdf((made.LINES, "layer")))
    assert good.problem == "" and dict(good.labels)["nomor"] == made.NUMBER


@pytest.mark.parametrize("digital_first", [True, False])
def test_pages_of_text_are_read_at_once_and_pictures_among_them_wait(digital_first: bool) -> None:
    pages = [(made.LINES, "digital"), ((), "scan")]
    document = opened("surat.pdf", made.pdf(*(pages if digital_first else pages[::-1])))
    assert dict(document.labels)["nomor"] == made.NUMBER
    assert document.reason is Reason.NOT_READ and f"halaman {2 if digital_first else 1} " in document.problem
    read = letter(("surat.pdf", made.pdf(*pages)))
    assert read.nomor.value == made.NUMBER and len(read.unread) == 1


def test_word_gives_insertions_boxes_headers_and_tables_and_nothing_deleted() -> None:
    body = (
        "<w:p><w:r><w:t>Hal : </w:t></w:r><w:del><w:r><w:delText>salah</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>Gangguan server</w:t></w:r></w:ins></w:p>"
        "<w:p><w:moveFrom><w:r><w:t>pindah</w:t></w:r></w:moveFrom><w:r><w:pict><w:txbxContent>"
        f"{made.paragraph('KOTAK TEKS')}</w:txbxContent></w:pict></w:r></w:p>"
        f"<w:tbl><w:tr><w:tc>{made.paragraph('Nomor')}</w:tc><w:tc>{made.paragraph(made.NUMBER)}</w:tc></w:tr></w:tbl>"
        "<w:p><w:r><w:t>e</w:t><w:noBreakHyphen/><w:t>Kinerja</w:t></w:r></w:p>"
    )
    text = opened("surat.docx", made.docx(body, header=made.paragraph("DINAS KESEHATAN"))).text
    assert text.startswith("DINAS KESEHATAN\nHal : Gangguan server\n")
    assert "salah" not in text and "pindah" not in text
    assert "KOTAK TEKS" in text and f"Nomor\t{made.NUMBER}" in text and "e-Kinerja" in text
