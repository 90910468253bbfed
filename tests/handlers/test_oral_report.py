"""Somebody telephoned: Helpdesk enters it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.oral_report import OralReport, enter_oral_report
from register import ledger
from sop.people import WIB
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
    assert report.waktu_kejadian == "2026-11-23T08:40:00+07:00" and "kami cek" not in (report.ringkasan or "")


def told_by_telephone(place: Town, opd: str = "Disdik", *, since: str = "", called: str = "") -> str:
    said = OralReport("telepon", opd, "Internet kantor mati total.", since=since, called=called)
    return enter_oral_report(place.office, said)


@pytest.mark.parametrize(
    "typed",
    [
        "Dinas Kesehtan",
        "dinas kesehatan",
        "Dinkes",
        "Dinas Kesehattan Provinsi Sumatera Barat",
        "Dinas Kesehatan (UPTD)",
    ],
)
def test_one_slip_of_the_finger_still_finds_the_opd(place: Town, typed: str) -> None:
    assert place.incident(told_by_telephone(place, typed)).report.opd == "Dinas Kesehatan"


@pytest.mark.parametrize(
    ("typed", "both"),
    [
        ("kesehatan", "Dinas Kesehatan, Dinas Peternakan dan Kesehatan Hewan"),
        ("Dinas Kesehatan dan Dinas Sosial", "Dinas Kesehatan, Dinas Sosial"),
    ],
)
def test_where_two_opd_fit_whoever_types_is_asked_which(place: Town, typed: str, both: str) -> None:
    with pytest.raises(ValueError, match=both):
        told_by_telephone(place, typed)
    assert place.numbers() == []


def test_an_office_that_no_list_names_is_entered_as_typed(place: Town) -> None:
    assert place.incident(told_by_telephone(place, "Kantor Camat Lubuk Alung")).report.opd == "Kantor Camat Lubuk Alung"


def test_the_time_that_the_caller_gave_counts(place: Town) -> None:
    incident = place.incident(told_by_telephone(place, since="07.30", called="08.45"))
    assert incident.report.waktu_kejadian == "2026-11-23T07:30:00+07:00"
    assert (
        incident.received is not None and incident.received.astimezone(WIB).isoformat() == "2026-11-23T08:45:00+07:00"
    )
    assert place.incident(told_by_telephone(place, since="kemarin pukul 21.00")).report.waktu_kejadian is not None


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"since": "besok pagi"}, "sejak: .*sudah lewat"),
        ({"since": "24-11-2026 08.00"}, "sejak: .*sudah lewat"),
        ({"since": "08.00 atau 08.30"}, "sejak: .*bukan waktu yang pasti"),
        ({"since": "11.30"}, "sejak: "),
        ({"since": "setelah hujan"}, "sejak: "),
        ({"called": "10.30"}, "waktu lapor: "),
        ({"called": "kemarin"}, "waktu lapor: jam"),
        ({"called": "08.15", "since": "08.50"}, "sejak: "),
    ],
)
def test_a_time_that_is_to_come_or_is_none_is_refused_with_the_reason(
    place: Town, typed: dict[str, str], why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        told_by_telephone(place, **typed)
    assert place.numbers() == []
