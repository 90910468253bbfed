"""One letter travels the whole SOP over real SMTP and IMAP."""

from __future__ import annotations

from pathlib import Path

import pytest

from register import journal
from sop.story import story
from sop.who_reads import Audience
from tests import cast
from tests.cast import DINKES
from tests.servers.real_house import RealHouse
from tests.town import JOURNEY, Town, empty_journal, town


def test_a_letter_travels_all_eight_steps(place: Town) -> None:
    place.letter()
    place.work()
    for _, address, subject, text in JOURNEY:
        place.reply(address, subject, text)
        place.work(1)
    incident = place.incident()
    assert incident.outcome == "selesai"
    assert [visit.stage for visit in incident.visits] == [name for name, *_ in JOURNEY]
    clocks = incident.step_clocks(place.office.procedure())
    assert all(clock.answered and clock.on_time for clock in clocks)
    assert incident.report.nomor == "500.12.3/417/Dinkes-Set/2026"
    assert incident.report.opd == "Dinas Kesehatan"
    papers = {path.name for path in (place.office.papers_folder / incident.number).iterdir()}
    assert papers == {
        f"{title}-{incident.number}.pdf"
        for title in (
            "Laporan-Akhir",
            "Laporan-Analisis",
            "Laporan-Hasil-Penanganan",
            "Lembar-Disposisi",
            "Berita-Acara",
        )
    }
    subjects = [mail.subject for mail in place.inbox(DINKES)]
    assert [subject.partition("] ")[2].partition(":")[0] for subject in subjects] == [
        "Laporan diterima",
        "Penanganan dimulai",
        "Penanganan selesai",
    ]


def test_nobody_gets_the_same_mail_twice_however_often_the_office_works(place: Town) -> None:
    place.to_stage("disposisi")
    before = {address: len(place.inbox(address)) for address in cast.ADDRESSES}
    for _ in range(3):
        place.restart()
        place.work()
    assert {address: len(place.inbox(address)) for address in cast.ADDRESSES} == before


def test_the_office_can_lose_its_memory_between_any_two_steps(place: Town) -> None:
    place.letter()
    place.restart()
    place.work()
    for _, address, subject, text in JOURNEY:
        place.restart()
        place.reply(address, subject, text)
        place.restart()
        place.work(1)
    assert place.incident().outcome == "selesai"
    assert len(place.incident().visits) == len(JOURNEY)


def test_the_whole_sop_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    with town(tmp_path / "kantor", journal_url=postgres_url) as place:
        empty_journal(place.office.database)
        place.restart()
        place.to_stage("penerimaan")
        place.reply(*JOURNEY[-1][1:])
        place.work(1)
        assert place.incident().outcome == "selesai"


def test_the_whole_sop_on_dovecot_and_postfix(tmp_path: Path) -> None:
    with RealHouse(cast.ADDRESSES) as house, town(tmp_path / "kantor", house=house) as place:
        place.to_stage("penerimaan")
        place.reply(*JOURNEY[-1][1:])
        place.work(1)
        assert place.incident().outcome == "selesai"
        keys = [mail.message_id for mail in place.inbox(cast.HELPDESK)]
        assert len(keys) == len(set(keys))


def test_helpdesk_says_no_and_the_opd_is_told_why(place: Town) -> None:
    place.letter()
    place.work()
    place.reply(cast.HELPDESK, "Mohon analisis", "TIDAK\n\nHanya pemeliharaan terjadwal sampai pukul 10.")
    place.work(1)
    assert place.incident().outcome == "bukan_darurat"
    told = place.last(DINKES, "Hasil analisis")
    assert "pemeliharaan terjadwal" in told.plain
    assert not [mail for mail in place.inbox(cast.KOORDINATOR) if "DKL-2026-0001" in mail.subject]


def test_a_clock_that_is_set_back_loses_nothing_and_the_sop_goes_on(
    place: Town, caplog: pytest.LogCaptureFixture
) -> None:
    place.may_begin_later = False
    place.to_stage("disposisi")
    place.work(minutes=-120)
    assert "jam mesin dimundurkan" in caplog.text
    place.work(2)
    assert place.last(cast.KABID, "Pengingat")
    for name, address, subject, text in JOURNEY[2:]:
        assert (current := place.incident().current) is not None and current.stage == name
        place.reply(address, subject, text)
        place.work(1)
    assert place.incident().outcome == "selesai"
    assert "Jam mesin dimundurkan 120 menit" in run_story(place)


def run_story(place: Town) -> str:
    with place.office.database.reading() as tx:
        events = journal.read_events(tx, "DKL-2026-0001")
    return "\n".join(line.what for line in story(events, place.office.procedure(), place.office.words, Audience.ADMIN))
