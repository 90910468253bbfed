"""What could not be read at once is read later; what was missing is filled by what the OPD answers."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from handlers.read_again import read_again, still_unread
from parsers.documents.document import Document
from readers.programs import SystemPrograms
from register import journal
from sop.events import Enriched
from tests import cast
from tests.cast import DINKES
from tests.reading import InProcess
from tests.town import Town

TEXT = """PEMERINTAH PROVINSI SUMATERA BARAT
DINAS KESEHATAN

Nomor : 440/618/Dinkes/2026
Sifat : Segera
Hal : Jaringan internet putus

Jaringan internet di gedung A putus sejak pukul 08.00 WIB.
"""


def scan(place: Town) -> None:
    """A letter that is nothing but a picture."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = DINKES, cast.OFFICE, "Surat"
    message["Message-ID"] = "<pindai@contoh.example>"
    message.set_content("Terlampir.")
    message.add_attachment(b"%PDF-1.4 not really", "application", "pdf", filename="pindai.pdf")
    place.post(DINKES, message.as_bytes())
    place.work()


@pytest.fixture
def place(place: Town) -> Town:
    """Nothing is read again but what a test asks for."""
    place.office.reads_scans = False
    return place


def test_a_scan_is_read_later_and_whoever_works_on_it_is_told_what_became_known(place: Town) -> None:
    scan(place)
    assert still_unread(place.office) == ["DKL-2026-0001"]
    asked = place.last(cast.HELPDESK, "Mohon analisis")
    files = [part.filename for part in asked.attachments]
    assert files == ["pindai.pdf", "Isi-Surel-DKL-2026-0001.txt"], "the first mail waited for the reading"
    place.office.readers = InProcess(lambda _content, _format: Document(TEXT))
    read_again(place.office, "DKL-2026-0001")
    place.work()
    report = place.incident().report
    assert (report.nomor, report.sifat, report.hal) == (
        "440/618/Dinkes/2026",
        "Segera",
        "Jaringan internet putus",
    )
    told = place.last(cast.HELPDESK, "Kartu insiden dilengkapi")
    assert "nomor surat" in told.plain and "440/618/Dinkes/2026" in told.plain
    assert still_unread(place.office) == []


def test_a_scan_that_nobody_can_read_is_tried_once_and_nobody_is_troubled(place: Town) -> None:
    scan(place)
    place.office.readers = InProcess(lambda _content, _format: Document(problem="buram"))
    read_again(place.office, "DKL-2026-0001")
    place.work()
    assert still_unread(place.office) == []
    assert not [mail for mail in place.inbox(cast.HELPDESK) if "dilengkapi" in mail.subject]
    with place.office.database.reading() as tx:
        kinds = [event.kind for event in journal.read_events(tx, "DKL-2026-0001")]
    assert kinds.count(Enriched.kind) == 1


def test_the_answer_to_the_receipt_fills_what_was_missing_and_changes_nothing_else(place: Town) -> None:
    place.write(DINKES, "Internet mati", "Internet kantor kami mati, mohon bantuan.")
    place.work()
    first = place.incident().report
    assert first.telepon is None and "nomor telepon" in place.last(DINKES, "Laporan diterima").plain
    place.reply(DINKES, "Laporan diterima", "Dapat dihubungi: Fitria, 081266554433. Mati sejak pukul 07.30 WIB.")
    place.work()
    report = place.incident().report
    assert report.telepon == "081266554433"
    said = [name for name in first.said() if first.knows(name) and name != "asal"]
    assert report.only(said) == first.only(said)
    assert report.asal and first.asal
    assert report.asal.items() >= first.asal.items() and "telepon" in report.asal
    assert "dilengkapi dari kabar ini" in place.last(cast.HELPDESK, "Kabar dari pelapor").plain


def test_a_round_reads_again_what_it_can_and_tells_in_the_same_round(place: Town) -> None:
    place.office.reads_scans = True
    place.office.readers = InProcess(lambda _content, _format: Document(TEXT))
    scan(place)
    assert place.incident().report.nomor == "440/618/Dinkes/2026"
    assert len([mail for mail in place.inbox(cast.HELPDESK) if "dilengkapi" in mail.subject]) == 1


def test_a_scan_waits_where_nothing_can_read_it(place: Town) -> None:
    place.office.reads_scans = False
    scan(place)
    place.work()
    assert still_unread(place.office) == ["DKL-2026-0001"]


def test_a_mail_is_not_said_to_be_no_emergency_before_its_scan_has_been_read(place: Town) -> None:
    place.office.reads_scans = True
    place.office.readers = InProcess(lambda _content, _format: Document(TEXT))
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = DINKES, cast.OFFICE, "Penyampaian surat dinas"
    message["Message-ID"] = "<pengantar@contoh.example>"
    polite = "Bersama ini kami sampaikan surat sebagaimana terlampir untuk menjadi perhatian Bapak/Ibu. "
    message.set_content(polite * 6 + "Atas perhatian dan kerja samanya kami ucapkan terima kasih.")
    message.add_attachment(b"\xff\xd8\xff\xe0" + bytes(900), "image", "jpeg", filename="surat.jpg")
    place.post(DINKES, message.as_bytes())
    place.work()
    assert place.incident().report.nomor == "440/618/Dinkes/2026"
    assert not [mail for mail in place.inbox(cast.HELPDESK) if "bukan" in mail.subject.lower()]


@pytest.mark.skipif(
    not SystemPrograms().can_read_scans(), reason="no OCR here (`make system-deps`): scans are only told of, not read"
)
def test_a_photographed_letter_is_registered_by_what_stands_on_it(place: Town) -> None:
    from tests.parsers import scans

    place.office.reads_scans = True
    place.post(DINKES, scans.mail_with(scans.jpeg(scans.photographed()), "image/jpeg", "surat.jpg"))
    place.work()
    assert place.incident().report.nomor == "500.12.3/417/Dinkes-Set/2026"
    files = [part.filename for part in place.last(cast.HELPDESK, "Mohon analisis").attachments]
    assert files == ["surat.jpg", "Isi-Surel-DKL-2026-0001.txt"]
    assert "nomor surat" in place.last(cast.HELPDESK, "Kartu insiden dilengkapi").plain
