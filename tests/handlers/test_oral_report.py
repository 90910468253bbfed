"""Somebody telephoned: Helpdesk enters it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.oral_report import OralReport, enter_oral_report
from register import ledger
from tests.cast import DINKES, HELPDESK
from tests.town import Town, know


def test_the_same_oral_report_twice_is_one_incident(place: Town) -> None:
    know(place, f"Dinas Kesehatan,Dinkes,{DINKES}")
    said = OralReport("telepon", "Dinkes", "Internet kantor mati sejak pukul 08.00.", email=DINKES, reference="run-1")
    assert enter_oral_report(place.office, said) == enter_oral_report(place.office, said) == "DKL-2026-0001"
    enter_oral_report(place.office, replace(said, reference="run-2"))
    assert place.numbers() == ["DKL-2026-0001", "DKL-2026-0002"]
    place.work()
    assert len(place.inbox(DINKES)) == 2
    with place.office.database.reading() as tx:
        assert {mail.became for mail in ledger.received(tx)} == {"insiden"}, "the note of the call is not archived"


@pytest.mark.parametrize(
    "described",
    [
        "Internet kantor mati\nsejak pukul 08.00",
        "Internet kantor mati\r\nsejak pagi, mohon bantuan",
        "Internet\tkantor\x0bmati\u2028sejak pagi",
        "Internet kantor mati \x00\x1b[0m sejak pagi",
        "Internet kantor mati \ud83d sejak pagi",
        "\n\n- Internet kantor mati\n- VPN juga",
    ],
)
def test_a_description_of_several_lines_is_entered(place: Town, described: str) -> None:
    said = OralReport("telepon", "Dinas\nKesehatan", described, "Ibu\nYeni", "Kepala\nUPT", reference="run-1")
    assert enter_oral_report(place.office, said) == "DKL-2026-0001"
    place.work()
    assert "Internet" in place.last(HELPDESK, "Mohon analisis").plain


def test_a_pasted_chat_says_who_wrote_it_when_and_since_when(place: Town) -> None:
    chat = (
        "23/11/26 08.50 - +62 812-6655-4433: Internet Samsat mati sejak pukul 08.40\n23/11/26 08.52 - Admin: kami cek"
    )
    number = enter_oral_report(place.office, OralReport("wag", "Badan Pendapatan Daerah", chat))
    report = place.incident(number).report
    assert (report.telepon, report.layanan) == ("081266554433", ("jaringan",))
    assert report.waktu_kejadian == "2026-11-23T08:40:00+07:00" and "kami cek" not in report.ringkasan
