"""Groups 15 to 18 and 36: the letter is read in whatever it is sent along; what cannot be read a human sees, and it is asked for."""

from __future__ import annotations

import pytest

from templates.links import inert
from tests.field import deliver_field, names
from tests.field.test_odd_answers import queued
from tests.town import Town

HELPDESK_ASKED, RECEIPT = "minta_analisis", "tanda_terima"


@pytest.mark.parametrize("name", names("15"))
def test_a_pdf_is_read_however_it_is_named(place: Town, name: str) -> None:
    became = deliver_field(place, name)
    assert became.opened and became.incident is not None
    report = became.incident.report
    assert (report.nomor, report.layanan) == ("500.12.3/417/Dinkes-Set/2026", ("jaringan",))
    assert not report.belum_terbaca


@pytest.mark.parametrize("name", [*names("17"), *(name for name in names("16") if name.endswith("bungkus"))])
def test_words_in_html_or_in_a_signature_are_a_report(place: Town, name: str) -> None:
    became = deliver_field(place, name)
    assert became.opened and became.incident is not None
    assert became.incident.report.layanan == ("jaringan",)
    assert str(became.incident.report.ringkasan).startswith("Internet di kantor kami putus total")


@pytest.mark.parametrize(
    ("name", "unread", "why"),
    [
        ("16-smime-terenkripsi", "smime.p7m", "disandikan (dienkripsi) sehingga tidak dapat kami baca"),
        ("18-mode-rahasia", "confidential-mail.google.com", "mohon surat itu dilampirkan"),
        ("18-tautan-saja", "drive.google.com", "mohon surat itu dilampirkan"),
    ],
)
def test_what_cannot_be_opened_a_human_sees_and_its_sender_is_asked_for(
    place: Town, name: str, unread: str, why: str
) -> None:
    became = deliver_field(place, name)
    assert became.opened and became.incident is not None
    (listed,) = became.incident.report.belum_terbaca
    assert unread in listed and "situs_web" not in became.incident.report.layanan
    for template in (HELPDESK_ASKED, RECEIPT):
        shown = inert(unread)  # a mail of ours holds no link that others wrote
        assert all(shown in text and why in text for text in queued(place, template))
        assert queued(place, template)


@pytest.mark.parametrize("name", names("36"))
def test_forms_and_content_controls_are_read_like_any_letter(place: Town, name: str) -> None:
    became = deliver_field(place, name)
    assert became.opened and became.incident is not None
    report = became.incident.report
    assert (report.nomor, report.hal) == ("500.12.3/421/Dinkes/2026", "Laporan Gangguan Aplikasi SIMRS")
    assert (report.layanan, report.belum_terbaca) == (("aplikasi",), ())
    assert str(report.ringkasan).startswith("Kami laporkan aplikasi SIMRS tidak dapat dibuka sejak pukul 07.15 WIB")
