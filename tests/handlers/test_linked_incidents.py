"""Several OPD report one outage: recognised, linked by Helpdesk, worked once, told to each; and undone when wrong."""

from __future__ import annotations

import pytest

from handlers.carry_out import carry_out_together
from handlers.meaning.links import both_sides
from parsers.replies.helpdesk_order import read_order
from parsers.words.numbers import Numbers
from register.database import Conflict
from sop.incident import Incident
from tests import cast
from tests.cast import DINKES, DISDIK, SAMSAT
from tests.doubles import network_letter
from tests.town import START, Town

ONE, TWO = "DKL-2026-0001", "DKL-2026-0002"


@pytest.fixture
def twice(place: Town) -> Town:
    """Dinas Kesehatan and Dinas Pendidikan report that the network is down."""
    place.letter()
    place.work(1)
    place.write(
        DISDIK,
        "Jaringan internet putus",
        "Yth. Helpdesk,\n\nJaringan internet di Dinas Pendidikan putus total sejak pukul 09.00 WIB hari ini.\n\nYuni",
    )
    place.work(1)
    assert place.numbers() == [ONE, TWO]
    return place


def links(place: Town) -> tuple[Incident, Incident]:
    return place.incident(ONE), place.incident(TWO)


def merge(place: Town) -> None:
    place.reply(cast.HELPDESK, f"{TWO}] Mohon analisis", f"GABUNG {ONE}")
    place.work(1)


def test_a_second_report_of_the_same_outage_is_pointed_out_to_helpdesk(twice: Town) -> None:
    asked = twice.last(cast.HELPDESK, f"{TWO}] Mohon analisis")
    assert f"Mungkin sama dengan {ONE} (Dinas Kesehatan" in " ".join(asked.plain.split())
    assert "GABUNG%20" + ONE in asked.html
    assert "2 perangkat daerah melaporkan gangguan serupa" in " ".join(asked.plain.split())
    first = twice.last(cast.HELPDESK, f"{ONE}] Mohon analisis")
    assert "Mungkin sama" not in first.plain


def test_linked_reports_are_worked_once_and_every_reporter_gets_progress_and_closing(twice: Town) -> None:
    merge(twice)
    one, two = links(twice)
    assert (two.linked_to, two.current, [other.incident for other in one.joined]) == (ONE, None, [TWO])
    assert f"bersama {ONE}" in twice.last(DISDIK, "ditangani bersama").subject
    twice.work(30)  # nobody is waited for, reminded or escalated in the linked one
    assert not [mail for mail in twice.inbox(cast.KOORDINATOR) if TWO in mail.subject]
    for address, subject, text in (
        (cast.HELPDESK, f"{ONE}] Mohon analisis", "YA\n\nKabel FO putus."),
        (cast.KOORDINATOR, "Mohon diteruskan ke Kabid", "TERUSKAN"),
        (cast.KABID, "Mohon disposisi", "DISPOSISI\n\nSegera tangani."),
        (cast.KOORDINATOR, "Mohon penugasan", "TUGASKAN Tim Jaringan"),
        (cast.JARINGAN, "Penugasan penanganan", "PROGRES\n\nSedang disambung."),
        (cast.JARINGAN, "Penugasan penanganan", "LAPORAN\n\nPenyebab: FO putus\nTindakan: disambung\nHasil: normal"),
        (cast.HELPDESK, "Mohon periksa dan kirim", "KIRIM"),
        (cast.KOORDINATOR, "Mohon laporan hasil diteruskan", "TERUSKAN"),
        (cast.KABID, "Mohon laporan hasil diteruskan", "TERUSKAN"),
        (cast.KADIS, "Laporan kegiatan untuk diterima", "DITERIMA"),
    ):
        twice.reply(address, subject, text)
        twice.work(1)
    assert [incident.outcome for incident in links(twice)] == ["selesai", "selesai"]
    for reporter in (DINKES, DISDIK):
        subjects = [mail.subject for mail in twice.inbox(reporter)]
        assert sum("Kabar penanganan" in subject for subject in subjects) == 1, subjects
        assert sum("Penanganan selesai" in subject for subject in subjects) == 1, subjects
    assert not [mail for mail in twice.inbox(cast.KABID) if TWO in mail.subject], "no order is given twice"


def test_a_wrong_link_is_undone_and_the_report_is_asked_about_again(twice: Town) -> None:
    merge(twice)
    twice.reply(cast.HELPDESK, f"{TWO}] Dicatat: digabung", f"PISAHKAN {TWO}")
    twice.work(1)
    one, two = links(twice)
    assert (two.linked_to, one.joined) == ("", ())
    assert two.current is not None and (two.current.stage, two.current.number) == ("analisis", 2)
    assert "tersendiri" in twice.last(DISDIK, "ditangani tersendiri").plain
    twice.reply(cast.HELPDESK, f"{TWO}] Mohon analisis", "TIDAK\n\nHanya satu komputer.")
    twice.work(1)
    one, two = links(twice)
    assert (one.outcome, two.outcome) == ("", "bukan_darurat")


def test_what_the_linked_opd_writes_later_reaches_those_who_work(twice: Town) -> None:
    merge(twice)
    receipt = twice.last(DISDIK, "Laporan diterima")
    twice.write(DISDIK, f"Re: {receipt.subject}", "Di gedung B juga putus.", In_Reply_To=f"<{receipt.message_id}>")
    twice.work(1)
    assert "gedung B juga putus" in twice.last(cast.HELPDESK, f"{ONE}] Kabar dari pelapor").plain


@pytest.mark.parametrize(
    ("who", "words", "understood"),
    [
        (cast.HELPDESK, "GABUNG", "nomor insiden tujuannya tidak disebut"),
        (cast.HELPDESK, "GABUNG DKL-2026-0099", "tidak ada dalam register"),
        (cast.HELPDESK, "PISAHKAN", "tidak sedang digabung"),
    ],
)
def test_an_order_that_cannot_be_carried_out_is_asked_back(twice: Town, who: str, words: str, understood: str) -> None:
    twice.reply(who, f"{TWO}] Mohon analisis", words)
    twice.work(1)
    assert understood in " ".join(twice.last(who, f"{TWO}] Mohon ditegaskan").plain.split())
    assert not twice.incident(TWO).linked_to and twice.incident(TWO).current is not None


def test_only_helpdesk_links(twice: Town) -> None:
    twice.reply(cast.HELPDESK, f"{TWO}] Mohon analisis", "YA\n\nPutus.")
    twice.work(1)
    twice.reply(cast.KOORDINATOR, f"{TWO}] Mohon diteruskan", f"GABUNG {ONE}")
    twice.work(1)
    assert "hanya dapat dilakukan Helpdesk" in " ".join(twice.last(cast.KOORDINATOR, "Mohon ditegaskan").plain.split())
    assert not twice.incident(TWO).linked_to


def test_the_same_letter_sent_again_is_no_second_incident(place: Town) -> None:
    for _ in range(2):
        place.post(DINKES, network_letter(cast.OFFICE, START))
        place.work(20)
    assert place.numbers() == [ONE]
    assert "Kabar dari pelapor" in place.last(cast.HELPDESK, "Kabar dari pelapor").subject
    assert ONE in place.last(DINKES, "Sudah tercatat").subject
    place.post(DINKES, network_letter(cast.OFFICE, START))
    place.work(1)
    words = [mail for mail in place.inbox(DINKES) if "Sudah tercatat" in mail.subject]
    assert len(words) == 1, "whoever sends a letter again and again starts a conversation"


@pytest.mark.parametrize("set_back", [0, 10], ids=["", "the clock is set back meanwhile"])
def test_a_link_to_what_ended_in_that_moment_hides_no_emergency(twice: Town, set_back: int) -> None:
    (helpdesk,) = twice.office.directory().holders("helpdesk")
    order = read_order(f"GABUNG {ONE}", Numbers(("DKL",)))
    assert order is not None
    facts = both_sides(twice.office, twice.incident(TWO), order, helpdesk, "", "x")
    twice.reply(cast.HELPDESK, f"{ONE}] Mohon analisis", "TIDAK\n\nSudah pulih.")
    twice.work(1)
    assert twice.incident(ONE).outcome
    twice.clock.jump(minutes=-set_back)
    with pytest.raises(Conflict):
        carry_out_together(twice.office, facts)
    two = twice.incident(TWO)
    assert not two.linked_to and two.current is not None


def test_whoever_must_not_be_answered_is_not_written_to_by_way_of_a_link_either(place: Town) -> None:
    place.write(SAMSAT, "Internet mati", "Internet di kantor Samsat mati total sejak pukul 09.00.")
    place.work(1)
    listed = {"List_Id": "<opd.contoh.example>", "Precedence": "list"}
    place.write(DINKES, "Jaringan putus", "Jaringan internet Dinas Kesehatan putus total sejak pukul 09.00.", **listed)
    place.work(1)
    assert place.incident(TWO).report.tanpa_balasan and not place.inbox(DINKES)
    merge(place)
    place.reply(cast.HELPDESK, f"{ONE}] Mohon analisis", "TIDAK\n\nSudah pulih.")
    place.work(1)
    assert place.incident(TWO).outcome and not place.inbox(DINKES)


def test_one_number_on_two_letters_is_two_incidents(place: Town) -> None:
    place.letter()
    place.work(60)
    place.letter()  # the same number, but it names another hour
    place.work(1)
    assert place.numbers() == [ONE, TWO]


def test_a_kabid_who_joins_two_teams_links_no_reports(twice: Town) -> None:
    twice.reply(cast.HELPDESK, f"{ONE}] Mohon analisis", "YA\n\nPutus.")
    twice.work(1)
    twice.reply(cast.KOORDINATOR, f"{ONE}] Mohon diteruskan", "TERUSKAN")
    twice.work(1)
    twice.reply(cast.KABID, f"{ONE}] Mohon disposisi", "Gabungkan tim jaringan dan tim aplikasi, segera tangani.")
    twice.work(1)
    assert not [mail for mail in twice.inbox(cast.KABID) if "penggabungan" in " ".join(mail.plain.split())]
