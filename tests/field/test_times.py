"""Wrong sender clocks, wrapped lines, hours and spans: as a clerk would note them, seen from when the mail was sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sop.incident import due
from tests.field import answer_field, at_nine, deliver, deliver_field, names
from tests.town import Town

NINE = at_nine()
ORDERED_UNTIL = "2026-11-23T12:00:00+07:00"


@pytest.mark.parametrize("name", names("20"))
def test_a_wrong_sender_clock_does_no_harm(place: Town, name: str) -> None:
    became = deliver_field(place, name)
    assert became.opened and became.incident is not None
    report = became.incident.report
    assert report.waktu_kejadian == "2026-11-23T07:30:00+07:00"
    assert not any(year in str(report) for year in ("1448", "2015", "2099"))


@pytest.mark.parametrize("name", names("14"))
def test_an_instruction_is_whole_however_its_lines_were_wrapped(place: Town, name: str) -> None:
    became, visit = answer_field(place, name)
    assert visit.answer is not None and visit.answer.decision == "disposisi", became.mail.became
    assert visit.answer.details.deadline == ORDERED_UNTIL
    orders = str(visit.answer.details.instructions)
    assert orders.startswith("Segera tangani") and orders.endswith("sebelum pukul 12.00 WIB hari ini.")
    assert "kepa da" not in orders and "kepa\n" not in orders


@pytest.mark.parametrize("name", names("29-laporan-jam"))
def test_the_hour_of_a_report_is_of_the_day_it_was_sent(place: Town, name: str) -> None:
    _, visit = answer_field(place, name)
    assert visit.answer is not None and visit.answer.decision == "laporan"
    assert visit.answer.details.finished_at == "2026-11-23T10:40:00+07:00"
    assert not any(year in str(visit.answer.details) for year in ("1448", "2015", "2099"))


@pytest.mark.parametrize("name", names("29-minta-30"))
def test_minutes_that_were_asked_for_are_the_minutes_that_are_given(place: Town, name: str) -> None:
    _, visit = answer_field(place, name)
    assert visit.extension == timedelta(minutes=30)


@pytest.mark.parametrize("name", names("29-minta-sampai"))
def test_time_until_an_hour_ends_at_that_hour(place: Town, name: str) -> None:
    _, visit = answer_field(place, name)
    stage = place.office.procedure().stage(visit.stage)
    assert (
        timedelta()
        <= due(visit, stage, visit.asked[0].person) - datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
        < timedelta(minutes=1)
    )


REPORT = """\
From: Rina Marlina <samsat@contoh.example>
To: darurat@contoh.example
Subject: Server mati
{date}Message-ID: <waktu-{serial}@contoh.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

{words}
"""
MIDNIGHT = datetime(2026, 11, 23, 17, 20, tzinfo=UTC)
"""00.20 WIB on Tuesday the 24th."""
NEW_YEAR = datetime(2027, 1, 1, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("received", "date", "words", "began"),
    [
        (MIDNIGHT, "Tue, 24 Nov 2026 00:19:00 +0700", "Server kami mati sejak pukul 00.15.", "2026-11-24T00:15"),
        (MIDNIGHT, "Tue, 24 Nov 2026 00:19:00 +0700", "Server kami mati sejak pukul 23.50.", "2026-11-23T23:50"),
        (MIDNIGHT, "Tue, 24 Nov 2026 02:19:00 +0900", "Server mati sejak tengah malam tadi.", "2026-11-24T00:00"),
        (MIDNIGHT, "Tue, 24 Nov 2015 00:19:00 +0700", "Server mati sejak jam 12 tadi malam.", "2026-11-24T00:00"),
        (NEW_YEAR, "Jum, 1 Jan 2027 07:29:00 WIB", "Server mati sejak 31 Desember pukul 22.00.", "2026-12-31T22:00"),
        (NEW_YEAR, "Fri, 1 Jan 2027 09:29:00 +0900", "Server mati sejak 30/12 pukul 21.00 WITA.", "2026-12-30T20:00"),
        (NINE, "Mon, 23 Nov 2026 08:58:00", "Server mati sejak Jumat sore jam 4.", "2026-11-20T16:00"),
    ],
)
def test_a_report_around_midnight_and_at_the_turn_of_the_year(
    place: Town, received: datetime, date: str, words: str, began: str
) -> None:
    place.clock.time = received
    field = f"Date: {date}\n" if date else ""
    serial = f"{received:%m%d}-{len(date)}-{len(words)}"
    mail = REPORT.format(date=field, serial=serial, words=f"{words} Rapat daring pukul 10.00.")
    became = deliver(place, mail.replace("\n", "\r\n").encode())
    assert became.incident is not None and became.incident.report.waktu_kejadian == f"{began}:00+07:00"


def test_a_plea_without_a_length_is_asked_back_and_the_mail_says_what_is_missing(place: Town) -> None:
    place.to_stage("penanganan")
    before = place.incident().visits[-1]
    place.reply("tim.jaringan@contoh.example", "Penugasan penanganan", "MINTA WAKTU sampai nanti sore")
    place.work(1)
    after = place.incident().visits[-1]
    assert (after.extension, len(after.unclear)) == (before.extension, 1)
    asked = place.last("tim.jaringan@contoh.example", "Mohon ditegaskan").plain
    assert "jamnya tidak disebut" in " ".join(asked.split()) and "MINTA WAKTU" in asked and "30 menit" in asked
