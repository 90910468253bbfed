"""The papers: what they say, in bytes that any reader opens."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest

import templates
from office.words_file import read_words
from report.model import OfficeFace
from report.papers import TITLES, Papers
from tests.sop.test_decide import PEOPLE, Journey

PAPERS = Papers(
    templates.FOLDER,
    OfficeFace(("PEMERINTAH PROVINSI", "DINAS KOMINFOTIK"), "Dinas Kominfotik", "Bidang Aptika", "Padang"),
    read_words(),
)


def text_of(name: str, journey: Journey) -> str:
    paper = PAPERS.make(name, journey.standing, PEOPLE)
    pdf = pdfium.PdfDocument(paper.content)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in pdf)
    pdf.close()
    return " ".join(text.split())


def ended() -> Journey:
    journey = Journey().to("disposisi")
    journey.wait(3)
    journey.answer("disposisi", "plh")
    journey.answer("tugaskan", "koordinator", details={"people": ["jaringan"]})
    journey.answer("laporan", "jaringan", 30, {"cause": "FO putus", "actions": "disambung", "result": "normal"})
    for decision, who in (
        ("kirim", "helpdesk"),
        ("teruskan", "koordinator"),
        ("teruskan", "kabid"),
        ("diterima", "kadis"),
    ):
        journey.answer(decision, who)
    return journey


@pytest.mark.parametrize("name", sorted(TITLES))
def test_every_paper_can_be_made_at_any_time_and_is_the_same_each_time(name: str) -> None:
    for journey in (Journey(), ended()):
        first = PAPERS.make(name, journey.standing, PEOPLE)
        assert first.content.startswith(b"%PDF") and b"None" not in first.content[:200]
        assert first == PAPERS.make(name, journey.standing, PEOPLE)


def test_the_final_report_has_the_timeline_and_every_clock() -> None:
    text = text_of("laporan_akhir", ended())
    assert "Waktu tiap langkah" in text and "Jalannya penanganan" in text
    assert "tidak menjawab" in text and "dialihkan kepada Kabid" in text
    assert "Penyebab : FO putus" in text


def test_the_sheet_is_signed_by_whoever_gave_the_disposisi() -> None:
    text = text_of("lembar_disposisi", ended())
    assert "Plh. kabid (SP 800/1)" in text


def test_the_berita_acara_writes_its_date_in_words() -> None:
    text = text_of("berita_acara", ended())
    assert "hari ini Senin, tanggal dua puluh tiga bulan November tahun dua ribu dua puluh enam" in text
    assert "PIHAK PERTAMA" in text and "Mengetahui" in text


def test_a_no_is_a_no_on_paper_too() -> None:
    journey = Journey()
    journey.answer("tidak", "helpdesk")
    assert "Keadaan darurat layanan: TIDAK" in text_of("laporan_analisis", journey)
    assert "Tidak ada penanganan oleh Tim Teknis" in text_of("laporan_akhir", journey)


def test_a_letter_cannot_write_into_the_paper() -> None:
    journey = Journey()
    wicked = '#panic("x") $x$ *tebal* <label> @ref \\ `kode`'
    journey.saved = journey.saved.replace("Dinas Kesehatan", wicked.replace("\\", "\\\\").replace('"', '\\"'))
    assert "#panic" in text_of("laporan_analisis", journey)
